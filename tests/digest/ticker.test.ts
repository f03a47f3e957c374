import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type Clock, watchClock } from '../../src/digest/clock.ts';
import { createTicker, type Ticker } from '../../src/digest/ticker.ts';

const START = Date.parse('2026-11-24T08:00:03Z');
const DAY = 24 * 3_600_000;

let wall: number;
let steady: number;
let ticks: number[];
let hours: number;
let ticker: Ticker;
let onTick: () => Promise<void>;
const clock: Clock = { now: () => wall, until: async () => undefined, steady: () => steady };
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  [wall, steady, ticks, hours] = [START, 0, [], 0];
  onTick = async () => void ticks.push(wall);
  const onHour = async () => {
    hours += 1;
  };
  ticker = createTicker(clock, () => onTick(), onHour);
  ticker.start();
});
afterEach(async () => {
  await ticker.stop();
  vi.useRealTimers();
});

/** Lets so much time pass. */
async function pass(ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 100) {
    const step = Math.min(left, 100);
    wall += step;
    steady += step;
    await vi.advanceTimersByTimeAsync(step);
  }
}

it('ticks at every fifth second on the clock', async () => {
  await pass(12_000);
  expect(ticks.map((time) => new Date(time).toISOString().slice(17, 19))).toEqual(['05', '10', '15']);
});

it('begins no tick while the last one is still under way', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  onTick = () => {
    ticks.push(wall);
    return promise;
  };
  await pass(20_000);
  expect(ticks).toHaveLength(1);
  resolve();
  await pass(5000);
  expect(ticks).toHaveLength(2);
});

it.each([10, 40, 400])('handles a clock that jumps %i days ahead by one tick within five seconds', async (days) => {
  await pass(2000);
  expect(ticks).toHaveLength(1);
  wall += days * DAY;
  await pass(5000);
  expect(ticks.map((time) => time > START + days * DAY)).toEqual([false, true]);
});

it('ticks on if the clock is set back', async () => {
  await pass(2000);
  wall -= 3_600_000;
  await pass(5000);
  expect(ticks).toHaveLength(2);
});

it('tells how far the clock was set since the last look', () => {
  const look = watchClock(clock);
  const pass = (wallMs: number, steadyMs: number) => {
    wall += wallMs;
    steady += steadyMs;
    return look();
  };
  expect(pass(5000, 5000)).toBe(0);
  // A laptop that slept, or a clock that was set forward.
  expect(pass(3_605_000, 5000)).toBe(3_600_000);
  expect(pass(-3_595_000, 5000)).toBe(-3_600_000);
  expect(pass(5000, 5000)).toBe(0);
  // What the machine does now and then by itself.
  expect(pass(4500, 5000)).toBe(0);
});

it('cleans up each hour, whatever the clock says', async () => {
  await pass(3_610_000);
  wall -= DAY;
  await pass(3_610_000);
  expect(hours).toBe(2);
});

it('ticks no more once it is stopped', async () => {
  await ticker.stop();
  await pass(10_000);
  expect(ticks).toEqual([]);
});
