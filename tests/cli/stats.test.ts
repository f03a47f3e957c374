import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import { createUses } from '../../src/store/uses.ts';
import { HARBOUR } from '../support/content.ts';
import { recordLog } from '../support/discord-harness.ts';
import { runProgram } from '../support/program.ts';
import { createTestTimers } from '../support/test-timers.ts';

const DAY = 24 * 3_600_000;
let directory: string;
let env: Record<string, string>;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'briefing-stats-'));
  env = { DATABASE_URL: `sqlite:${join(directory, 'briefing.db')}`, CONTENT_DIR: HARBOUR };
});
afterEach(() => rmSync(directory, { recursive: true }));

interface Line {
  readonly claim: string;
  readonly answer: number;
  readonly live: boolean;
  readonly last: string | null;
}
const list = async (...args: string[]) =>
  JSON.parse((await runProgram(['stats', '--json', ...args], env)).stdout) as Line[];

it('lists every claim with how often it was shown, those never shown and those that are gone too', async () => {
  const all = await list();
  expect(all.length).toBeGreaterThan(3);
  expect(all.every(({ answer, live, last }) => answer === 0 && live && last === null)).toBe(true);
  const [first = { claim: '' }, second = { claim: '' }] = all.toReversed();

  const store = await openStore(env.DATABASE_URL ?? '');
  for (const [ago, claim] of [
    [0, first.claim],
    [0, 'harbour/was-once'],
    [40, second.claim],
  ] as const) {
    const now = () => Date.now() - ago * DAY;
    const timers = createTestTimers();
    const retentionMs = 90 * DAY;
    const uses = createUses(store.db, { now, timers, retentionMs, onShown: () => undefined, log: recordLog() });
    uses.note([claim, first.claim], 'answer');
    await uses.stop();
  }
  await store.close();
  const today = new Date().toISOString().slice(0, 10);
  expect((await list()).slice(0, 2)).toMatchObject([
    { claim: first.claim, answer: 3, live: true, last: today },
    { claim: 'harbour/was-once', answer: 1, live: false },
  ]);
  const longer = await list('--since', '50d');
  expect(longer.find(({ claim }) => claim === second.claim)).toMatchObject({ answer: 1 });
  const unused = await list('--unused');
  expect(unused).toHaveLength(all.length - 1);
  expect(unused.map(({ claim }) => claim)).not.toContain('harbour/was-once');

  const { stdout } = await runProgram(['stats'], env);
  expect(stdout).toMatch(/^ {2}answer nearest {4}page {2}digest {2}claim\n/);
  expect(stdout).toContain('harbour/was-once (gone)\n');
  expect(stdout).toMatch(new RegExp(`${all.length - 1} claims of ${all.length} answered no question`));
});
