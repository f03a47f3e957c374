import type { Verdict } from '../../core/search.ts';
import type { Candidate, Found } from '../find.ts';
import { isCharge } from './charge.ts';
import { probability } from './logistic.ts';
import { ABOUT, ANSWERED, WEIGHTS, type Weights } from './weights.ts';

/** How far a further claim may rank behind the best one. */
const MAX_BEHIND = 0.25;
/** Claims in one answer, and shown as the nearest. */
export const MAX_PASSAGES = 3;
/** If several articles answer: so many of them, with so many claims each. */
const MAX_ARTICLES = 3;
const MAX_PASSAGES_EACH = 2;

export interface Decision {
  readonly verdict: Verdict;
  /** The claims that answer, or that come nearest, best first; empty if declined. */
  readonly shown: readonly Candidate[];
  /** Probability that the best claim answers, and that the question is about the articles. */
  readonly answers: number;
  readonly about: number;
}

/** Decides what is said of a question, given what was found near it. `threshold` is the probability from which a claim answers. */
export function decide(found: Found, threshold = ANSWERED, weights: Weights = weightsFor(found)): Decision {
  const { candidates, exact } = found;
  const rated = candidates.slice(0, LOOKED_AT).map((one) => ({ one, sure: surenessOf(one, weights) }));
  if (exact && exact !== 'open') {
    const stated = candidates.filter(({ passage }) => passage === exact);
    return { verdict: 'answered', shown: stated, answers: 1, about: 1 };
  }
  const best = rated[0];
  const answers = exact === 'open' ? 0 : (best?.sure ?? 0);
  const about = candidates.length === 0 ? 0 : probability(found.about, weights.about);
  if (best && answers >= threshold && about >= ABOUT) {
    const shown = rated.filter(({ one, sure }) => sure >= threshold && one.rank >= best.one.rank - MAX_BEHIND);
    return { verdict: 'answered', shown: spread(shown.map(({ one }) => one)), answers, about };
  }
  const near = candidates.filter((one) => !isCharge(one)).slice(0, MAX_PASSAGES);
  if (about >= ABOUT && near.length > 0) return { verdict: 'nearest', shown: near, answers, about };
  return { verdict: 'declined', shown: [], answers, about };
}

/** Probability that a claim answers. Whoever asks for others has been told of those that it names. */
function surenessOf({ features }: Candidate, { answer }: Weights): number {
  return features.noOthers + features.noCount + features.otherEntity > 0 ? 0 : probability(features, answer);
}

/** Candidates that are rated. */
const LOOKED_AT = 10;

export function weightsFor({ byMeaning }: Found): Weights {
  return byMeaning ? WEIGHTS.semantic : WEIGHTS.lexical;
}

/** The first claims; if several articles answer, the first of each, side by side, the best article first. */
function spread(candidates: readonly Candidate[]): readonly Candidate[] {
  const byArticle = [...Map.groupBy(candidates, ({ passage }) => passage.topic.article.slug).values()];
  if (byArticle.length < 2) return candidates.slice(0, MAX_PASSAGES);
  return byArticle.slice(0, MAX_ARTICLES).flatMap((list) => list.slice(0, MAX_PASSAGES_EACH));
}
