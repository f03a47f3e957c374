import type { Quantity } from '../../core/article.ts';
import { formatDate } from '../../core/date.ts';
import { formatQuantity } from '../../core/quantity.ts';
import { faultAt } from '../check.ts';
import { PLACEHOLDER } from '../draft.ts';
import type { Fault } from '../fault.ts';
import { type Entity, isAkin, listEntities, names } from './entities.ts';
import { type FoundNumber, readNumbers, valuesOf } from './numbers.ts';
import { type LintedArticle, type PlacedClaim, placeClaims, type Rule } from './rule.ts';
import { indexOf, keyOf, type Token, tokenize } from './tokens.ts';

/** The article's text, read once for all claims. */
interface Source {
  readonly paragraphs: ReadonlyMap<string, readonly Token[]>;
  readonly entities: readonly Entity[];
  readonly people: readonly Entity[];
  /** What an article's title and byline name may be left unsaid in any of its paragraphs. */
  readonly heading: readonly Token[];
  readonly synonyms: readonly (readonly string[])[];
  /** The last words of its people's names, each with the words of the one person who has it. */
  readonly surnames: ReadonlyMap<string, ReadonlySet<string>>;
  /** The day on which the article appeared, ISO; its year need not be said. */
  readonly published?: string;
}

/** The paragraphs that a claim cites, and the one before each: what `he` and `the company` refer to. */
interface Cited {
  readonly tokens: readonly Token[];
  readonly before: readonly Token[];
  readonly label: string;
}

/** Numbers, dates, names and speakers of claims that the cited paragraphs of the article lack. */
export const claimsInSource: Rule = (linted) => {
  const { article, source } = linted;
  if (!source) return [];
  const read = readSource(linted);
  const claims = placeClaims(linted).flatMap((placed) => {
    const cited = readCited(placed.claim.paragraph, read.paragraphs, article.value.paragraphs);
    // What is not at hand cannot be compared.
    if (!cited) return [];
    return [
      ...checkNumbers(placed, cited, read),
      ...checkFields(placed, cited, read),
      ...checkDate(placed, cited, read),
      ...checkNames(placed, cited, read),
      ...checkSpeaker(placed, cited, read),
    ];
  });
  return [...claims, ...linted.topics.flatMap((topic) => checkHeading(topic, read))];
};

/** What a topic's title and summary say and no paragraph does. */
function checkHeading(topic: LintedArticle['topics'][number], source: Source): Fault[] {
  const tokens = [...[...source.paragraphs.values()].flat(), ...source.heading];
  const cited: Cited = { tokens, before: [], label: '' };
  const values = valuesOf(tokens);
  const check = (part: 'title' | 'summary') => {
    const text = topic.value[part];
    if (text.startsWith(PLACEHOLDER)) return [];
    const said = tokenize(text);
    const numbers = readNumbers(said).filter(
      (number) =>
        number.digits && !number.values.some((value) => values.has(value)) && !isNear(Number(number.text), source),
    );
    // Each word of a title may have a capital.
    const names = said.filter(
      (token) =>
        part === 'summary' &&
        isCapital(token) &&
        !token.opens &&
        !DESCRIBING.has(token.key) &&
        !isListed(token, source) &&
        !isSaid(token, cited, source),
    );
    return [...numbers, ...names].map(({ text: words }) => faultAt(topic, [part], 'source-heading', words, part));
  };
  return [...check('title'), ...check('summary')];
}

function readSource({ article, source = new Map() }: LintedArticle): Source {
  const { title, author, published, synonyms, people } = article.value;
  const entities = listEntities(article.value);
  return {
    paragraphs: new Map([...source].map(([name, text]) => [name, tokenize(text)])),
    entities,
    people: entities.filter(({ name }) => Object.hasOwn(people, name)),
    heading: tokenize(`${title} ${author}`),
    synonyms: Object.entries(synonyms).map(([word, others]) => [word, ...others].map(keyOf)),
    surnames: listSurnames(Object.keys(people)),
    ...(published ? { published } : {}),
  };
}

