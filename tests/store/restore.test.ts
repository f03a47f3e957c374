import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { backupSqlite } from '../../src/store/backup.ts';
import { latestDeliveries } from '../../src/store/ledger.ts';
import { openStore, type Store } from '../../src/store/open-store.ts';
import { restoreSqlite } from '../../src/store/restore.ts';
import { listAll, removeSubscription } from '../../src/store/subscriptions.ts';
import { lastMinute, subscribe } from '../support/digesting.ts';
import { runProgram } from '../support/program.ts';

const NOW = Date.parse('2026-11-25T16:50:12Z');

let directory: string;
let path: string;
let file: string;
let store: Store;
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'briefing-restore-'));
  path = join(directory, 'briefing.db');
  file = join(directory, 'backup.db');
  store = await openStore(`sqlite:${path}`);
});
afterEach(async () => {
  await store.close();
  rmSync(directory, { recursive: true });
});

const restore = (parts: { file?: string; stopped?: boolean } = {}) =>
  restoreSqlite({ path, file, now: NOW, stopped: false, prepare: async () => undefined, ...parts });
const idsOf = async (at: string) => {
  const opened = await openStore(`sqlite:${at}`);
  try {
    return (await listAll(opened.db)).map(({ id }) => id);
  } finally {
    await opened.close();
  }
};
const names = () => readdirSync(directory).sort();
const KEPT = 'briefing.before-restore-2026-11-25T16-50-12.db';

it('puts the backup in the place of the database, which is kept, and tells what differs', async () => {
  const ended = await subscribe(store, NOW, { platform: 'slack', channel: 'C1' });
  await backupSqlite(path, file);
  const before = readFileSync(file);
  await removeSubscription(store.db, ended.id);
  const begun = await subscribe(store, NOW, { platform: 'slack', channel: 'C2' });
  await store.close();

  expect(await restore()).toEqual({ path: join(directory, KEPT), subscriptions: { ended: 1, begun: 1 } });
  expect(names()).toEqual(['backup.db', KEPT, 'briefing.db']);
  expect(await idsOf(path)).toEqual([ended.id]);
  expect(await idsOf(join(directory, KEPT))).toEqual([begun.id]);
  expect(readFileSync(file).equals(before)).toBe(true);
});

it('restores if there is no database any more', async () => {
  const one = await subscribe(store, NOW, { platform: 'slack', channel: 'C1' });
  await backupSqlite(path, file);
  await store.close();
  rmSync(path);
  expect(await restore()).toBeUndefined();
  expect(await idsOf(path)).toEqual([one.id]);
});

it('refuses while a bot has the database open, though it does nothing', async () => {
  await backupSqlite(path, file);
  await expect(restore()).rejects.toThrow('The bot is running on this database. Stop it first');
  expect(names().filter((name) => !/-(wal|shm)$/.test(name))).toEqual(['backup.db', 'briefing.db']);
});

it('takes what a killed bot left in its write-ahead log along', async () => {
  await backupSqlite(path, file);
  const one = await subscribe(store, NOW, { platform: 'slack', channel: 'C1' });
  const killed = join(directory, 'killed.db');
  for (const ending of ['', '-wal', '-shm']) copyFileSync(path + ending, killed + ending);
  await store.close();
  const replaced = await restoreSqlite({
    path: killed,
    file,
    now: NOW,
    stopped: false,
    prepare: async () => undefined,
  });
  expect(await idsOf(replaced?.path ?? '')).toEqual([one.id]);
  expect(await idsOf(killed)).toEqual([]);
});

