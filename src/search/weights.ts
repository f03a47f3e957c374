import type { Features } from './score.ts';

/** What each feature adds to the confidence that a claim answers, on the scale of a logistic regression. */
export type Weights = Readonly<Record<keyof Features | 'constant', number>>;

// Fitted by bench/fit-search.ts on the tune half of tests/questions/ and on the content's own questions.
export const SEMANTIC_WEIGHTS: Weights = {
  constant: -1.15,
  similarity: 0.93,
  overlap: 0.45,
  coverage: 1.64,
  unfit: -1.84,
  likeness: 1.47,
  openSimilarity: -1.15,
  openOverlap: -1.05,
  lead: 2.74,
  terse: -0.77,
  named: 0.64,
};

/** The same where meaning is switched off. */
export const LEXICAL_WEIGHTS: Weights = {
  constant: -0.77,
  similarity: 0,
  overlap: 1.15,
  coverage: 2.39,
  unfit: -1.69,
  likeness: 0,
  openSimilarity: 0,
  openOverlap: -2.13,
  lead: 1.64,
  terse: -0.92,
  named: 0.86,
};

/** Confidence from which a question counts as answered. */
export const ANSWERED = 0.5;

/** Confidence from which the nearest claims are shown, as that and no more. */
export const NEAREST = 0.15;
