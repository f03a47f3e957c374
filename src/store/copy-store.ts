import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import { UserError } from '../core/errors.ts';
import type { Store } from './open-store.ts';
import type { Schema } from './schema.ts';

/** Every table with its key; those that others refer to come first. */
const TABLES: { readonly [Table in keyof Schema]: readonly (keyof Schema[Table] & string)[] } = {
  subscriptions: ['id'],
  rotation: ['subscription', 'topic'],
  deliveries: ['subscription', 'due'],
  pace: ['key'],
  installations: ['id'],
  seen: ['id'],
  choices: ['platform', 'team'],
};
const NAMES = Object.keys(TABLES) as (keyof Schema)[];
/** Rows in one statement. */
const BATCH = 500;

/** How many rows of a table the source has, and how many the target has after the copy. */
export interface TableCount {
  readonly table: string;
  readonly source: number;
  readonly target: number;
}

/** How many rows a store has in all. */
export async function countRows(store: Store): Promise<number> {
  let total = 0;
  for (const table of NAMES) total += await count(store, table);
  return total;
}

async function count({ db }: Store, table: keyof Schema): Promise<number> {
  const row = await db
    .selectFrom(table)
    .select((select) => select.fn.countAll<number>().as('rows'))
    .executeTakeFirstOrThrow();
  return Number(row.rows);
}

/**
 * Copies every row of one database into another; rows that are there already become those of the source, so it can run
 * again. `onProgress` hears how many rows more were copied. Throws UserError where the target lacks rows afterwards.
 */
export async function copyStore(from: Store, to: Store, onProgress: (rows: number) => void): Promise<TableCount[]> {
  const counts: TableCount[] = [];
  for (const table of NAMES) {
    const key = TABLES[table] as readonly never[];
    const source = await count(from, table);
    for (let offset = 0; offset < source; offset += BATCH) {
      const page = key.reduce((query, column) => query.orderBy(column), from.db.selectFrom(table).selectAll());
      const rows = await page.limit(BATCH).offset(offset).execute();
      await to.db.transaction().execute(async (transaction) => {
        for (const row of rows) {
          await transaction
            .insertInto(table)
            .values(row as never)
            .onConflict((conflict) => conflict.columns(key).doUpdateSet(row as never))
            .execute();
        }
      });
      onProgress(rows.length);
    }
    const target = await count(to, table);
    if (target < source)
      throw new UserError(`${table}: ${source} rows there, ${target} here. Stop the bot and run it again.`);
    counts.push({ table, source, target });
  }
  return counts;
}

/**
 * Copies a SQLite database to a new file while a bot uses it. `onProgress` hears how many pages are done, of how many.
 * Throws UserError where there is none or the file exists.
 */
export async function backupSqlite(
  path: string,
  file: string,
  onProgress: (done: number, total: number) => void,
): Promise<void> {
  if (!existsSync(path)) throw new UserError(`There is no database at ${path} yet.`);
  if (existsSync(file)) throw new UserError(`${file} exists; choose another name.`);
  if (!existsSync(dirname(file))) throw new UserError(`There is no folder ${dirname(file)}; make it first.`);
  const database = new Sqlite(path, { readonly: true });
  try {
    await database.backup(file, {
      progress({ totalPages, remainingPages }) {
        onProgress(totalPages - remainingPages, totalPages);
        return 1000;
      },
    });
  } finally {
    database.close();
  }
}
