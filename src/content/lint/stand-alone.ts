import { listEntities, names } from './entities.ts';
import { placeClaims, type Rule } from './rule.ts';
import { type Token, tokenize } from './tokens.ts';

/** First words that lean on a sentence before. */
const LEANING = new Set(
  (
    'it he she they this that these those his her hers its their theirs him them such another also moreover furthermore ' +
    'however therefore thus hence meanwhile similarly likewise additionally besides nevertheless and but so there then ' +
    'here neither either'
  ).split(' '),
);

const PHRASES = [
  'as a result',
  'in addition',
  'for this reason',
  'for that reason',
  'at the same time',
  'on the other hand',
  'the latter',
  'the former',
  'the same',
  'the other',
  'the others',
  'the rest',
].map((phrase) => phrase.split(' '));

/** What `the` before it does not explain: `The talks were held`. */
const BARE = new Set(
  (
    'talks deal agreement meeting visit attack attacks statement letter company firm country countries state states sides ' +
    'mechanism system systems project figure figures number sum event decision minister ministry president ambassador rabbi ' +
    'conference plan war conflict'
  ).split(' '),
);
/** What explains it after all: `The talks of 2013`. */
const EXPLAINING = new Set('of in between with by for on at from that which who whose where to'.split(' '));

const COUNTS = 'two three four five six seven eight nine ten'.split(' ');
const PAIRED = new Set(
  'countries states nations sides parties governments peoples companies firms men women leaders presidents ministers capitals country state nation side party government company firm'.split(
    ' ',
  ),
);

/** Claims that can't be understood without the ones before them. */
export const standAlone: Rule = (linted) => {
  const { parties } = linted.article.value;
  const all = listEntities(linted.article.value);
  const actors = all.filter(({ name }) => Object.hasOwn(parties, name));
  return placeClaims(linted).flatMap(({ claim, fault }) => {
    const tokens = tokenize(claim.text);
    const opening = readOpening(tokens);
    if (opening) return fault(undefined, 'claim-opening', opening);
    const pair = readPair(tokens);
    const named = (actors.length > 0 ? actors : all).filter((entity) => names(tokens, entity)).length;
    return [
      ...(pair && named < 2 ? fault(undefined, 'claim-pair', pair) : []),
      ...(opensWithAlso(tokens) ? fault(undefined, 'claim-also') : []),
    ];
  });
};

/** The words with which a claim refers to something before it. */
function readOpening(tokens: readonly Token[]): string | undefined {
  const keys = tokens.map(({ key }) => key);
  const show = (count: number) =>
    tokens
      .slice(0, count)
      .map(({ text }) => text)
      .join(' ');
  const [first = '', second = '', third = ''] = keys;
  if (LEANING.has(first)) return isExpletive(keys) || EXPLAINING.has(second) ? undefined : show(1);
  const phrase = PHRASES.find((words) => words.every((word, at) => keys[at] === word));
  if (phrase) return show(phrase.length);
  if (first === 'both' && PAIRED.has(second)) return show(2);
  if ((first === 'all' || first === 'the') && COUNTS.includes(second) && !EXPLAINING.has(keys[3] ?? '')) return show(2);
  const isBare =
    first === 'the' && BARE.has(second) && !EXPLAINING.has(third) && !/^\p{Lu}/u.test(tokens[2]?.text ?? '');
  return isBare ? show(2) : undefined;
}

/** `It is in the interest of all to …`: nothing that `it` refers to stands before. */
function isExpletive([first, second = '', ...rest]: readonly string[]): boolean {
  const verb = /^(is|was|would|will|does|did|costs?|takes?|took|seems|appears|remains|surprises)$/;
  return first === 'it' && verb.test(second) && rest.some((key) => key === 'to' || key === 'that');
}

/** `both countries`, `the two sides`, `either state`, wherever it stands. */
function readPair(tokens: readonly Token[]): string | undefined {
  const at = tokens.findIndex(
    ({ key }, index) => /^(both|two|either|neither)$/.test(key) && PAIRED.has(tokens[index + 1]?.key ?? ''),
  );
  const isPair = at >= 0 && (tokens[at]?.key !== 'two' || tokens[at - 1]?.key === 'the');
  return isPair ? `${tokens[at]?.text} ${tokens[at + 1]?.text}` : undefined;
}

/** How far into a claim an `also` still refers to the claim before it. */
const ALSO_WITHIN = 6;

function opensWithAlso(tokens: readonly Token[]): boolean {
  const at = tokens.slice(0, ALSO_WITHIN).findIndex(({ key }) => key === 'also');
  return at >= 0 && !tokens.slice(0, at).some(({ key }) => /^(and|but|only|who|which|that)$/.test(key));
}
