import { expect, it } from 'vitest';
import { createTicker } from '../../src/digest/ticker.ts';
import { recordLog } from '../support/discord-harness.ts';

it('starts anew where the clock was set back, and not where it went forward', async () => {
  let [wall, steady] = [Date.now(), 0];
  let setBack = 0;
  const log = recordLog();
  const ticker = createTicker({
    clock: { now: () => wall, until: async () => undefined },
    monotonic: () => steady,
    log,
    onTick: async () => undefined,
    onHour: async () => undefined,
    async onSetBack() {
      setBack += 1;
    },
  });
  ticker.start();
  try {
    const pass = async (wallMs: number, steadyMs: number) => {
      wall += wallMs;
      steady += steadyMs;
      await ticker.watch();
      return setBack;
    };
    expect(await pass(5000, 5000)).toBe(0);
    // A laptop that slept, or a clock that was set forward.
    expect(await pass(3_600_000, 5000)).toBe(0);
    expect(await pass(-3_600_000 + 5000, 5000)).toBe(1);
    expect(log.lines).toEqual([expect.objectContaining({ level: 'warn', details: { seconds: 3600 } })]);
    expect(await pass(5000, 5000)).toBe(1);
    // What the machine does now and then by itself.
    expect(await pass(4500, 5000)).toBe(1);
  } finally {
    await ticker.stop();
  }
});

it('ticks', async () => {
  let ticks = 0;
  const ticker = createTicker({
    clock: { now: Date.now, until: async () => undefined },
    log: recordLog(),
    async onTick() {
      ticks += 1;
    },
    onHour: async () => undefined,
    onSetBack: async () => undefined,
  });
  ticker.start();
  await expect.poll(() => ticks, { timeout: 8000 }).toBeGreaterThan(0);
  await ticker.stop();
}, 10_000);
