import { expect, it } from 'vitest';
import { createLibrary } from '../../src/core/library.ts';
import type { Sender } from '../../src/core/sender.ts';
import { createDigesting } from '../../src/digest/digesting.ts';
import { deliveryMark } from '../../src/digest/doubt.ts';
import { nextDue } from '../../src/digest/schedule.ts';
import { countDeliveries } from '../../src/store/ledger.ts';
import { openStore } from '../../src/store/open-store.ts';
import { addSubscription } from '../../src/store/subscriptions.ts';
import { ARTICLE, topicOf } from '../support/content.ts';
import { createTestClock, createTools } from '../support/digesting.ts';
import { settleTrial } from './figures.ts';
import { createChance, isLong, seeds } from './seeds.ts';

// A clock that somebody sets, again and again, by minutes or by weeks, and sets right within hours: each digest that was due
// meanwhile comes once.

const library = createLibrary([ARTICLE], [topicOf('a'), topicOf('b')]);
/** Soon before clocks change in London. */
const START = Date.UTC(2027, 2, 26, 10, 20);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const CHANNELS = 8;
const JUMPS = isLong ? 40 : 10;
const ZONES = ['UTC', 'Europe/London', 'Asia/Kathmandu', 'America/Sao_Paulo'];
const STEPS = [-40 * DAY, -26 * HOUR, -HOUR, -3 * MINUTE, 3 * MINUTE, HOUR, 26 * HOUR, 10 * DAY, 40 * DAY];

it.for(seeds(1, 20))('a clock that is set again and again costs no digest (seed %i)', async (seed, { task }) => {
  const chance = createChance(seed);
  const store = await openStore('sqlite::memory:');
  const posted: string[] = [];
  const sender: Sender = {
    platform: 'slack',
    paceOf: ({ channel }) => ({ key: channel, intervalMs: 1 }),
    async send(_target, _reply, key) {
      posted.push(key);
      return key;
    },
    find: async (_target, key) => (posted.includes(key) ? key : undefined),
    tell: async () => undefined,
  };
  const clock = createTestClock(START);
  const tools = { ...createTools(store, [sender], library), clock };
  const digesting = await createDigesting(store, tools);
  try {
    const began = clock.now();
    const subscriptions = Array.from({ length: CHANNELS }, (_, index) => {
      const time = `${String(chance.between(0, 23)).padStart(2, '0')}:${String(chance.between(0, 59)).padStart(2, '0')}`;
      const schedule = { time, zone: chance.pick(ZONES), days: 'daily' as const };
      return {
        ...{ id: `s${index}`, platform: 'slack', team: '', channel: `C${index}`, owner: '', direct: false },
        ...{ topics: [], state: 'active' as const, fixed: false, ...schedule, nextDue: nextDue(schedule, began) },
      };
    });
    for (const one of subscriptions) await addSubscription(store.db, one, began);
    const tick = async () => {
      await digesting.tick();
      const open = async () => (await countDeliveries(store.db)).sending ?? 0;
      await expect.poll(open, { interval: 1 }).toBe(0);
    };
    /** So much time passes, with a tick now and then. */
    const pass = async (ms: number) => {
      for (let left = ms; left > 0; left -= 30 * MINUTE) {
        clock.advance(Math.min(left, 30 * MINUTE));
        await tick();
      }
    };
    for (let jumps = 0; jumps < JUMPS; jumps += 1) {
      const step = chance.pick(STEPS);
      clock.jump(step);
      await pass(chance.between(1, 180) * MINUTE);
      clock.jump(-step);
      await pass(chance.between(1, 12 * 60) * MINUTE);
    }
    await pass(HOUR);
    const ended = clock.now() - HOUR;
    const marks = subscriptions.flatMap((one) => {
      const times: number[] = [];
      for (let due = one.nextDue; due < ended; due = nextDue(one, due)) times.push(due);
      return times.map((due) => deliveryMark({ subscription: one.id, due }));
    });
    settleTrial(task, marks, posted);
  } finally {
    await digesting.stop();
    await store.close();
  }
});
