import type { Schedule } from '../core/digests.ts';
import { LONGEST_PAUSE_MS } from '../core/sender.ts';
import type { Database } from './open-store.ts';
import { forgetPaces } from './pace.ts';
import { readRow } from './subscriptions.ts';

/** Subscriptions that are read at once. */
const BATCH = 1000;
/** How far the clocks of two processes may be apart, in milliseconds. */
const SKEW_MS = 60_000;

export interface Correction {
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly next: (schedule: Schedule, after: number) => number;
  /** How late a digest may still be delivered, in milliseconds. */
  readonly catchUpMs: number;
  /** How long one process holds a delivery, in milliseconds. */
  readonly leaseMs: number;
  /** The clock was just set back, so that no pause that ends later was meant. */
  readonly wasSetBack: boolean;
}

/**
 * Brings times that lie too far ahead back: a clock was ahead for a while, or the rules of a zone have changed. Subscriptions
 * get the time that their schedules say. What was recorded for times to come is forgotten, unless it arrived or may have; what
 * counts as missed only by the clock that was ahead is open again. Resolves to how many subscriptions and deliveries changed.
 */
export async function correctTimes(db: Database, correction: Correction): Promise<number> {
  const { now, wasSetBack } = correction;
  // Moments that were reserved by the clock as it was are far away by now.
  await forgetPaces(db, { from: wasSetBack ? 0 : now + SKEW_MS + LONGEST_PAUSE_MS });
  return (await correctDeliveries(db, correction)) + (await correctSubscriptions(db, correction));
}

async function correctDeliveries(db: Database, { now, catchUpMs, leaseMs, wasSetBack }: Correction): Promise<number> {
  const ahead = now + SKEW_MS;
  const { numDeletedRows } = await db
    .deleteFrom('deliveries')
    .where('due', '>', ahead)
    .where('state', 'in', ['pending', 'missed', 'failed'])
    .where('doubtful', '=', 0)
    .executeTakeFirst();
  const { numUpdatedRows } = await db
    .updateTable('deliveries')
    .set({ state: 'pending', nextAttempt: now, error: null, updatedAt: now })
    .where('updatedAt', '>', ahead)
    .where('due', '<=', ahead)
    .where('due', '>', now - catchUpMs)
    .where('state', 'in', ['missed', 'failed'])
    .executeTakeFirst();
  await db
    .updateTable('deliveries')
    .set({ nextAttempt: now })
    .where('state', '=', 'pending')
    .where('nextAttempt', '>', wasSetBack ? now : ahead + LONGEST_PAUSE_MS)
    .execute();
  await db
    .updateTable('deliveries')
    .set({ leaseUntil: now + leaseMs })
    .where('state', '=', 'sending')
    .where('leaseUntil', '>', ahead + leaseMs)
    .execute();
  await db
    .updateTable('deliveries')
    .set({ sentAt: now })
    .where('state', 'in', ['pending', 'sending'])
    .where('sentAt', '>', ahead)
    .execute();
  return Number(numDeletedRows + numUpdatedRows);
}

async function correctSubscriptions(db: Database, { now, next }: Correction): Promise<number> {
  let corrected = 0;
  for (let last = ''; ; ) {
    const rows = await db
      .selectFrom('subscriptions')
      .selectAll()
      .where('id', '>', last)
      .where('nextDue', '>', now)
      .orderBy('id')
      .limit(BATCH)
      .execute();
    for (const row of rows) {
      const due = nextOf(readRow(row), now, next);
      if (due === undefined || due >= (row.nextDue ?? 0)) continue;
      const changed = db.updateTable('subscriptions').set({ nextDue: due });
      await changed.where('id', '=', row.id).where('nextDue', '=', row.nextDue).execute();
      corrected += 1;
    }
    last = rows.at(-1)?.id ?? '';
    if (rows.length < BATCH) return corrected;
  }
}

/** Undefined if the schedule cannot be read here; planning tells of it. */
function nextOf(schedule: Schedule, now: number, next: Correction['next']): number | undefined {
  try {
    return next(schedule, now);
  } catch {
    return undefined;
  }
}
