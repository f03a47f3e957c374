import { parseNumber } from '../core/quantity.ts';

/** More numbers than these are a table. */
const MOST = 6;

const AMOUNT =
  /(?<![\p{L}\p{N}.,:/-])(?:(?<qualifier>more than|fewer than|less than|over|under|about|nearly|at least|at most) )?(?<currency>[$€£¥])?(?<digits>\d{1,12}(?:,\d{3}){0,4}(?:\.\d{1,6})?)(?!\d|[,:/]\d|\p{L}|-\p{L})(?:\s?(?<percent>%|per ?cent\b)|(?<scale> (?:million|billion|trillion|thousand|hundred))?(?<unit>(?: \p{Ll}[\p{L}-]{0,29}){0,2}))/giu;
const MONTH_AFTER = /^\.? ?(?:January|February|March|April|May|June|July|August|September|October|November|December)\b/;
const MONTH_BEFORE = /\b(?:January|February|March|April|May|June|July|August|September|October|November|December) $/;

/** Words that follow a number and are not what it counts. */
const NOT_COUNTED = new Set(
  (
    'a an the and or of in on at to by for from with as than that which who when while but if is are was were be been has had ' +
    'have will would can could may might must should did does do not after before since until during over under about into ' +
    'it each he she they them per against between among without because so more less last next this'
  ).split(' '),
);

/** Words that make a qualifier of ours from one of the article's. */
const MEANT: Readonly<Record<string, string>> = { 'more than': 'over', 'fewer than': 'under', 'less than': 'under' };

/** What newspapers write after an amount of money. */
const SCALES: Readonly<Record<string, string>> = { k: 'thousand', m: 'million', bn: 'billion', tn: 'trillion' };

/** Words that describe what is counted. */
const DESCRIBING =
  /^(square|cubic|metric|full-time|part-time|new|old|young|dry|wet|small|large|big|long|short|free|further|other|different|extra|public|private|foreign|\p{Ll}+(?:ic|al|ive|ous|ful|less|able|ible|ary|ish|ed))$/u;

/** The noun, or a describing word and the noun, that these words begin with. */
function nounOf([first = '', second = '']: readonly string[]): string {
  if (NOT_COUNTED.has(first)) return '';
  if (/^(percentage|basis)$/.test(first)) return second === 'points' || second === 'point' ? `${first} ${second}` : '';
  if (!DESCRIBING.test(first)) return first;
  return second && !NOT_COUNTED.has(second) ? `${first} ${second}` : '';
}

/**
 * The amounts in an English text, as content writes them: `over 4.2 million tonnes`, `12 %`, `£38 million`, `450`. Dates, years and
 * times of day are none.
 */
export function findNumbers(text: string): string[] {
  const spaced = text
    .replace(/([$€£¥]\d[\d,.]{0,15})(m|bn|tn|k)\b/g, (_, amount, scale) => `${amount} ${SCALES[scale]}`)
    .replace(/(\d)(km|kg|cm|mm|mph|kWh|MWh|GWh|kW|MW|GW)\b/g, '$1 $2');
  const found = [...spaced.matchAll(AMOUNT)].flatMap(({ 0: whole, groups = {}, index }) => {
    const { qualifier = '', currency = '', digits = '', percent, scale = '', unit = '' } = groups;
    const [before, after] = [spaced.slice(Math.max(0, index - 20), index), spaced.slice(index + whole.length)];
    const noun = nounOf(unit.trim().split(' '));
    const isYear = /^(1[5-9]|20)\d\d$/.test(digits) && !currency && !percent && !scale;
    const bare = spaced.slice(index, index + 60).replace(/^\D*\d+/, '');
    const isDay = MONTH_AFTER.test(bare) || MONTH_BEFORE.test(before);
    const isName = /\b(page|chapter|paragraph|section|article|line|route|number|no\.|room|flight|figure|table) $/i.test(
      before,
    );
    const isTime = /^ ?(?:a\.?m\b|p\.?m\b|o[’']clock)/i.test(bare) || /^:\d/.test(after);
    if (isYear || isDay || isName || isTime) return [];
    const sign = MEANT[qualifier.toLowerCase()] ?? qualifier.toLowerCase();
    const counted = percent ? ' %' : `${scale}${noun && !currency ? ` ${noun}` : ''}`;
    const written = `${sign ? `${sign} ` : ''}${currency}${digits}${counted}`;
    return parseNumber(written) ? [written] : [];
  });
  return [...new Set(found)].slice(0, MOST);
}
