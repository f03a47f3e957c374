import type { Article, Claim } from '../src/core/article.ts';
import type { Words } from '../src/i18n/words.ts';

/** Who says so, in one sentence of the bot's own: it follows from the claim's kind and speaker alone. */
export function composeRemark({ kind, speaker }: Claim, { author }: Article, words: Words): string {
  return speaker === author ? words(`remark.${kind}.author`) : words(`remark.${kind}`, { speaker });
}
