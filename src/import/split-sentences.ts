/** The sentences of a paragraph, as they are written. */
export function splitSentences(text: string): string[] {
  const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });
  return [...segmenter.segment(text)].map(({ segment }) => segment).filter((sentence) => sentence.trim());
}
