import type { ModelAnswer } from './model-server.ts';

/** Words of other languages, by the English one. */
const WORDS: Readonly<Record<string, string>> = {
  öl: 'oil',
  нефть: 'oil',
  pétrole: 'oil',
  wer: 'who',
  кто: 'who',
  qui: 'who',
  kauft: 'buys',
  покупает: 'buys',
  achète: 'buys',
  das: 'the',
  le: 'the',
};

/** A vector that counts words, those of some other languages as the English ones: the toy of a multilingual model. */
export function embedToy(text: string, dimension = 64): number[] {
  const vector = Array.from({ length: dimension }, () => 0);
  for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []) {
    const known = WORDS[word] ?? word;
    let hash = 7;
    for (const letter of known) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) % 100_003;
    vector[hash % dimension] = (vector[hash % dimension] ?? 0) + 1;
  }
  return vector;
}

/** What /v1/embeddings answers with toy vectors, last text first: only `index` says which is whose. */
export const answerToy: ModelAnswer = ({ body }) => ({
  data: (body.input as string[]).map((text, index) => ({ index, embedding: embedToy(text) })).reverse(),
});
