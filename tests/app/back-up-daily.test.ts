import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { backUpDaily, type DailyBackupOptions } from '../../src/app/back-up-daily.ts';
import { loadConfig } from '../../src/app/config.ts';
import { createLog } from '../../src/app/log.ts';
import { startBot } from '../../src/app/start-bot.ts';
import { nextDue } from '../../src/digest/schedule.ts';
import { backupSqlite } from '../../src/store/backup.ts';
import backUp from '../../src/store/backup-worker.ts';
import { openStore } from '../../src/store/open-store.ts';
import { takeEvent } from '../../src/store/seen.ts';
import { canMount, mountDisk } from '../chaos/faults.ts';
import { HARBOUR } from '../support/content.ts';
import { recordLog } from '../support/discord-harness.ts';

let directory: string;
let folder: string;
let path: string;
let now: number;
let told: (string | number)[];
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'briefing-backup-'));
  folder = join(directory, 'backups');
  path = join(directory, 'briefing.db');
  now = Date.parse('2026-11-25T10:00Z');
  told = [];
  const store = await openStore(`sqlite:${path}`);
  await takeEvent(store.db, 'slack:Ev1', 5);
  await store.close();
});
afterEach(() => rmSync(directory, { recursive: true }));

const log = recordLog();
function open(parts: Partial<DailyBackupOptions> = {}): () => Promise<void> {
  const plan = { folder, time: '03:30', zone: 'Europe/London', keep: 3 };
  return backUpDaily({
    ...plan,
    next: (after) => nextDue({ ...plan, days: 'daily' }, after),
    now: () => now,
    write: (file) => backUp({ path, file }),
    observer: { backedUp: (at) => told.push(at), backupFailed: () => told.push('failed') },
    log,
    signal: new AbortController().signal,
    ...parts,
  });
}
const day = 24 * 3_600_000;
const names = () => readdirSync(folder).sort();

it('makes one backup a day, also across restarts, and keeps the newest ones', async () => {
  mkdirSync(folder);
  writeFileSync(join(folder, 'notes.txt'), 'mine');
  await open()();
  expect(names()).toEqual(['briefing-2026-11-25.db', 'notes.txt']);
  expect(statSync(join(folder, 'briefing-2026-11-25.db')).mode & 0o777).toBe(0o600);
  const written = statSync(join(folder, 'briefing-2026-11-25.db')).mtimeMs;

  const again = open();
  await again();
  await again();
  expect(statSync(join(folder, 'briefing-2026-11-25.db')).mtimeMs).toBe(written);
  // The first tells of its own; the one that started later, of what it found.
  expect(told).toEqual([now, written]);

  for (let count = 0; count < 4; count += 1) {
    now += day;
    await again();
  }
  expect(names()).toEqual(['briefing-2026-11-27.db', 'briefing-2026-11-28.db', 'briefing-2026-11-29.db', 'notes.txt']);
});

it.each([
  ['2026-11-25T03:29Z', '2026-11-24'],
  ['2026-11-25T03:31Z', '2026-11-25'],
  // The clocks go forward at one that night.
  ['2026-03-29T02:31Z', '2026-03-29'],
])('at %s, the one of %s is due', async (time, name) => {
  now = Date.parse(time);
  await open()();
  expect(names()).toEqual([`briefing-${name}.db`]);
});

it('goes on at its hour, not a day after the last one', async () => {
  const look = open();
  await look();
  now = Date.parse('2026-11-26T03:29:55Z');
  await look();
  expect(names()).toHaveLength(1);
  now = Date.parse('2026-11-26T03:30:00Z');
  await look();
  expect(names()).toHaveLength(2);
});

it('removes nothing while a new one fails, tells of it, and tries again after an hour', async () => {
  const look = open({ keep: 1 });
  await look();
  now += day;
  rmSync(path);
  told = [];
  await look();
  await look();
  expect(told).toEqual(['failed']);
  expect(names()).toEqual(['briefing-2026-11-25.db']);
  expect(log.lines.at(-1)).toMatchObject({ level: 'error', message: expect.stringMatching(/could not be backed up/) });
  const store = await openStore(`sqlite:${path}`);
  await store.close();
  now += 3_600_000;
  await look();
  expect(told).toEqual(['failed', now]);
  expect(names()).toEqual(['briefing-2026-11-26.db']);
});

it('does not call a folder that is a file, or is closed, the end of the bot', async () => {
  writeFileSync(folder, '');
  await open()();
  expect(told).toEqual(['failed']);
  if (process.getuid?.() === 0) return;
  rmSync(folder);
  mkdirSync(folder, { mode: 0o500 });
  await open()();
  expect(told).toEqual(['failed', 'failed']);
  chmodSync(folder, 0o700);
});

