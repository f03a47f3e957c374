import { sql } from 'kysely';
import { hashPerson, openKeyedHash } from './keyed-hash.ts';
import type { Database } from './open-store.ts';

/** Questions looked at in one go. */
const PAGE = 1000;

/**
 * Deletes every row of a person, such as `discord:123`, from a table whose rows hold a question and, in `column`, a hash of the
 * person and the question. Says how many there were. Nobody's name stands in a row, so each question's hash of this person is
 * tried.
 */
export async function forgetHashed(
  db: Database,
  person: string,
  table: 'feedback' | 'gaps',
  column: 'voter' | 'asker',
): Promise<number> {
  const hash = await openKeyedHash(db);
  let deleted = 0;
  for (let last = ''; ; ) {
    const rows = await db
      .selectFrom(table)
      .select('question')
      .distinct()
      .where('question', '>', last)
      .orderBy('question')
      .limit(PAGE)
      .execute();
    for (const { question } of rows) {
      const { numDeletedRows } = await db
        .deleteFrom(table)
        .where('question', '=', question)
        .where(sql.ref(column), '=', hashPerson(hash, person, question))
        .executeTakeFirst();
      deleted += Number(numDeletedRows);
    }
    if (rows.length < PAGE) return deleted;
    last = rows.at(-1)?.question ?? last;
  }
}
