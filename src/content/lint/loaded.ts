import { faultAt } from '../check.ts';
import type { Fault } from '../fault.ts';
import { type Entity, isAkin, listEntities, names } from './entities.ts';
import { placeClaims, type Rule } from './rule.ts';
import { indexOf, type Token, tokenize } from './tokens.ts';

/** Words that may stand only as somebody's, used as if they were plain facts; and such words without a note. */
export const loadedWords: Rule = (linted) => {
  const words = linted.article.value.loaded.map((word) => ({ word, tokens: tokenize(word) }));
  const find = (text: string) => {
    const written = tokenize(text);
    return words.flatMap(({ tokens, word }) => (indexOf(written, tokens) >= 0 ? [word] : []));
  };
  const used = placeClaims(linted).flatMap((placed) => {
    const labels = [...placed.claim.notes, ...placed.topic.value.notes];
    const definitions = { ...linted.notes?.value.definitions, ...placed.topic.value.definitions };
    return find(placed.claim.text).map((word) => ({
      ...placed,
      word,
      labels,
      on: labels.find((label) => isOn(definitions[label]?.text ?? '', word)),
    }));
  });
  return [
    ...used.flatMap(({ claim, fault, word, labels }) => {
      if (!isAttributed(claim.text)) return fault(undefined, 'loaded-bare', word, 'the claim');
      // A word that one claim has to explain is as contested in the next.
      const noted = used.find((other) => other.word === word && other.on !== undefined);
      if (claim.speaker !== 'author' || labels.length > 0 || !noted) return [];
      return fault(undefined, 'loaded-note', word, noted.claim.id, noted.on ?? '');
    }),
    ...linted.topics.flatMap((topic) =>
      (['title', 'summary'] as const).flatMap((part) =>
        isAttributed(topic.value[part])
          ? []
          : find(topic.value[part]).map((word) => faultAt(topic, [part], 'loaded-bare', word, `the ${part}`)),
      ),
    ),
  ];
};

/** Whether a note speaks of a word, in one form or another. */
function isOn(note: string, word: string): boolean {
  const [first] = tokenize(word);
  return first !== undefined && tokenize(note).some(({ key }) => key === first.key || isAkin(key, first.key));
}

const SAYING = new Set(
  (
    'says said saying writes wrote calls called calling terms termed holds held argues argued describes described labels ' +
    'labelled speaks spoke declares declared states stated claims claimed thinks believes judges maintains contends insists ' +
    'accuses accused presents sees names puts reports word words view opinion judgement phrase reading account eyes according'
  ).split(' '),
);

/** Whether a text says whose words it reports, or sets some in quotation marks. */
function isAttributed(text: string): boolean {
  return (
    /[“”"«»]/.test(text) || tokenize(text).some(({ key, opens }) => SAYING.has(key) && !(opens && key === 'reports'))
  );
}

/** Nouns with which a phrase in capitals describes a state and does not name a place: `Islamic Republic`. */
const STATE = new Set('republic kingdom federation union states emirates commonwealth government ministry'.split(' '));
const BELONGING = new Set('homeland motherland fatherland'.split(' '));

/**
 * Synonyms that take a side: those with a word of the record's list, and those that take one place for another, such as a
 * city for a state, unless the record says that the place stands for the state's government.
 */
export const loadedSynonyms: Rule = (linted) => {
  const { synonyms, loaded, parties, places } = linted.article.value;
  const grounds = listEntities(linted.article.value).filter(
    ({ name }) => Object.hasOwn(parties, name) || Object.hasOwn(places, name),
  );
  const words = loaded.map((word) => ({ word, tokens: tokenize(word) }));
  return Object.entries(synonyms).flatMap(([canonical, others]) =>
    [canonical, ...others].flatMap((phrase, index): Fault[] => {
      const path = ['synonyms', canonical, ...(index > 0 ? [index - 1] : [])];
      const tokens = tokenize(phrase);
      const bad = words.find((one) => indexOf(tokens, one.tokens) >= 0);
      if (bad) return [faultAt(linted.article, path, 'synonym-loaded', phrase, bad.word)];
      const belongs = index > 0 && isClaimOfBelonging(tokens, tokenize(canonical), grounds);
      return belongs ? [faultAt(linted.article, path, 'synonym-belonging', phrase, canonical)] : [];
    }),
  );
};

/** `grounds` are the parties and places of the article's record. */
function isClaimOfBelonging(
  phrase: readonly Token[],
  canonical: readonly Token[],
  grounds: readonly Entity[],
): boolean {
  const meant = grounds.filter((entity) => names(canonical, entity));
  if (meant.length === 0) return false;
  if (phrase.some(({ key }) => BELONGING.has(key))) return true;
  const isName = phrase.every(({ text }) => /^\p{Lu}/u.test(text)) && !phrase.some(({ key }) => STATE.has(key));
  return isName && !meant.some((entity) => names(phrase, entity)) && indexOf(phrase, canonical) < 0;
}
