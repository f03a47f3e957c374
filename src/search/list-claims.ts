import type { Article, Claim, Named, Topic } from '../core/article.ts';
import type { Wanted } from './read/list.ts';

/** A claim with its topic. */
export interface ListedClaim {
  readonly claim: Claim;
  readonly topic: Topic;
}

const LISTS = ['people', 'organisations', 'places'] as const;

/** The plural names of groups by which people ask for lists, such as `rabbis`. */
export function listGroups(articles: readonly Article[]): ReadonlySet<string> {
  return new Set(
    articles.flatMap((article) =>
      LISTS.flatMap((kind) => Object.values(article[kind]).flatMap(({ groups }) => groups)),
    ),
  );
}

/**
 * The claims that name all that is wanted, as few as will do, in the order in which the content has them: a claim is left
 * out if those before it name all that it names.
 */
export function listClaims(wanted: Wanted, topics: readonly Topic[]): readonly ListedClaim[] {
  const told = new Set<string>();
  return topics.flatMap((topic) =>
    topic.claims.flatMap((claim) => {
      const names = namesIn(claim, topic, wanted);
      const news = names.filter((name) => !told.has(name));
      for (const name of news) told.add(name);
      return news.length > 0 ? [{ claim, topic }] : [];
    }),
  );
}

function namesIn(claim: Claim, { article }: Topic, wanted: Wanted): string[] {
  if (wanted.of === 'figures')
    return [claim.number, ...claim.numbers].flatMap((one) => (one ? [JSON.stringify(one)] : []));
  if (wanted.of === 'dates') return claim.date ? [claim.date] : [];
  if (wanted.of !== 'group') return claim[wanted.of].map((name) => `${article.slug} ${name}`);
  const { group } = wanted;
  return LISTS.flatMap((kind) =>
    claim[kind].filter((name) => isOf(article[kind][name], group)).map((name) => `${kind} ${name}`),
  );
}

function isOf(named: Named | undefined, group: string): boolean {
  return named?.groups.includes(group) ?? false;
}
