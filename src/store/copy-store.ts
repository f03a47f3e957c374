import { UserError } from '../core/errors.ts';
import type { Store } from './open-store.ts';
import type { Schema } from './schema.ts';
import { TABLE_NAMES, TABLES } from './tables.ts';

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
  for (const table of TABLE_NAMES) total += await count(store, table);
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
 * again; a delivery that is over there stays as it is. `onProgress` hears how many rows more were copied. Throws UserError
 * if the target has subscriptions that the source doesn't have, or lacks rows afterwards.
 */
export async function copyStore(from: Store, to: Store, onProgress: (rows: number) => void): Promise<TableCount[]> {
  await expectNoOthers(from, to);
  const counts: TableCount[] = [];
  for (const table of TABLE_NAMES) {
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
            .onConflict((conflict) => {
              const update = conflict.columns(key).doUpdateSet(row as never);
              return table === 'deliveries' ? update.where('deliveries.state', 'in', ['pending', 'sending']) : update;
            })
            .execute();
        }
      });
      onProgress(rows.length);
    }
    const target = await count(to, table);
    if (target < source)
      throw new UserError(
        `${table}: ${source} rows in the source, ${target} in the target. Stop the bot, then run this again.`,
      );
    counts.push({ table, source, target });
  }
  return counts;
}

/** A target in which people have subscribed or unsubscribed on their own is no copy of the source any more. */
async function expectNoOthers(from: Store, to: Store): Promise<void> {
  const idsOf = async ({ db }: Store) =>
    (await db.selectFrom('subscriptions').select('id').execute()).map(({ id }) => id);
  const known = new Set(await idsOf(from));
  const others = (await idsOf(to)).filter((id) => !known.has(id));
  if (others.length > 0) {
    throw new UserError(
      `The target has ${others.length} digests that the source doesn't have, such as ${others[0]}. Choose an empty database, or end them there first.`,
    );
  }
}
