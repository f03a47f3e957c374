import type { Database } from './open-store.ts';

/** Notes that an event was taken. True for the first process that does so, false for all others. */
export async function takeEvent(db: Database, id: string, now: number): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('seen')
    .values({ id, seenAt: now })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** Forgets events taken before `before`. */
export async function forgetEvents(db: Database, before: number): Promise<void> {
  await db.deleteFrom('seen').where('seenAt', '<', before).execute();
}
