import type { Candidate, Found } from '../find.ts';
import { isCharge } from './charge.ts';
import { type Decision, decide } from './decide.ts';

/** From this share on, a claim's sentences have somebody else where the question has somebody, or lack who it names. */
const SOMEBODY_ELSE = 0.5;

/**
 * Decides on a thing of which somebody asks who says it. They name the thing, so the claim that comes nearest is what they
 * mean, unless it says the reverse, says it of somebody else or has another number: then it is only the nearest.
 */
export function decideWhoSays(found: Found): Decision {
  const decision = decide(found);
  const [first] = decision.shown;
  if (!first) return decision;
  if (!contradicts(first)) return { ...decision, verdict: 'answered', shown: [first] };
  const shown = decision.shown.filter((one) => !isCharge(one));
  return { ...decision, verdict: shown.length > 0 ? 'nearest' : 'declined', shown };
}

function contradicts({ features: { reversed, substituted, otherName, otherNumbers } }: Candidate): boolean {
  return reversed === 1 || otherNumbers === 1 || substituted >= SOMEBODY_ELSE || otherName === 1;
}