it.each<[string, () => void | Promise<void>, RegExp]>([
  ['isn’t there', () => undefined, /^There is no file .*backup\.db/],
  ['isn’t a database', () => writeFileSync(file, 'a text'.repeat(1000)), /backup\.db is damaged, or isn't a database/],
  ['is empty', () => writeFileSync(file, ''), /backup\.db isn't one of this bot's databases/],
  [
    'is cut short',
    async () => {
      for (let count = 0; count < 50; count += 1)
        await subscribe(store, NOW, { platform: 'slack', channel: `C${count}` });
      await backupSqlite(path, file);
      writeFileSync(file, readFileSync(file).subarray(0, -8192));
    },
    /backup\.db is damaged/,
  ],
  [
    'is made by a newer version',
    async () => {
      await backupSqlite(path, file);
      const newer = new Sqlite(file);
      newer.exec("insert into kysely_migration (name, timestamp) values ('2999-01-01-later', '2999')");
      newer.close();
    },
    /made by a newer version of the bot: it has the change 2999-01-01-later, .*\. Update this one/,
  ],
])('changes nothing if the backup %s', async (_, prepare, message) => {
  await prepare();
  const one = await subscribe(store, NOW, { platform: 'slack', channel: 'own' });
  await store.close();
  const before = names();
  await expect(restore()).rejects.toThrow(message);
  expect(names()).toEqual(before);
  expect(await idsOf(path)).toContain(one.id);
});

it('changes nothing if the backup is the database itself, or what it is prepared with fails', async () => {
  await backupSqlite(path, file);
  await store.close();
  await expect(restore({ file: path })).rejects.toThrow("is the bot's database itself");
  const prepare = async () => {
    throw Object.assign(new Error('full'), { code: 'SQLITE_FULL' });
  };
  await expect(restoreSqlite({ path, file, now: NOW, stopped: false, prepare })).rejects.toThrow(
    /can't be restored \(SQLITE_FULL\)\. Nothing has changed/,
  );
  expect(names()).toEqual(['backup.db', 'briefing.db']);
});

it('in the place of a damaged database, it asks whether the bot is stopped, and keeps the damaged one', async () => {
  const one = await subscribe(store, NOW, { platform: 'slack', channel: 'C1' });
  await backupSqlite(path, file);
  await store.close();
  writeFileSync(path, 'nonsense'.repeat(2000));
  await expect(restore()).rejects.toThrow(/nobody can tell whether a bot uses it\. Stop the bot, .* --stopped/);
  expect(await restore({ stopped: true })).toEqual({ path: join(directory, KEPT) });
  expect(readFileSync(join(directory, KEPT), 'utf8')).toMatch(/^nonsense/);
  expect(await idsOf(path)).toEqual([one.id]);
});

it('the program restores, and says what comes of digests that were due since', async () => {
  const due = lastMinute() - 60_000;
  const one = await subscribe(store, due, { platform: 'slack', channel: 'C1' });
  await backupSqlite(path, file);
  const env = { DATABASE_URL: `sqlite:${path}` };
  expect(await runProgram(['restore', file], env)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('The bot is running'),
  });
  await store.close();
  const { stdout } = await runProgram(['restore', file], env);
  expect(stdout).toMatch(/^Restored .*backup\.db\nThe database as it was is now .*\.before-restore-/);
  expect(stdout).toContain('1 digest may have been sent since the backup: the bot looks in the channel');
  store = await openStore(env.DATABASE_URL);
  expect(await latestDeliveries(store.db, one.id, 9)).toEqual([
    expect.objectContaining({ due, state: 'pending', doubtful: true, soughtFrom: due }),
  ]);
  await store.close();

  expect((await runProgram(['restore', file, '--missed'], env)).stdout).toContain(
    'Counted as missed: 1 digest due since the backup.',
  );
  store = await openStore(env.DATABASE_URL);
  expect(await latestDeliveries(store.db, one.id, 9)).toEqual([
    expect.objectContaining({ state: 'missed', error: 'A backup was restored.' }),
  ]);
  expect(existsSync(`${path}.restoring`)).toBe(false);
  const postgres = await runProgram(['restore', file], { DATABASE_URL: 'postgres://user:word@127.0.0.1:9/name' });
  expect(postgres.stderr).toMatch(/restores SQLite only\. For PostgreSQL, .*after-restore/);
});
