/** What speaks for and against a question having to do with the articles at all. */
export interface AboutFeatures {
  /** Likeness in meaning to the nearest sentence of the content, open questions included. */
  readonly similarity: number;
  /** Common words with the nearest such sentence. */
  readonly overlap: number;
  /** Share of its telling words that the best claim has. */
  readonly coverage: number;
  /** Likeness to the nearest everyday question that has nothing to do with any article, and common words with it. */
  readonly everydaySimilarity: number;
  readonly everydayOverlap: number;
  /** How many parties, people or places of the articles it names: 0, 0.5 for one, 1 for more. */
  readonly named: number;
}
