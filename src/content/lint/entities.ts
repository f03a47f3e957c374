import type { ArticleFile } from '../schema.ts';
import { indexOf, type Token, tokenize } from './tokens.ts';

/** Somebody or something that an article names, with every way in which a text may name it. */
export interface Entity {
  readonly name: string;
  /** Names and adjectives, token by token. */
  readonly names: readonly (readonly Token[])[];
  /** Names of people and bodies whose mention means this, too: a minister for the state. */
  readonly members: readonly (readonly Token[])[];
}

/** All entities of an article's record, each by every name that the record gives it. */
export function listEntities({ parties, people, organisations, places }: ArticleFile): Entity[] {
  const names = new Map<string, Set<string>>();
  const members = new Map<string, Set<string>>();
  const add = (to: Map<string, Set<string>>, name: string, more: readonly string[]) =>
    to.set(name, new Set([...(to.get(name) ?? []), ...more]));
  const alsoOf = new Map<string, readonly string[]>();
  for (const table of [people, organisations, places, parties]) {
    for (const [name, { also }] of Object.entries(table)) {
      add(names, name, [name, ...also]);
      alsoOf.set(name, [...(alsoOf.get(name) ?? []), name, ...also]);
    }
  }
  for (const [name, { adjectives, people: own }] of Object.entries(parties)) {
    add(names, name, adjectives);
    add(
      members,
      name,
      own.flatMap((one) => alsoOf.get(one) ?? [one]),
    );
  }
  // Whoever's role names a body stands for it: the founder of a company.
  for (const [person, { role }] of Object.entries(people)) {
    const words = tokenize(role ?? '');
    for (const name of names.keys()) {
      const isMeant = name !== person && indexOf(words, tokenize(name)) >= 0;
      if (isMeant) add(members, name, alsoOf.get(person) ?? [person]);
    }
  }
  return [...names].map(([name, all]) => ({
    name,
    names: [...all].map(phraseOf),
    members: [...(members.get(name) ?? [])].map(phraseOf),
  }));
}

/** A name's tokens without an article before it: `the coast` is found in `the whole coast`. */
function phraseOf(name: string): Token[] {
  const tokens = tokenize(name);
  return tokens.length > 1 && /^(the|a|an|his|her|its|their)$/.test(tokens[0]?.key ?? '') ? tokens.slice(1) : tokens;
}

/** Whether a text names an entity, in any of its ways; `loosely` takes somebody who stands for it, too. */
export function names(text: readonly Token[], { names: own, members }: Entity, loosely = false): boolean {
  return [...own, ...(loosely ? members : [])].some((phrase) => namesPhrase(text, phrase));
}

/** Whether a phrase stands in a text word by word, each perhaps in another form: `Iran's state television`. */
function namesPhrase(text: readonly Token[], phrase: readonly Token[]): boolean {
  const [first] = phrase;
  if (!first) return false;
  return text.some((_, at) =>
    phrase.every((word, offset) => {
      const { key } = text[at + offset] ?? { key: '' };
      return key === word.key || isAkin(key, word.key);
    }),
  );
}

const MOST_ENDING = 3;
const LEAST_STEM = 4;

/** `Tolvian` and `Tolvia`, `Armenians` and `Armenian`: two words that begin alike and differ in a short ending. */
export function isAkin(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return short.length >= LEAST_STEM && long.startsWith(short) && long.length - short.length <= MOST_ENDING;
}
