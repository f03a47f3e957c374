import type { Features } from './score.ts';

/** What each feature adds to the confidence that a claim answers, on the scale of a logistic regression. */
export type Weights = Readonly<Record<keyof Features | 'constant', number>>;

// Fitted by bench/fit-search.ts on the tune half of tests/questions/ and on the content's own questions.
export const SEMANTIC_WEIGHTS: Weights = {
  constant: -0.92,
  similarity: 0.96,
  overlap: 0.48,
  coverage: 1.45,
  unknown: -0.46,
  unfit: -1.88,
  likeness: 1.46,
  openSimilarity: -1.23,
  openOverlap: -1.04,
  lead: 2.83,
  wordless: -0.37,
  terse: -0.67,
};

/** The same where meaning is switched off. */
export const LEXICAL_WEIGHTS: Weights = {
  constant: -0.85,
  similarity: 0,
  overlap: 1.26,
  coverage: 2.51,
  unknown: -0.11,
  unfit: -1.74,
  likeness: 0,
  openSimilarity: 0,
  openOverlap: -2.16,
  lead: 1.71,
  wordless: 0,
  terse: -0.74,
};

/** Confidence from which a question counts as answered. */
export const ANSWERED = 0.42;
