import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kysely, SqliteAdapter, SqliteQueryCompiler } from 'kysely';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { checkStore } from '../../src/store/check-store.ts';
import { openStore, type Store } from '../../src/store/open-store.ts';
import type { Schema } from '../../src/store/schema.ts';
import { TABLE_NAMES } from '../../src/store/tables.ts';

let directory: string;
let store: Store;
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'briefing-check-'));
  store = await openStore(`sqlite:${join(directory, 'briefing.db')}`);
});
afterEach(async () => {
  await store.close();
  rmSync(directory, { recursive: true });
});

it('a database with all its tables is readable', async () => {
  expect(await checkStore(store)).toBe('readable');
});

it.each(TABLE_NAMES)('a database without the table %s is not', async (table) => {
  // Others that refer to it go first.
  for (const name of TABLE_NAMES.toReversed()) {
    if (name === table || table === 'subscriptions') await store.db.schema.dropTable(name).execute();
  }
  expect(await checkStore(store)).toBe('unreadable');
});

it('a database whose file is garbled is not', async () => {
  await store.close();
  const file = join(directory, 'briefing.db');
  const bytes = readFileSync(file);
  // The first page, with the list of tables, stays whole.
  writeFileSync(file, Buffer.concat([bytes.subarray(0, 4096), Buffer.alloc(bytes.length - 4096, 0xff)]));
  store = await openStore(`sqlite:${file}`).catch(() => store);
  expect(await checkStore(store)).not.toBe('readable');
});

it('a database that never answers is unreachable, and nobody waits for it', async () => {
  const silent = new Kysely<Schema>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createIntrospector: () => {
        throw new Error('not asked for');
      },
      createQueryCompiler: () => new SqliteQueryCompiler(),
      createDriver: () => ({
        init: async () => undefined,
        acquireConnection: () => new Promise(() => {}),
        beginTransaction: async () => undefined,
        commitTransaction: async () => undefined,
        rollbackTransaction: async () => undefined,
        releaseConnection: async () => undefined,
        destroy: async () => undefined,
      }),
    },
  });
  expect(await checkStore({ db: silent })).toBe('unreachable');
});
