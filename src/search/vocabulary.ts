import { distance } from 'fastest-levenshtein';
import { createTurns } from './take-turns.ts';
import { contentStems, stem, tokens } from './words.ts';

/** The words of all passages: how telling each is, and what a misspelt one was meant to be. */
export interface Vocabulary {
  /** How telling a stem is: the rarer, the higher; one that no passage has is as telling as the rarest. */
  weight(stem: string): number;
  has(stem: string): boolean;
  /** The text with words that no passage has put right, if one is a typing error away. */
  correct(text: string): string;
}

/** Words shorter than this are never taken for misspelt. */
const MIN_LENGTH = 4;

/** `isWord` says whether a word is right as it is, though no passage has it. */
export async function createVocabulary(
  passages: readonly (readonly string[])[],
  isWord: (word: string) => boolean,
): Promise<Vocabulary> {
  const counts = new Map<string, number>();
  const words = new Map<string, Set<string>>();
  const takeTurns = createTurns();
  for (const sentences of passages) {
    await takeTurns();
    for (const one of new Set(sentences.flatMap(contentStems))) counts.set(one, (counts.get(one) ?? 0) + 1);
    for (const word of sentences.flatMap(tokens)) {
      const bucket = word.charAt(0);
      words.set(bucket, (words.get(bucket) ?? new Set()).add(word));
    }
  }
  const weigh = (count: number) => Math.log(1 + passages.length / (count + 0.5));

  const nearest = (word: string): string => {
    let best = word;
    // One edit in a short word, two in a long one; a first letter is seldom wrong.
    let least = word.length < 7 ? 2 : 3;
    for (const candidate of words.get(word.charAt(0)) ?? []) {
      if (candidate.length < MIN_LENGTH || Math.abs(candidate.length - word.length) >= least) continue;
      const edits = edit(word, candidate);
      if (edits < least) [best, least] = [candidate, edits];
    }
    return best;
  };

  return {
    weight: (one) => weigh(counts.get(one) ?? 0),
    has: (one) => counts.has(one),
    correct: (text) =>
      tokens(text)
        .map((word) => {
          const known = word.length < MIN_LENGTH || words.get(word.charAt(0))?.has(word) || counts.has(stem(word));
          return known || /\d/.test(word) || isWord(word) ? word : nearest(word);
        })
        .join(' '),
  };
}

/** Edits between two words; two neighbouring letters that changed places are one. */
function edit(a: string, b: string): number {
  const edits = distance(a, b);
  return edits === 2 && a.length === b.length && [...a].sort().join() === [...b].sort().join() ? 1 : edits;
}
