import type { AboutFeatures } from './about.ts';
import type { Features } from './features.ts';
import type { WeightsOf } from './logistic.ts';
import weights from './weights.json' with { type: 'json' };

/** What both models go by. */
export interface Weights {
  /** Whether a claim answers a question. */
  readonly answer: WeightsOf<Features>;
  /** Whether a question has to do with the articles at all. */
  readonly about: WeightsOf<AboutFeatures>;
}

/** Weights for a search by meaning and words, and for one by words alone. `briefing fit` writes them. */
export const WEIGHTS: Readonly<Record<'semantic' | 'lexical', Weights>> = weights;

/**
 * Probability that the best claim answers, from which a question counts as answered. A lower one would answer more paraphrases,
 * and more near misses too.
 */
export const ANSWERED = 0.56;

/** Probability that a question is about the articles, from which it is answered, or what comes nearest is shown. */
export const ABOUT = 0.5;
