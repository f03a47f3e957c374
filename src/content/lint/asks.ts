import { faultAt } from '../check.ts';
import type { Fault } from '../fault.ts';
import { readNumbers, valuesOf } from './numbers.ts';
import { type ClaimFile, type LintedArticle, placeClaims, type Rule } from './rule.ts';
import { keyOf, textKey, tokenize } from './tokens.ts';

/** Questions that stand twice, under two claims or under a claim and as open; case and punctuation make no difference. */
export const askedTwice: Rule = ({ wordings }) => {
  const places = wordings.flatMap((file) => [
    ...Object.entries(file.value.asks).flatMap(([id, asks]) =>
      asks.map((question, index) => ({ file, question, path: ['asks', id, index], where: `claim ${id}`, open: false })),
    ),
    ...file.value.open.map((question, index) => ({
      file,
      question,
      path: ['open', index],
      where: `"open:" of ${file.slug}.yaml`,
      open: true,
    })),
  ]);
  const known = new Map<string, (typeof places)[number]>();
  return places.flatMap((place): Fault[] => {
    const key = textKey(place.question);
    const first = known.get(key);
    known.set(key, first ?? place);
    // The same may be open on several topics.
    if (!first || (first.open && place.open && first.file !== place.file)) return [];
    if (first.file === place.file && first.where === place.where)
      return [faultAt(place.file, place.path, 'ask-here-twice', place.question)];
    const code = first.open === place.open ? 'ask-twice' : 'ask-open';
    return [faultAt(place.file, place.path, code, place.question, first.where)];
  });
};

/** Questions whose form asks for what their claim doesn't hold: a number, a time, somebody. */
export const asksOfForm: Rule = (linted) => {
  const claims = new Map(placeClaims(linted).map(({ claim }) => [claim.id, claim]));
  return linted.wordings.flatMap((file) =>
    Object.entries(file.value.asks).flatMap(([id, asks]) => {
      const claim = claims.get(id);
      if (!claim) return [];
      const holds = {
        'ask-number': holdsNumber(claim),
        'ask-date': holdsTime(claim),
        'ask-person': holdsSomebody(claim, linted),
      };
      return asks.flatMap((question, index) => {
        const code = FORMS.find(([, form]) => form.test(question))?.[0];
        return code && !holds[code] ? [faultAt(file, ['asks', id, index], code, question, id)] : [];
      });
    }),
  );
};

const FORMS = [
  ['ask-number', /^(and )?(how many|what (number|percentage|proportion|share) of|how much money)\b/i],
  ['ask-date', /^(and )?((in|on|at|by|since|until|till|from|for) )?(when|(what|which) (year|date|day|month))\b/i],
  // Who says so is always answered: each claim shows who does.
  [
    'ask-person',
    /^(and )?(who|whose|whom)\b(?! (says|said|claims|thinks|calls|argues|believes|writes|wrote|holds|reports|states)\b)/i,
  ],
] as const;

const VAGUE = new Set(
  'several few many most none nobody nothing no all every each only sole hundreds thousands millions dozens'.split(' '),
);

function holdsNumber({ text, number, numbers }: ClaimFile): boolean {
  const tokens = tokenize(text);
  const counted = readNumbers(tokens).length > 0 || valuesOf(tokens).size > 0;
  return counted || number !== undefined || numbers.length > 0 || tokens.some(({ key }) => VAGUE.has(key));
}

const TIMES = new Set(
  (
    'january february march april may june july august september october november december monday tuesday wednesday ' +
    'thursday friday saturday sunday spring summer autumn winter morning evening night day days week weeks month months ' +
    'year years decade decades century centuries today now then after before during since until while when later ' +
    'earlier ago last next recently already once soon still first yet'
  ).split(' '),
);

function holdsTime({ text, date }: ClaimFile): boolean {
  return date !== undefined || tokenize(text).some(({ key }) => TIMES.has(key) || /^\d{4}$/.test(key));
}

/** Words for people whom a text need not name. */
const PEOPLE = new Set(
  (
    'author people person nobody everyone residents citizens workers pupils students teachers parents women men children ' +
    'readers visitors soldiers forces officials experts critics neighbours families voters police government'
  ).split(' '),
);

function holdsSomebody(
  { text, speaker, people, organisations, places }: ClaimFile,
  { article }: LintedArticle,
): boolean {
  if (speaker !== 'author' || people.length + organisations.length + places.length > 0) return true;
  const named = new Set(Object.keys(article.value.parties).map(keyOf));
  return tokenize(text).some(
    ({ text: word, key, opens }) =>
      PEOPLE.has(key) || named.has(key) || (!opens && !TIMES.has(key) && /^\p{Lu}/u.test(word)),
  );
}
