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
    constant: -3.47,
    similarity: 2.21,
    overlap: -0.25,
    coverage: 1.97,
    unfit: 0.12,
    noOthers: 0,
    sameWant: 0.56,
    sameForm: 0.16,
    focusMissing: -0.24,
    fit: 1.23,
    fitLead: 0.54,
    openSimilarity: 0.86,
    openOverlap: -1.4,
    lead: 2.18,
    openShare: -1.6,
    support: 0.19,
    terse: -0.21,
    lookedUp: 1.82,
    agrees: -0.16,
    clashes: 0.53,
    substituted: -1.1,
    reversed: -0.95,
    otherWay: -0.34,
    otherName: -0.68,
    otherNumbers: -0.85,
    swappedNumbers: -0.58,
  },
  about: {
    constant: -2.66,
    similarity: 5.25,
    overlap: 1.76,
    coverage: 3.22,
    everydaySimilarity: -4.51,
    everydayOverlap: -0.34,
    named: 2.5,
  },
};

/** The same without meaning. */
export const LEXICAL_WEIGHTS: Weights = {
  answer: {
    constant: -2.1,
    similarity: 0,
    overlap: 0.48,
    coverage: 2.44,
    unfit: -0.03,
    noOthers: 0,
    sameWant: 0.69,
    sameForm: 0.8,
    focusMissing: -0.16,
    fit: 1.94,
    fitLead: 1.72,
    openSimilarity: 0,
    openOverlap: -1.7,
    lead: 1.09,
    openShare: -0.79,
    support: 0.58,
    terse: 0.03,
    lookedUp: 1.76,
    agrees: 0.2,
    clashes: 0.29,
    substituted: -1.19,
    reversed: -0.61,
    otherWay: -0.31,
    otherName: -0.52,
    otherNumbers: -0.86,
    swappedNumbers: -0.68,
  },
  about: {
    constant: -2.41,
    similarity: 0,
    overlap: 3.02,
    coverage: 4.13,
    everydaySimilarity: 0,
    everydayOverlap: -1.35,
    named: 3.42,
  },
};

/**
 * Probability that the best claim answers, from which a question counts as answered. A lower one would answer more paraphrases,
 * and more near misses too.
 */
export const ANSWERED = 0.5;

/** Probability that a question is about the articles, from which it is answered, or what comes nearest is shown. */
export const ABOUT = 0.5;
