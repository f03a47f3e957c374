// /ask: time of an answer, memory with and without the model, time to index 10,000 claims, and the part that searches by
// words beside MiniSearch, Orama and FlexSearch on the same sentences.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { create, insertMultiple, search as searchOrama } from '@orama/orama';
import FlexSearch from 'flexsearch';
import MiniSearch from 'minisearch';
import { listCommands } from '../commands/index.ts';
import { loadContent } from '../src/content/load.ts';
import type { Topic } from '../src/core/article.ts';
import { createLibrary, type Library } from '../src/core/library.ts';
import type { Search } from '../src/core/search.ts';
import { createLexicalIndex } from '../src/search/lexical.ts';
import { createSearch } from '../src/search/search.ts';
import { startSemantics } from '../src/search/semantic.ts';
import { quantile, report } from './report.ts';

const CLAIMS = 10_000;
const ROUNDS = 3;

const megabytes = () => {
  globalThis.gc?.();
  return process.memoryUsage().rss / 1e6;
};

const questions = (await readFile('tests/questions/azerbaijan-israel.check.jsonl', 'utf8'))
  .trim()
  .split('\n')
  .map((line) => (JSON.parse(line) as { question: string }).question);

async function time(ask: (question: string) => unknown): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const question of questions) {
      const start = performance.now();
      await ask(question);
      times.push(performance.now() - start);
    }
  }
  // The first round warms up.
  return times.slice(questions.length);
}

const meanOf = (times: readonly number[]) => times.reduce((sum, ms) => sum + ms, 0) / times.length;
const describeTimes = (times: readonly number[]) =>
  `mean ${meanOf(times).toFixed(3)} ms, p99 ${quantile(times, 0.99).toFixed(3)} ms`;

/** The library's topics over and over, each time in other words, until there are so many claims. */
function enlarge(library: Library): Library {
  const topics: Topic[] = [];
  let claims = 0;
  for (let round = 0; claims < CLAIMS; round += 1) {
    for (const topic of library.topics) {
      const vary = (text: string) => `${text.replace(/[a-z]{7,}/g, (word) => `${word}${round}`)}`;
      const varied = topic.claims.map((claim) => ({ ...claim, text: vary(claim.text), asks: claim.asks.map(vary) }));
      claims += varied.length;
      topics.push({ ...topic, slug: `${topic.slug}-${round}`, claims: varied });
    }
  }
  return createLibrary(library.articles, topics);
}

const library = await loadContent('content', []);
const sentences = library.topics.flatMap(({ claims }) => claims.flatMap(({ text, asks }) => [text, ...asks]));
const open = (from: Library, options = {}): Promise<Search> => createSearch(from, listCommands(from), options);

const before = megabytes();
const byWords = await open(library);
const wordsMemory = megabytes() - before;
const directory = await mkdtemp(join(tmpdir(), 'bench-'));
const semantics = startSemantics(join(directory, 'embeddings.bin'));
const byMeaning = await open(library, { semantics });
const indexing = performance.now();
await byMeaning.ready;
const readyMs = performance.now() - indexing;
const meaningMemory = megabytes() - before;

const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
const meaningTimes = await time((question) => byMeaning.ask(question));
delay.disable();
const wordsTimes = await time((question) => byWords.ask(question));
report({
  what: '/ask by meaning and words',
  ours: describeTimes(meaningTimes),
  peer: `this bot by words only ${describeTimes(wordsTimes)}`,
  ratio: meanOf(meaningTimes) / meanOf(wordsTimes),
});
report({
  what: 'The event loop while it answers by meaning',
  ours: `held for ${(delay.percentile(99) / 1e6).toFixed(1)} ms (p99, 1 ms of it the sampling)`,
  peer: '',
});
report({
  what: 'Memory with the embedding model',
  ours: `${meaningMemory.toFixed(0)} MB; ready after ${(readyMs / 1000).toFixed(1)} s with nothing cached`,
  peer: `this bot by words only ${wordsMemory.toFixed(0)} MB`,
  ratio: meaningMemory / wordsMemory,
});

const lexical = await createLexicalIndex(sentences);
const mini = new MiniSearch<{ id: number; text: string }>({ fields: ['text'] });
mini.addAll(sentences.map((text, id) => ({ id, text })));
const orama = create({ schema: { text: 'string' } });
await insertMultiple(
  orama,
  sentences.map((text) => ({ text })),
);
const flex = new FlexSearch.Index({ tokenize: 'strict' });
for (const [id, text] of sentences.entries()) flex.add(id, text);
const ours = await time((question) => lexical.query(question, 60));
const peers = {
  MiniSearch: await time((question) => mini.search(question)),
  Orama: await time((question) => searchOrama(orama, { term: question, limit: 60 })),
  'FlexSearch, which does not rank,': await time((question) => flex.search(question, 60)),
};
for (const [peer, times] of Object.entries(peers)) {
  report({
    what: `The search by words alone, in ${sentences.length} sentences`,
    ours: describeTimes(ours),
    peer: `${peer} ${describeTimes(times)}`,
    ratio: meanOf(ours) / meanOf(times),
  });
}

const large = enlarge(library);
const start = performance.now();
const many = await open(large);
const indexedMs = performance.now() - start;
report({
  what: `/ask by words in ${CLAIMS.toLocaleString('en')} claims`,
  ours: describeTimes(await time((question) => many.ask(question))),
  peer: `indexed in ${(indexedMs / 1000).toFixed(1)} s`,
});

await semantics.close();
await rm(directory, { recursive: true });
