import { capitalize } from '../core/text.ts';
import { splitSentences } from './split-sentences.ts';

/** Verbs by which a text gives something as somebody's. */
const SAYS = words(
  'say says said tell tells told claim claims claimed state states stated announce announces announced argue argues argued write ' +
    'writes wrote warn warns warned add adds added believe believes believed estimate estimates estimated explain explains explained ' +
    'insist insists insisted deny denies denied reply replies replied reckon reckons reckoned put puts call calls called fear fears ' +
    'feared expect expects expected concede concedes conceded note notes noted report reports reported',
);
/** Verbs that may follow what they give: `…, says the treasurer`. */
const INVERTED = words(
  'say says said argue argues argued add adds added explain explains explained insist insists warn warns warned',
);
/** Forms that are nouns more often, as in `the boldest claims`. */
const NOUNS = words(
  'claims states reports calls notes puts fears estimates report claim state call note put fear estimate',
);
/** Before these a verb tells what may or should be said. */
const MODALS = words('can could would should may might must will shall to not');
/** What may stand between somebody and such a verb. */
const HELPING = words('has had have also later then once recently already still now often again');
const ARTICLES = words('the a an its his her their our');
/** What joins the parts of a name. */
const LINKS = words('of and for the de da di do dos del der den van von zu la le al el bin ibn ter ten');
const TITLES = words(
  'mr mrs ms mx dr prof professor sir dame lord lady president minister mayor councillor judge captain reverend organiser ' +
    'organizer leader chair chairman chairwoman director spokesman spokeswoman spokesperson manager treasurer secretary',
);
/** What ends the words for somebody. */
const ENDS = words('who which that on at in from when while after before as to by with and but');
/** What follows an office only if it is the subject of what is said. */
const PREDICATES = words('is are was were has have had will would can could should may might must do does did');
/** Words that begin a sentence with a capital, or stand before such a verb, and are nobody. */
const NOBODY = words(
  'the a an it its he she they we i you his her their but and so then when what why how in on at by for as if that this these ' +
    'those there many some most both one nobody everybody other others critics reports sources monday tuesday wednesday ' +
    'thursday friday saturday sunday january february march april may june july august september october november december',
);

/** An aside between commas, as in `Ada Roe, who runs the port, said`, has at most so many words. */
const LONGEST_ASIDE = 14;
const LONGEST_OFFICE = 4;
const LONGEST_NAME = 7;

/**
 * Who speaks in each paragraph of an English text, in the order of their words: by the whole name if the text gives it
 * anywhere before, else by the office. A pronoun stands for whoever spoke last.
 */
export function findSpeakers(paragraphs: readonly string[]): string[][] {
  const known: string[] = [];
  let last: string | undefined;
  return paragraphs.map((text) => {
    const tokens = split(text);
    known.push(...namesOf(tokens));
    const found = tokens.flatMap((token, at) => {
      if (key(token) === 'according' && tokens[at + 1] === 'to') return readAfter(tokens, at + 2);
      return SAYS.has(key(token)) ? speakerOf(tokens, at, last) : [];
    });
    const speakers = [...new Set(found.map((name) => expand(name, known)))];
    last = speakers.findLast((name) => /^\p{Lu}\S* \p{Lu}/u.test(name)) ?? last;
    return speakers;
  });
}

/** Whether a text gives something as somebody's, though it may not say in so many words whose. */
export function holdsSpeech(text: string): boolean {
  const tokens = split(text);
  return tokens.some((token, at) => {
    const before = key(tokens[at - 1]);
    if (!SAYS.has(key(token)) || at === 0 || MODALS.has(before)) return false;
    return !NOUNS.has(key(token)) || /^\p{L}+s$|^they$|^s?he$/u.test(before) || isCapital(tokens[at - 1]);
  });
}

