import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createTicker, type Ticker } from '../../src/digest/ticker.ts';
import { recordLog } from '../support/discord-harness.ts';

const START = Date.parse('2026-11-24T08:00:03Z');
const DAY = 24 * 3_600_000;

let wall: number;
let steady: number;
let ticks: number[];
let hours: number;
let setBack: number;
let log: ReturnType<typeof recordLog>;
let ticker: Ticker;
let onTick: () => Promise<void>;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  [wall, steady, ticks, hours, setBack] = [START, 0, [], 0, 0];
  log = recordLog();
  onTick = async () => void ticks.push(wall);
  ticker = createTicker({
    clock: { now: () => wall, until: async () => undefined },
    monotonic: () => steady,
    log,
    onTick: () => onTick(),
    async onHour() {
      hours += 1;
    },
    async onSetBack() {
      setBack += 1;
    },
  });
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
  expect(log.lines).toEqual([]);
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
  expect(setBack).toBe(0);
  expect(log.lines).toEqual([expect.objectContaining({ level: 'info', details: { seconds: days * 24 * 3600 } })]);
});

it('ticks on if the clock is set back, and says so once', async () => {
  await pass(2000);
  wall -= 3_600_000;
  await pass(5000);
  expect(ticks).toHaveLength(2);
  expect(setBack).toBe(1);
  expect(log.lines).toEqual([expect.objectContaining({ level: 'warn', details: { seconds: 3600 } })]);
  // What the machine does now and then by itself.
  wall -= 500;
  await pass(10_000);
  expect([ticks.length, setBack]).toEqual([4, 1]);
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
