import type { Candidate } from '../find.ts';
import { stem, tokens } from '../words.ts';

/** Above this share of contradiction, a claim says who did what to whom the other way round. */
const CLASHES = 0.5;

/** Words by which a claim charges somebody with a wrong. */
const CHARGES: ReadonlySet<string> = new Set(
  (
    'abuse aggression assault atrocities attack blame bombed breach bribed burned cheated cleansing condemn convicted corrupt ' +
    'crime cruel damaged deceived defrauded destroyed displaced enemy evicted expelled fled fraud genocide guilty harmed hostage ' +
    'illegal injured invaded kidnapped killed lied looted massacre menace misled murder occupation occupied persecution poisoned ' +
    'raid ruined separatists shot stole sued suffering terror terrorist threat threatened torture violated violence war wounded'
  )
    .split(' ')
    .map(stem),
);

/**
 * Whether a claim, shown for a question that it contradicts, would read as a charge against somebody else than was asked
 * about. It is then not even shown as the nearest.
 */
export function isCharge({ passage: { claim, topic }, features }: Candidate): boolean {
  if (features.clashes < CLASHES) return false;
  const loaded = new Set(topic.article.loaded.flatMap(tokens).map(stem));
  return tokens(claim.text).some((word) => CHARGES.has(stem(word)) || loaded.has(stem(word)));
}