/** A surname that two people share tells nobody which of them is meant. */
function listSurnames(people: readonly string[]): Map<string, ReadonlySet<string>> {
  const all = people.map((name) => tokenize(name).map(({ key }) => key)).filter(({ length }) => length > 1);
  const isShared = (surname?: string) => all.filter((words) => words.at(-1) === surname).length > 1;
  return new Map(all.flatMap((words) => (isShared(words.at(-1)) ? [] : [[words.at(-1) ?? '', new Set(words)]])));
}

function readCited(
  cited: readonly (number | 'author')[],
  paragraphs: Source['paragraphs'],
  count: number,
): Cited | undefined {
  const own = cited.map((name) => paragraphs.get(String(name)));
  if (own.some((tokens) => tokens === undefined)) return undefined;
  const before = cited.map((name) => String(name === 'author' ? count : name - 1));
  return {
    tokens: own.flatMap((tokens) => tokens ?? []),
    before: before.flatMap((name) => paragraphs.get(name) ?? []),
    label: cited.join(', '),
  };
}

function checkNumbers({ claim, fault }: PlacedClaim, cited: Cited, source: Source): Fault[] {
  const tokens = tokenize(claim.text);
  const known = new Set([...valuesOf(cited.tokens), ...valuesOf(source.heading)]);
  return readNumbers(tokens).flatMap((number) => {
    if (number.values.some((value) => known.has(value))) return [];
    if (!number.digits)
      return checkCount(number, tokens, cited).flatMap((found) =>
        fault(undefined, 'source-count', ...found, cited.label),
      );
    if (isNear(Number(number.text), source)) return [];
    const others = paragraphsWith(source, (paragraph) => number.values.some((value) => valuesOf(paragraph).has(value)));
    return others
      ? fault(undefined, 'source-number-elsewhere', number.text, cited.label, others)
      : fault(undefined, 'source-number', number.text, cited.label);
  });
}

/** The numbers in a claim's fields, which readers see apart from its text. */
function checkFields({ claim, fault }: PlacedClaim, cited: Cited, source: Source): Fault[] {
  const known = new Set([...valuesOf(cited.tokens), ...valuesOf(source.heading)]);
  // What the text says too is compared there.
  const said = valuesOf(tokenize(claim.text));
  const check = (field: string, quantities: readonly Quantity[]) =>
    quantities.flatMap((quantity) => {
      const values = [quantity.value, ...valuesOf(tokenize(formatQuantity(quantity)))];
      if (said.has(quantity.value) || values.some((value) => known.has(value))) return [];
      if (isNear(quantity.value, source)) return [];
      const others = paragraphsWith(source, (paragraph) => values.some((value) => valuesOf(paragraph).has(value)));
      return others
        ? fault(field, 'source-number-elsewhere', formatQuantity(quantity), cited.label, others)
        : fault(field, 'source-number', formatQuantity(quantity), cited.label);
    });
  return [...check('number', claim.number ? [claim.number] : []), ...check('numbers', claim.numbers)];
}

/** The year of publication and those beside it go unsaid: `in June`, `last year`. */
function isNear(year: number, { published = '' }: Source): boolean {
  return Math.abs(year - Number(published.slice(0, 4) || Number.NaN)) <= 1;
}

/**
 * A number in words may be the editors' own count, as in `the author's three reasons`, so it is wrong only if the paragraph
 * counts the same things otherwise.
 */
function checkCount(number: FoundNumber, tokens: readonly Token[], cited: Cited): [claimed: string, found: string][] {
  const noun = tokens[number.end];
  if (!noun || number.values.length > 1 || (number.values[0] ?? 0) < 2) return [];
  const other = readNumbers(cited.tokens).find(({ end, values }) => {
    const counted = cited.tokens[end];
    return counted !== undefined && !values.includes(1) && (counted.key === noun.key || isAkin(counted.key, noun.key));
  });
  return other ? [[`${number.text} ${noun.text}`, `${other.text} ${cited.tokens[other.end]?.text}`]] : [];
}

