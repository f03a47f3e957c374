import { formatQuantity } from '../../core/quantity.ts';
import { type LintedArticle, type PlacedClaim, placeClaims, type Rule } from './rule.ts';

/** Claims that state a figure which another claim says is contested or out of date, and that carry no note at all. */
export const contestedElsewhere: Rule = (linted) => {
  const claims = placeClaims(linted).flatMap((placed) => {
    const { number } = placed.claim;
    return number ? [{ placed, number: formatQuantity(number), doubt: findDoubt(placed, linted) }] : [];
  });
  return claims.flatMap(({ placed, number, doubt }) => {
    if (doubt !== undefined || placed.claim.notes.length + placed.topic.value.notes.length > 0) return [];
    const other = claims.find(
      (one) => one.doubt !== undefined && one.number === number && isSamePlace(one.placed, placed),
    );
    return other ? placed.fault(undefined, 'contested-note', number, other.placed.claim.id, other.doubt ?? '') : [];
  });
};

/** The label of a claim's note that calls it contested or out of date. */
function findDoubt({ topic, claim }: PlacedClaim, { notes }: LintedArticle): string | undefined {
  const definitions = { ...notes?.value.definitions, ...topic.value.definitions };
  return [...claim.notes, ...topic.value.notes].find((label) =>
    /^(contested|outdated)$/.test(definitions[label]?.kind ?? ''),
  );
}

function isSamePlace(a: PlacedClaim, b: PlacedClaim): boolean {
  return a.claim.paragraph.some((paragraph) => b.claim.paragraph.includes(paragraph));
}
