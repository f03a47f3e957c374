import type { Article } from './article.ts';

/** Whether a text holds one of the words that may stand only as somebody's. */
export function holdsLoaded(text: string, { loaded }: Pick<Article, 'loaded'>): boolean {
  const words = ` ${plain(text)} `;
  return loaded.some((word) => words.includes(` ${plain(word)} `));
}

function plain(text: string): string {
  return (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).join(' ');
}
