// How long the program takes to start, and its memory at rest and under load. Run with: npx node bench/start.ts
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { QUESTIONS, startProgram } from './program.ts';
import { quantile, report } from './report.ts';

const ROUNDS = 7;
/** The page takes 300 questions a minute of one address. */
const LOAD = 280;

/** A bare HTTP server on the same framework that answers a fixed text: what Node and it take in any case. */
const BARE = `
  import { serve } from '@hono/node-server';
  import { Hono } from 'hono';
  const app = new Hono();
  app.get('/readyz', (context) => context.text('ready'));
  serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => {
    console.log('http://127.0.0.1:' + port + ' ' + process.memoryUsage.rss());
  });`;

async function startBare(): Promise<{ ms: number; megabytes: number }> {
  const start = performance.now();
  const child = spawn(process.execPath, ['--input-type=module', '-e', BARE], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const [url = '', rss] = String(line).trim().split(' ');
  await fetch(`${url}/readyz`);
  const ms = performance.now() - start;
  child.kill('SIGKILL');
  return { ms, megabytes: Number(rss) / 1e6 };
}

const bare: { ms: number; megabytes: number }[] = [];
const ours: number[] = [];
for (let round = 0; round < ROUNDS; round += 1) {
  bare.push(await startBare());
  const program = await startProgram();
  ours.push(program.startMs);
  await program.stop();
}
const [start, peer] = [
  quantile(ours, 0.5),
  quantile(
    bare.map(({ ms }) => ms),
    0.5,
  ),
];
const megabytes = quantile(
  bare.map((one) => one.megabytes),
  0.5,
);
report({
  what: 'Start to ready, by words',
  ours: `${start.toFixed(0)} ms`,
  peer: `bare Hono server ${peer.toFixed(0)} ms`,
  ratio: start / peer,
});

for (const [name, env] of [
  ['by words', {}],
  ['by meaning', { SEMANTIC_SEARCH: 'on' }],
] as const) {
  const program = await startProgram(env);
  // Until the model is loaded, where there is one.
  await sleep(name === 'by meaning' ? 15_000 : 1000);
  const rest = await program.memory();
  const times: number[] = [];
  for (let index = 0; index < LOAD; index += 1)
    times.push(await program.ask(QUESTIONS[index % QUESTIONS.length] as string));
  const load = await program.memory();
  await program.stop();
  report({
    what: `Memory at rest, ${name}`,
    ours: `${rest.toFixed(0)} MB`,
    peer: `bare Hono server ${megabytes.toFixed(0)} MB`,
    ratio: rest / megabytes,
  });
  report({
    what: `Memory after ${LOAD} questions, ${name}`,
    ours: `${load.toFixed(0)} MB; an answer over HTTP p50 ${quantile(times, 0.5).toFixed(1)} ms, p99 ${quantile(times, 0.99).toFixed(1)} ms`,
    peer: `at rest ${rest.toFixed(0)} MB`,
    ratio: load / rest,
  });
}
