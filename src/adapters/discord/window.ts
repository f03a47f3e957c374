import PQueue from 'p-queue';
import { wait } from '../../time/wait.ts';

/** A second, and what the platform itself and early timers may take of it, in milliseconds. */
const SECOND_MS = 1010;
/** By so much the shortest round trip is believed to grow with each request that took longer, in milliseconds. */
const DRIFT_MS = 0.1;

export interface WindowOptions {
  /** Resolves after so many milliseconds. */
  readonly hold?: (ms: number) => Promise<unknown>;
  /** Milliseconds. */
  readonly now?: () => number;
}

/**
 * Lets so much work through that a platform counts no more than `perSecond` pieces within any second. It counts each on its
 * way between begin and end. A busy moment on either side can hold some up, which then arrive close to those that follow: so
 * each holds its place for a second from when it would have begun, had it taken no longer than the shortest of late.
 */
export function createWindow(
  perSecond: number,
  { hold = wait, now = () => performance.now() }: WindowOptions = {},
): <T>(work: () => Promise<T>) => Promise<T> {
  const places = new PQueue({ concurrency: perSecond });
  let shortest = Number.POSITIVE_INFINITY;
  return (work) =>
    new Promise((resolve, reject) => {
      void places.add(async () => {
        const begin = now();
        await work().then(resolve, reject);
        shortest = Math.min(now() - begin, shortest + DRIFT_MS);
        await hold(Math.max(0, SECOND_MS - shortest));
      });
    });
}
