import { expect, it } from 'vitest';
import { createStops } from '../../src/app/stops.ts';
import { recordLog } from '../support/discord-harness.ts';
import { createTestTimers } from '../support/test-timers.ts';

it('ends the last thing first, and leaves behind what hangs or fails, within 20 seconds', async () => {
  const timers = createTestTimers();
  const log = recordLog();
  const stops = createStops(timers, log);
  const ended: string[] = [];
  const part = (name: string, end: () => Promise<unknown> = async () => undefined) =>
    stops.add(name, async () => {
      ended.push(name);
      await end();
    });
  part('store');
  for (const name of ['a', 'b', 'c']) part(name, () => new Promise(() => {}));
  part('broken', () => Promise.reject(new Error('no')));
  part('digest', () => new Promise(() => {}));

  let done = false;
  const first = stops.run().then(() => {
    done = true;
  });
  expect(stops.run()).toBe(stops.run());
  await timers.advance(8000);
  expect(ended).toEqual(['digest', 'broken', 'c']);
  await timers.advance(1500);
  await first;
  expect([done, ended]).toEqual([true, ['digest', 'broken', 'c', 'b', 'a', 'store']]);
  expect(timers.now()).toBeLessThan(20_000);
  expect(log.lines.map(({ details }) => details.what)).toEqual(['digest', 'broken', 'c', 'b', 'a']);
  expect(timers.pending()).toEqual([]);
});
