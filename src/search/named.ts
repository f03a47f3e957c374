import type { Article } from '../core/article.ts';
import { isEnglish } from './dictionary.ts';
import { roleWords } from './roles/actors.ts';
import { stem, tokens } from './words.ts';

/** Finds what a text names: each party, person, organisation and place by one name, numbers, and names of nothing known. */
export type FindNamed = (text: string) => ReadonlySet<string>;

/** From two on: “one” is more often no number. */
const NUMBER_WORDS: ReadonlyMap<string, string> = new Map(
  'two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty'
    .split(' ')
    .map((word, at) => [word, String(at + 2)]),
);

/** Words shorter than this are not taken for names: English has no list of all of its abbreviations. */
const MIN_NAME = 3;

/**
 * Makes a function that finds what a text names. What has several names (`Turkey`, `Türkiye`) counts as one. A word that
 * English does not have is a name too, unless `isWord` knows it as a word of the content.
 */
export function createNamedFinder(articles: readonly Article[], isWord: (stem: string) => boolean): FindNamed {
  const names = new Map<string, { readonly words: readonly string[]; readonly name: string }[]>();
  const add = (text: string, name: string): void => {
    const words = roleWords(text).filter((word) => word !== '’s');
    const [first] = words;
    if (first) names.set(first, [...(names.get(first) ?? []), { words, name }]);
  };
  for (const { parties, people, organisations, places } of articles) {
    for (const list of [people, organisations, places]) {
      for (const [name, { also }] of Object.entries(list)) for (const one of [name, ...also]) add(one, name);
    }
    for (const [name, { adjectives, also }] of Object.entries(parties)) {
      for (const one of [name, ...adjectives, ...also]) add(one, name);
    }
  }
  for (const list of names.values()) list.sort((a, b) => b.words.length - a.words.length);

  return (text) => {
    const found = new Set<string>();
    const words = roleWords(text).filter((word) => word !== '’s');
    for (let at = 0; at < words.length; ) {
      const word = words[at] as string;
      const known = names.get(word)?.find((one) => one.words.every((part, n) => words[at + n] === part));
      const counted = NUMBER_WORDS.get(word);
      if (known) found.add(known.name);
      else if (counted) found.add(counted);
      else if (/\d/.test(word)) for (const number of tokens(word)) if (/^\d/.test(number)) found.add(number);
      if (!known && !counted && isUnknownName(word, isWord)) found.add(word);
      at += known?.words.length ?? 1;
    }
    return found;
  };
}

function isUnknownName(word: string, isWord: (stem: string) => boolean): boolean {
  return word.length >= MIN_NAME && /^\p{L}+$/u.test(word) && !isEnglish(word) && !isWord(stem(word));
}