/** Words by which a text dates something without naming the date. */
const RELATIVE = new Set(
  (
    'later earlier ago last next following previous preceding yesterday tomorrow monday tuesday wednesday thursday friday ' +
    'saturday sunday'
  ).split(' '),
);
const POINTING = new Set(['this', 'that', 'same']);
const SPANS = new Set(['year', 'month', 'week', 'spring', 'summer', 'autumn', 'winter']);

/** `Five years` is a length and dates nothing; `that year` does. */
function isRelative(tokens: readonly Token[]): boolean {
  return tokens.some(({ key }, at) => RELATIVE.has(key) || (POINTING.has(key) && SPANS.has(tokens[at + 1]?.key ?? '')));
}

/** A date that the claim states has to stand in its paragraphs; one that it only implies, anywhere in the article. */
function checkDate({ claim, fault }: PlacedClaim, cited: Cited, source: Source): Fault[] {
  const { date } = claim;
  if (!date) return [];
  const text = tokenize(claim.text);
  const isNamed = date.split('/').every((part) => {
    const parts = readDate(part);
    if (holdsDate(cited.tokens, parts, source)) return true;
    if (isRelative(cited.tokens) && isTold(parts, source)) return true;
    if (parts.year !== undefined && valuesOf(text).has(parts.year)) return false;
    return [...source.paragraphs.values()].some((paragraph) => holdsDate(paragraph, parts, source));
  });
  return isNamed ? [] : fault('date', 'source-date', formatDate(date), cited.label);
}

function holdsDate(tokens: readonly Token[], parts: DateParts, source: Source): boolean {
  const { year, month, day } = parts;
  const values = valuesOf(tokens);
  const hasMonth = month === undefined || tokens.some(({ key }) => isMonth(key, month));
  const hasYear = year === undefined || values.has(year) || isYearUnsaid(parts, source);
  return hasYear && hasMonth && (day === undefined || values.has(day));
}

/** The date of publication gives the year of a month or a day that is less than a year away from it. */
function isYearUnsaid({ year = 0, month, day }: DateParts, source: Source): boolean {
  if (!isNear(year, source)) return false;
  if (month === undefined) return true;
  const [ownYear = 0, ownMonth = 1, ownDay = 1] = (source.published ?? '').split('-').map(Number);
  const months = (year - ownYear) * 12 + month - ownMonth;
  return Math.abs(months) < 12 || (Math.abs(months) === 12 && Math.sign(months) * ((day ?? ownDay) - ownDay) <= 0);
}

/** Whether words such as `two years later` and `last Monday` can mean a date: never one long after the article. */
function isTold({ year, day }: DateParts, source: Source): boolean {
  if (year === undefined || isNear(year, source)) return true;
  return day === undefined && year <= Number(source.published?.slice(0, 4) ?? Number.NaN);
}

const MONTHS = 'january february march april may june july august september october november december'.split(' ');

/** Whether a word is the month of this number, from 1, in full or in three or more letters. */
export function isMonth(key: string, month: number): boolean {
  const name = MONTHS[month - 1] ?? '';
  return key.length >= 3 && name.startsWith(key);
}

interface DateParts {
  readonly year?: number;
  /** From 1. */
  readonly month?: number;
  readonly day?: number;
}

/** The parts of one date as content writes it: `2025-10-07` or `--10-07`. */
export function readDate(part: string): DateParts {
  const [, year, month, day] = /^(\d{4}|-)(?:-(\d{2}))?(?:-(\d{2}))?$/.exec(part) ?? [];
  return {
    ...(year && year !== '-' ? { year: Number(year) } : {}),
    ...(month ? { month: Number(month) } : {}),
    ...(day ? { day: Number(day) } : {}),
  };
}

