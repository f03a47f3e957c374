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
    constant: -3.6,
    similarity: 1.85,
    overlap: 0.27,
    coverage: 2.01,
    unfit: 0,
    sameWant: 0.57,
    sameForm: 0.23,
    focusMissing: -0.24,
    fit: 1.32,
    fitLead: 0.48,
    openSimilarity: 0.45,
    openOverlap: -1.25,
    lead: 2.27,
    openShare: -1.13,
    support: 0.36,
    terse: -0.37,
    lookedUp: 1.58,
    agrees: -0.34,
    clashes: 0.32,
    substituted: -1.05,
    reversed: -0.99,
    otherWay: -0.38,
    otherName: -0.86,
    otherNumbers: -0.79,
    swappedNumbers: -0.81,
  },
  about: {
    constant: -2.69,
    similarity: 5.21,
    overlap: 1.81,
    coverage: 3.18,
    everydaySimilarity: -4.46,
    everydayOverlap: -0.3,
    named: 2.52,
  },
};

/** The same without meaning. */
export const LEXICAL_WEIGHTS: Weights = {
  answer: {
    constant: -2.49,
    similarity: 0,
    overlap: 0.93,
    coverage: 2.32,
    unfit: -0.2,
    sameWant: 0.73,
    sameForm: 0.82,
    focusMissing: -0.24,
    fit: 1.88,
    fitLead: 1.67,
    openSimilarity: 0,
    openOverlap: -1.53,
    lead: 1.23,
    openShare: -0.58,
    support: 0.88,
    terse: -0.28,
    lookedUp: 1.51,
    agrees: -0.1,
    clashes: 0.07,
    substituted: -1.18,
    reversed: -0.55,
    otherWay: -0.36,
    otherName: -0.74,
    otherNumbers: -0.81,
    swappedNumbers: -0.97,
  },
  about: {
    constant: -2.49,
    similarity: 0,
    overlap: 3.09,
    coverage: 4.14,
    everydaySimilarity: 0,
    everydayOverlap: -1.27,
    named: 3.46,
  },
};

/**
 * Probability that the best claim answers, from which a question counts as answered. A lower one would answer more paraphrases,
 * and more near misses too.
 */
export const ANSWERED = 0.47;

/** Probability that a question is about the articles, from which it is answered, or what comes nearest is shown. */
export const ABOUT = 0.5;
