import type { Selectable } from 'kysely';
import type { Subscription } from '../core/digests.ts';
import type { Database, Store } from './open-store.ts';
import type { DeliveryRow, DeliveryState, Schema } from './schema.ts';
import { readRow } from './subscriptions.ts';
import { chunks, valuesOf } from './values.ts';

/** All columns of a delivery: SQLite returns none by a wildcard from an update that joins. */
const COLUMNS = [
  'deliveries.subscription',
  'deliveries.due',
  'deliveries.state',
  'deliveries.topic',
  'deliveries.fingerprint',
  'deliveries.attempts',
  'deliveries.nextAttempt',
  'deliveries.leaseUntil',
  'deliveries.sentAt',
  'deliveries.soughtFrom',
  'deliveries.doubtful',
  'deliveries.message',
  'deliveries.error',
  'deliveries.updatedAt',
] as const;

/** One delivery: a subscription and the time at which it was due, in milliseconds since 1970. */
export interface DeliveryKey {
  readonly subscription: string;
  readonly due: number;
}

/** A delivery that is to be carried out, and the platform that carries it. */
export interface Handover extends DeliveryKey {
  readonly platform: string;
}

/** A delivery as the ledger has it. */
export type Delivery = Readonly<Omit<Selectable<DeliveryRow>, 'doubtful'>> & {
  /** An attempt may have posted it without anybody knowing: look before sending again. */
  readonly doubtful: boolean;
};

/** All that one needs to know before a delivery is claimed. */
export interface OpenDelivery {
  readonly delivery: Delivery;
  readonly subscription: Subscription;
  /** What the subscription has had so far. */
  readonly shown: readonly Shown[];
}

/** A topic that a subscription has had, which of its claims, and when last. */
export interface Shown {
  readonly topic: string;
  readonly fingerprint: string;
  readonly shownAt: number;
}

/** A delivery that one wants, and the topic that it will bring. */
export interface DeliveryClaim extends DeliveryKey {
  readonly topic: string;
  readonly fingerprint: string;
}

/** What becomes of a delivery. */
export interface Settlement extends DeliveryKey {
  /** As it was read or claimed: whoever claims it later counts one more, and then this settlement counts for nothing. */
  readonly attempts: number;
  readonly state: Exclude<DeliveryState, 'sending'>;
  readonly topic: string | null;
  readonly fingerprint: string | null;
  /** Not before this time, in milliseconds since 1970. */
  readonly nextAttempt: number;
  readonly doubtful: boolean;
  readonly message: string | null;
  readonly error: string | null;
}

/**
 * Deliveries on these platforms that somebody should attend to now, oldest first: not begun, to be tried again, or left by a
 * process that died. Of those that were never tried, only what was planned before `plannedBefore`.
 */
export async function openDeliveries(
  db: Database,
  platforms: readonly string[],
  now: number,
  limit: number,
  plannedBefore = now,
): Promise<Handover[]> {
  return db
    .selectFrom('deliveries')
    .innerJoin('subscriptions', 'subscriptions.id', 'deliveries.subscription')
    .select(['subscription', 'due', 'platform'])
    .where('platform', 'in', platforms)
    .where((where) =>
      where.or([
        where.and([where('deliveries.state', '=', 'pending'), where('nextAttempt', '<=', now)]),
        where.and([where('deliveries.state', '=', 'sending'), where('leaseUntil', '<=', now)]),
      ]),
    )
    .where((where) => where.or([where('attempts', '>', 0), where('updatedAt', '<=', plannedBefore)]))
    .orderBy('due')
    .limit(limit)
    .execute();
}

/** These deliveries with all that belongs to them, in no order; those that are gone are left out. */
export async function readDeliveries(db: Database, keys: readonly DeliveryKey[]): Promise<OpenDelivery[]> {
  if (keys.length === 0) return [];
  const [rows, history] = await Promise.all([
    db
      .with('given(subscription, due)', () => keysOf(keys))
      .selectFrom('given')
      .innerJoin('deliveries', (join) =>
        join.onRef('deliveries.subscription', '=', 'given.subscription').onRef('deliveries.due', '=', 'given.due'),
      )
      .innerJoin('subscriptions', 'subscriptions.id', 'deliveries.subscription')
      .select([
        ...COLUMNS,
        'id',
        'platform',
        'team',
        'channel',
        'owner',
        'direct',
        'time',
        'zone',
        'days',
        'topics',
        'subscriptions.state as subscriptionState',
        'reason',
        'nextDue',
        'fixed',
        'createdAt',
      ])
      .execute(),
    db
      .selectFrom('rotation')
      .selectAll()
      .where('subscription', 'in', [...new Set(keys.map(({ subscription }) => subscription))])
      .execute(),
  ]);
  const shown = Map.groupBy(history, ({ subscription }) => subscription);
  return rows.map((row) => ({
    delivery: readDelivery(row),
    subscription: readRow({ ...row, state: row.subscriptionState }),
    shown: shown.get(row.subscription) ?? [],
  }));
}

