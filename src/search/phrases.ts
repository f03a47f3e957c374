/** A phrase, and what it stands for. */
export interface Phrase<Meaning> {
  readonly words: readonly string[];
  readonly meaning: Meaning;
}

/** Finds the longest known phrase that begins at a place among some words. */
export type FindPhrase<Meaning> = (words: readonly string[], at: number) => Phrase<Meaning> | undefined;

/** Makes a function that finds phrases of several words. Of two that are the same, the first stands. */
export function createPhraseFinder<Meaning>(phrases: readonly Phrase<Meaning>[]): FindPhrase<Meaning> {
  const byFirst = Map.groupBy(phrases, ({ words }) => words[0]);
  for (const list of byFirst.values()) list.sort((a, b) => b.words.length - a.words.length);
  return (words, at) =>
    byFirst.get(words[at])?.find((phrase) => phrase.words.every((word, n) => words[at + n] === word));
}
