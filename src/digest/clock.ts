import { setTimeout as sleep } from 'node:timers/promises';

/** Time, as the digest sees it. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Resolves at that time, in milliseconds since 1970. */
  until(time: number): Promise<void>;
}

/** The machine's own clock. One that is set while somebody waits makes no wait longer. */
export const systemClock: Clock = {
  now: Date.now,
  async until(time) {
    const ms = time - Date.now();
    if (ms > 0) await sleep(ms);
  },
};
