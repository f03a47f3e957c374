import type { Question } from './question.ts';
import type { Reply } from './reply.ts';

/**
 * How a claim was shown:
 * - answer: to a question in a reader's own words
 * - nearest: as the nearest that the article comes to such a question
 * - page: on a page that a reader opened, such as a topic's
 * - digest: in a digest that arrived
 */
export const SHOWN_HOW = ['answer', 'nearest', 'page', 'digest'] as const;
export type ShownHow = (typeof SHOWN_HOW)[number];

/** Counts how often each claim is shown. */
export interface Uses {
  /** Never throws: answering matters more. */
  note(claims: readonly string[], how: ShownHow): void;
}

/**
 * The ids of the claims that an answer shows, by how it does. Only a reader's question counts: not one from the terminal or from
 * an editor who tries something.
 */
export function listUses({ asker, reader, command }: Question, { entries }: Reply): ReadonlyMap<ShownHow, string[]> {
  if (asker === undefined && reader === undefined) return new Map();
  const claims = entries.flatMap((entry) => (entry.type === 'claim' ? entry : []));
  const grouped = Map.groupBy(claims, ({ nearest }) => (nearest ? 'nearest' : command === 'ask' ? 'answer' : 'page'));
  return new Map([...grouped].map(([how, list]) => [how, list.map(({ claim }) => claim.id)]));
}
