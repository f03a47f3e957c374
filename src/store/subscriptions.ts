import type { Selectable } from 'kysely';
import type { Days, Subscription, Target } from '../core/digests.ts';
import { findLocale } from '../i18n/locale.ts';
import type { Database } from './open-store.ts';
import type { SubscriptionRow } from './schema.ts';

/** Adds a subscription. If one with this id exists, returns false and changes nothing. */
export async function addSubscription(db: Database, subscription: Subscription, now: number): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('subscriptions')
    .values({ ...composeRow(subscription), createdAt: now })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** The subscriptions of one channel, oldest first. */
export async function listSubscriptions(db: Database, target: Target): Promise<Subscription[]> {
  const rows = await db
    .selectFrom('subscriptions')
    .selectAll()
    .where('platform', '=', target.platform)
    .where('team', '=', target.team)
    .where('channel', '=', target.channel)
    .orderBy('createdAt')
    .orderBy('id')
    .execute();
  return rows.map(readRow);
}

/** All subscriptions that one person owns in a workspace, oldest first. */
export async function listOwned(
  db: Database,
  { platform, team }: Pick<Target, 'platform' | 'team'>,
  owner: string,
): Promise<Subscription[]> {
  const rows = await db
    .selectFrom('subscriptions')
    .selectAll()
    .where('platform', '=', platform)
    .where('team', '=', team)
    .where('owner', '=', owner)
    .orderBy('createdAt')
    .orderBy('id')
    .execute();
  return rows.map(readRow);
}

export async function listAll(db: Database): Promise<Subscription[]> {
  const rows = await db.selectFrom('subscriptions').selectAll().orderBy('createdAt').orderBy('id').execute();
  return rows.map(readRow);
}

export async function findSubscription(db: Database, id: string): Promise<Subscription | undefined> {
  const row = await db.selectFrom('subscriptions').selectAll().where('id', '=', id).executeTakeFirst();
  return row && readRow(row);
}

/** Stops a subscription; `reason` says why the bot did. False if it was already paused. */
export async function pauseSubscription(db: Database, id: string, reason: string | null): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('subscriptions')
    .set({ state: 'paused', reason, nextDue: null })
    .where('id', '=', id)
    .where('state', '=', 'active')
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export async function resumeSubscription(db: Database, id: string, nextDue: number): Promise<void> {
  await db
    .updateTable('subscriptions')
    .set({ state: 'active', reason: null, nextDue })
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

function composeRow(subscription: Subscription): Omit<SubscriptionRow, 'createdAt'> {
  const { direct, fixed, topics, reason = null, nextDue = null, locale = null, ...rest } = subscription;
  return { ...rest, direct: Number(direct), fixed: Number(fixed), topics: topics.join(','), reason, nextDue, locale };
}

export function readRow(row: Selectable<SubscriptionRow>): Subscription {
  const { id, platform, team, channel, owner, time, zone, state, reason, nextDue } = row;
  const locale = findLocale([row.locale]);
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
    ...(nextDue === null ? {} : { nextDue }),
    ...(locale ? { locale } : {}),
  };
}
