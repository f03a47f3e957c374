import type { Words } from '../i18n/words.ts';
import type { Article, Claim, Paragraph, Topic } from './article.ts';
import { RefusedQuestion } from './errors.ts';

/** All content that the bot answers from, at one moment. Immutable: a change of content makes a new one. */
export interface Library {
  readonly articles: readonly Article[];
  /** In the order in which "next topic" walks through them, article by article. */
  readonly topics: readonly Topic[];
  /** The topic of exactly this slug, title or alias, whatever the case and hyphens; undefined if there is none, or more than one. */
  find(name: string): Topic | undefined;
  /** All topics that go by this name, at most one of each article. */
  findAll(name: string): readonly Topic[];
  /** The topic after this one in its article, the first after the last. */
  next(topic: Topic): Topic;
  /** The same with these articles alone; all of it if none of them exists. */
  only(articles: readonly string[]): Library;
}

export function createLibrary(articles: readonly Article[], topics: readonly Topic[]): Library {
  const slugs = new Map(topics.map((topic) => [nameKey(topic.slug), topic]));
  const names = new Map<string, Topic[]>();
  const add = (name: string, topic: Topic): void => {
    const known = names.get(nameKey(name)) ?? [];
    if (!known.some(({ article }) => article.slug === topic.article.slug)) names.set(nameKey(name), [...known, topic]);
  };
  // A name wins over another topic's title or alias.
  for (const topic of topics) add(topic.name, topic);
  for (const topic of topics) for (const name of [topic.title, ...topic.aliases]) add(name, topic);

  const findAll = (name: string): readonly Topic[] => {
    const exact = slugs.get(nameKey(name));
    return exact ? [exact] : (names.get(nameKey(name)) ?? []);
  };
  const positions = new Map<string, number>();
  const byArticle = Map.groupBy(topics, ({ article }) => article.slug);
  for (const list of byArticle.values()) for (const [index, { slug }] of list.entries()) positions.set(slug, index);
  return {
    articles,
    topics,
    findAll,
    find(name) {
      const found = findAll(name);
      return found.length === 1 ? found[0] : undefined;
    },
    next(topic) {
      const list = byArticle.get(topic.article.slug) ?? [];
      return list[((positions.get(topic.slug) ?? -1) + 1) % list.length] ?? topic;
    },
    only(wanted) {
      const kept = articles.filter(({ slug }) => wanted.includes(slug));
      if (kept.length === 0 || kept.length === articles.length) return this;
      return createLibrary(
        kept,
        topics.filter(({ article }) => wanted.includes(article.slug)),
      );
    },
  };
}

/**
 * The topics of this name, as `findAll` gives them; if there are none, the topic of the article named at the end, as in
 * `ferries harbour`.
 */
export function findTopics(library: Library, text: string): readonly Topic[] {
  const found = library.findAll(text);
  if (found.length > 0) return found;
  const words = text.split(' ');
  const longest = Math.max(0, ...library.articles.flatMap(namesOf).map((name) => nameKey(name).split(' ').length));
  for (let end = words.length - 1; end > 0 && end >= words.length - longest; end -= 1) {
    const article = library.articles.find((one) => isCalled(one, words.slice(end).join(' ')));
    const topics = article ? library.only([article.slug]).findAll(words.slice(0, end).join(' ')) : [];
    if (topics.length > 0) return topics;
  }
  return [];
}

/** A claim and its topic. */
export interface FoundClaim {
  readonly claim: Claim;
  readonly topic: Topic;
}

/** The claim with this id, such as `harbour/tonnage`, even if it was withdrawn. */
export function findClaim({ topics }: Library, id: string): FoundClaim | undefined {
  return listClaims(topics).find(({ claim }) => claim.id === id);
}

/** The withdrawn claim that this text was written to ask for: a button or a message may still carry it. */
export function findWithdrawn({ topics }: Library, text: string): FoundClaim | undefined {
  const wanted = nameKey(text);
  return listClaims(topics).find(({ claim }) => claim.withdrawn && claim.asks.some((ask) => nameKey(ask) === wanted));
}

function listClaims(topics: readonly Topic[]): FoundClaim[] {
  return topics.flatMap((topic) => [...topic.claims, ...topic.withdrawn].map((claim) => ({ claim, topic })));
}

/** Whether this is the article's short name, folder or title, whatever the case and hyphens. */
export function isCalled(article: Article, name: string): boolean {
  const wanted = nameKey(name);
  return namesOf(article).some((one) => nameKey(one) === wanted);
}

function namesOf({ slug, short, title }: Article): readonly string[] {
  return [short, slug, title];
}

/** The article with this short name, folder or title. Throws RefusedQuestion, which lists the articles. */
export function findArticle(library: Library, name: string): Article {
  const found = library.articles.find((one) => isCalled(one, name));
  if (found) return found;
  throw new RefusedQuestion((words) => ({ title: words('articles.none'), remedy: listArticles(library, words) }));
}

/** All articles by their short names, in a sentence. */
export function listArticles({ articles }: Library, words: Words): string {
  return words('articles.are', { names: articles.map(({ short }) => short).join(', ') });
}

/** Articles whose short name, folder or title contains what was typed. */
export function matchArticles({ articles }: Library, typed: string): readonly Article[] {
  const wanted = nameKey(typed);
  return articles.filter(({ slug, short, title }) =>
    [short, slug, title].some((name) => nameKey(name).includes(wanted)),
  );
}

/** The names that topics of several articles share, each with these topics. */
export function sharedNames({ topics }: Library): ReadonlyMap<string, readonly Topic[]> {
  return new Map([...Map.groupBy(topics, ({ name }) => name)].filter(([, list]) => list.length > 1));
}

/** The paragraphs that a topic's claims cite, in the article's order, the author note last. */
export function citedParagraphs(topic: Topic): Paragraph[] {
  const cited = new Set(topic.claims.flatMap((claim) => claim.paragraphs));
  return topic.article.paragraphs.filter((paragraph) => cited.has(paragraph));
}

/** One key for all ways to write a name: `Arms exports`, `arms-exports` and `ARMS_EXPORTS` are the same. */
export function nameKey(name: string): string {
  return (
    name
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[\s_-]+/g, ' ')
      .replace(/^[\s"'“”‘’]+/, '')
      // The look-behind makes the engine try a run of such marks once, not again from each mark.
      .replace(/(?<![\s"'“”‘’.!?])[\s"'“”‘’.!?]+$/, '')
  );
}
