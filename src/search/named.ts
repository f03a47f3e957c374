import type { Article } from '../core/article.ts';
import { isEnglish } from './dictionary.ts';
import { createPhraseFinder, type Phrase } from './phrases.ts';
import { roleWords } from './roles/actors.ts';
import { stem, tokens } from './words.ts';
import { findWorldName } from './world-names.ts';

/** Finds what a text names: each party, person, organisation and place by one name, numbers, and names of nothing known. */
export type FindNamed = (text: string) => ReadonlySet<string>;

/** From two on: “one” is more often no number. */
const NUMBER_WORDS: ReadonlyMap<string, string> = new Map(
  'two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty'
    .split(' ')
    .map((word, at) => [word, String(at + 2)]),
);

const MONTHS: ReadonlySet<string> = new Set(
  'january february march april may june july august september october november december'.split(' '),
);

/** What stands before `n’t` and isn't a word of its own. */
const CONTRACTED: ReadonlySet<string> = new Set(
  'ain aren couldn didn doesn don hadn hasn haven isn mightn mustn needn shan shouldn wasn weren won wouldn'.split(' '),
);

/** Words shorter than this are not taken for names: English has no list of all of its abbreviations. */
const MIN_NAME = 3;

/**
 * Makes a function that finds what a text names. What has several names (`Turkey`, `Türkiye`) counts as one. A word that
 * English does not have is a name too, unless `isWord` knows it as a word of the content.
 */
export function createNamedFinder(articles: readonly Article[], isWord: (stem: string) => boolean): FindNamed {
  const phrases = articles.flatMap(({ parties, people, organisations, places }) => [
    ...[people, organisations, places].flatMap((list) =>
      Object.entries(list).flatMap(([name, { also }]) => [name, ...also].map((one) => namePhrase(one, name))),
    ),
    ...Object.entries(parties).flatMap(([name, { adjectives, also }]) =>
      [name, ...adjectives, ...also].map((one) => namePhrase(one, name)),
    ),
  ]);
  const findPhrase = createPhraseFinder(phrases.filter(({ words }) => words.length > 0));

  return (text) => {
    const found = new Set<string>();
    const words = nameWords(text);
    const capitals = capitalised(text);
    // “War” and “Second” are written with a capital letter too.
    const isName = (word: string) => capitals.has(word) && !(isEnglish(word) && !MONTHS.has(word));
    for (let at = 0; at < words.length; ) {
      const word = words[at] as string;
      const known = findPhrase(words, at) ?? findWorldName(words, at);
      const counted = NUMBER_WORDS.get(word);
      if (known) found.add(known.meaning);
      else if (counted) found.add(counted);
      else if (/\d/.test(word)) for (const number of tokens(word)) if (/^\d/.test(number)) found.add(number);
      if (!known && !counted && (isName(word) || isUnknownName(word, isWord))) found.add(word);
      at += known?.words.length ?? 1;
    }
    return found;
  };
}

/** Words with a capital letter that none of English grammar asks for, in lower case; none if most words have one. */
function capitalised(text: string): ReadonlySet<string> {
  const words = text.match(/[\p{L}\p{N}’'-]+[.?!:]?/gu) ?? [];
  const isCapital = (word: string) => /^\p{Lu}\p{Ll}/u.test(word);
  const inside = words.filter((word, at) => at > 0 && !/[.?!:]$/.test(words[at - 1] ?? '') && isCapital(word));
  if (inside.length * 2 > words.length) return new Set();
  return new Set(inside.flatMap((word) => nameWords(word)));
}

function namePhrase(text: string, name: string): Phrase<string> {
  return { words: nameWords(text), meaning: name };
}

function nameWords(text: string): string[] {
  return roleWords(text).filter((word) => word !== '’s');
}

function isUnknownName(word: string, isWord: (stem: string) => boolean): boolean {
  return (
    word.length >= MIN_NAME &&
    /^\p{L}+$/u.test(word) &&
    !CONTRACTED.has(word) &&
    !isEnglish(word) &&
    !isWord(stem(word))
  );
}