function checkNames({ claim, fault }: PlacedClaim, cited: Cited, source: Source): Fault[] {
  const tokens = tokenize(claim.text);
  const seen = new Set<string>();
  return tokens.flatMap((token) => {
    const { key, text } = token;
    const isNew = isCapital(token) && !seen.has(key) && !DESCRIBING.has(key);
    const isName = isNew && (!token.opens || isListed(token, source));
    if (!isName || isSaid(token, cited, source)) return [];
    seen.add(key);
    const others = paragraphsWith(source, (paragraph) => paragraph.some((one) => one.key === key));
    return others
      ? fault(undefined, 'source-name-elsewhere', text, cited.label, others)
      : fault(undefined, 'source-name', text, cited.label);
  });
}

/** A speaker whose name the paragraphs lack: readers see it under the claim. */
function checkSpeaker({ claim, fault }: PlacedClaim, cited: Cited, source: Source): Fault[] {
  const { speaker } = claim;
  if (speaker === 'author') return [];
  const tokens = tokenize(speaker);
  const isName = (token: Token, at: number) =>
    isCapital(token) &&
    !DESCRIBING.has(token.key) &&
    (at > 0 || tokens.length === 1 || isListed(token, source) || isCapital(tokens[1]));
  // Whoever the paragraph before names speaks here only if nobody else does.
  const { people } = source;
  const isAnother = people.some((one) => !isPart(speaker, one) && names(cited.tokens, one));
  const near = isAnother ? { ...cited, before: [] } : cited;
  const missing = tokens.filter((token, at) => isName(token, at) && !isSaid(token, near, source));
  if (missing.length === 0) return [];
  const keys = missing.map(({ key }) => key);
  const others = paragraphsWith(source, (paragraph) => keys.every((key) => paragraph.some((one) => one.key === key)));
  return others
    ? fault('speaker', 'source-name-elsewhere', speaker, cited.label, others)
    : fault('speaker', 'source-name', speaker, cited.label);
}

function isPart(speaker: string, { names: own }: Entity): boolean {
  const tokens = tokenize(speaker);
  return own.some((phrase) => indexOf(tokens, phrase) >= 0);
}

function isCapital(token: Token | undefined): boolean {
  return token !== undefined && /^\p{Lu}/u.test(token.text);
}

/** Words with a capital that describe and do not name. */
const DESCRIBING = new Set(
  (
    'i mr mrs ms dr muslim muslims islamic islam christian christians jewish jew jews sunni shia catholic protestant ' +
    'orthodox hindu buddhist arab arabs european europeans african asian western eastern northern southern'
  ).split(' '),
);

function isListed({ key }: Token, { entities }: Source): boolean {
  return entities.some((entity) =>
    entity.names.some((phrase) => phrase[0]?.key === key && /^\p{Lu}/u.test(phrase[0].text)),
  );
}

/** Whether a name's word stands in the paragraph, or something that means the same. */
function isSaid(token: Token, cited: Cited, source: Source): boolean {
  const { key } = token;
  if (MONTHS.includes(key)) return cited.tokens.some((one) => one.key === key) || isRelative(cited.tokens);
  if ([...cited.tokens, ...source.heading].some((one) => one.key === key || isAkin(one.key, key))) return true;
  const meant = source.entities.filter((entity) =>
    entity.names.some((phrase) => phrase.some((one) => one.key === key)),
  );
  if (meant.some((entity) => names(cited.tokens, entity, true) || names(cited.before, entity))) return true;
  // A text names people in full once, and by their surname from then on.
  const bySurname = cited.tokens.some((one) => source.surnames.get(one.key)?.has(key));
  if (bySurname) return true;
  const others = source.synonyms.filter((words) => words.includes(key)).flat();
  return cited.tokens.some((one) => others.includes(one.key));
}

function paragraphsWith({ paragraphs }: Source, test: (tokens: readonly Token[]) => boolean): string {
  return [...paragraphs].flatMap(([name, tokens]) => (test(tokens) ? [name] : [])).join(', ');
}
