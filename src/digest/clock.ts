import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from './deliver.ts';

/** The machine's own clock. */
export const systemClock: Clock = {
  now: Date.now,
  async until(time) {
    const ms = time - Date.now();
    if (ms > 0) await sleep(ms);
  },
};
