import { type DatabaseConnection, DummyDriver, Kysely, SqliteAdapter, SqliteQueryCompiler } from 'kysely';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createChoices } from '../../src/store/choices.ts';
import { openStore } from '../../src/store/open-store.ts';
import { wasForgotten } from '../../src/store/people.ts';
import type { Schema } from '../../src/store/schema.ts';
import { takeEvent } from '../../src/store/seen.ts';

/** A database that takes every question and never answers. */
class SilentDriver extends DummyDriver {
  override async acquireConnection(): Promise<DatabaseConnection> {
    return { ...(await super.acquireConnection()), executeQuery: () => new Promise(() => undefined) };
  }
}
const silent = new Kysely<Schema>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new SilentDriver(),
    createIntrospector: () => {
      throw new Error('not needed');
    },
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
});

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

/** What comes of it within a second, whatever the database does. */
async function within<T>(work: Promise<T>): Promise<T> {
  const noted = work.catch((error: Error) => error as T);
  await vi.advanceTimersByTimeAsync(1000);
  return noted;
}

it('answers without a database that does not', async () => {
  const place = { platform: 'slack', team: 'T1' };
  expect(await within(createChoices(silent).of(place))).toBeUndefined();
  // Whoever should be forgotten must not be remembered.
  expect(await within(wasForgotten(silent, 'slack:U1', 5))).toBe(true);
  expect(await within(takeEvent(silent, 'Ev1', 5))).toMatchObject({ message: expect.stringContaining('not answer') });
});

it('goes by the last known choice while the database does not answer', async () => {
  const store = await openStore('sqlite::memory:');
  try {
    let db = store.db;
    const choices = createChoices(new Proxy({} as typeof db, { get: (_, key) => Reflect.get(db, key).bind(db) }));
    const place = { platform: 'slack', team: 'T1' };
    await choices.choose({ ...place, user: 'U1' }, ['kelp']);
    expect(await choices.of(place)).toEqual(['kelp']);
    db = silent;
    expect(await within(choices.of(place))).toEqual(['kelp']);
    expect(await within(choices.of({ ...place, team: 'T2' }))).toBeUndefined();
    db = store.db;
    await choices.choose({ ...place, user: 'U1' }, []);
    expect(await choices.of(place)).toBeUndefined();
  } finally {
    await store.close();
  }
});
