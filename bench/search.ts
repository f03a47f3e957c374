// /ask: time of an answer, memory with and without the model, time to index 10,000 claims, and the part that searches by
// words beside MiniSearch, Orama and FlexSearch on the same sentences. Run with: npx node --expose-gc bench/search.ts
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

const CLAIMS = 10_000;
const ROUNDS = 3;

const print = (line: string) => process.stdout.write(`${line}\n`);
const megabytes = () => {
  globalThis.gc?.();
  return process.memoryUsage().rss / 1e6;
};
const quantile = (values: readonly number[], share: number) =>
  values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * share)] ?? 0;

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

function report(name: string, times: readonly number[], peer?: number): number {
  const mean = times.reduce((sum, ms) => sum + ms, 0) / times.length;
  const ratio = peer === undefined ? '' : `   ratio ${(mean / peer).toFixed(2)}`;
  const [p50, p99] = [quantile(times, 0.5), quantile(times, 0.99)];
  print(
    `  ${name.padEnd(34)} p50 ${p50.toFixed(3)} ms   p99 ${p99.toFixed(3)} ms   mean ${mean.toFixed(3)} ms${ratio}`,
  );
  return mean;
}

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

print(`Node ${process.version}; ${questions.length} questions, ${sentences.length} sentences`);

const before = megabytes();
const byWords = await open(library);
const wordsMemory = megabytes() - before;
const directory = await mkdtemp(join(tmpdir(), 'bench-'));
const semantics = startSemantics(join(directory, 'embeddings.bin'));
const byMeaning = await open(library, { semantics });
const indexing = performance.now();
await byMeaning.ready;
print(`search by meaning ready, nothing cached: ${((performance.now() - indexing) / 1000).toFixed(1)} s`);
print(`memory: by words ${wordsMemory.toFixed(0)} MB, with the model ${(megabytes() - before).toFixed(0)} MB`);

print('one answer of /ask');
const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
report('by meaning and words', await time((question) => byMeaning.ask(question)));
delay.disable();
report('by words', await time((question) => byWords.ask(question)));
const held = (ns: number) => (ns / 1e6).toFixed(1);
print(
  `  event-loop delay p99 ${held(delay.percentile(99))} ms, largest ${held(delay.max)} ms (1 ms of it the sampling)`,
);

print('search by words alone, the same sentences');
const lexical = await createLexicalIndex(sentences);
const ours = await time((question) => lexical.query(question, 60));
const mini = new MiniSearch<{ id: number; text: string }>({ fields: ['text'] });
mini.addAll(sentences.map((text, id) => ({ id, text })));
const orama = create({ schema: { text: 'string' } });
await insertMultiple(
  orama,
  sentences.map((text) => ({ text })),
);
const flex = new FlexSearch.Index({ tokenize: 'strict' });
for (const [id, text] of sentences.entries()) flex.add(id, text);
const miniMean = report('peer: MiniSearch as it comes', await time((question) => mini.search(question)));
const oramaMean = report(
  'peer: Orama as it comes',
  await time((question) => searchOrama(orama, { term: question, limit: 60 })),
);
const flexMean = report('peer: FlexSearch as it comes', await time((question) => flex.search(question, 60)));
const mean = report('ours', ours);
print(
  `  ratio of ours to MiniSearch ${(mean / miniMean).toFixed(2)}, Orama ${(mean / oramaMean).toFixed(2)}, FlexSearch ${(mean / flexMean).toFixed(2)}`,
);

const large = enlarge(library);
const start = performance.now();
const many = await open(large);
print(`${CLAIMS.toLocaleString('en')} claims indexed by words in ${((performance.now() - start) / 1000).toFixed(1)} s`);
report('an answer from them', await time((question) => many.ask(question)));

await semantics.close();
await rm(directory, { recursive: true });
