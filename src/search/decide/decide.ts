import type { Verdict } from '../../core/search.ts';
import type { Candidate, Found } from '../find.ts';
import { hasCharge, isCharge } from './charge.ts';
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
  const rated = candidates
    .slice(0, LOOKED_AT)
    .filter((one) => !isRuledOut(one))
    .map((one) => ({ one, sure: probability(one.features, weights.answer) }));
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
  const harmless = candidates.filter((one) => !isCharge(one));
  // Whoever asks about the victims in one place isn't shown those in another.
  const named = harmless.filter(({ features }) => features.otherName === 0);
  const near = (named.length > 0 ? named : harmless).slice(0, MAX_PASSAGES);
  if (about >= ABOUT && near.length > 0) return { verdict: 'nearest', shown: near, answers, about };
  return { verdict: 'declined', shown: [], answers, about };
}

/** Whether a claim lacks the very thing or person that is asked about, however like the question it is otherwise. */
function isRuledOut(candidate: Candidate): boolean {
  const { noOthers, noCount, otherEntity, otherSpeaker, reportedOn } = candidate.features;
  return noOthers + noCount + otherEntity + otherSpeaker > 0 || (reportedOn === 1 && hasCharge(candidate));
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
