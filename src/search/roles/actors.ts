import type { Article } from '../../core/article.ts';
import { createPhraseFinder } from '../phrases.ts';

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

/** Whom a name stands for, and whether it is an adjective. */
interface Name {
  readonly actors: Set<string>;
  adjective: boolean;
}

/**
 * Makes a function that finds every party of these articles, by its names, its adjectives and its people, and every person,
 * organisation and place. Somebody who acts for a party is found as both.
 */
export function createActorFinder(articles: readonly Article[]): FindActors {
  const names = new Map<string, Name>();
  const add = (text: string, actor: string, adjective = false): void => {
    const key = roleWords(text).join(' ');
    const name = names.get(key) ?? { actors: new Set(), adjective: false };
    name.actors.add(actor);
    name.adjective ||= adjective;
    if (key) names.set(key, name);
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
  const findPhrase = createPhraseFinder([...names].map(([key, meaning]) => ({ words: key.split(' '), meaning })));

  return (words) => {
    const mentions: Mention[] = [];
    for (let at = 0; at < words.length; ) {
      const found = findPhrase(words, at);
      if (!found) {
        at += 1;
        continue;
      }
      const end = at + found.words.length;
      const possessive = words[end] === '’s';
      const to = possessive ? end + 1 : end;
      const { actors, adjective } = found.meaning;
      mentions.push({ actors: [...actors], from: at, to, describes: adjective || possessive });
      at = to;
    }
    return mentions;
  };
}

/** Everybody and everything named in a text that can act, each once. */
export function listActors(text: string, findActors: FindActors): string[] {
  return [...new Set(findActors(roleWords(text)).flatMap(({ actors }) => actors))];
}
