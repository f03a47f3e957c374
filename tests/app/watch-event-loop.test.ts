import { expect, it } from 'vitest';
import { watchEventLoop } from '../../src/app/watch-event-loop.ts';
import { systemTimers } from '../../src/time/timers.ts';
import { recordLog } from '../support/discord-harness.ts';
import { createTestTimers } from '../support/test-timers.ts';

it('says nothing while everything runs in time, and nothing once it is ended', async () => {
  const timers = createTestTimers();
  const log = recordLog();
  const stop = watchEventLoop((ms) => log.error({ ms }, 'held'), timers, log);
  await timers.advance(60_000);
  expect(log.lines).toEqual([]);
  stop();
  expect(timers.pending()).toEqual([]);
});

it('says when this process was held for a second or more, and for how long', async () => {
  const log = recordLog();
  const held: number[] = [];
  const stop = watchEventLoop((ms) => held.push(ms), systemTimers, log);
  const end = performance.now() + 1200;
  while (performance.now() < end);
  await log.wait(/blocked the event loop/);
  stop();
  expect(held).toHaveLength(1);
  expect(held[0]).toBeGreaterThanOrEqual(1000);
  expect(log.lines[0]?.details).toEqual({ ms: held[0] });
});