it.skipIf(!canMount)('keeps what it has while the disk is full, and goes on once it isn’t', async () => {
  const unmount = mountDisk(folder);
  try {
    const look = open({ keep: 1 });
    await look();
    const filling = join(folder, 'filling');
    const { bavail, bsize } = statfsSync(folder);
    writeFileSync(filling, Buffer.alloc(bavail * bsize));
    now += day;
    told = [];
    await look();
    expect(told).toEqual(['failed']);
    expect(names()).toEqual(['briefing-2026-11-25.db', 'filling']);
    rmSync(filling);
    now += 3_600_000;
    await look();
    expect(names()).toEqual(['briefing-2026-11-26.db']);
  } finally {
    unmount();
  }
});

it('says nothing of a copy that the end of the bot cuts off', async () => {
  const ending = new AbortController();
  const write = async () => {
    ending.abort();
    throw new Error('terminated');
  };
  const before = log.lines.length;
  await open({ write, signal: ending.signal })();
  expect([told, log.lines.length]).toEqual([[], before]);
});

it('begins none while one is under way', async () => {
  let begun = 0;
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  const look = open({
    write: () => {
      begun += 1;
      return promise;
    },
  });
  const first = look();
  await look();
  resolve('cut short');
  await first;
  expect(begun).toBe(1);
});

it('a backup is whole, in one file, and made anew over the rest of one that was cut off', async () => {
  const store = await openStore(`sqlite:${path}`);
  try {
    const file = join(directory, 'copy.db');
    writeFileSync(`${file}.part`, 'half a database');
    await backupSqlite(path, file);
    expect(readdirSync(directory).filter((name) => name.startsWith('copy'))).toEqual(['copy.db']);
    const copy = new Sqlite(file, { readonly: true });
    expect(copy.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(copy.prepare('select count(*) as n from seen').get()).toEqual({ n: 1 });
    copy.close();
  } finally {
    await store.close();
  }
});

it('a damaged database gives no backup', async () => {
  const database = new Sqlite(path);
  database.pragma('journal_mode = DELETE');
  const rows = database.prepare('insert into seen (id, seen_at) values (?, 1)');
  database.transaction(() => {
    for (let count = 0; count < 5000; count += 1) rows.run(`event-${count}`);
  })();
  database.close();
  const { size } = statSync(path);
  const handle = openSync(path, 'r+');
  writeSync(handle, Buffer.alloc(8192, 7), 0, 8192, Math.floor(size / 2 / 4096) * 4096);
  closeSync(handle);
  const file = join(directory, 'copy.db');
  expect(await backUp({ path, file })).toMatch(/is damaged/);
  expect(existsSync(file) || existsSync(`${file}.part`)).toBe(false);
});

it('the bot makes one at once, in a thread of its own, and its metrics say when', async () => {
  const env = { CONTENT_DIR: HARBOUR, DATA_DIR: directory, SEMANTIC_SEARCH: 'off', PORT: '0', BACKUP_DIR: folder };
  const running = await startBot(loadConfig(env), createLog('silent', false));
  try {
    const metrics = async () => (await fetch(`${running.url}/metrics`)).text();
    await expect
      .poll(metrics, { timeout: 20_000 })
      .toMatch(/^briefing_backup_last_success_timestamp_seconds 1[\d.e+]+$/m);
    expect(await metrics()).toMatch(/^briefing_backup_failures_total 0$/m);
  } finally {
    await running.stop();
  }
  expect(names()).toEqual([expect.stringMatching(/^briefing-\d{4}-\d\d-\d\d\.db$/)]);
});

it.each(['postgres://user:word@host/name', 'sqlite::memory:'])('refuses to back up %s', (url) => {
  expect(() => loadConfig({ BACKUP_DIR: folder, DATABASE_URL: url })).toThrow(
    /^BACKUP_DIR backs up a SQLite file only/,
  );
});

it('reads when backups are made', () => {
  const read = (text: string) =>
    loadConfig({ BACKUP_DIR: 'b', BACKUP_AT: text, DIGEST_TIME_ZONE: 'Asia/Tokyo' }).backup;
  expect(read('')).toEqual({ folder: 'b', time: '03:30', zone: 'Asia/Tokyo', keep: 14 });
  expect(read('23:00 europe/london')).toMatchObject({ time: '23:00', zone: 'Europe/London' });
  for (const text of ['never', '25:00', '03:30 Nowhere/There', '03:30 UTC daily'])
    expect(() => read(text)).toThrow("BACKUP_AT isn't a time of day");
  expect(loadConfig({}).backup).toBeUndefined();
});
