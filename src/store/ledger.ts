import type { Selectable, Transaction } from 'kysely';
import type { Subscription } from '../core/digests.ts';
import type { Database, Store } from './open-store.ts';
import type { DeliveryRow, Schema } from './schema.ts';
import { readRow } from './subscriptions.ts';

/** One delivery: a subscription and the time at which it was due, in milliseconds since 1970. */
export interface DeliveryKey {
  readonly subscription: string;
  readonly due: number;
}

export type Delivery = Selectable<DeliveryRow>;

/** What one looks at before a delivery is claimed. */
export type KnownDelivery = Pick<Delivery, keyof DeliveryKey | 'state' | 'topic' | 'attempts' | 'doubtful' | 'error'>;

/** A delivery that is to be carried out, and the platform that carries it. */
export interface Handover extends DeliveryKey {
  readonly platform: string;
}

/** What comes of a subscription that is due: entries for the ledger, and when it is due next. */
export interface Plan {
  readonly entries: readonly { readonly due: number; readonly state: 'pending' | 'missed' }[];
  /** A time in milliseconds since 1970, or why there is none: then the subscription is paused. */
  readonly next: number | { readonly impossible: string };
}

/** Rows in one statement; SQLite binds at most 32,766 values. */
const CHUNK = 500;

/**
 * Writes all that is due into the ledger, at most `limit` subscriptions, and moves each to its next time, in one
 * transaction. Several processes may do so at once: each takes other subscriptions. `inTransaction` gets what is to be
 * delivered before anything is committed. Resolves to how many subscriptions were due.
 */
export async function planDeliveries(
  store: Store,
  now: number,
  limit: number,
  plan: (subscription: Subscription) => Plan,
  inTransaction: (handovers: readonly Handover[], transaction: Transaction<Schema>) => Promise<void>,
): Promise<number> {
  return store.db.transaction().execute(async (transaction) => {
    const due = transaction
      .selectFrom('subscriptions')
      .selectAll()
      .where('next_due', '<=', now)
      .orderBy('next_due')
      .limit(limit);
    // SQLite has one writer at a time and no row locks.
    const rows = await (store.kind === 'postgres' ? due.forUpdate().skipLocked() : due).execute();
    const plans = rows.map((row) => ({ subscription: row.id, platform: row.platform, ...plan(readRow(row)) }));

    const entries = plans.flatMap(({ subscription, entries: list }) =>
      list.map(({ due: time, state }) => composeEntry({ subscription, due: time }, state, now)),
    );
    for (const chunk of chunks(entries)) {
      await transaction
        .insertInto('deliveries')
        .values(chunk)
        .onConflict((conflict) => conflict.columns(['subscription', 'due']).doNothing())
        .execute();
    }
    for (const [next, group] of Map.groupBy(plans, (one) => one.next)) {
      const change =
        typeof next === 'number'
          ? { next_due: next }
          : { next_due: null, state: 'paused' as const, reason: next.impossible };
      for (const chunk of chunks(group)) {
        const ids = chunk.map(({ subscription }) => subscription);
        await transaction.updateTable('subscriptions').set(change).where('id', 'in', ids).execute();
      }
    }
    const pending = plans.flatMap(({ subscription, platform, entries: list }) =>
      list.filter(({ state }) => state === 'pending').map(({ due: time }) => ({ subscription, platform, due: time })),
    );
    if (pending.length > 0) await inTransaction(pending, transaction);
    return rows.length;
  });
}

function composeEntry(key: DeliveryKey, state: 'pending' | 'missed', now: number): Delivery {
  return {
    ...key,
    state,
    topic: null,
    fingerprint: null,
    attempts: 0,
    next_attempt: key.due,
    lease_until: 0,
    sent_at: 0,
    doubtful: 0,
    message: null,
    error: null,
    updated_at: now,
  };
}

