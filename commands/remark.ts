import type { Article, Claim } from '../src/core/article.ts';

/** Who says so, in one sentence of the bot's own: it follows from the claim's kind and speaker alone. */
export function composeRemark({ kind, speaker }: Claim, { author }: Article): string {
  const own = speaker === author;
  switch (kind) {
    case 'figure':
      return own
        ? 'The author gives this figure and names no other source for it.'
        : `The article attributes this figure to ${speaker}.`;
    case 'reported':
      return own
        ? 'The author states this as a fact and names no other source for it.'
        : `The article says that ${speaker} states this as a fact.`;
    case 'attributed':
      return own ? 'The author says that others have said this.' : `The article attributes this to ${speaker}.`;
    case 'opinion':
      return own
        ? 'This is the author’s own opinion, not a reported fact.'
        : `This is the opinion of ${speaker}, as the article reports it.`;
  }
}
