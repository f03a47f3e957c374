import type { Pace } from '../core/sender.ts';
import type { Database } from './open-store.ts';

/**
 * Reserves the next moment at which this key may be used, and gives it in milliseconds since 1970. Moments of one key are
 * at least its interval apart, over all processes that share the database.
 */
export async function reserveMoment(db: Database, { key, intervalMs }: Pace, now: number): Promise<number> {
  const { next_at } = await db
    .insertInto('pace')
    .values({ key, next_at: now + intervalMs })
    .onConflict((conflict) =>
      conflict.column('key').doUpdateSet((update) => ({
        next_at: update
          .case()
          .when('pace.next_at', '>', now)
          .then(update('pace.next_at', '+', intervalMs))
          .else(now + intervalMs)
          .end(),
      })),
    )
    .returning('next_at')
    .executeTakeFirstOrThrow();
  return next_at - intervalMs;
}

/** When a key may next be used, in milliseconds since 1970; undefined where nothing holds it back. */
export async function readPace(db: Database, key: string): Promise<number | undefined> {
  const row = await db.selectFrom('pace').select('next_at').where('key', '=', key).executeTakeFirst();
  return row?.next_at;
}

/** Keeps a key from being used before `until`, because the platform said so. */
export async function holdBack(db: Database, key: string, until: number): Promise<void> {
  await db
    .insertInto('pace')
    .values({ key, next_at: until })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ next_at: until }).where('pace.next_at', '<', until))
    .execute();
}

/** Forgets keys that hold nobody back any more. */
export async function forgetPaces(db: Database, now: number): Promise<void> {
  await db.deleteFrom('pace').where('next_at', '<', now).execute();
}
