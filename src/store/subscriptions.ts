import type { Selectable } from 'kysely';
import type { Days, Subscription, Target } from '../core/digests.ts';
import type { Database } from './open-store.ts';
import type { SubscriptionRow } from './schema.ts';

/** Adds a subscription; where one of its id is there, nothing happens. */
export async function addSubscription(db: Database, subscription: Subscription, now: number): Promise<void> {
  await db
    .insertInto('subscriptions')
    .values({ ...composeRow(subscription), created_at: now })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
}

/** The subscriptions of one channel, oldest first. */
export async function listSubscriptions(db: Database, target: Target): Promise<Subscription[]> {
  const rows = await db
    .selectFrom('subscriptions')
    .selectAll()
    .where('platform', '=', target.platform)
    .where('team', '=', target.team)
    .where('channel', '=', target.channel)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows.map(readRow);
}

/** All subscriptions that one person owns, oldest first. */
export async function listOwned(db: Database, platform: string, owner: string): Promise<Subscription[]> {
  const rows = await db
    .selectFrom('subscriptions')
    .selectAll()
    .where('platform', '=', platform)
    .where('owner', '=', owner)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows.map(readRow);
}

export async function listAll(db: Database): Promise<Subscription[]> {
  const rows = await db.selectFrom('subscriptions').selectAll().orderBy('created_at').orderBy('id').execute();
  return rows.map(readRow);
}

export async function findSubscription(db: Database, id: string): Promise<Subscription | undefined> {
  const row = await db.selectFrom('subscriptions').selectAll().where('id', '=', id).executeTakeFirst();
  return row && readRow(row);
}

/** Stops a subscription; `reason` says why the bot did. False where it was paused already. */
export async function pauseSubscription(db: Database, id: string, reason: string | null): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('subscriptions')
    .set({ state: 'paused', reason, next_due: null })
    .where('id', '=', id)
    .where('state', '=', 'active')
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export async function resumeSubscription(db: Database, id: string, nextDue: number): Promise<void> {
  await db
    .updateTable('subscriptions')
    .set({ state: 'active', reason: null, next_due: nextDue })
    .where('id', '=', id)
    .where('state', '=', 'paused')
    .execute();
}

/** Takes a subscription away, with its record of deliveries. */
export async function removeSubscription(db: Database, id: string): Promise<void> {
  await db.deleteFrom('subscriptions').where('id', '=', id).execute();
}

/** Takes away all that is kept of a workspace that removed the bot: its subscriptions, and which articles it chose. */
export async function removeTeam(db: Database, platform: string, team: string): Promise<void> {
  for (const table of ['subscriptions', 'choices'] as const) {
    await db.deleteFrom(table).where('platform', '=', platform).where('team', '=', team).execute();
  }
}

function composeRow(subscription: Subscription): Omit<SubscriptionRow, 'created_at'> {
  const { direct, fixed, topics, reason = null, nextDue = null, ...rest } = subscription;
  return { ...rest, direct: Number(direct), fixed: Number(fixed), topics: topics.join(','), reason, next_due: nextDue };
}

export function readRow(row: Selectable<SubscriptionRow>): Subscription {
  const { id, platform, team, channel, owner, time, zone, state, reason, next_due } = row;
  return {
    id,
    platform,
    team,
    channel,
    owner,
    time,
    zone,
    state,
    days: row.days as Days,
    direct: row.direct === 1,
    fixed: row.fixed === 1,
    topics: row.topics.split(',').filter(Boolean),
    ...(reason === null ? {} : { reason }),
    ...(next_due === null ? {} : { nextDue: next_due }),
  };
}
