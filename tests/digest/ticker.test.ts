import cron from 'node-cron';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type Clock, watchClock } from '../../src/digest/clock.ts';
import { createTicker, type Ticker } from '../../src/digest/ticker.ts';

const START = Date.parse('2026-11-24T08:00:03Z');
const DAY = 24 * 3_600_000;

let steady: number;
let ticks: number[];
let hours: number;
let ticker: Ticker;
let onTick: () => Promise<void>;
const clock: Clock = { now: () => Date.now(), until: async () => undefined, steady: () => steady };
beforeEach(() => {
  vi.useFakeTimers({ now: START, toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
  [steady, ticks, hours] = [0, [], 0];
  onTick = async () => void ticks.push(Date.now());
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

/** Sets the clock so many milliseconds ahead, or back below 0. */
function setClock(ms: number): void {
  vi.setSystemTime(Date.now() + ms);
}

/** Lets so much time pass. */
async function pass(ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 100) {
    const step = Math.min(left, 100);
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
    ticks.push(Date.now());
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
  setClock(days * DAY);
  await pass(5000);
  expect(ticks.map((time) => time > START + days * DAY)).toEqual([false, true]);
});

it('ticks on if the clock is set back', async () => {
  await pass(2000);
  setClock(-3_600_000);
  await pass(5000);
  expect(ticks[1]).toBeLessThan(START);
});

it('tells how far the clock was set since the last look', () => {
  const look = watchClock(clock);
  const pass = (wallMs: number, steadyMs: number) => {
    setClock(wallMs);
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
  setClock(-DAY);
  await pass(3_610_000);
  expect(hours).toBe(2);
});

it('leaves no task behind', async () => {
  await pass(60_000);
  expect(cron.getTasks().size).toBe(1);
  await ticker.stop();
  expect(cron.getTasks().size).toBe(0);
});

it('ticks no more once it is stopped', async () => {
  await ticker.stop();
  await pass(10_000);
  expect(ticks).toEqual([]);
});
