import MiniSearch, { type SearchResult } from 'minisearch';
import type { Claim, Topic } from '../core/article.ts';
import type { Command } from '../core/command.ts';
import type { Library } from '../core/library.ts';
import type { Passage, Search } from '../core/search.ts';
import { createNameIndex } from './names.ts';
import { contentStems } from './words.ts';

/** Passages in one answer. */
const MAX_PASSAGES = 3;
/** Share of a question's words that one claim must hold to answer it. */
const MIN_SHARE = 0.6;
/** Score of a further passage, as a share of the best one's. */
const MIN_RELATIVE_SCORE = 0.6;
/** Documents indexed before other work gets a turn. */
const CHUNK = 200;

/** Full-text search over the claims of a library and the questions that their editors say they answer. */
export async function createSearch(library: Library, commands: readonly Command[]): Promise<Search> {
  const passages = library.topics.flatMap((topic) => topic.claims.map((claim) => ({ topic, claim })));
  const index = new MiniSearch<{ id: number } & ReturnType<typeof fieldsOf>>({
    fields: ['asks', 'text', 'topic', 'speaker'],
    tokenize: contentStems,
    processTerm: (term) => term,
    searchOptions: { boost: { asks: 2 } },
  });
  await index.addAllAsync(
    passages.map(({ topic, claim }, id) => ({ id, ...fieldsOf(topic, claim) })),
    { chunkSize: CHUNK },
  );
  const names = createNameIndex(commands);
  const toPassage = ({ id, score }: SearchResult): Passage => ({ ...(passages[id] as Omit<Passage, 'score'>), score });

  return {
    names,
    async ask(text) {
      const asked = new Set(contentStems(text));
      const found = index.search(text);
      const best = found[0]?.score ?? 0;
      const answers = found.filter(
        ({ score, queryTerms }) => score >= MIN_RELATIVE_SCORE * best && queryTerms.length >= MIN_SHARE * asked.size,
      );
      const near = [
        ...found.slice(0, 10).map((result) => toPassage(result).topic),
        ...names(text, 3).flatMap(({ topic }) => topic ?? []),
      ];
      return {
        passages: answers.slice(0, MAX_PASSAGES).map(toPassage),
        nearest: [...new Set(near)].slice(0, MAX_PASSAGES),
      };
    },
  };
}

function fieldsOf(topic: Topic, claim: Claim) {
  return {
    asks: claim.asks.join(' '),
    text: claim.text,
    topic: [topic.title, ...topic.aliases].join(' '),
    speaker: claim.speaker,
  };
}
