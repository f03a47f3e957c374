import { parseNumber, QUALIFIERS } from '../core/quantity.ts';

/** More numbers than these are a table. */
const MOST = 6;

const MONTH = 'January|February|March|April|May|June|July|August|September|October|November|December';
const AMOUNT = new RegExp(
  String.raw`(?<![\p{L}\p{N}.,:/-])(?:(?<qualifier>more than|fewer than|less than|${QUALIFIERS.join('|')}) )?(?<currency>[$€£¥])?(?<digits>\d{1,12}(?:,\d{3}){0,4}(?:\.\d{1,6})?)(?!\d|[,:/]\d|\p{L}|-\p{L})(?:\s?(?<percent>%|per ?cent\b)|(?<scale> (?:million|billion|trillion|thousand|hundred))?(?<unit>(?: (?:square|cubic|metric)?\s?\p{Ll}[\p{L}-]{0,29}))?)`,
  'giu',
);

const MONTH_AFTER = new RegExp(`^\\.? ?(?:${MONTH})\\b`);
const MONTH_BEFORE = new RegExp(`\\b(?:${MONTH}) $`);

/** Words that follow a number and are not what it counts. */
const NOT_COUNTED = new Set(
  (
    'a an the and or of in on at to by for from with as than that which who when while but if is are was were be been has had ' +
    'have will would can could may might must should did does do not after before since until during over under about into ' +
    'per against between among without because so more less last next this'
  ).split(' '),
);

/** Words that make a qualifier of ours from one of the article's. */
const MEANT: Readonly<Record<string, string>> = { 'more than': 'over', 'fewer than': 'under', 'less than': 'under' };

/**
 * The amounts in an English text, as content writes them: `over 4.2 million tonnes`, `12 %`, `£38 million`, `450`. Dates, years and
 * times of day are none.
 */
export function findNumbers(text: string): string[] {
  const found = [...text.matchAll(AMOUNT)].flatMap(({ 0: whole, groups = {}, index }) => {
    const { qualifier = '', currency = '', digits = '', percent, scale = '', unit = '' } = groups;
    const [before, after] = [text.slice(Math.max(0, index - 20), index), text.slice(index + whole.length)];
    const noun = NOT_COUNTED.has(unit.trim().toLowerCase()) ? '' : unit.trim();
    const isYear = /^(1[5-9]|20)\d\d$/.test(digits) && !currency && !percent && !scale;
    const bare = text.slice(index).replace(/^\D*\d+/, '');
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
