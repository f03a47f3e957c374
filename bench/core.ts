// Answers per second of the core, and content with 10,000 topics. Run with: npx node bench/core.ts
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import MiniSearch from 'minisearch';
import { Bench } from 'tinybench';
import { renderDiscord } from '../src/adapters/discord/render-reply.ts';
import { renderSlack } from '../src/adapters/slack/render-reply.ts';
import { openBot } from '../src/app/open-bot.ts';
import type { Bot } from '../src/core/bot.ts';
import { print, quiet, report } from './report.ts';

const TOPICS = 10_000;
// Words alone: search by meaning runs in a thread of its own and has a benchmark of its own.
const config = (contentDirectory: string) => ({
  contentDirectory,
  dataDirectory: 'data',
  semanticSearch: false,
});

async function measure(title: string, bot: Bot, topic: string, question: string): Promise<void> {
  const documents = bot.library.topics
    .flatMap((one) => one.claims)
    .map(({ text, asks }, id) => ({ id, text, asks: asks.join(' ') }));
  const peer = new MiniSearch({ fields: ['text', 'asks'] });
  peer.addAll(documents);

  const bench = new Bench({ time: 1000 });
  const reply = await bot.answer(bot.parse(topic));
  bench
    .add('topic command, from text to reply', async () => void (await bot.answer(bot.parse(topic))))
    .add('/ask, from text to reply', async () => void (await bot.answer(bot.parse(question))))
    .add('peer of /ask: bare MiniSearch, one search', () => void peer.search(question))
    // A reply of its own each time, since one that was rendered is remembered.
    .add('render for Discord', () => void renderDiscord({ ...reply }))
    .add('render for Slack', () => void renderSlack({ ...reply }))
    .add('peer of rendering: JSON of the reply', () => void JSON.stringify(reply.entries));
  await bench.run();
  print(`\n${title}: ${documents.length} claims`);
  const mean = new Map<string, number>();
  for (const { name, result } of bench.tasks) {
    if (!('latency' in result)) continue;
    mean.set(name, result.latency.mean);
    const rate = Math.round(1000 / result.latency.mean).toLocaleString('en');
    print(`  ${name.padEnd(44)}${rate.padStart(10)} a second   p99 ${result.latency.p99.toFixed(3)} ms`);
  }
  for (const [ours, peer] of [
    ['/ask, from text to reply', 'peer of /ask: bare MiniSearch, one search'],
    ['render for Discord', 'peer of rendering: JSON of the reply'],
    ['render for Slack', 'peer of rendering: JSON of the reply'],
  ] as const) {
    const [a, b] = [mean.get(ours) ?? 0, mean.get(peer) ?? 0];
    report({
      what: `${title}: ${ours}`,
      ours: `${a.toFixed(3)} ms`,
      peer: `${peer.replace(/^.*: /, '')} ${b.toFixed(3)} ms`,
      ratio: a / b,
    });
  }
}

function topicFile(index: number): string {
  const word = `harbour${index}`;
  return `---
aliases: [pier ${index}]
---

# Harbour ${index}

What the author says of ${word}.

## Claims

- The quay of ${word} handled ${index} tonnes in 2019.[^note]
  - kind: figure
  - paragraph: ${(index % 50) + 1}
  - speaker: Port Authority
  - number: ${index} tonnes
  - asks:
    - How much freight goes through ${word}?
    - How busy is ${word}?

- In the author's view ${word} needs a new crane.
  - kind: opinion
  - paragraph: ${(index % 50) + 1}
  - speaker: author

[^note]: **Contested.** The customs office counts less in ${word}.
`;
}

async function writeMany(directory: string): Promise<void> {
  const folder = join(directory, 'many/topics');
  await mkdir(folder, { recursive: true });
  const record = {
    title: 'Many',
    author: 'Nobody',
    kind: 'report',
    paragraphs: 50,
    publication: ['None.'],
    disclosure: 'Made up.',
  };
  await writeFile(join(directory, 'many/article.yaml'), JSON.stringify(record));
  for (let index = 0; index < TOPICS; index += 1) await writeFile(join(folder, `harbour${index}.md`), topicFile(index));
}

print(`Node ${process.version} on ${process.platform} ${process.arch}`);
await measure(
  'The project’s article',
  await openBot(config('content'), quiet).then(({ bot }) => bot),
  '/drones',
  'who sells weapons to azerbaijan?',
);

const directory = await mkdtemp(join(tmpdir(), 'bench-'));
try {
  await writeMany(directory);
  globalThis.gc?.();
  const before = process.memoryUsage().rss;
  const start = performance.now();
  const bot = (await openBot(config(directory), quiet)).bot;
  const seconds = (performance.now() - start) / 1000;
  const megabytes = (process.memoryUsage().rss - before) / 1e6;
  print(`\n${TOPICS.toLocaleString('en')} topics: loaded in ${seconds.toFixed(1)} s, ${megabytes.toFixed(0)} MB more`);
  await measure('10,000 topics', bot, '/harbour7777', 'how busy is harbour1234?');
} finally {
  await rm(directory, { recursive: true });
}
