import nlp from 'compromise';
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

/** Words that are nouns, too, and describe one here. */
const DESCRIBING = /^(square|cubic|metric|full-time|part-time|million|billion)$/;

/** The noun, or a describing word and the noun, that these words begin with. */
function nounOf([first = '', second = '']: readonly string[]): string {
  if (NOT_COUNTED.has(first)) return '';
  if (DESCRIBING.test(first) && second) return `${first} ${second}`;
  // Out of its sentence a noun such as "boats" or "shops" may be taken for a verb, but hardly for an adjective.
  if (!nlp(first).has('^(#Adjective|#Adverb|#Pronoun|#Determiner)$')) return first;
  return second && !NOT_COUNTED.has(second) ? `${first} ${second}` : '';
}

/**
 * The amounts in an English text, as content writes them: `over 4.2 million tonnes`, `12 %`, `£38 million`, `450`. Dates, years and
 * times of day are none.
 */
export function findNumbers(text: string): string[] {
  const found = [...text.matchAll(AMOUNT)].flatMap(({ 0: whole, groups = {}, index }) => {
    const { qualifier = '', currency = '', digits = '', percent, scale = '', unit = '' } = groups;
    const [before, after] = [text.slice(Math.max(0, index - 20), index), text.slice(index + whole.length)];
    const noun = nounOf(unit.trim().split(' '));
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
