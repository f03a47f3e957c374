import type { Subscription } from '../core/digests.ts';
import type { Handover } from './ledger.ts';
import type { Database, Store } from './open-store.ts';
import type { DeliveryRow } from './schema.ts';
import { readRow } from './subscriptions.ts';
import { chunks, valuesOf } from './values.ts';

/** What comes of a subscription that is due: entries for the ledger, and when it is due next. */
export interface Plan {
  readonly entries: readonly { readonly due: number; readonly state: 'pending' | 'missed' }[];
  /** A time in milliseconds since 1970, or why there is none: then the subscription is paused. */
  readonly next: number | { readonly impossible: string };
}

/** A subscription as it was when its plan was made. */
export interface Planned extends Plan {
  readonly subscription: Subscription;
}

/** What is in the ledger now. */
export interface PlansSaved {
  /** How many plans were saved; another process, or a person, was quicker with the others. */
  readonly count: number;
  readonly handovers: readonly Handover[];
}

/** Subscriptions that are due, at most `limit`, those that have waited longest first. */
export async function readDue(db: Database, now: number, limit: number): Promise<Subscription[]> {
  const rows = await db
    .selectFrom('subscriptions')
    .selectAll()
    .where('nextDue', '<=', now)
    .orderBy('nextDue')
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(readRow);
}

/**
 * Writes plans into the ledger and moves their subscriptions to their next times, in one transaction. A plan of a
 * subscription that has moved since it was read counts for nothing, so several processes may plan the same ones at once.
 */
export async function savePlans({ kind, db }: Store, plans: readonly Planned[], now: number): Promise<PlansSaved> {
  if (plans.length === 0) return { count: 0, handovers: [] };
  return db.transaction().execute(async (transaction) => {
    const ids = plans.map(({ subscription }) => subscription.id);
    const unmoved = transaction
      .selectFrom('subscriptions')
      .select(['id', 'nextDue'])
      .where('id', 'in', ids)
      .orderBy('id');
    // SQLite has one writer at a time and no row locks.
    const rows = await (kind === 'postgres' ? unmoved.forUpdate().skipLocked() : unmoved).execute();
    const dueNow = new Map(rows.map(({ id, nextDue }) => [id, nextDue]));
    const valid = plans.filter(({ subscription: { id, nextDue = null } }) => dueNow.get(id) === nextDue);

    const entries = valid.flatMap(({ subscription, entries: list }) =>
      list.map(({ due, state }) => composeEntry(subscription.id, due, state, now)),
    );
    for (const chunk of chunks(entries)) {
      await transaction
        .insertInto('deliveries')
        .values(chunk)
        .onConflict((conflict) => conflict.columns(['subscription', 'due']).doNothing())
        .execute();
    }
    const moves = valid.flatMap(({ subscription: { id }, next }) => (typeof next === 'number' ? [[id, next]] : []));
    for (const chunk of chunks(moves)) {
      await transaction
        .with('given(id, next)', () => valuesOf<{ id: string; next: number }>(['text', 'bigint'], chunk))
        .updateTable('subscriptions')
        .from('given')
        .set((column) => ({ nextDue: column.ref('given.next') }))
        .whereRef('subscriptions.id', '=', 'given.id')
        .execute();
    }
    for (const { subscription, next } of valid) {
      if (typeof next === 'number') continue;
      const change = { nextDue: null, state: 'paused' as const, reason: next.impossible };
      await transaction.updateTable('subscriptions').set(change).where('id', '=', subscription.id).execute();
    }
    const handovers = valid.flatMap(({ subscription: { id, platform }, entries: list }) =>
      list.filter(({ state }) => state === 'pending').map(({ due }) => ({ subscription: id, platform, due })),
    );
    return { count: valid.length, handovers };
  });
}

function composeEntry(subscription: string, due: number, state: 'pending' | 'missed', now: number): DeliveryRow {
  return {
    subscription,
    due,
    state,
    topic: null,
    fingerprint: null,
    attempts: 0,
    nextAttempt: due,
    leaseUntil: 0,
    sentAt: 0,
    doubtful: 0,
    message: null,
    error: null,
    updatedAt: now,
  };
}