function readDelivery(row: Selectable<DeliveryRow>): Delivery {
  const { subscription, due, state, topic, fingerprint, attempts, nextAttempt } = row;
  const { leaseUntil, sentAt, soughtFrom, doubtful, message, error, updatedAt } = row;
  return {
    subscription,
    due,
    state,
    topic,
    fingerprint,
    attempts,
    nextAttempt,
    leaseUntil,
    sentAt,
    soughtFrom,
    doubtful: doubtful === 1,
    message,
    error,
    updatedAt,
  };
}

function keysOf(keys: readonly DeliveryKey[]) {
  const rows = keys.toSorted(byKey).map(({ subscription, due }) => [subscription, due]);
  return valuesOf<{ subscription: string; due: number }>(['text', 'bigint'], rows);
}

/** Two processes that lock the same rows do so in the same order. */
function byKey(a: DeliveryKey, b: DeliveryKey): number {
  return a.subscription < b.subscription ? -1 : a.subscription > b.subscription ? 1 : a.due - b.due;
}

/**
 * Takes deliveries for as long as the lease: only one process gets each, and nobody if its subscription is paused. One that
 * somebody had before and never said what came of it is doubtful. Resolves to those that were to be had.
 */
export async function claimDeliveries(
  db: Database,
  claims: readonly DeliveryClaim[],
  now: number,
  leaseMs: number,
): Promise<Delivery[]> {
  if (claims.length === 0) return [];
  const rows = claims
    .toSorted(byKey)
    .map(({ subscription, due, topic, fingerprint }) => [subscription, due, topic, fingerprint]);
  const claimed = await db
    .with('given(subscription, due, topic, fingerprint)', () =>
      valuesOf<{ subscription: string; due: number; topic: string; fingerprint: string }>(
        ['text', 'bigint', 'text', 'text'],
        rows,
      ),
    )
    .updateTable('deliveries')
    .from('given')
    .set((column) => {
      const isInDoubt = column.or([column('state', '=', 'sending'), column('doubtful', '=', 1)]);
      return {
        topic: column.ref('given.topic'),
        fingerprint: column.ref('given.fingerprint'),
        state: 'sending' as const,
        attempts: column('attempts', '+', 1),
        leaseUntil: now + leaseMs,
        sentAt: column.case().when(isInDoubt).then(column.ref('sentAt')).else(now).end(),
        doubtful: column.case().when(isInDoubt).then(1).else(0).end(),
        updatedAt: now,
      };
    })
    .whereRef('deliveries.subscription', '=', 'given.subscription')
    .whereRef('deliveries.due', '=', 'given.due')
    .where((where) =>
      where.or([
        where.and([where('state', '=', 'pending'), where('nextAttempt', '<=', now)]),
        where.and([where('state', '=', 'sending'), where('leaseUntil', '<=', now)]),
      ]),
    )
    .where((where) =>
      where.exists(
        where
          .selectFrom('subscriptions')
          .select('id')
          .whereRef('id', '=', 'deliveries.subscription')
          .where('subscriptions.state', '=', 'active'),
      ),
    )
    .returning(COLUMNS)
    .execute();
  return claimed.map(readDelivery);
}

/**
 * Records what became of deliveries, and the topics of those that arrived as shown. What arrived has arrived, whoever holds
 * it by now; for all else, see `attempts`. Of a subscription that somebody ended meanwhile, nothing is recorded.
 */
