import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Subscription } from '../../src/core/digests.ts';
import { checkStore } from '../../src/store/check-store.ts';
import { createVault } from '../../src/store/installations.ts';
import * as ledger from '../../src/store/ledger.ts';
import { openStore, type Store, StoreUnavailable } from '../../src/store/open-store.ts';
import { forgetPaces, holdBack, reserveMoment } from '../../src/store/pace.ts';
import { forgetPerson } from '../../src/store/people.ts';
import { createSealer } from '../../src/store/seal.ts';
import { forgetEvents, takeEvent } from '../../src/store/seen.ts';
import * as subscriptions from '../../src/store/subscriptions.ts';
import { type LocalPostgres, startPostgres } from '../support/postgres.ts';

const PLATFORMS = ['discord', 'slack'];

let directory: string;
let postgres: LocalPostgres;
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'briefing-store-'));
  postgres = await startPostgres();
});
afterAll(async () => {
  await postgres?.stop();
  rmSync(directory, { recursive: true });
});

function subscriptionOf(parts: Partial<Subscription> = {}): Subscription {
  return {
    id: randomBytes(4).toString('hex'),
    platform: 'slack',
    team: 'T1',
    channel: 'C1',
    owner: 'U1',
    direct: false,
    time: '08:00',
    zone: 'UTC',
    days: 'daily',
    topics: [],
    state: 'active',
    nextDue: 1000,
    fixed: false,
    ...parts,
  };
}

const NO_TOPIC = { topic: 'drones', fingerprint: 'f' };

it('outlives a connection that PostgreSQL cuts while it is used', async () => {
  const store = await openStore(await postgres.createDatabase());
  try {
    const cut = sql`select pg_terminate_backend(pg_backend_pid())`.execute(store.db);
    await expect(cut).rejects.toThrow();
    await expect.poll(() => checkStore(store)).toBe('readable');
  } finally {
    await store.close();
  }
});

