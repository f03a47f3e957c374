import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Kysely, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrations } from '../../src/store/migrations.ts';
import { openStore, StoreUnavailable } from '../../src/store/open-store.ts';
import { createDatabase } from '../support/shared-postgres.ts';

const NAMES = Object.keys(migrations);

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'briefing-versions-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

/** What an older program left: the changes up to one of them, and those after it undone by beginning anew. */
async function migrateTo(url: string, last: string): Promise<void> {
  const store = await openStore(url);
  await emptyDatabase(store.db as unknown as Kysely<unknown>, store.kind);
  const older = Object.fromEntries(Object.entries(migrations).filter(([name]) => name <= last));
  const migrator = new Migrator({ db: store.db, provider: { getMigrations: async () => older } });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
  await sql`insert into seen (id, seen_at) values ('slack:kept', 7)`.execute(store.db);
  await store.close();
}

async function emptyDatabase(db: Kysely<unknown>, kind: 'sqlite' | 'postgres'): Promise<void> {
  if (kind === 'postgres') {
    await sql`drop schema public cascade`.execute(db);
    await sql`create schema public`.execute(db);
    return;
  }
  await sql`pragma foreign_keys = off`.execute(db);
  const { rows } = await sql<{ name: string }>`select name from sqlite_master where type = 'table'`.execute(db);
  for (const { name } of rows) await sql`drop table ${sql.table(name)}`.execute(db);
}

describe.each(['sqlite', 'postgres'] as const)('a database on %s', (kind) => {
  const create = async () => (kind === 'sqlite' ? `sqlite:${join(directory, 'briefing.db')}` : await createDatabase());

  it.each(NAMES)('as an older version left it with %s is brought forward, and keeps what it holds', async (last) => {
    const url = await create();
    await migrateTo(url, last);
    const store = await openStore(url);
    const read = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(store.db);
    expect(read.rows.map(({ name }) => name)).toEqual(NAMES.toSorted());
    expect(await store.db.selectFrom('seen').selectAll().execute()).toEqual([{ id: 'slack:kept', seenAt: 7 }]);
    await store.close();
  });

  it('of a newer version is refused with both their newest changes and what to do, and stays as it is', async () => {
    const url = await create();
    const store = await openStore(url);
    await sql`insert into kysely_migration (name, timestamp) values ('2999-01-01-later', '2999')`.execute(store.db);
    await store.close();
    for (let attempt = 0; attempt < 2; attempt += 1) {
      const refused = await openStore(url).catch((error: unknown) => error);
      if (!(refused instanceof StoreUnavailable)) throw new Error('the database was opened');
      expect(refused.what).toBe(
        `The database was made by a newer version of the bot: it has the change 2999-01-01-later, and this version knows those up to ${NAMES.at(-1)}`,
      );
      expect(refused.remedy).toMatch(/^Update this one, or restore the backup .*docs\/upgrade\.md/);
    }
  });
});