/** `The council’s figures show`: numbers that somebody gives who need not say anything else. */
const OWNED =
  /\p{L}[’'](?:s\b)? (?:own |latest |new |official )?(?:figures?|numbers?|statistics|data|records?|accounts?|report|survey|poll|study|estimates?|count)\b/iu;

/** Whether a text takes its numbers from somebody whom it names as their owner. */
export function holdsOwnedFigures(text: string): boolean {
  return OWNED.test(text);
}

/**
 * Who a paragraph's numbers may be given to: a speaker, unless another sentence has a number too, which may be somebody else's.
 */
export function speakerOfAll(text: string, speakers: readonly string[], holdsNumber: (sentence: string) => boolean) {
  const [first] = speakers;
  if (first === undefined || speakers.length > 1) return first;
  const others = splitSentences(text).filter((one) => holdsOwnedFigures(one) && holdsNumber(one));
  return others.some((one) => !one.includes(first)) ? undefined : first;
}

/** The speaker that belongs to the verb at this place; none if it has none. */
function speakerOf(tokens: readonly string[], verb: number, last: string | undefined): string[] {
  let at = verb - 1;
  while (HELPING.has(key(tokens[at]))) at -= 1;
  const [before = '', after = ''] = [tokens[at], tokens[verb + 1]];
  if (MODALS.has(key(before))) return [];
  const isQuoted = isClosing(before) || (before === ',' && isClosing(tokens[at - 1]));
  if (isQuoted && /^s?he$/i.test(after)) return last === undefined ? [] : [last];
  const opening = before === ',' ? tokens.lastIndexOf(',', at - 1) : -1;
  // In "Ada Roe, a shopkeeper, says the road …" the road doesn't speak.
  const aside = opening > 0 && at - opening <= LONGEST_ASIDE ? readBefore(tokens, opening - 1, true) : [];
  // "A retired engineer, Ada Roe, said": the name speaks, and the office tells who she is.
  const inside = opening > 0 && aside.length === 0 ? tokens.slice(opening + 1, at) : [];
  const named = isCapital(inside[0]) ? readAfter(inside, 0) : [];
  if (named.length > 0 && join(inside) === named[0]) return named;
  const isInverted = before === ',' && INVERTED.has(key(tokens[verb])) && ARTICLES.has(key(after));
  if (isQuoted || (isInverted && aside.length === 0)) return readAfter(tokens, verb + 1);
  if (/^s?he$/i.test(before)) return last === undefined ? [] : [last];
  if (before !== ',') return readBefore(tokens, at, NOUNS.has(key(tokens[verb])) && after !== 'that');
  return aside.length === 0 && opening > 0 && at - opening <= LONGEST_ASIDE ? readBefore(tokens, opening - 1) : aside;
}

function isClosing(token = ''): boolean {
  return /^[”"’]$/.test(token);
}

/** The name, or else the office, that ends at this place. */
function readBefore(tokens: readonly string[], end: number, onlyNames = false): string[] {
  let start = end + 1;
  for (let at = end; at >= 0 && end - at < LONGEST_NAME; at -= 1) {
    if (isCapital(tokens[at])) start = at;
    else if (!LINKS.has(key(tokens[at])) && !isWithinName(tokens, at)) break;
  }
  const name = join(tokens.slice(start, end + 1));
  if (name || onlyNames) return name ? [name] : [];
  for (let at = end; at > end - LONGEST_OFFICE - 1 && /^\p{L}/u.test(tokens[at] ?? ''); at -= 1) {
    if (!ARTICLES.has(key(tokens[at]))) continue;
    const office = join(tokens.slice(at + 1, end + 1));
    // In "to close the plant called", the plant doesn't speak.
    const before = tokens[at - 1] ?? '';
    const opens = isCapital(tokens[at]) || !/^\p{Ll}/u.test(before) || /^(and|but|while|as)$/.test(before);
    return office && opens ? [office] : [];
  }
  return [];
}

/** The name, or else the office, that begins at this place. */
function readAfter(tokens: readonly string[], begin: number): string[] {
  const start = ARTICLES.has(key(tokens[begin])) ? begin + 1 : begin;
  let end = start;
  while (end - start < LONGEST_NAME && (isCapital(tokens[end]) || (end > start && joins(tokens, end)))) end += 1;
  const name = join(tokens.slice(start, end));
  if (name) return [name];
  end = start;
  while (end - start < LONGEST_OFFICE + 2 && /^\p{L}/u.test(tokens[end] ?? '') && !ENDS.has(key(tokens[end]))) end += 1;
  // The treasurer, Otto Riem
  if (tokens[end] === ',' && isCapital(tokens[end + 1])) return readAfter(tokens, end + 1);
  const office = join(tokens.slice(start, end));
  if (tokens.slice(start, end).some((token) => PREDICATES.has(key(token)))) return [];
  return office && (start > begin || end - start <= LONGEST_OFFICE) ? [office] : [];
}

/** A small word or a sign within a name: `Bank of Norland`. */
function joins(tokens: readonly string[], at: number): boolean {
  const isSmall = LINKS.has(key(tokens[at])) && !/^(and|for)$/.test(key(tokens[at]));
  return isWithinName(tokens, at) || (isSmall && [tokens[at + 1], tokens[at + 2]].some(isCapital));
}

/** `Dr. Roe`, `Traders’ Association` */
function isWithinName(tokens: readonly string[], at: number): boolean {
  if (tokens[at] === '.') return isTitle(tokens[at - 1]);
  return /^[’'&]$/.test(tokens[at] ?? '') && isCapital(tokens[at - 1]) && isCapital(tokens[at + 1]);
}

/** All names of two words and more, as a text gives them. */
export function listNames(text: string): string[] {
  return namesOf(split(text));
}

/** Words and signs. */
function split(text: string): string[] {
  return text.match(/[\p{L}\p{M}\p{N}’'-]*[\p{L}\p{M}\p{N}]|\S/gu) ?? [];
}

function namesOf(tokens: readonly string[]): string[] {
  return tokens.flatMap((token, at) => {
    if (!isCapital(token) || isCapital(tokens[at - 1])) return [];
    let end = at;
    while (isCapital(tokens[end]) || isWithinName(tokens, end)) end += 1;
    const name = join(tokens.slice(at, end));
    return name.includes(' ') ? [name] : [];
  });
}

/** Words as a name, without a title, and without what stands before it with a capital by chance: `But Ada Roe`. */
function join(parts: readonly string[]): string {
  const words = parts.filter((part) => part !== '.');
  const start = words.findIndex((word) => !NOBODY.has(key(word)) && !isTitle(word));
  if (start < 0) return '';
  const name = words
    .slice(start)
    .join(' ')
    .replace(/ ([’'])(?= |$)/g, '$1')
    .replace(/[’']s?$/, '');
  return name.length > 1 && name.length <= 100 && !/^\p{N}/u.test(name) ? name : '';
}

/** The whole name that the text gave before for `Dr Abara`; an office begins with a capital. */
function expand(name: string, known: readonly string[]): string {
  // "Abara" stands for Tom Abara, "the union" for the Inshore Fishers Union.
  const whole = name.includes(' ') ? undefined : known.find((one) => key(one).endsWith(` ${key(name)}`));
  return capitalize(whole ?? name);
}

function isCapital(token = ''): boolean {
  return /^\p{Lu}/u.test(token);
}

function isTitle(token = ''): boolean {
  return isCapital(token) && TITLES.has(key(token));
}

function key(token = ''): string {
  return token.toLowerCase();
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(' '));
}
