import type { Article } from '../../core/article.ts';

/** Somebody or something named in a text that can act or be acted on, and in what form it is named. */
export interface Mention {
  /** A party, and the person, organisation or place that stands for it or for itself. */
  readonly actors: readonly string[];
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

/** Finds whoever can act in some articles in a text, given as words in lower case. */
export type FindActors = (words: readonly string[]) => readonly Mention[];

interface Name {
  readonly words: readonly string[];
  readonly actors: Set<string>;
  adjective: boolean;
}

/**
 * Makes a function that finds every party of these articles, by its names, its adjectives and its people, and every person,
 * organisation and place. Somebody who acts for a party is found as both.
 */
export function createActorFinder(articles: readonly Article[]): FindActors {
  const names = new Map<string, Name[]>();
  const add = (text: string, actor: string, adjective = false): void => {
    const words = roleWords(text);
    const [first] = words;
    if (!first) return;
    const known = names.get(first) ?? [];
    const same = known.find((name) => name.words.join(' ') === words.join(' '));
    if (same) {
      same.actors.add(actor);
      same.adjective ||= adjective;
      return;
    }
    names.set(first, [...known, { words, actors: new Set([actor]), adjective }]);
  };
  for (const { parties, people, organisations, places } of articles) {
    for (const [party, { adjectives, also, people: own }] of Object.entries(parties)) {
      for (const name of [party, ...also]) add(name, party);
      for (const name of adjectives) add(name, party, true);
      for (const person of own) for (const name of [person, ...(people[person]?.also ?? [])]) add(name, party);
    }
    for (const list of [people, organisations, places]) {
      for (const [actor, { also }] of Object.entries(list)) for (const name of [actor, ...also]) add(name, actor);
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
      mentions.push({ actors: [...found.actors], from: at, to, describes: found.adjective || possessive });
      at = to;
    }
    return mentions;
  };
}
