import { sql } from 'kysely';
import { within } from '../core/wait.ts';
import type { Store } from './open-store.ts';
import { TABLE_NAMES } from './tables.ts';

/** How long a check waits for the database, in milliseconds. */
const CHECK_MS = 1000;

/**
 * - readable: every table can be read
 * - unreadable: the database answers, but a table is missing or damaged
 * - unreachable: it does not answer in time
 */
export type StoreState = 'readable' | 'unreadable' | 'unreachable';

/** Whether digests can be kept and found. Reads a row of each table; never rejects. */
export async function checkStore({ db }: Pick<Store, 'db'>): Promise<StoreState> {
  const rows = TABLE_NAMES.map((name) => sql`exists (select * from ${sql.table(name)})`);
  const answers = async (query: ReturnType<typeof sql>): Promise<boolean> => {
    try {
      return (await within(query.execute(db), CHECK_MS)) !== undefined;
    } catch {
      return false;
    }
  };
  if (await answers(sql`select ${sql.join(rows)}`)) return 'readable';
  return (await answers(sql`select 1`)) ? 'unreadable' : 'unreachable';
}
