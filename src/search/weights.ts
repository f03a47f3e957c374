import type { Features } from './score.ts';

/** What each feature adds to the confidence that a claim answers, on the scale of a logistic regression. */
export type Weights = Readonly<Record<keyof Features | 'constant', number>>;

// Fitted by bench/fit-search.ts on the tune half of tests/questions/ and on the content's own questions.
export const SEMANTIC_WEIGHTS: Weights = {
  constant: -0.83,
  similarity: 0.96,
  overlap: 0.35,
  coverage: 1.42,
  unknown: -0.48,
  unfit: -1.85,
  likeness: 1.39,
  openSimilarity: -1.2,
  openOverlap: -1.13,
  lead: 2.8,
  terse: -0.74,
  named: 0.65,
};

/** The same where meaning is switched off. */
export const LEXICAL_WEIGHTS: Weights = {
  constant: -0.67,
  similarity: 0,
  overlap: 1.15,
  coverage: 2.32,
  unknown: -0.14,
  unfit: -1.71,
  likeness: 0,
  openSimilarity: 0,
  openOverlap: -2.24,
  lead: 1.7,
  terse: -0.9,
  named: 0.88,
};

/** Confidence from which a question counts as answered. */
export const ANSWERED = 0.45;
