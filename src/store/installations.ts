import type { Vault } from '../core/memory.ts';
import type { Database } from './open-store.ts';
import type { Sealer } from './seal.ts';

/** A vault in the database. What an older key sealed is sealed anew as it is read. */
export function createVault(db: Database, sealer: Sealer, now: () => number): Vault {
  const save = async (id: string, secret: string): Promise<void> => {
    const row = { sealed: sealer.seal(id, secret), updatedAt: now() };
    await db
      .insertInto('installations')
      .values({ id, ...row })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
      .execute();
  };
  return {
    save,
    async read(id) {
      const row = await db.selectFrom('installations').select('sealed').where('id', '=', id).executeTakeFirst();
      if (!row) return undefined;
      const secret = sealer.open(id, row.sealed);
      if (!sealer.isCurrent(row.sealed)) await save(id, secret);
      return secret;
    },
    async remove(id) {
      await db.deleteFrom('installations').where('id', '=', id).execute();
    },
  };
}