describe.each(['sqlite', 'postgres'] as const)('on %s', (kind) => {
  let url: string;
  let store: Store;
  /** As another process has it. SQLite blocks the thread while another connection writes, so there it is the same one. */
  let other: Store;
  beforeEach(async () => {
    url =
      kind === 'sqlite'
        ? `sqlite:${join(directory, `${randomBytes(4).toString('hex')}.db`)}`
        : await postgres.createDatabase();
    store = await openStore(url);
    other = kind === 'sqlite' ? store : await openStore(url);
  });
  afterEach(async () => {
    await store?.close();
    await other?.close();
  });

  it('keeps a subscription as it was given', async () => {
    const one = subscriptionOf({ topics: ['drones', 'energy'], direct: true, zone: 'Asia/Kathmandu', days: 'friday' });
    await subscriptions.addSubscription(store.db, one, 5);
    await subscriptions.addSubscription(store.db, { ...one, time: '09:00' }, 6);
    expect(await subscriptions.findSubscription(other.db, one.id)).toEqual(one);
    expect(await subscriptions.listSubscriptions(other.db, one)).toEqual([one]);
    expect(await subscriptions.listSubscriptions(other.db, { ...one, team: 'T2' })).toEqual([]);
    expect(await subscriptions.listOwned(other.db, one, 'U1')).toEqual([one]);
  });

  it('pauses once, with its reason, and resumes', async () => {
    const one = subscriptionOf();
    await subscriptions.addSubscription(store.db, one, 5);
    expect(await subscriptions.pauseSubscription(store.db, one.id, 'gone')).toBe(true);
    expect(await subscriptions.pauseSubscription(other.db, one.id, 'other')).toBe(false);
    const { nextDue: _, ...rest } = one;
    expect(await subscriptions.findSubscription(store.db, one.id)).toEqual({
      ...rest,
      state: 'paused',
      reason: 'gone',
    });
    await subscriptions.resumeSubscription(store.db, one.id, 7000);
    expect(await subscriptions.findSubscription(store.db, one.id)).toEqual({ ...one, nextDue: 7000 });
  });

  const plan = (db: Store, now: number, limit = 100) =>
    ledger.planDeliveries(
      db,
      now,
      limit,
      ({ nextDue = 0 }) => ({ entries: [{ due: nextDue, state: 'pending' }], next: nextDue + 1000 }),
      async () => undefined,
    );

  it('plans every due subscription once, whoever looks', async () => {
    const all = Array.from({ length: 40 }, (_, n) =>
      subscriptionOf({ channel: `C${n}`, nextDue: n < 30 ? 1000 : 9000 }),
    );
    for (const one of all) await subscriptions.addSubscription(store.db, one, 5);
    let total = 0;
    const look = async (db: Store) => {
      for (let count = 1; count > 0; total += count) count = await plan(db, 1500, 7);
    };
    await Promise.all([look(store), look(other), look(store)]);
    expect(total).toBe(30);
    expect(await ledger.countDeliveries(store.db)).toEqual({ pending: 30 });
    expect(await ledger.openDeliveries(store.db, PLATFORMS, 999, 100)).toEqual([]);
    expect(await ledger.openDeliveries(store.db, PLATFORMS, 1500, 100)).toHaveLength(30);
  });

  it('plans nothing where what follows in the transaction fails', async () => {
    const one = subscriptionOf();
    await subscriptions.addSubscription(store.db, one, 5);
    const failing = ledger.planDeliveries(
      store,
      1500,
      10,
      () => ({ entries: [{ due: 1000, state: 'pending' }], next: 2000 }),
      () => Promise.reject(new Error('the queue is down')),
    );
    await expect(failing).rejects.toThrow('the queue is down');
    expect(await ledger.countDeliveries(store.db)).toEqual({});
    expect(await subscriptions.findSubscription(store.db, one.id)).toMatchObject({ nextDue: 1000 });
  });

  it('lets one process claim a delivery, and the next one only after its lease, in doubt', async () => {
    const one = subscriptionOf();
    await subscriptions.addSubscription(store.db, one, 5);
    await plan(store, 1000);
    const key = { subscription: one.id, due: 1000 };
    const topic = { topic: 'drones', fingerprint: 'f' };
    const claims = await Promise.all(
      [store, other, store, other].map(({ db }) => ledger.claimDelivery(db, key, topic, 1000, 500)),
    );
    expect(claims.filter(Boolean)).toEqual([expect.objectContaining({ state: 'sending', attempts: 1, doubtful: 0 })]);
    expect(await ledger.claimDelivery(other.db, key, topic, 1499, 500)).toBeUndefined();
    expect(await ledger.openDeliveries(other.db, PLATFORMS, 1500, 10)).toEqual([{ ...key, platform: one.platform }]);
    expect(await ledger.openDeliveries(other.db, ['telegram'], 1500, 10)).toEqual([]);
    const second = await ledger.claimDelivery(other.db, key, topic, 1500, 500);
    expect(second).toMatchObject({ attempts: 2, doubtful: 1 });

    if (!second) throw new Error('not claimed');
    await ledger.recordDelivered(other.db, second, 'message-1', 1600);
    await ledger.giveUpDelivery(store.db, second, 'failed', 'too late', 1700);
    expect(await ledger.readDelivery(store.db, key)).toMatchObject({
      delivery: { state: 'delivered', error: null, doubtful: 0 },
    });
    expect(await ledger.readRotation(store.db, one.id)).toEqual([
      { subscription: one.id, topic: 'drones', fingerprint: 'f', shown_at: 1000 },
    ]);
    expect(await ledger.claimDelivery(store.db, key, topic, 9000, 500)).toBeUndefined();
  });

  it('gives whoever held a delivery no say once another has claimed it', async () => {
    const one = subscriptionOf();
    await subscriptions.addSubscription(store.db, one, 5);
    await plan(store, 1000);
    const key = { subscription: one.id, due: 1000 };
    const topic = { topic: 'drones', fingerprint: 'f' };
    const first = await ledger.claimDelivery(store.db, key, topic, 1000, 500);
    const second = await ledger.claimDelivery(other.db, key, topic, 1500, 500);
    if (!first || !second) throw new Error('not claimed');
    const state = async () => (await ledger.readDelivery(store.db, key))?.delivery.state;
    await ledger.postponeDelivery(store.db, first, { nextAttempt: 1501, doubtful: false, error: 'late' }, 1501);
    await ledger.giveUpDelivery(store.db, first, 'failed', 'late', 1501);
    await ledger.settleUnclaimed(store.db, key, { state: 'missed', error: 'late' }, 1501);
    expect(await state()).toBe('sending');
    await ledger.giveUpDelivery(other.db, second, 'failed', 'refused', 1600);
    expect(await state()).toBe('failed');
  });

  it('lets nobody claim the delivery of a paused subscription', async () => {
    const one = subscriptionOf();
    await subscriptions.addSubscription(store.db, one, 5);
    await plan(store, 1000);
    await subscriptions.pauseSubscription(store.db, one.id, null);
    const claimed = ledger.claimDelivery(store.db, { subscription: one.id, due: 1000 }, NO_TOPIC, 1000, 500);
    expect(await claimed).toBeUndefined();
  });

  it('records nothing of a subscription that was ended while its digest was sent', async () => {
    const one = subscriptionOf();
    await subscriptions.addSubscription(store.db, one, 5);
    await plan(store, 1000);
    const held = await ledger.claimDelivery(store.db, { subscription: one.id, due: 1000 }, NO_TOPIC, 1000, 500);
    await subscriptions.removeSubscription(store.db, one.id);
    if (held) await ledger.recordDelivered(store.db, held, 'message', 1100);
    expect(await ledger.readRotation(store.db, one.id)).toEqual([]);
  });

  it('gives times that lie too far ahead back to their schedules, and forgets what was recorded for the future', async () => {
    const hour = 3_600_000;
    const [right, ahead, paused] = [{ nextDue: hour }, { nextDue: 400 * hour }, { nextDue: 400 * hour }].map((parts) =>
      subscriptionOf(parts),
    ) as [Subscription, Subscription, Subscription];
    for (const one of [right, ahead, paused]) await subscriptions.addSubscription(store.db, one, 5);
    await plan(store, 401 * hour);
    await store.db
      .updateTable('subscriptions')
      .set({ next_due: 500 * hour })
      .where('id', '=', ahead.id)
      .execute();
    await subscriptions.pauseSubscription(store.db, paused.id, null);
    expect(await subscriptions.correctDue(store.db, 0, () => hour)).toBe(2);
    expect((await subscriptions.findSubscription(store.db, ahead.id))?.nextDue).toBe(hour);
    expect((await subscriptions.findSubscription(store.db, paused.id))?.nextDue).toBeUndefined();
    expect(await ledger.countDeliveries(store.db)).toEqual({});
    expect(await subscriptions.correctDue(store.db, 0, () => hour)).toBe(0);
  });

  it('puts a delivery off, and takes it away with its subscription', async () => {
    const one = subscriptionOf();
    await subscriptions.addSubscription(store.db, one, 5);
    await plan(store, 1000);
    const key = { subscription: one.id, due: 1000 };
    const held = await ledger.claimDelivery(store.db, key, { topic: 'a', fingerprint: 'f' }, 1000, 500);
    if (!held) throw new Error('not claimed');
    await ledger.postponeDelivery(store.db, held, { nextAttempt: 3000, doubtful: true, error: 'a pause' }, 1100);
    expect(await ledger.openDeliveries(store.db, PLATFORMS, 2999, 10)).toEqual([]);
    expect(await ledger.openDeliveries(store.db, PLATFORMS, 3000, 10)).toEqual([{ ...key, platform: one.platform }]);
    expect(await ledger.latestDeliveries(store.db, one.id, 5)).toEqual([
      expect.objectContaining({ state: 'pending', doubtful: 1, error: 'a pause' }),
    ]);
    await subscriptions.removeSubscription(store.db, one.id);
    expect(await ledger.readDelivery(store.db, key)).toBeUndefined();
    expect(await ledger.countDeliveries(store.db)).toEqual({});
  });

  it('spaces moments over all processes, and holds back', async () => {
    const pace = { key: 'slack:C1', intervalMs: 1000 };
    const taken = await Promise.all(
      Array.from({ length: 6 }, (_, n) => reserveMoment((n % 2 ? store : other).db, pace, 10_000)),
    );
    expect(taken.sort((a, b) => a - b)).toEqual([10_000, 11_000, 12_000, 13_000, 14_000, 15_000]);
    expect(await reserveMoment(store.db, { ...pace, key: 'slack:C2' }, 10_000)).toBe(10_000);
    await holdBack(store.db, 'slack:C2', 60_000);
    await holdBack(store.db, 'slack:C2', 20_000);
    expect(await reserveMoment(other.db, { ...pace, key: 'slack:C2' }, 10_000)).toBe(60_000);
    const fine = { key: 'discord', intervalMs: 1000 / 49 };
    for (let count = 0; count < 49; count += 1) await reserveMoment(other.db, fine, 10_000);
    expect(await reserveMoment(store.db, fine, 10_000)).toBeCloseTo(11_000, 3);
    await forgetPaces(store.db, 30_000);
    expect(await reserveMoment(store.db, pace, 12_000)).toBe(12_000);
    expect(await reserveMoment(store.db, { ...pace, key: 'slack:C2' }, 10_000)).toBe(61_000);
  });

  it('takes an event once, over all processes, until it is forgotten', async () => {
    const taken = await Promise.all([store, other, store, other].map(({ db }) => takeEvent(db, 'slack:Ev1', 1000)));
    expect(taken.filter(Boolean)).toHaveLength(1);
    await forgetEvents(store.db, 1000);
    expect(await takeEvent(store.db, 'slack:Ev1', 2000)).toBe(false);
    await forgetEvents(store.db, 1001);
    expect(await takeEvent(store.db, 'slack:Ev1', 2000)).toBe(true);
  });

  it('seals installations, opens them with an older key, and not with another', async () => {
    const [first, second, third] = [1, 2, 3].map((n) => Buffer.alloc(32, n).toString('base64')) as [
      string,
      string,
      string,
    ];
    const vault = (keys: string[]) => createVault(store.db, createSealer(keys), () => 5);
    await vault([first]).save('slack:T1', 'secret');
    expect(await vault([second, first]).read('slack:T1')).toBe('secret');
    await expect(vault([third]).read('slack:T1')).rejects.toThrow(/key/i);
    await vault([first]).remove('slack:T1');
    expect(await vault([first]).read('slack:T1')).toBeUndefined();
  });

  it('forgets a person: their own digests, and their name on those of channels', async () => {
    const own = subscriptionOf({ owner: 'U9', direct: true });
    const channel = subscriptionOf({ owner: 'U9' });
    const other = subscriptionOf({ owner: 'U8' });
    for (const one of [own, channel, other]) await subscriptions.addSubscription(store.db, one, 5);
    expect(await forgetPerson(store.db, own.platform, 'U9')).toEqual({ deleted: 1, unnamed: 1 });
    expect(await forgetPerson(store.db, own.platform, 'U9')).toEqual({ deleted: 0, unnamed: 0 });
    expect(await subscriptions.findSubscription(store.db, own.id)).toBeUndefined();
    expect(await subscriptions.findSubscription(store.db, channel.id)).toMatchObject({ owner: '', state: 'active' });
    expect(await subscriptions.findSubscription(store.db, other.id)).toMatchObject({ owner: 'U8' });
  });

  it('forgets deliveries after their time, but none that is under way', async () => {
    const one = subscriptionOf();
    await subscriptions.addSubscription(store.db, one, 5);
    await plan(store, 1000);
    const key = { subscription: one.id, due: 1000 };
    expect(await ledger.forgetDeliveries(store.db, 5000)).toBe(0);
    await ledger.settleUnclaimed(store.db, key, { state: 'missed', error: 'too late' }, 2000);
    expect(await ledger.forgetDeliveries(store.db, 1000)).toBe(0);
    expect(await ledger.forgetDeliveries(store.db, 1001)).toBe(1);
    expect(await ledger.readDelivery(store.db, key)).toBeUndefined();
  });
});

describe('a database that cannot be used', () => {
  it('is explained without its address', async () => {
    const file = join(directory, 'file');
    writeFileSync(file, 'not a database at all, but long enough to look like one');
    await expect(openStore(`sqlite:${file}`)).rejects.toThrow(StoreUnavailable);
    await expect(openStore(`sqlite:${join(file, 'below.db')}`)).rejects.toThrow(/folder can be written to/);
    mkdirSync(join(directory, 'folder'));
    await expect(openStore(`sqlite:${join(directory, 'folder')}`)).rejects.toThrow(StoreUnavailable);
    const error: Error = await openStore('postgres://me:hidden@127.0.0.1:9/none').then(
      () => new Error('opened'),
      (reason) => reason,
    );
    expect(error.message).toContain('PostgreSQL runs');
    expect(error.message).not.toContain('hidden');
  });
});
