import type { Question } from './question.ts';
import type { Part } from './search.ts';

/** What a reader asked and the article does not answer. */
export interface Gap {
  /** The question in its asker's words; a follow-up is written out in full. */
  readonly question: string;
  readonly verdict: 'nearest' | 'declined';
  /** Who asks: a key over all platforms, such as `discord:123`. It is never stored as it is. */
  readonly person: string;
  /** The slug of the article that came nearest, and the id of its claim; absent if nothing did. */
  readonly article?: string;
  readonly claim?: string;
}

/** Keeps what readers miss, so that an editor sees it. */
export interface Gaps {
  /** Never rejects: answering matters more. */
  note(gaps: readonly Gap[]): Promise<void>;
}

/**
 * What of a question's parts was missed. Only a reader's question counts, and only once: not one from the terminal or from
 * an editor who tries something, and no later page.
 */
export function listGaps({ asker, reader, from }: Question, parts: readonly Part[]): Gap[] {
  const person = asker?.key ?? reader;
  if (person === undefined || from !== undefined) return [];
  return parts.flatMap(({ text, verdict, nearest, considered }): Gap[] => {
    if (verdict === 'answered') return [];
    const near = nearest[0] ?? considered[0];
    const place = near ? { article: near.topic.article.slug, claim: near.claim.id } : {};
    return [{ question: text, verdict, person, ...place }];
  });
}
