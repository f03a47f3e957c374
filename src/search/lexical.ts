import MiniSearch from 'minisearch';
import { contentStems } from './words.ts';

/** Sentences that can be searched by their words. */
export interface LexicalIndex {
  /** The places of the sentences that share the most telling words with a text, best first. */
  query(text: string, limit: number): readonly number[];
}

/** Documents indexed before other work gets a turn. */
const CHUNK = 50;

export async function createLexicalIndex(sentences: readonly string[]): Promise<LexicalIndex> {
  const index = new MiniSearch<{ id: number; text: string }>({
    fields: ['text'],
    tokenize: contentStems,
    processTerm: (term) => term,
  });
  await index.addAllAsync(
    sentences.map((text, id) => ({ id, text })),
    { chunkSize: CHUNK },
  );
  return {
    query: (text, limit) =>
      index
        .search(text)
        .slice(0, limit)
        .map(({ id }) => id as number),
  };
}
