import type { AboutFeatures } from './about.ts';
import type { Features } from './features.ts';
import type { WeightsOf } from './logistic.ts';

/** What both models go by. */
export interface Weights {
  /** Whether a claim answers a question. */
  readonly answer: WeightsOf<Features>;
  /** Whether a question has to do with the articles at all. */
  readonly about: WeightsOf<AboutFeatures>;
}

// Fitted by bench/training/fit-search.ts, which prints these tables.
export const SEMANTIC_WEIGHTS: Weights = {
  answer: {
    constant: -2.94,
    similarity: 1.06,
    overlap: 0.13,
    coverage: 1.81,
    unfit: -0.54,
    sameWant: 0.25,
    likeness: 0.76,
    openSimilarity: -0.54,
    openOverlap: -0.48,
    lead: 2.11,
    openShare: -1.28,
    support: 2.18,
    terse: -0.55,
    lookedUp: 0.95,
    agrees: -0.19,
    clashes: -0.05,
    substituted: -2.16,
    reversed: -0.58,
    opposite: -0.2,
    otherNames: -1.13,
    otherNumbers: -0.87,
  },
  about: {
    constant: -2.35,
    similarity: 5.29,
    overlap: 1.82,
    coverage: 3.04,
    everydaySimilarity: -4,
    everydayOverlap: -0.1,
    named: 2.29,
  },
};

/** The same without meaning. */
export const LEXICAL_WEIGHTS: Weights = {
  answer: {
    constant: -2.93,
    similarity: 0,
    overlap: 0.87,
    coverage: 2.5,
    unfit: -0.83,
    sameWant: 0.37,
    likeness: 0,
    openSimilarity: 0,
    openOverlap: -1.47,
    lead: 1.17,
    openShare: -0.26,
    support: 2.68,
    terse: -0.59,
    lookedUp: 1.04,
    agrees: -0.05,
    clashes: -0.21,
    substituted: -2.12,
    reversed: -0.2,
    opposite: -0.25,
    otherNames: -1.37,
    otherNumbers: -0.82,
  },
  about: {
    constant: -1.64,
    similarity: 0,
    overlap: 2.96,
    coverage: 3.76,
    everydaySimilarity: 0,
    everydayOverlap: -1,
    named: 3.28,
  },
};

/**
 * Probability that the best claim answers, from which a question counts as answered. A lower one would answer more paraphrases,
 * and more near misses too.
 */
export const ANSWERED = 0.33;

/** Probability that a question is about the articles, from which it is answered, or what comes nearest is shown. */
export const ABOUT = 0.5;
