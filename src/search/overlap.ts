import type { Vocabulary } from './vocabulary.ts';

/**
 * How much two texts have in common, 0 to 1: the weight of the words that both have, twice, over the weight of all. 1
 * if they have the same words.
 */
export function overlap(a: readonly string[], b: readonly string[], { weight }: Vocabulary): number {
  const [first, second] = [new Set(a), new Set(b)];
  const total = (words: Iterable<string>) => [...words].reduce((sum, word) => sum + weight(word), 0);
  const all = total(first) + total(second);
  return all === 0 ? 0 : (2 * total(first.intersection(second))) / all;
}

/** The share of a question's weight that a passage's words make up, 0 to 1; 0 for a question without telling words. */
export function coverage(asked: readonly string[], passage: ReadonlySet<string>, { weight }: Vocabulary): number {
  let [covered, total] = [0, 0];
  for (const word of new Set(asked)) {
    total += weight(word);
    if (passage.has(word)) covered += weight(word);
  }
  return total === 0 ? 0 : covered / total;
}
