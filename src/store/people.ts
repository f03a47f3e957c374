import type { Database } from './open-store.ts';

/** What was taken away of one person. */
export interface Forgotten {
  /** Digests in their direct messages, deleted with the record of their deliveries. */
  readonly deleted: number;
  /** Digests of channels, which stay without a name. */
  readonly unnamed: number;
}

/** Takes away all that is stored of a person: `user` is their id on the platform. */
export async function forgetPerson(db: Database, platform: string, user: string): Promise<Forgotten> {
  return db.transaction().execute(async (transaction) => {
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
    return { deleted: Number(numDeletedRows), unnamed: Number(numUpdatedRows) };
  });
}
