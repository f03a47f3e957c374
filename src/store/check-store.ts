import { sql } from 'kysely';
import { within } from '../time/wait.ts';
import type { Store } from './open-store.ts';
import { TABLE_NAMES } from './tables.ts';

/** How long each of two looks at the database may take, in milliseconds. */
const LOOK_MS = 1000;

/**
 * - readable: every table can be read
 * - unreadable: the database answers, but a table is missing or damaged
 * - unreachable: it does not answer in time
 */
export type StoreState = 'readable' | 'unreadable' | 'unreachable';

/** Whether digests can be kept and found. Reads a row of each table; never rejects. */
export async function checkStore({ db }: Pick<Store, 'db'>): Promise<StoreState> {
  const rows = TABLE_NAMES.map((name) => sql`exists (select * from ${sql.table(name)})`);
  try {
    return (await within(sql`select ${sql.join(rows)}`.execute(db), LOOK_MS)) ? 'readable' : 'unreachable';
  } catch {
    const answer = await within(
      sql`select 1`.execute(db).catch(() => undefined),
      LOOK_MS,
    );
    return answer ? 'unreadable' : 'unreachable';
  }
}
