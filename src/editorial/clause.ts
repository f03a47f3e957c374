import { isEnglish } from '../search/dictionary.ts';

/** What a claim's first clause says of somebody or something that the article names. */
export interface Clause {
  readonly subject: string;
  /** Stands before the subject in a question: `did`, `has`, `was`. */
  readonly auxiliary: string;
  /** What stands behind the subject in a question, its verb first: `buy oil from the north`. */
  readonly rest: string;
  /** The same as a statement has it: `bought oil from the north`. */
  readonly predicate: string;
}

const AUXILIARIES = new Set('is are was were has have had can could will would shall should may might must'.split(' '));

/** Past forms that no rule gives, each before its base form. */
const IRREGULAR = (
  'became become began begin bought buy brought bring built build came come chose choose cut cut did do drew draw fell fall ' +
  'found find fought fight gave give got get grew grow held hold kept keep knew know led lead left leave lent lend lost lose ' +
  'made make met meet paid pay ran run rose rise said say saw see sent send set set shut shut sold sell sought seek spent spend ' +
  'spoke speak stood stand stole steal struck strike taught teach thought think threw throw told tell took take underwent ' +
  'undergo went go won win withdrew withdraw wrote write'
).split(' ');

/** Words of a clause: a longer one makes no question that anybody asks. */
const MAX_WORDS = 16;
/** Who speaks, and how the content says so. */
const SAYING =
  /\b(the author|the paper|the article|writes?|wrote|says?|said|argues?|argued|reports|states?|claims?|considers?|believes?|holds that|by (his|her|its|their) (own )?(account|count))\b/i;

/**
 * Reads the first clause of a claim that begins with one of these names. Undefined if it begins otherwise, if its verb isn't
 * plainly one, or if the clause tells who speaks: no guess is made.
 */
export function readClause(text: string, names: readonly string[]): Clause | undefined {
  const start = /^the /i.exec(text)?.[0] ?? '';
  const after = text.slice(start.length);
  const name = names
    .filter((one) => after.startsWith(`${one} `))
    .reduce((longest, one) => (one.length > longest.length ? one : longest), '');
  if (!name) return undefined;
  const subject = `${start.toLowerCase()}${name}`;
  const [clause = ''] = after
    .slice(name.length + 1)
    .split(/,(?!\d)|[;:(“"]|\.(?:\s|$)| (?:but|whereas|while|and the) /);
  const predicate = clause.trim();
  const [verb = '', ...others] = predicate.split(/\s+/);
  if (others.length === 0 || others.length >= MAX_WORDS || SAYING.test(predicate)) return undefined;
  const rest = others.join(' ');
  if (AUXILIARIES.has(verb)) return { subject, auxiliary: verb, rest, predicate };
  const base = readVerb(verb);
  return base && { subject, auxiliary: base.auxiliary, rest: `${base.verb} ${rest}`, predicate };
}

/** The base form of a verb in the past, or in the third person; undefined if it may be something else. */
function readVerb(word: string): { readonly auxiliary: 'did' | 'does'; readonly verb: string } | undefined {
  const place = IRREGULAR.findIndex((past, at) => at % 2 === 0 && past === word);
  if (place >= 0) return { auxiliary: 'did', verb: IRREGULAR[place + 1] ?? word };
  const past = /^[a-z]{2,}ed$/.test(word) ? basesOf(word.slice(0, -2), word.slice(0, -1)) : undefined;
  if (past) return { auxiliary: 'did', verb: past };
  const present = /^[a-z]{2,}[^s]s$/.test(word) ? thirdPerson(word) : undefined;
  return present ? { auxiliary: 'does', verb: present } : undefined;
}

/** Of a form without its ending, and one with an e at its end, the one that is a word. */
function basesOf(bare: string, withE: string): string | undefined {
  if (bare.endsWith('i') && isEnglish(`${bare.slice(0, -1)}y`)) return `${bare.slice(0, -1)}y`;
  const single = /([^aeiou])\1$/.test(bare) ? bare.slice(0, -1) : undefined;
  if (single && !isEnglish(bare) && isEnglish(single)) return single;
  // A short vowel before one consonant would have doubled it, so the e belongs to the verb.
  const isShort = /^[^aeiou]*[aeiou][^aeiouwxy]$/.test(bare);
  if (isEnglish(withE) && (isShort || !isEnglish(bare))) return withE;
  return isEnglish(bare) ? bare : undefined;
}

function thirdPerson(word: string): string | undefined {
  if (word.endsWith('ies') && isEnglish(`${word.slice(0, -3)}y`)) return `${word.slice(0, -3)}y`;
  if (/(?:ch|sh|ss|x|zz|o)es$/.test(word) && isEnglish(word.slice(0, -2))) return word.slice(0, -2);
  return isEnglish(word.slice(0, -1)) ? word.slice(0, -1) : undefined;
}
