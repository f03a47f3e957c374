import { within } from '../time/wait.ts';
import type { Database } from './open-store.ts';

/** How long somebody who asked waits for that, in milliseconds. */
const TAKE_MS = 1000;

/** Notes that an event was taken. True for the first process that does so, false for all others. Rejects if that cannot be known soon. */
export async function takeEvent(db: Database, id: string, now: number): Promise<boolean> {
  const taking = db
    .insertInto('seen')
    .values({ id, seenAt: now })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst();
  const answer = await within(taking, TAKE_MS);
  if (!answer) throw new Error(`the database did not answer within ${TAKE_MS / 1000} s`);
  return (answer.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** Forgets events taken before `before`. */
export async function forgetEvents(db: Database, before: number): Promise<void> {
  await db.deleteFrom('seen').where('seenAt', '<', before).execute();
}

/** Takes back that an event was taken: what it was taken for did not happen. */
export async function giveEventBack(db: Database, id: string): Promise<void> {
  await db.deleteFrom('seen').where('id', '=', id).execute();
}
