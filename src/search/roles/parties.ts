import type { Article } from '../../core/article.ts';

/** A party named in a text: which words name it, and in what form. */
export interface Mention {
  readonly party: string;
  /** The places of its first word and of the word after its last one. */
  readonly from: number;
  readonly to: number;
  /** It stands before a noun that it describes, as in `Israeli drones` or `Israel’s drones`. */
  readonly describes: boolean;
}

/** The words of a text in lower case, with `’s` as a word of its own. */
export function roleWords(text: string): string[] {
  return (
    text
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .replace(/[’']s?(?!\p{L})|[’']s\b/gu, ' ’s ')
      .match(/[\p{L}\p{N}-]+|’s/gu) ?? []
  );
}

/** Finds the parties of some articles in a text. */
export type FindParties = (words: readonly string[]) => readonly Mention[];

interface Name {
  readonly words: readonly string[];
  readonly party: string;
  readonly adjective: boolean;
}

/** Makes a function that finds every party of these articles, by its names, its adjectives and its people. */
export function createPartyFinder(articles: readonly Article[]): FindParties {
  const names = new Map<string, Name[]>();
  const add = (text: string, party: string, adjective: boolean): void => {
    const words = roleWords(text);
    const [first] = words;
    if (!first) return;
    names.set(first, [...(names.get(first) ?? []), { words, party, adjective }]);
  };
  for (const { parties, people } of articles) {
    for (const [party, { adjectives, also, people: own }] of Object.entries(parties)) {
      for (const name of [party, ...also]) add(name, party, false);
      for (const name of adjectives) add(name, party, true);
      for (const person of own) {
        for (const name of [person, ...(people[person]?.also ?? [])]) add(name, party, false);
      }
    }
  }
  for (const list of names.values()) list.sort((a, b) => b.words.length - a.words.length);

  return (words) => {
    const mentions: Mention[] = [];
    for (let at = 0; at < words.length; ) {
      const found = names
        .get(words[at] as string)
        ?.find((name) => name.words.every((word, n) => words[at + n] === word));
      if (!found) {
        at += 1;
        continue;
      }
      const end = at + found.words.length;
      const possessive = words[end] === '’s';
      const to = possessive ? end + 1 : end;
      mentions.push({ party: found.party, from: at, to, describes: found.adjective || possessive });
      at = to;
    }
    return mentions;
  };
}
