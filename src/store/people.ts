import { forgetAuthor } from './audit.ts';
import { forgetRatings } from './feedback.ts';
import { forgetGaps } from './gaps.ts';
import type { Database } from './open-store.ts';
import { soon } from './soon.ts';

/** What was taken away of one person. */
export interface Forgotten {
  /** Digests in their direct messages, deleted with the record of their deliveries. */
  readonly deleted: number;
  /** Digests of channels, which stay without a name. */
  readonly unnamed: number;
  /** What they said of answers. */
  readonly ratings: number;
  /** Their questions that found no answer. */
  readonly gaps: number;
  /** Entries on what they changed: deleted with their direct messages' digests, or kept without a name. */
  readonly audit: { readonly deleted: number; readonly unnamed: number };
}

/** Marks somebody who was forgotten; pruned with the events that were taken. */
const MARK = 'forgotten:';

/**
 * Whether somebody was forgotten after this time, by whichever process. `person` is such as `discord:123`. True also if the
 * database does not say so soon: what should be forgotten must not be told.
 */
export async function wasForgotten(db: Database, person: string, since: number): Promise<boolean> {
  const mark = db.selectFrom('seen').select('seenAt').where('id', '=', `${MARK}${person}`).executeTakeFirst();
  const answer = await soon(mark);
  return !answer || (answer.value !== undefined && Number(answer.value.seenAt) >= since);
}

/**
 * Takes away all that is stored of a person: `user` is their id on the platform. A mark tells running bots to forget what
 * they hold in memory.
 */
export async function forgetPerson(db: Database, platform: string, user: string, now: number): Promise<Forgotten> {
  return db.transaction().execute(async (transaction) => {
    await transaction
      .insertInto('seen')
      .values({ id: `${MARK}${platform}:${user}`, seenAt: now })
      .onConflict((conflict) => conflict.column('id').doUpdateSet({ seenAt: now }))
      .execute();
    const { numDeletedRows } = await transaction
      .deleteFrom('subscriptions')
      .where('platform', '=', platform)
      .where('owner', '=', user)
      .where('direct', '=', 1)
      .executeTakeFirst();
    const { numUpdatedRows } = await transaction
      .updateTable('subscriptions')
      .set({ owner: '' })
      .where('platform', '=', platform)
      .where('owner', '=', user)
      .executeTakeFirst();
    const ratings = await forgetRatings(transaction, `${platform}:${user}`);
    const gaps = await forgetGaps(transaction, `${platform}:${user}`);
    const audit = await forgetAuthor(transaction, platform, user);
    return { deleted: Number(numDeletedRows), unnamed: Number(numUpdatedRows), ratings, gaps, audit };
  });
}
