import type { Subscription } from '../core/digests.ts';
import type { Handover } from './ledger.ts';
import type { Database, Store } from './open-store.ts';
import { readRow } from './subscriptions.ts';
import { chunks } from './values.ts';

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

    // Thousands of subscriptions share their times: a statement for each time does.
    const entries = valid.flatMap(({ subscription: { id }, entries: list }) => list.map((entry) => ({ id, ...entry })));
    for (const group of Map.groupBy(entries, ({ due, state }) => `${due} ${state}`).values())
      await insertEntries(transaction, group, now);
    for (const [next, group] of Map.groupBy(valid, (one) => one.next)) {
      const change =
        typeof next === 'number'
          ? { nextDue: next }
          : { nextDue: null, state: 'paused' as const, reason: next.impossible };
      for (const chunk of chunks(group.map(({ subscription }) => subscription.id)))
        await transaction.updateTable('subscriptions').set(change).where('id', 'in', chunk).execute();
    }
    const handovers = valid.flatMap(({ subscription: { id, platform }, entries: list }) =>
      list.filter(({ state }) => state === 'pending').map(({ due }) => ({ subscription: id, platform, due })),
    );
    return { count: valid.length, handovers };
  });
}

/** Writes one delivery into the ledger, from where it is carried out. False if it is there already. */
export async function planDelivery(
  db: Database,
  { subscription, due }: { readonly subscription: string; readonly due: number },
  now: number,
): Promise<boolean> {
  const blank = { topic: null, fingerprint: null, message: null, error: null };
  const counts = { attempts: 0, nextAttempt: now, leaseUntil: 0, sentAt: 0, doubtful: 0, updatedAt: now };
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('deliveries')
    .values({ subscription, due, state: 'pending', ...blank, ...counts })
    .onConflict((conflict) => conflict.columns(['subscription', 'due']).doNothing())
    .executeTakeFirst();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** Entries that differ in their subscription only. One that is there stays as it is. */
async function insertEntries(
  db: Database,
  entries: readonly { readonly id: string; readonly due: number; readonly state: 'pending' | 'missed' }[],
  now: number,
): Promise<void> {
  const [first] = entries;
  if (!first) return;
  const { due, state } = first;
  for (const chunk of chunks(entries.map(({ id }) => id))) {
    await db
      .insertInto('deliveries')
      .columns([
        'subscription',
        'due',
        'state',
        'attempts',
        'nextAttempt',
        'leaseUntil',
        'sentAt',
        'doubtful',
        'updatedAt',
      ])
      .expression((from) =>
        from
          .selectFrom('subscriptions')
          .select((column) => {
            const time = (value: number) => column.cast<number>(column.val(value), 'bigint');
            const flag = column.cast<number>(column.val(0), 'integer');
            return [
              'id',
              time(due).as('due'),
              column.cast<string>(column.val(state), 'text').as('state'),
              flag.as('attempts'),
              time(due).as('nextAttempt'),
              time(0).as('leaseUntil'),
              time(0).as('sentAt'),
              flag.as('doubtful'),
              time(now).as('updatedAt'),
            ];
          })
          .where('id', 'in', chunk),
      )
      .onConflict((conflict) => conflict.columns(['subscription', 'due']).doNothing())
      .execute();
  }
}
