import type { Candidate, Found } from '../find.ts';
import { hasCharge } from './charge.ts';
import { type Decision, MAX_PASSAGES } from './decide.ts';

/** Likeness in meaning from which a claim answers, and from which it comes near. Translations of a question lie above the first. */
const SURE = 0.72;
const NEAR = 0.6;
/** How far a further claim may lie behind the best one. */
const MAX_BEHIND = 0.05;

/**
 * Decides by likeness in meaning alone, for a question whose words the search can't read. A model gives the same likeness to a
 * question and to its reverse: what is asked of two parties only comes near, and no charge against anybody is shown.
 */
export function decideByMeaning({ candidates, about }: Found): Decision {
  const shown = candidates
    .filter((one) => one.features.similarity >= NEAR && (!hasCharge(one) || actorsOf(one) === 0))
    .toSorted((a, b) => b.features.similarity - a.features.similarity);
  const best = shown[0];
  const isAbout = about.similarity > about.everydaySimilarity;
  const { similarity = 0, openSimilarity = 0 } = best?.features ?? {};
  const likeness = { answers: similarity, about: about.similarity };
  if (!best || !isAbout) return { verdict: 'declined', shown: [], ...likeness };
  const isAnswer = similarity >= SURE && similarity > openSimilarity && actorsOf(best) < 2;
  if (!isAnswer) return { verdict: 'nearest', shown: shown.slice(0, MAX_PASSAGES), ...likeness };
  const others = shown.filter((one) => {
    const { similarity: own } = one.features;
    return own >= SURE && own >= similarity - MAX_BEHIND && actorsOf(one) < 2;
  });
  return { verdict: 'answered', shown: others.slice(0, MAX_PASSAGES), ...likeness };
}

/** How many parties the sentence names that is nearest to the question. */
function actorsOf({ passage, nearest }: Candidate): number {
  return passage.sentences.find(({ id }) => id === nearest.id)?.roles.size ?? 0;
}
