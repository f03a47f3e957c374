import type { AboutFeatures } from './about.ts';
import type { Features } from './features.ts';
import type { WeightsOf } from './logistic.ts';

/** The weights of both models. */
export interface Weights {
  /** Whether a claim answers a question. */
  readonly answer: WeightsOf<Features>;
  /** Whether a question has to do with the articles at all. */
  readonly about: WeightsOf<AboutFeatures>;
}

// Fitted by `briefing fit`, which prints this file's tables.
export const SEMANTIC_WEIGHTS: Weights = {
  answer: {
    constant: -1.15,
    similarity: 0.93,
    overlap: 0.45,
    coverage: 1.64,
    unfit: -1.84,
    sameWant: 0.5,
    likeness: 1.47,
    openSimilarity: -1.15,
    openOverlap: -1.05,
    lead: 2.74,
    openShare: -1,
    support: 1,
    terse: -0.77,
    lookedUp: 0.64,
    agrees: 0.2,
    clashes: -2,
    reversed: -1,
    opposite: -1,
    substituted: -1,
    otherNames: -1,
    otherNumbers: -1,
  },
  about: {
    constant: -4,
    similarity: 5,
    overlap: 2,
    coverage: 3,
    everydaySimilarity: -4,
    everydayOverlap: -1,
    named: 2,
  },
};

/** The same without meaning. */
export const LEXICAL_WEIGHTS: Weights = {
  answer: {
    constant: -0.77,
    similarity: 0,
    overlap: 1.15,
    coverage: 2.39,
    unfit: -1.69,
    sameWant: 0.5,
    likeness: 0,
    openSimilarity: 0,
    openOverlap: -2.13,
    lead: 1.64,
    openShare: -1,
    support: 1,
    terse: -0.92,
    lookedUp: 0.86,
    agrees: 0.2,
    clashes: -2,
    reversed: -1,
    opposite: -1,
    substituted: -1,
    otherNames: -1,
    otherNumbers: -1,
  },
  about: {
    constant: -2,
    similarity: 0,
    overlap: 3,
    coverage: 3,
    everydaySimilarity: 0,
    everydayOverlap: -2,
    named: 2,
  },
};

/** Probability that the best claim answers, from which a question counts as answered. */
export const ANSWERED = 0.5;

/** Probability that a question is about the articles, from which what comes nearest is shown. */
export const NEAREST = 0.5;