export async function settleDeliveries(store: Store, settlements: readonly Settlement[], now: number): Promise<void> {
  for (const chunk of chunks(settlements)) {
    await store.db.transaction().execute(async (transaction) => {
      await recordShown(transaction, store.kind, chunk);
      const rows = chunk
        .toSorted(byKey)
        .map((one) => [
          one.subscription,
          one.due,
          one.attempts,
          one.state,
          one.nextAttempt,
          Number(one.doubtful),
          one.message,
          one.error,
        ]);
      await transaction
        .with('given(subscription, due, attempts, state, nextAttempt, doubtful, message, error)', () =>
          valuesOf<
            Pick<
              Schema['deliveries'],
              'subscription' | 'due' | 'attempts' | 'state' | 'nextAttempt' | 'doubtful' | 'message' | 'error'
            >
          >(['text', 'bigint', 'integer', 'text', 'bigint', 'integer', 'text', 'text'], rows),
        )
        .updateTable('deliveries')
        .from('given')
        .set((column) => ({
          state: column.ref('given.state'),
          nextAttempt: column.ref('given.nextAttempt'),
          doubtful: column.ref('given.doubtful'),
          message: column.ref('given.message'),
          error: column.ref('given.error'),
          leaseUntil: 0,
          updatedAt: now,
        }))
        .whereRef('deliveries.subscription', '=', 'given.subscription')
        .whereRef('deliveries.due', '=', 'given.due')
        .where('deliveries.state', 'in', ['pending', 'sending'])
        .where((where) =>
          where.or([
            where('given.state', '=', 'delivered'),
            where('deliveries.attempts', '=', where.ref('given.attempts')),
          ]),
        )
        .execute();
    });
  }
}

/** Each topic once for each subscription: a statement may change a row only once. */
async function recordShown(db: Database, kind: Store['kind'], settlements: readonly Settlement[]): Promise<void> {
  const latest = new Map<string, (string | number)[]>();
  for (const { state, subscription, topic, fingerprint, due } of settlements.toSorted(byKey)) {
    if (state !== 'delivered' || topic === null || fingerprint === null) continue;
    latest.set(`${subscription} ${topic}`, [subscription, topic, fingerprint, due]);
  }
  if (latest.size === 0) return;
  await db
    .with('given(subscription, topic, fingerprint, shownAt)', () =>
      valuesOf<Schema['rotation']>(['text', 'text', 'text', 'bigint'], [...latest.values()]),
    )
    .insertInto('rotation')
    .columns(['subscription', 'topic', 'fingerprint', 'shownAt'])
    .expression((from) => {
      const known = from
        .selectFrom('given')
        .innerJoin('subscriptions', 'subscriptions.id', 'given.subscription')
        .select(['given.subscription', 'given.topic', 'given.fingerprint', 'given.shownAt'])
        // SQLite takes "on conflict" for a join if nothing stands between.
        .where('subscriptions.id', 'is not', null);
      // Nobody may end a subscription between this look at it and the reference to it.
      return kind === 'postgres' ? known.forKeyShare('subscriptions') : known;
    })
    .onConflict((conflict) =>
      conflict.columns(['subscription', 'topic']).doUpdateSet((column) => ({
        fingerprint: column.ref('excluded.fingerprint'),
        shownAt: column.ref('excluded.shownAt'),
      })),
    )
    .execute();
}

/**
 * Deliveries that are open in a database that stood still for a while may have arrived meanwhile: from now on they are looked
 * for before they are sent, from the time when they were due. With `missed`, they are closed instead. Resolves to how many.
 */
export async function doubtDeliveries(db: Database, now: number, missed: boolean): Promise<number> {
  const open = db.updateTable('deliveries').where('state', 'in', ['pending', 'sending']);
  const { numUpdatedRows } = await (missed
    ? open.set({ state: 'missed', error: 'A backup was restored.', doubtful: 0, leaseUntil: 0, updatedAt: now })
    : open.set((column) => ({
        state: 'pending' as const,
        doubtful: 1,
        sentAt: now,
        soughtFrom: column.ref('due'),
        nextAttempt: now,
        leaseUntil: 0,
        updatedAt: now,
      }))
  ).executeTakeFirst();
  return Number(numUpdatedRows);
}

/** What a subscription has had so far, by topic. */
export async function readRotation(db: Database, subscription: string): Promise<Shown[]> {
  return db
    .selectFrom('rotation')
    .select(['topic', 'fingerprint', 'shownAt'])
    .where('subscription', '=', subscription)
    .execute();
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
  const rows = await db
    .selectFrom('deliveries')
    .selectAll()
    .where('subscription', '=', subscription)
    .orderBy('due', 'desc')
    .limit(limit)
    .execute();
  return rows.map(readDelivery);
}
