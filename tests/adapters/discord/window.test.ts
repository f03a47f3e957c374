import { expect, it } from 'vitest';
import { createWindow } from '../../../src/adapters/discord/window.ts';

it('gives a place to the next only when the one before has ended and its second is over', async () => {
  const [ends, seconds]: [(() => void)[], (() => void)[]] = [[], []];
  const held: number[] = [];
  const hold = (ms: number) => {
    held.push(ms);
    return new Promise<void>((resolve) => seconds.push(resolve));
  };
  const through = createWindow(2, { hold });
  const begun: number[] = [];
  const answers = [1, 2, 3, 4].map((number) =>
    through(async () => {
      begun.push(number);
      await new Promise<void>((resolve) => ends.push(resolve));
      if (number === 2) throw new Error('refused');
      return number;
    }),
  );
  await expect.poll(() => begun).toEqual([1, 2]);
  ends[0]?.();
  expect(await answers[0]).toBe(1);
  ends[1]?.();
  await expect(answers[1]).rejects.toThrow('refused');
  // Both have their answers, and still hold their places.
  expect(begun).toEqual([1, 2]);
  await expect.poll(() => seconds.length).toBe(2);
  for (const ms of held) expect(ms).toBeGreaterThanOrEqual(0);
  seconds[1]?.();
  await expect.poll(() => begun).toEqual([1, 2, 3]);
  seconds[0]?.();
  await expect.poll(() => begun).toEqual([1, 2, 3, 4]);
});

it('holds for as much longer as a piece took longer than others', async () => {
  let time = 50_000;
  const held: number[] = [];
  const through = createWindow(1, {
    now: () => time,
    async hold(ms) {
      held.push(Math.round(ms));
    },
  });
  const take = (ms: number) =>
    through(async () => {
      time += ms;
    });
  for (const ms of [100, 100, 350, 100]) await take(ms);
  await through(async () => undefined);
  // From the begin of each, a second; from that of the slow one, a quarter more.
  expect(held.slice(0, 4)).toEqual([910, 910, 910, 910]);
});

it('believes in time that all pieces have become slower', async () => {
  let time = 0;
  const held: number[] = [];
  const through = createWindow(1, { now: () => time, hold: async (ms) => void held.push(Math.round(ms)) });
  for (const ms of [100, ...Array(101).fill(350)]) {
    await through(async () => {
      time += ms;
    });
  }
  await through(async () => undefined);
  expect([held[1], held[100]]).toEqual([910, 900]);
});
