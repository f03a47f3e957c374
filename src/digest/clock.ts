import { setTimeout as sleep } from 'node:timers/promises';

/** Time, for the digest. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Resolves at that time, in milliseconds since 1970. */
  until(time: number): Promise<void>;
  /** Milliseconds since some moment, which go on whatever is done to the clock. */
  steady(): number;
}

/** The smallest clock change that counts, in milliseconds. */
const STEP_MS = 2000;

/** By how many milliseconds the clock was set since the last look: forwards, backwards below 0, or 0. */
export function watchClock({ now, steady }: Clock): () => number {
  let before = now() - steady();
  return () => {
    const offset = now() - steady();
    const step = offset - before;
    before = offset;
    return Math.abs(step) < STEP_MS ? 0 : Math.round(step);
  };
}

/** The machine's own clock. One that is set while somebody waits makes no wait longer. */
export const systemClock: Clock = {
  now: Date.now,
  steady: () => performance.now(),
  async until(time) {
    const ms = time - Date.now();
    if (ms > 0) await sleep(ms);
  },
};
