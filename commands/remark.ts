import type { Article, Claim } from '../src/core/article.ts';

/** Who says so, in one sentence of the bot's own: it follows from the claim's kind and speaker alone. */
export function composeRemark({ kind, speaker }: Claim, { author }: Article): string {
  const own = speaker === author;
  switch (kind) {
    case 'figure':
      return own
        ? 'The author gives this figure, and the article names nobody else for it.'
        : `The article gives this figure as that of ${speaker}.`;
    case 'reported':
      return own
        ? 'The author states this as a fact, and the article names nobody else for it.'
        : `The article reports this as stated by ${speaker}.`;
    case 'attributed':
      return own ? 'The author says that others said this.' : `The article attributes this to ${speaker}.`;
    case 'opinion':
      return own
        ? 'This is the author’s own opinion, not a reported fact.'
        : `This is the opinion of ${speaker}, as the article has it.`;
  }
}
