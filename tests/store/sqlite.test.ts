import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { CamelCasePlugin, Kysely, sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { openStore, type Store } from '../../src/store/open-store.ts';
import type { Schema } from '../../src/store/schema.ts';
import { takeEvent } from '../../src/store/seen.ts';
import { createSqliteDialect } from '../../src/store/sqlite-dialect.ts';

let directory: string;
let file: string;
let store: Store;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'briefing-sqlite-'));
});
afterAll(() => rmSync(directory, { recursive: true }));
beforeEach(async () => {
  file = join(directory, `${randomBytes(4).toString('hex')}.db`);
  store = await openStore(`sqlite:${file}`);
});
afterEach(() => store?.close());

const take = (id: string, db = store.db) => takeEvent(db, id, 1);
const taken = async () => (await store.db.selectFrom('seen').select('id').orderBy('id').execute()).map(({ id }) => id);

/** Holds the lock that writing takes, as another process would. */
function holdLock(): { free(): void } {
  const other = new Sqlite(file);
  other.exec('begin immediate');
  return {
    free() {
      other.exec('rollback');
      other.close();
    },
  };
}

it('reads while another process holds the lock, and writes once it is free', async () => {
  const lock = holdLock();
  let written = false;
  const writing = take('a').then(() => {
    written = true;
  });
  const transaction = store.db.transaction().execute((inside) => take('b', inside));
  // Were the event loop held, neither this nor anything else would go on.
  expect(await taken()).toEqual([]);
  await new Promise((resolve) => setImmediate(resolve));
  expect(written).toBe(false);
  lock.free();
  await Promise.all([writing, transaction]);
  expect(await taken()).toEqual(['a', 'b']);
});

it('gives up on a lock that stays', async () => {
  const db = new Kysely<Schema>({
    dialect: createSqliteDialect(file, { busyMs: 50 }),
    plugins: [new CamelCasePlugin()],
  });
  const lock = holdLock();
  try {
    await expect(take('a', db)).rejects.toMatchObject({ code: 'SQLITE_BUSY' });
    await expect(db.transaction().execute((inside) => take('b', inside))).rejects.toMatchObject({
      code: 'SQLITE_BUSY',
    });
  } finally {
    lock.free();
    await db.destroy();
  }
  await take('c');
  expect(await taken()).toEqual(['c']);
});

it('keeps what runs beside a transaction out of it', async () => {
  const began = Promise.withResolvers<void>();
  const rest = Promise.withResolvers<void>();
  const failing = store.db.transaction().execute(async (transaction) => {
    await take('inside', transaction);
    began.resolve();
    await rest.promise;
    throw new Error('rolled back');
  });
  await began.promise;
  const beside = [take('beside'), store.db.transaction().execute((inside) => take('another', inside))];
  rest.resolve();
  await expect(failing).rejects.toThrow('rolled back');
  await Promise.all(beside);
  expect(await taken()).toEqual(['another', 'beside']);
});

const fillDisk = async (pages: number) => {
  const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(store.db);
  const [count] = rows.flatMap((row) => Object.values(row));
  if (count === undefined) throw new Error('SQLite does not say how many pages it has');
  await sql`pragma max_page_count = ${sql.raw(String(count + pages))}`.execute(store.db);
};
const freeDisk = () => sql`pragma max_page_count = 1000000`.execute(store.db);

it('says at once that the disk is full, and goes on once it is not', async () => {
  await fillDisk(2);
  const large = 'x'.repeat(20_000);
  await expect(take(large)).rejects.toMatchObject({ code: 'SQLITE_FULL' });
  expect(await taken()).toEqual([]);
  await take('small');
  await freeDisk();
  await take(large);
  expect(await taken()).toHaveLength(2);
});

it('writes nothing of a transaction that SQLite ended by itself', async () => {
  await fillDisk(2);
  const halves = store.db.transaction().execute(async (transaction) => {
    await take('before', transaction);
    await take('x'.repeat(20_000), transaction).catch(() => undefined);
    // As SQLite does on some errors of the disk.
    await sql`rollback`.execute(transaction);
    await take('after', transaction);
  });
  await expect(halves).rejects.toMatchObject({ code: 'SQLITE_ABORT_ROLLBACK' });
  expect(await taken()).toEqual([]);
  await take('later');
  expect(await taken()).toEqual(['later']);
});

it('hands the codes of SQLite on, and says when there is nothing of that name', async () => {
  await expect(sql`select * from nowhere`.execute(store.db)).rejects.toMatchObject({
    code: 'SQLITE_ERROR',
    message: 'no such table: nowhere',
  });
});
