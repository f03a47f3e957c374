import { hashPerson, openKeyedHash } from './keyed-hash.ts';
import type { Database } from './open-store.ts';

/** Questions looked at in one go. */
const PAGE = 1000;

/** A table whose rows hold a question, and a hash of it and of a person. */
export interface HashedTable {
  /** The questions after this one, in order, each once. */
  list(after: string, limit: number): Promise<readonly { readonly question: string }[]>;
  remove(question: string, hashed: string): Promise<{ readonly numDeletedRows: bigint }>;
}

/**
 * Deletes every row of a person, such as `discord:123`, and says how many there were. Nobody's name stands in a row, so each
 * question's hash of this person is tried.
 */
export async function forgetHashed(db: Database, person: string, { list, remove }: HashedTable): Promise<number> {
  const hash = await openKeyedHash(db);
  let deleted = 0;
  for (let last = ''; ; ) {
    const rows = await list(last, PAGE);
    for (const { question } of rows) {
      const { numDeletedRows } = await remove(question, hashPerson(hash, person, question));
      deleted += Number(numDeletedRows);
    }
    if (rows.length < PAGE) return deleted;
    last = rows.at(-1)?.question ?? last;
  }
}
