import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Subscription } from '../../src/core/digests.ts';
import { checkStore } from '../../src/store/check-store.ts';
import { correctTimes } from '../../src/store/correct-times.ts';
import { readDue, savePlans } from '../../src/store/due.ts';
import { createVault } from '../../src/store/installations.ts';
import * as ledger from '../../src/store/ledger.ts';
import { openStore, type Store, StoreUnavailable } from '../../src/store/open-store.ts';
import { forgetPaces, holdBack, reserveMoments } from '../../src/store/pace.ts';
import { forgetPerson } from '../../src/store/people.ts';
import { createSealer } from '../../src/store/seal.ts';
import { forgetEvents, takeEvent } from '../../src/store/seen.ts';
import * as subscriptions from '../../src/store/subscriptions.ts';
import { createDatabase } from '../support/shared-postgres.ts';

const PLATFORMS = ['discord', 'slack'];

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'briefing-store-'));
});
afterAll(() => {
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

const TOPIC = { topic: 'drones', fingerprint: 'f' };

it('outlives a connection that PostgreSQL cuts while it is used', async () => {
  const store = await openStore(await createDatabase());
  try {
    const cut = sql`select pg_terminate_backend(pg_backend_pid())`.execute(store.db);
    await expect(cut).rejects.toThrow();
    await expect.poll(() => checkStore(store)).toBe('readable');
  } finally {
    await store.close();
  }
});

type Held = Pick<ledger.Delivery, 'subscription' | 'due' | 'attempts'>;

describe.each(['sqlite', 'postgres'] as const)('on %s', (kind) => {
  let url: string;
  let store: Store;
  /** As another process has it. SQLite blocks the thread while another connection writes, so there it is the same one. */
  let other: Store;
  beforeEach(async () => {
    url =
      kind === 'sqlite' ? `sqlite:${join(directory, `${randomBytes(4).toString('hex')}.db`)}` : await createDatabase();
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

  const read = async (from: Store, now: number, limit = 100) =>
    (await readDue(from.db, now, limit)).map((subscription) => {
      const { nextDue = 0 } = subscription;
      return { subscription, entries: [{ due: nextDue, state: 'pending' as const }], next: nextDue + 1000 };
    });
  const plan = async (from: Store, now: number, limit?: number) =>
    (await savePlans(from, await read(from, now, limit), now)).count;
  /** Claims one delivery, if it is to be had. */
  const claim = async ({ db }: Store, key: ledger.DeliveryKey, now: number) =>
    (await ledger.claimDeliveries(db, [{ ...key, ...TOPIC }], now, 500))[0];
  const settle = (to: Store, { subscription, due, attempts }: Held, parts: Partial<ledger.Settlement>, now: number) =>
    ledger.settleDeliveries(
      to,
      [
        {
          subscription,
          due,
          attempts,
          ...TOPIC,
          state: 'pending',
          nextAttempt: now,
          doubtful: false,
          message: null,
          error: null,
          ...parts,
        },
      ],
      now,
    );
  const latest = async ({ id }: Subscription) => (await ledger.latestDeliveries(store.db, id, 1))[0];

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

  it('saves no plan of a subscription that somebody moved, paused or ended since it was read', async () => {
    const [moved, paused, ended, same] = Array.from({ length: 4 }, () => subscriptionOf()) as [
      Subscription,
      Subscription,
      Subscription,
      Subscription,
    ];
    for (const one of [moved, paused, ended, same]) await subscriptions.addSubscription(store.db, one, 5);
    const plans = await read(store, 1500);
    const { id } = moved;
    await savePlans(
      other,
      await read(other, 1500).then((list) => list.filter((one) => one.subscription.id === id)),
      1500,
    );
    await subscriptions.pauseSubscription(other.db, paused.id, null);
    await subscriptions.removeSubscription(other.db, ended.id);
    expect(await savePlans(store, plans, 1500)).toEqual({
      count: 1,
      handovers: [{ subscription: same.id, platform: 'slack', due: 1000 }],
    });
    expect(await ledger.countDeliveries(store.db)).toEqual({ pending: 2 });
    expect(await subscriptions.findSubscription(store.db, paused.id)).toMatchObject({ state: 'paused' });
  });

  it('pauses a subscription whose next time cannot be told', async () => {
    const one = subscriptionOf();
    await subscriptions.addSubscription(store.db, one, 5);
    await savePlans(store, [{ subscription: one, entries: [], next: { impossible: 'No such zone.' } }], 1500);
    const { nextDue: _, ...rest } = one;
    const paused = await subscriptions.findSubscription(store.db, one.id);
    expect(paused).toEqual({ ...rest, state: 'paused', reason: 'No such zone.' });
  });

  it('lets one process claim a delivery, and the next one only after its lease, in doubt', async () => {
    const one = subscriptionOf();
    await subscriptions.addSubscription(store.db, one, 5);
    await plan(store, 1000);
    const key = { subscription: one.id, due: 1000 };
    const claims = await Promise.all([store, other, store, other].map((by) => claim(by, key, 1000)));
    expect(claims.filter(Boolean)).toEqual([
      expect.objectContaining({ state: 'sending', attempts: 1, doubtful: false, sentAt: 1000, leaseUntil: 1500 }),
    ]);
    expect(await claim(other, key, 1499)).toBeUndefined();
    expect(await ledger.openDeliveries(other.db, PLATFORMS, 1500, 10)).toEqual([{ ...key, platform: one.platform }]);
    expect(await ledger.openDeliveries(other.db, ['telegram'], 1500, 10)).toEqual([]);
    const second = await claim(other, key, 1500);
    expect(second).toMatchObject({ attempts: 2, doubtful: true, sentAt: 1000 });

    if (!second) throw new Error('not claimed');
    await settle(other, second, { state: 'delivered', message: 'message-1' }, 1600);
    await settle(store, second, { state: 'failed', error: 'too late' }, 1700);
    expect(await latest(one)).toMatchObject({ state: 'delivered', message: 'message-1', error: null, doubtful: false });
    expect(await ledger.readRotation(store.db, one.id)).toEqual([{ ...TOPIC, shownAt: 1000 }]);
    expect(await claim(store, key, 9000)).toBeUndefined();
  });

  it('gives all that belongs to deliveries, many at once', async () => {
    const all = Array.from({ length: 3 }, (_, n) => subscriptionOf({ channel: `C${n}`, topics: ['drones'] }));
    for (const one of all) await subscriptions.addSubscription(store.db, one, 5);
    await plan(store, 1000);
    const [first, second] = all as [Subscription, Subscription];
    const held = await claim(store, { subscription: first.id, due: 1000 }, 1000);
    if (held) await settle(store, held, { state: 'delivered', message: 'm' }, 1100);
    const keys = [first, second, { id: 'gone' }].map(({ id }) => ({ subscription: id, due: 1000 }));
    const read = await ledger.readDeliveries(other.db, keys);
    expect(read).toHaveLength(2);
    expect(read.find(({ subscription }) => subscription.id === first.id)).toEqual({
      delivery: await latest(first),
      subscription: { ...first, nextDue: 2000 },
      shown: [expect.objectContaining({ ...TOPIC, shownAt: 1000 })],
    });
    expect(read.find(({ subscription }) => subscription.id === second.id)).toMatchObject({
      delivery: { state: 'pending', attempts: 0 },
      shown: [],
    });
  });

  it('settles many at once, two of one subscription with the same topic among them', async () => {
    const one = subscriptionOf();
    await subscriptions.addSubscription(store.db, one, 5);
    await plan(store, 1000);
    await plan(store, 2000);
    const held = await ledger.claimDeliveries(
      store.db,
      [1000, 2000].map((due) => ({ subscription: one.id, due, ...TOPIC })),
      2000,
      500,
    );
    const settlements = held.map(({ subscription, due, attempts }) => ({
      subscription,
      due,
      attempts,
      ...TOPIC,
      state: 'delivered' as const,
      nextAttempt: 2000,
      doubtful: false,
      message: `message-${due}`,
      error: null,
    }));
    await ledger.settleDeliveries(store, settlements, 2100);
    expect(await ledger.countDeliveries(store.db)).toEqual({ delivered: 2 });
    expect(await ledger.readRotation(store.db, one.id)).toEqual([{ ...TOPIC, shownAt: 2000 }]);
    expect((await ledger.latestDeliveries(store.db, one.id, 2)).map(({ message }) => message)).toEqual([
      'message-2000',
      'message-1000',
    ]);
  });

  it('gives whoever held a delivery no say once another has claimed it, but for what arrived', async () => {
    const one = subscriptionOf();
    await subscriptions.addSubscription(store.db, one, 5);
    await plan(store, 1000);
    const key = { subscription: one.id, due: 1000 };
    const unclaimed = await latest(one);
    const first = await claim(store, key, 1000);
    const second = await claim(other, key, 1500);
    if (!unclaimed || !first || !second) throw new Error('not claimed');
    const state = async () => (await latest(one))?.state;
    await settle(store, unclaimed, { state: 'missed', error: 'late' }, 1501);
    await settle(store, first, { nextAttempt: 1501, error: 'late' }, 1501);
    await settle(store, first, { state: 'failed', error: 'late' }, 1501);
    expect(await state()).toBe('sending');
    await settle(store, first, { state: 'delivered', message: 'm' }, 1502);
    expect(await state()).toBe('delivered');
  });

  it('lets nobody claim the delivery of a paused subscription', async () => {
    const one = subscriptionOf();
    await subscriptions.addSubscription(store.db, one, 5);
    await plan(store, 1000);
    await subscriptions.pauseSubscription(store.db, one.id, null);
    expect(await claim(store, { subscription: one.id, due: 1000 }, 1000)).toBeUndefined();
  });

  it('records nothing of a subscription that was ended while its digest was sent', async () => {
    const one = subscriptionOf();
    await subscriptions.addSubscription(store.db, one, 5);
    await plan(store, 1000);
    const held = await claim(store, { subscription: one.id, due: 1000 }, 1000);
    if (!held) throw new Error('not claimed');
    await subscriptions.removeSubscription(store.db, one.id);
    await settle(store, held, { state: 'delivered', message: 'message' }, 1100);
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
      .set({ nextDue: 500 * hour })
      .where('id', '=', ahead.id)
      .execute();
    await subscriptions.pauseSubscription(store.db, paused.id, null);
    const correction = { now: 0, next: () => hour, catchUpMs: hour, leaseMs: 500, wasSetBack: true };
    expect(await correctTimes(store.db, correction)).toBe(5);
    expect((await subscriptions.findSubscription(store.db, ahead.id))?.nextDue).toBe(hour);
    expect((await subscriptions.findSubscription(store.db, paused.id))?.nextDue).toBeUndefined();
    expect(await ledger.countDeliveries(store.db)).toEqual({});
    expect(await correctTimes(store.db, correction)).toBe(0);
  });

  it('corrects what a clock that was ahead recorded, but keeps what arrived or may have', async () => {
    const hour = 3_600_000;
    const one = subscriptionOf({ nextDue: hour });
    await subscriptions.addSubscription(store.db, one, 5);
    const entries = [1, 2, 3, 4, 5, 6].map((n) => ({
      due: n * hour,
      state: n === 1 ? ('missed' as const) : ('pending' as const),
    }));
    await savePlans(store, [{ subscription: one, entries, next: 7 * hour }], 6 * hour);
    const key = (n: number) => ({ subscription: one.id, due: n * hour });
    const arrived = await claim(store, key(2), 6 * hour);
    await claim(store, key(3), 6 * hour);
    const doubtful = await claim(store, key(4), 6 * hour);
    const late = await claim(store, key(5), 6 * hour);
    if (!arrived || !doubtful || !late) throw new Error('not claimed');
    await settle(store, arrived, { state: 'delivered', message: 'm' }, 6 * hour);
    await settle(store, doubtful, { doubtful: true, nextAttempt: 7 * hour }, 6 * hour);
    await settle(store, late, { state: 'failed', error: 'too late' }, 6 * hour);

    // The first was due half an hour ago, and the bot ran.
    const now = 1.5 * hour;
    await correctTimes(store.db, { now, next: () => 2 * hour, catchUpMs: hour, leaseMs: 500, wasSetBack: true });
    const rows = (await ledger.latestDeliveries(store.db, one.id, 9)).toReversed();
    expect(rows.map(({ due, state }) => [due / hour, state])).toEqual([
      [1, 'pending'],
      [2, 'delivered'],
      [3, 'sending'],
      [4, 'pending'],
    ]);
    expect(rows[0]).toMatchObject({ nextAttempt: now, error: null });
    expect(rows[2]).toMatchObject({ leaseUntil: now + 500, sentAt: now });
    expect(rows[3]).toMatchObject({ nextAttempt: now, sentAt: now, doubtful: true });
    expect(await subscriptions.findSubscription(store.db, one.id)).toMatchObject({ nextDue: 2 * hour });
  });

  it('opens again what a clock that was ahead missed, also if it falls due within the next minute', async () => {
    const hour = 3_600_000;
    const one = subscriptionOf({ nextDue: hour });
    await subscriptions.addSubscription(store.db, one, 5);
    const entries = [{ due: hour, state: 'missed' as const }];
    await savePlans(store, [{ subscription: one, entries, next: 7 * hour }], 6 * hour);
    const now = hour - 30_000;
    await correctTimes(store.db, { now, next: () => hour, catchUpMs: hour, leaseMs: 500, wasSetBack: true });
    expect(await ledger.latestDeliveries(store.db, one.id, 9)).toEqual([
      expect.objectContaining({ due: hour, state: 'pending' }),
    ]);
  });

  it('puts a delivery off, and takes it away with its subscription', async () => {
    const one = subscriptionOf();
    await subscriptions.addSubscription(store.db, one, 5);
    await plan(store, 1000);
    const key = { subscription: one.id, due: 1000 };
    const held = await claim(store, key, 1000);
    if (!held) throw new Error('not claimed');
    await settle(store, held, { nextAttempt: 3000, doubtful: true, error: 'a pause' }, 1100);
    expect(await ledger.openDeliveries(store.db, PLATFORMS, 2999, 10)).toEqual([]);
    expect(await ledger.openDeliveries(store.db, PLATFORMS, 3000, 10)).toEqual([{ ...key, platform: one.platform }]);
    expect(await latest(one)).toMatchObject({ state: 'pending', doubtful: true, error: 'a pause' });
    await subscriptions.removeSubscription(store.db, one.id);
    expect(await ledger.readDeliveries(store.db, [key])).toEqual([]);
    expect(await ledger.countDeliveries(store.db)).toEqual({});
  });

  it('spaces moments over all processes, many at once, and holds back', async () => {
    const pace = { key: 'slack:C1', intervalMs: 1000 };
    const reserve = async (by: Store, wish: typeof pace, now: number, count = 1) =>
      (await reserveMoments(by.db, [{ ...wish, count }], now, 60_000)).get(wish.key);
    const taken = await Promise.all(
      Array.from({ length: 3 }, (_, n) => reserve(n % 2 ? store : other, pace, 10_000, 2)),
    );
    const moments = taken.flatMap((one) => (one && 'moments' in one ? one.moments : []));
    expect(moments.sort((a, b) => a - b)).toEqual([10_000, 11_000, 12_000, 13_000, 14_000, 15_000]);
    const second = { ...pace, key: 'slack:C2' };
    expect(await reserve(store, second, 10_000)).toEqual({ moments: [10_000] });
    await holdBack(store.db, 'slack:C2', 60_000);
    await holdBack(store.db, 'slack:C2', 20_000);
    expect(
      await reserveMoments(
        other.db,
        [
          { ...second, count: 1 },
          { ...pace, count: 1 },
        ],
        10_000,
        40_000,
      ),
    ).toEqual(
      new Map([
        ['slack:C1', { moments: [16_000] }],
        ['slack:C2', { heldUntil: 60_000 }],
      ]),
    );
    expect(await reserve(other, second, 10_000)).toEqual({ moments: [60_000] });
    const fine = { key: 'discord', intervalMs: 1000 / 49 };
    for (let count = 0; count < 7; count += 1) await reserve(other, fine, 10_000, 7);
    const next = await reserve(store, fine, 10_000);
    expect(next && 'moments' in next ? next.moments[0] : 0).toBeCloseTo(11_000, 3);
    await forgetPaces(store.db, { before: 30_000 });
    expect(await reserve(store, pace, 12_000)).toEqual({ moments: [12_000] });
    expect(await reserve(store, second, 10_000)).toEqual({ moments: [61_000] });
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
    expect(await forgetPerson(store.db, own.platform, 'U9', 5)).toEqual({
      deleted: 1,
      unnamed: 1,
      ratings: 0,
      gaps: 0,
      audit: { deleted: 0, unnamed: 0 },
    });
    expect(await forgetPerson(store.db, own.platform, 'U9', 5)).toEqual({
      deleted: 0,
      unnamed: 0,
      ratings: 0,
      gaps: 0,
      audit: { deleted: 0, unnamed: 0 },
    });
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
    await settle(store, { ...key, attempts: 0 }, { state: 'missed', error: 'too late' }, 2000);
    expect(await ledger.forgetDeliveries(store.db, 1000)).toBe(0);
    expect(await ledger.forgetDeliveries(store.db, 1001)).toBe(1);
    expect(await ledger.readDeliveries(store.db, [key])).toEqual([]);
  });
});

describe('a database that cannot be used', () => {
  it('is explained without its address', async () => {
    const file = join(directory, 'file');
    writeFileSync(file, 'not a database at all, but long enough to look like one');
    await expect(openStore(`sqlite:${file}`)).rejects.toThrow(StoreUnavailable);
    await expect(openStore(`sqlite:${join(file, 'below.db')}`)).rejects.toThrow(/can write to the folder/);
    mkdirSync(join(directory, 'folder'));
    await expect(openStore(`sqlite:${join(directory, 'folder')}`)).rejects.toThrow(StoreUnavailable);
    const error: Error = await openStore('postgres://me:hidden@127.0.0.1:9/none').then(
      () => new Error('opened'),
      (reason) => reason,
    );
    expect(error.message).toContain('PostgreSQL is running');
    expect(error.message).not.toContain('hidden');
  });
});