function chunks<T>(list: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(list.length / CHUNK) }, (_, index) =>
    list.slice(index * CHUNK, (index + 1) * CHUNK),
  );
}

/**
 * Deliveries on these platforms that somebody should attend to now, oldest first: not begun, to be tried again, or left by a
 * process that died.
 */
export async function openDeliveries(
  db: Database,
  platforms: readonly string[],
  now: number,
  limit: number,
): Promise<Handover[]> {
  return db
    .selectFrom('deliveries')
    .innerJoin('subscriptions', 'subscriptions.id', 'deliveries.subscription')
    .select(['subscription', 'due', 'platform'])
    .where('platform', 'in', platforms)
    .where((where) =>
      where.or([
        where.and([where('deliveries.state', '=', 'pending'), where('next_attempt', '<=', now)]),
        where.and([where('deliveries.state', '=', 'sending'), where('lease_until', '<=', now)]),
      ]),
    )
    .orderBy('due')
    .limit(limit)
    .execute();
}

/** A delivery with its subscription; undefined where it is gone. */
export async function readDelivery(
  db: Database,
  key: DeliveryKey,
): Promise<{ readonly delivery: KnownDelivery; readonly subscription: Subscription } | undefined> {
  const row = await db
    .selectFrom('subscriptions')
    .innerJoin('deliveries', 'deliveries.subscription', 'subscriptions.id')
    .selectAll('subscriptions')
    .select(['subscription', 'due', 'topic', 'attempts', 'doubtful', 'error', 'deliveries.state as delivery_state'])
    .where('subscription', '=', key.subscription)
    .where('due', '=', key.due)
    .executeTakeFirst();
  if (!row) return undefined;
  const { subscription, due, topic, attempts, doubtful, error, delivery_state: state } = row;
  return { delivery: { subscription, due, topic, attempts, doubtful, error, state }, subscription: readRow(row) };
}

/**
 * Takes a delivery for as long as the lease: only one process gets it, and nobody where its subscription is paused. It is doubtful where somebody had it before and
 * never said what came of it. Undefined where it is not to be had.
 */
export async function claimDelivery(
  db: Database,
  key: DeliveryKey,
  chosen: { readonly topic: string; readonly fingerprint: string },
  now: number,
  leaseMs: number,
): Promise<Delivery | undefined> {
  return db
    .updateTable('deliveries')
    .set((expression) => ({
      ...chosen,
      state: 'sending' as const,
      attempts: expression('attempts', '+', 1),
      lease_until: now + leaseMs,
      sent_at: expression
        .case()
        .when(expression.or([expression('state', '=', 'sending'), expression('doubtful', '=', 1)]))
        .then(expression.ref('sent_at'))
        .else(now)
        .end(),
      doubtful: expression.case().when('state', '=', 'sending').then(1).else(expression.ref('doubtful')).end(),
      updated_at: now,
    }))
    .where('subscription', '=', key.subscription)
    .where('due', '=', key.due)
    .where((where) =>
      where.or([
        where.and([where('state', '=', 'pending'), where('next_attempt', '<=', now)]),
        where.and([where('state', '=', 'sending'), where('lease_until', '<=', now)]),
      ]),
    )
    .where('subscription', 'in', (query) =>
      query.selectFrom('subscriptions').select('id').where('id', '=', key.subscription).where('state', '=', 'active'),
    )
    .returningAll()
    .executeTakeFirst();
}

/** Notes that a doubtful delivery is sent again, now that no earlier attempt is found to have posted it. */
export async function noteSending(db: Database, key: DeliveryKey, now: number): Promise<void> {
  await db
    .updateTable('deliveries')
    .set({ sent_at: now })
    .where('subscription', '=', key.subscription)
    .where('due', '=', key.due)
    .execute();
}

/**
 * Records a topic as shown, and that its delivery arrived, whoever holds it by now: what arrived has arrived. In this order
 * two statements do: a process that dies between them leaves a delivery that still names its topic.
 */
