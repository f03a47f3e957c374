import type { Pace } from '../core/sender.ts';
import type { Database } from './open-store.ts';

/** How many moments of a pace are wanted. */
export interface PaceWish extends Pace {
  readonly count: number;
}

/** Moments that may be used, or until when there are none; milliseconds since 1970. */
export type Reserved = { readonly moments: readonly number[] } | { readonly heldUntil: number };

/**
 * Reserves moments, each key's at least its interval apart over all processes that share the database. A key that is held
 * back for longer than `patienceMs` gives none: waiting would keep others from being sent. Each key may be named once.
 */
export async function reserveMoments(
  db: Database,
  wishes: readonly PaceWish[],
  now: number,
  patienceMs: number,
): Promise<ReadonlyMap<string, Reserved>> {
  if (wishes.length === 0) return new Map();
  // Two processes that lock the same keys do so in the same order.
  const sorted = wishes.toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const rows = await db
    .insertInto('pace')
    .values(sorted.map(({ key, intervalMs, count }) => ({ key, nextAt: now + count * intervalMs })))
    .onConflict((conflict) =>
      conflict
        .column('key')
        .doUpdateSet((column) => ({
          nextAt: column
            .case()
            .when('pace.nextAt', '>', now)
            .then(column('pace.nextAt', '+', column('excluded.nextAt', '-', now)))
            .else(column.ref('excluded.nextAt'))
            .end(),
        }))
        .where('pace.nextAt', '<=', now + patienceMs),
    )
    .returningAll()
    .execute();
  const granted = new Map(rows.map(({ key, nextAt }) => [key, nextAt]));
  const held = sorted.filter(({ key }) => !granted.has(key)).map(({ key }) => key);
  const free = await readPaces(db, held);
  const reserve = ({ key, intervalMs, count }: PaceWish): Reserved => {
    const end = granted.get(key);
    if (end === undefined) return { heldUntil: Math.ceil(free.get(key) ?? now) };
    return { moments: Array.from({ length: count }, (_, index) => end - (count - index) * intervalMs) };
  };
  return new Map(sorted.map((wish) => [wish.key, reserve(wish)]));
}

/** When these keys may next be used, in milliseconds since 1970; those that nothing holds back are left out. */
export async function readPaces(db: Database, keys: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (keys.length === 0) return new Map();
  const rows = await db.selectFrom('pace').selectAll().where('key', 'in', keys).execute();
  return new Map(rows.map(({ key, nextAt }) => [key, nextAt]));
}

/** Keeps a key from being used before `until`, because the platform said so. */
export async function holdBack(db: Database, key: string, until: number): Promise<void> {
  await db
    .insertInto('pace')
    .values({ key, nextAt: until })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ nextAt: until }).where('pace.nextAt', '<', until))
    .execute();
}

/** Forgets keys that may be used again before, or only from, a time in milliseconds since 1970. */
export async function forgetPaces(db: Database, time: { readonly before: number } | { readonly from: number }) {
  const paces = db.deleteFrom('pace');
  await ('before' in time ? paces.where('nextAt', '<', time.before) : paces.where('nextAt', '>=', time.from)).execute();
}
