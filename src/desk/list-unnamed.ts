import { names } from '../content/lint/entities.ts';
import { keyOf, tokenize } from '../content/lint/tokens.ts';
import type { Paragraphs } from '../content/paragraphs.ts';
import type { Article, Claim } from '../core/article.ts';
import { listNames } from '../import/find-speakers.ts';

/**
 * Whom a question names and a claim doesn't, of those whom the article's record or its text names: by the whole name or by its
 * last word, in whatever case somebody types it.
 */
export function listUnnamed(
  question: string,
  { record, said }: { readonly record: Article; readonly said: Claim | undefined },
  source: Paragraphs = new Map(),
): string[] {
  if (!said) return [];
  const asked = new Set(tokenize(question).map(({ key }) => key));
  const claim = tokenize([said.text, said.speaker, ...said.people, ...said.organisations, ...said.places].join(' '));
  const words = new Set(claim.map(({ key }) => key));
  const { parties, people, organisations } = record;
  const known = [parties, people, organisations].flatMap((table) =>
    Object.entries(table).map(([name, { also }]: [string, { also: readonly string[] }]) => [name, ...also]),
  );
  const recorded = known.flatMap((all) => {
    const phrases = all.map(tokenize);
    const isAsked = names(tokenize(question), { name: '', names: phrases, members: [] });
    return isAsked && !names(claim, { name: '', names: phrases, members: [] }) ? (all[0] ?? []) : [];
  });
  const written = [...source.values()].flatMap(listNames).filter((name) => {
    const last = keyOf(name.split(' ').at(-1) ?? '');
    return asked.has(last) && !words.has(last) && !known.some((all) => all.some((one) => keyOf(one).endsWith(last)));
  });
  return [...new Set([...recorded, ...written])];
}
