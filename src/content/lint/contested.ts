import { formatQuantity } from '../../core/quantity.ts';
import type { Fault } from '../fault.ts';
import { isMonth } from './claims-in-source.ts';
import { readNumbers } from './numbers.ts';
import { type LintedArticle, type PlacedClaim, placeClaims, type Rule } from './rule.ts';
import { type Token, tokenize } from './tokens.ts';

/**
 * Figures that only one side gives: claims with a figure that another claim says is contested or out of date, and that carry
 * no note at all; and contested figures whose note says that others count otherwise and not how many.
 */
export const contestedFigures: Rule = (linted) => {
  const claims = placeClaims(linted).flatMap((placed) => {
    const { number } = placed.claim;
    return number ? [{ placed, number: formatQuantity(number), doubt: findDoubt(placed, linted) }] : [];
  });
  return claims.flatMap(({ placed, number, doubt }): Fault[] => {
    if (doubt !== undefined) return checkOther(placed, number, linted);
    if (placed.claim.notes.length + placed.topic.value.notes.length > 0) return [];
    const other = claims.find(
      (one) => one.doubt !== undefined && one.number === number && isSamePlace(one.placed, placed),
    );
    return other ? placed.fault(undefined, 'contested-note', number, other.placed.claim.id, other.doubt ?? '') : [];
  });
};

function checkOther(placed: PlacedClaim, number: string, linted: LintedArticle): Fault[] {
  const { claim, fault } = placed;
  if (claim.kind !== 'figure') return [];
  const definitions = definitionsOf(placed, linted);
  const contested = claim.notes.flatMap((label) => {
    const note = definitions[label];
    return note?.kind === 'contested' ? [{ label, tokens: tokenize(note.text) }] : [];
  });
  const vague = contested.find(({ tokens }) => tokens.some(({ key }) => COMPARING.has(key)));
  return vague && !contested.some(({ tokens }) => givesNumber(tokens))
    ? fault(undefined, 'contested-number', number, vague.label)
    : [];
}

/** Words by which a note says that others give another number. */
const COMPARING = new Set('less fewer lower higher smaller larger greater more differ differs'.split(' '));

/** Whether a text has a number that is neither a year nor a day of a month. */
function givesNumber(tokens: readonly Token[]): boolean {
  return readNumbers(tokens).some(({ text: number, start, end }) => {
    const isDay = [tokens[start - 1], tokens[end]].some((token) => token && isMonthName(token.key));
    return !isDay && !/^[12]\d{3}$/.test(number);
  });
}

function isMonthName(key: string): boolean {
  return Array.from({ length: 12 }, (_, index) => index + 1).some((month) => isMonth(key, month));
}

/** The label of a claim's note that calls it contested or out of date. */
function findDoubt(placed: PlacedClaim, linted: LintedArticle): string | undefined {
  const definitions = definitionsOf(placed, linted);
  return [...placed.claim.notes, ...placed.topic.value.notes].find((label) =>
    /^(contested|outdated)$/.test(definitions[label]?.kind ?? ''),
  );
}

function definitionsOf({ topic }: PlacedClaim, { notes }: LintedArticle) {
  return { ...notes?.value.definitions, ...topic.value.definitions };
}

function isSamePlace(a: PlacedClaim, b: PlacedClaim): boolean {
  return a.claim.paragraph.some((paragraph) => b.claim.paragraph.includes(paragraph));
}