export async function recordDelivered(
  db: Database,
  { subscription, due, topic, fingerprint }: Delivery,
  message: string,
  now: number,
): Promise<void> {
  const known = await db.selectFrom('subscriptions').select('id').where('id', '=', subscription).executeTakeFirst();
  // Somebody may have unsubscribed meanwhile, and then there is nothing to record.
  if (!known) return;
  if (topic !== null && fingerprint !== null) {
    await db
      .insertInto('rotation')
      .values({ subscription, topic, fingerprint, shown_at: due })
      .onConflict((conflict) => conflict.columns(['subscription', 'topic']).doUpdateSet({ fingerprint, shown_at: due }))
      .execute();
  }
  await settle(db, { subscription, due }, { state: 'delivered', message, error: null, doubtful: 0 }, now).execute();
}

/** A delivery as one holds it: whoever claims it later counts an attempt more, and then this one has no say any more. */
export type Held = Pick<Delivery, keyof DeliveryKey | 'attempts'>;

/** Puts a delivery that one holds off until `nextAttempt`. */
export async function postponeDelivery(
  db: Database,
  held: Held,
  { nextAttempt, doubtful, error }: { nextAttempt: number; doubtful: boolean; error: string },
  now: number,
): Promise<void> {
  const parts = { state: 'pending' as const, next_attempt: nextAttempt, doubtful: Number(doubtful), error };
  await settle(db, held, parts, now).where('attempts', '=', held.attempts).execute();
}

/** Records that a delivery that one holds will not arrive. */
export async function giveUpDelivery(
  db: Database,
  held: Held,
  state: 'failed' | 'missed',
  error: string,
  now: number,
): Promise<void> {
  await settle(db, held, { state, error }, now).where('attempts', '=', held.attempts).execute();
}

/** Changes a delivery that nobody holds: closes it, or puts it off. Nothing happens where somebody does. */
export async function settleUnclaimed(
  db: Database,
  key: DeliveryKey,
  parts: Pick<Delivery, 'state' | 'error'> | Pick<Delivery, 'next_attempt'>,
  now: number,
): Promise<void> {
  await settle(db, key, parts, now)
    .where((where) => where.or([where('state', '=', 'pending'), where('lease_until', '<=', now)]))
    .execute();
}

function settle(db: Database, key: DeliveryKey, parts: Partial<Delivery>, now: number) {
  return db
    .updateTable('deliveries')
    .set({ ...parts, lease_until: 0, updated_at: now })
    .where('subscription', '=', key.subscription)
    .where('due', '=', key.due)
    .where('state', 'in', ['pending', 'sending']);
}

/** What a subscription has had so far, by topic. */
export async function readRotation(db: Database, subscription: string) {
  return db.selectFrom('rotation').selectAll().where('subscription', '=', subscription).execute();
}

/** How many deliveries due since then are in each state. */
export async function countDeliveries(db: Database, since = 0): Promise<Record<string, number>> {
  const rows = await db
    .selectFrom('deliveries')
    .select((select) => ['state', select.fn.countAll<number>().as('count')])
    .where('due', '>=', since)
    .groupBy('state')
    .execute();
  return Object.fromEntries(rows.map(({ state, count }) => [state, Number(count)]));
}

/** Forgets deliveries that were due before then and are over. Resolves to how many. */
export async function forgetDeliveries(db: Database, before: number): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('deliveries')
    .where('due', '<', before)
    .where('state', 'not in', ['pending', 'sending'])
    .executeTakeFirst();
  return Number(numDeletedRows);
}

/** The latest deliveries of a subscription, newest first. */
export async function latestDeliveries(db: Database, subscription: string, limit: number): Promise<Delivery[]> {
  return db
    .selectFrom('deliveries')
    .selectAll()
    .where('subscription', '=', subscription)
    .orderBy('due', 'desc')
    .limit(limit)
    .execute();
}
