import type { Token } from './tokens.ts';

/** A number in a text. */
export interface FoundNumber {
  /** With and without the word that multiplies it: 1.2 and 1,200,000 for `1.2 million`. */
  readonly values: readonly number[];
  /** As the text has it. */
  readonly text: string;
  readonly digits: boolean;
  /** Where its first token is, and where the token after it. */
  readonly start: number;
  readonly end: number;
}

const UNITS =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const WORDS = new Map([
  ...UNITS.map((word, value) => [word, value] as const),
  ...TENS.map((word, index) => [word, 20 + index * 10] as const),
  ['dozen', 12] as const,
]);
const MULTIPLIERS = new Map([
  ['hundred', 100],
  ['thousand', 1e3],
  ['k', 1e3],
  ['million', 1e6],
  ['m', 1e6],
  ['bn', 1e9],
  ['billion', 1e9],
  ['trillion', 1e12],
]);

/** Words for a number that a source may use if the claim uses a figure, or the other way round. */
const LOOSE = new Map<string, readonly number[]>([
  ['half', [50, 0.5]],
  ['halved', [50, 2]],
  ['third', [3, 33]],
  ['thirds', [3]],
  ['quarter', [4, 25]],
  ['quarters', [4]],
  ['fifth', [5, 20]],
  ['fifths', [5]],
  ['tenth', [10]],
  ['both', [2]],
  ['pair', [2]],
  ['couple', [2]],
  ['two', [2]],
  ['twice', [2]],
  ['double', [2]],
  ['doubled', [2]],
  ['tripled', [3]],
  ['decade', [10]],
  ['decades', [10]],
  ['century', [100]],
  ['single', [1]],
  ['first', [1]],
  ['second', [2]],
  ['fourth', [4]],
  ['sixth', [6]],
  ['seventh', [7]],
  ['eighth', [8]],
  ['ninth', [9]],
]);

/** The numbers in a text, in figures and in words. */
export function readNumbers(tokens: readonly Token[]): FoundNumber[] {
  const found: FoundNumber[] = [];
  for (let at = 0; at < tokens.length; ) {
    const start = at;
    const { value, next, digits } = readOne(tokens, at);
    at = next;
    if (value === undefined) {
      at += 1;
      continue;
    }
    const values = [value];
    let multiplier = MULTIPLIERS.get(tokens[at]?.key ?? '');
    while (multiplier !== undefined) {
      values.push((values.at(-1) as number) * multiplier);
      at += 1;
      multiplier = MULTIPLIERS.get(tokens[at]?.key ?? '');
    }
    found.push({
      values,
      text: tokens
        .slice(start, at)
        .map(({ text }) => text)
        .join(' '),
      digits,
      start,
      end: at,
    });
  }
  return found;
}

function readOne(tokens: readonly Token[], at: number): { value?: number; next: number; digits: boolean } {
  const { text = '', key = '' } = tokens[at] ?? {};
  if (/^\p{N}/u.test(text)) return { value: Number(text.replaceAll(',', '')), next: at + 1, digits: true };
  const value = WORDS.get(key);
  if (value === undefined) return { next: at, digits: false };
  const unit = WORDS.get(tokens[at + 1]?.key ?? '') ?? 0;
  const joined = value >= 20 && value < 100 && unit > 0 && unit < 10;
  return { value: joined ? value + unit : value, next: at + (joined ? 2 : 1), digits: false };
}

/** All values that a text states, those in loose words such as `half` among them. */
export function valuesOf(tokens: readonly Token[]): ReadonlySet<number> {
  return new Set([
    ...readNumbers(tokens).flatMap(({ values }) => values),
    ...tokens.flatMap(({ key }) => LOOSE.get(key) ?? []),
  ]);
}
