import { createHmac, randomBytes } from 'node:crypto';
import type { Database } from './open-store.ts';

const KEY_BYTES = 32;
/** The key's name in the table of keys, from when votes alone were hashed with it. */
const KEY = 'feedback';

/** A text as nobody without the key can guess it, in base64. */
export type KeyedHash = (text: string) => string;

/** Hashes with the key of this database, which is made when it is first needed and shared by all processes on it. */
export async function openKeyedHash(db: Database): Promise<KeyedHash> {
  const key = Buffer.from(await readKey(db), 'base64');
  return (text) => createHmac('sha256', key).update(text).digest('base64url');
}

/** What stands in a row for the person who asked or rated a question: two rows of one person have nothing in common. */
export function hashPerson(hash: KeyedHash, person: string, question: string): string {
  return hash(`${person}\n${question}`);
}

async function readKey(db: Database): Promise<string> {
  const find = () => db.selectFrom('keys').select('value').where('id', '=', KEY).executeTakeFirst();
  const known = await find();
  if (known) return known.value;
  await db
    .insertInto('keys')
    .values({ id: KEY, value: randomBytes(KEY_BYTES).toString('base64') })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
  const made = await find();
  if (!made) throw new Error('the key of feedback could not be kept');
  return made.value;
}
