// All benchmarks, one after the other, each in a process of its own, and their tables. `npm run bench` prints them, and with
// --write puts each into its place in docs/benchmarks.md. SOAK_MINUTES and BENCH_CHANNELS shorten it.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { print, type Row } from './report.ts';

const BENCHMARKS = ['core', 'search', 'discord', 'slack', 'digest', 'start', 'soak'];
const FILE = 'docs/benchmarks.md';

/** How the rows name the packages that they set the bot beside. */
const ALIASES: Readonly<Record<string, readonly string[]>> = {
  'discord.js': ['discord.js'],
  '@slack/bolt': ['bolt'],
  chat: ['chat sdk'],
  '@chat-adapter/slack': ['chat sdk'],
  'pg-boss': ['pg-boss'],
  hono: ['hono'],
  minisearch: ['minisearch'],
  '@orama/orama': ['orama'],
  flexsearch: ['flexsearch'],
};

const wanted = process.argv.slice(2).filter((name) => !name.startsWith('--'));
for (const name of wanted.length > 0 ? wanted : BENCHMARKS) {
  print(`\n== ${name}`);
  const rows: Row[] = [];
  const child = fork(new URL(`${name}.ts`, import.meta.url), { execArgv: ['--expose-gc'] });
  child.on('message', (row) => rows.push(row as Row));
  const [code] = await once(child, 'exit');
  if (code !== 0) {
    print(`${name} ended with ${code}`);
    process.exitCode = 1;
    continue;
  }
  const table = composeTable(rows);
  print(`\n${table}`);
  if (process.argv.includes('--write')) write(name, `${describeRun(rows)}\n\n${table}`);
}

function composeTable(rows: readonly Row[]): string {
  return [
    '| what | this bot | beside it | ratio |',
    '|---|---|---|---|',
    ...rows.map(
      ({ what, ours, peer, ratio }) =>
        `| ${what} | ${ours} | ${peer} | ${ratio === undefined ? '' : ratio.toFixed(2)} |`,
    ),
  ].join('\n');
}

/** The day, the machine and the versions of whatever the rows name as a peer. */
function describeRun(rows: readonly Row[]): string {
  const { dependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as Record<
    'dependencies' | 'devDependencies',
    Record<string, string>
  >;
  const named = rows.map(({ peer }) => peer.toLowerCase()).join(' ');
  const peers = Object.entries({ ...dependencies, ...devDependencies })
    .filter(([name]) => ALIASES[name]?.some((alias) => named.includes(alias)))
    .map(([name, version]) => `${name} ${version}`);
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 1e9)} GB`;
  const parts = [new Date().toISOString().slice(0, 10), machine, `Node ${process.version}`, ...peers];
  return `Measured ${parts.join('; ')}.`;
}

/** Puts a text between a benchmark's two marks in the file. Throws Error where they are not there. */
function write(name: string, text: string): void {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const before = readFileSync(FILE, 'utf8');
  const [from, to] = [before.indexOf(begin), before.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${FILE} has no place ${begin}`);
  writeFileSync(FILE, `${before.slice(0, from)}${begin}\n${text}\n${before.slice(to)}`);
  print(`Wrote ${FILE}`);
}
