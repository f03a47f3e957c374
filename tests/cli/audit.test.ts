import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createAudit } from '../../src/store/audit.ts';
import { openStore } from '../../src/store/open-store.ts';
import { HARBOUR } from '../support/content.ts';
import { recordLog } from '../support/discord-harness.ts';
import { runProgram } from '../support/program.ts';

let directory: string;
let env: Record<string, string>;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'briefing-audit-'));
  cpSync(HARBOUR, join(directory, 'content'), { recursive: true });
  env = { DATABASE_URL: `sqlite:${join(directory, 'briefing.db')}`, CONTENT_DIR: join(directory, 'content') };
});
afterEach(() => rmSync(directory, { recursive: true }));

const run = async (...args: string[]) => runProgram(args, env);
const list = async (...args: string[]) => JSON.parse((await run('audit', '--json', ...args)).stdout) as object[];
const me = { platform: 'terminal', user: userInfo().username };

it('shows what was done at the terminal: content, a person forgotten, a backup restored', async () => {
  expect((await run('audit')).stdout).toBe('Nothing was changed.\n');
  await run('publish', 'harbour/cargo', '--draft');
  await run('publish', 'harbour/cargo');
  await run('forget', '--user', 'slack:U0123ABCD');
  const copy = join(directory, 'copy.db');
  await run('backup', copy);
  await run('restore', copy);
  const entries = await list();
  expect(entries).toMatchObject([
    { ...me, action: 'database.restore', about: 'copy.db' },
    { ...me, action: 'person.forget', about: '' },
    { ...me, action: 'content.publish', about: 'harbour/cargo' },
    { ...me, action: 'content.unpublish', about: 'harbour/cargo' },
  ]);
  expect(JSON.stringify(entries)).not.toContain('U0123ABCD');
  expect((await run('audit', '--action', 'content.publish')).stdout).toMatch(
    new RegExp(`^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\dZ {2}content\\.publish {5}terminal:${me.user} {2}harbour/cargo\\n$`),
  );
});

it('needs no database where editors work on content alone', async () => {
  const { code } = await run('publish', 'harbour/cargo', '--draft');
  expect(code).toBe(0);
  expect(existsSync(join(directory, 'briefing.db'))).toBe(false);
});

it('filters, and says what it can’t filter by', async () => {
  const store = await openStore(env.DATABASE_URL ?? '');
  const hours = 3_600_000;
  for (const [platform, ago] of [
    ['slack', 50],
    ['desk', 1],
  ] as const) {
    const audit = createAudit(store.db, { now: () => Date.now() - ago * hours, log: recordLog() });
    await audit.record({ action: 'digest.send', platform, user: '' });
  }
  await store.close();
  expect(await list('--since', '2d')).toMatchObject([{ platform: 'desk' }]);
  expect(await list('--since', '51h', '--on', 'slack')).toMatchObject([{ platform: 'slack' }]);
  expect(await list('--since', '2026-01-01', '--limit', '1')).toMatchObject([{ platform: 'desk' }]);
  expect(await list('--by', 'nobody')).toEqual([]);
  for (const [option, value] of [
    ['--since', 'once'],
    ['--action', 'digest.dance'],
    ['--limit', '0'],
  ] as const) {
    const { code, stderr } = await run('audit', option, value);
    expect([code, stderr]).toEqual([1, expect.stringMatching(`^${option} ${value} isn't`)]);
  }
});
