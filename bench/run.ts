// All benchmarks, one after the other, each in a process of its own, and their table. `npm run bench` prints it, and writes
// it to docs/benchmarks.md with --write. SOAK_MINUTES and BENCH_CHANNELS shorten it.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { print, type Row } from './report.ts';

const BENCHMARKS = ['core', 'discord', 'slack', 'start', 'digest', 'soak'];
const FILE = 'docs/benchmarks.md';
const [BEGIN, END] = ['<!-- table -->', '<!-- /table -->'];

const wanted = process.argv.slice(2).filter((name) => !name.startsWith('--'));
const rows: Row[] = [];
for (const name of wanted.length > 0 ? wanted : BENCHMARKS) {
  print(`\n== ${name}`);
  const child = fork(new URL(`${name}.ts`, import.meta.url), { execArgv: ['--expose-gc'] });
  child.on('message', (row) => rows.push(row as Row));
  const [code] = await once(child, 'exit');
  if (code !== 0) {
    print(`${name} ended with ${code}`);
    process.exitCode = 1;
  }
}

const table = [
  '| what | this bot | beside it | ratio |',
  '|---|---|---|---|',
  ...rows.map(
    ({ what, ours, peer, ratio }) => `| ${what} | ${ours} | ${peer} | ${ratio === undefined ? '' : ratio.toFixed(2)} |`,
  ),
].join('\n');
print(`\n${table}`);
if (process.argv.includes('--write')) {
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 1e9)} GB, ${process.platform} ${process.arch}, Node ${process.version}, ${new Date().toISOString().slice(0, 10)}`;
  const versions = Object.entries({ ...readVersions('dependencies'), ...readVersions('devDependencies') })
    .filter(([name]) =>
      ['discord.js', '@slack/bolt', 'chat', '@chat-adapter/slack', 'pg-boss', 'hono', 'minisearch'].includes(name),
    )
    .map(([name, version]) => `${name} ${version}`)
    .join(', ');
  const before = readFileSync(FILE, 'utf8');
  const [head = '', rest = ''] = before.split(BEGIN);
  const [, tail = ''] = rest.split(END);
  writeFileSync(FILE, `${head}${BEGIN}\n${machine}; ${versions}.\n\n${table}\n${END}${tail}`);
  print(`Wrote ${FILE}`);
}

function readVersions(key: 'dependencies' | 'devDependencies'): Record<string, string> {
  return (JSON.parse(readFileSync('package.json', 'utf8')) as Record<typeof key, Record<string, string>>)[key];
}
