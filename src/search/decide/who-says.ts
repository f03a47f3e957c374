import type { Candidate, Found } from '../find.ts';
import { isCharge } from './charge.ts';
import { type Decision, decide } from './decide.ts';

/**
 * Probability that the best claim answers, from which it is what somebody means who asks who says a thing: they name the thing,
 * and how they ask says little about it.
 */
const MEANT = 0.28;
/** How far a claim that has a word of the author's may rank behind the best one, and be what “which word” means. */
const MAX_BEHIND = 0.3;
/** From this share on, a claim's sentences say who does what to whom the other way round. */
const CLASHES = 0.6;
/** How a claim says that a word is somebody's own. */
const OWN_WORD =
  /\b(?:calls?|terms?|presents|describes|description)\b|\bin (?:his|her|their) words?\b|\bhis word\b|[“”]/;

/** Decides on a thing of which somebody asks who says it. One claim is enough: its trace answers. */
export function decideWhoSays(found: Found): Decision {
  const decision = decide(found, MEANT);
  const [first] = decision.shown;
  if (decision.verdict !== 'answered' || !first) return decision;
  if (isMeant(first)) return { ...decision, shown: [first] };
  const near = decision.shown.filter((one) => !isCharge(one));
  return { ...decision, verdict: near.length > 0 ? 'nearest' : 'declined', shown: near };
}

/** Whether a claim neither says the reverse, nor has another number, nor lacks the price or time that the thing is. */
function isMeant({ features: { clashes, otherNumbers, unfit } }: Candidate): boolean {
  return clashes < CLASHES && otherNumbers === 0 && unfit === 0;
}

/** The same for somebody who asks which word the writer has for the thing: a claim that has such a word comes first. */
export function decideWhichWord(found: Found): Decision {
  const [best] = found.candidates;
  const hasWord = found.candidates.filter(
    ({ passage, rank }) => OWN_WORD.test(passage.claim.text) && rank >= (best?.rank ?? 0) - MAX_BEHIND,
  );
  return decideWhoSays({ ...found, candidates: [...new Set([...hasWord, ...found.candidates])] });
}
