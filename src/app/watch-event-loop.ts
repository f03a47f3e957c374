import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { PlatformLog } from '../core/platform.ts';
import type { Timers } from './timers.ts';

/** How often the watchdog looks, in milliseconds. */
const LOOK_MS = 1000;
/** So long, in milliseconds, must nothing have run to be worth a word. Slack waits three times as long for an answer. */
const HELD_MS = 1000;

/** The longest time that the event loop was held since it was last asked, in milliseconds. */
export type LongestDelay = () => number;

/** Measures this process's event loop, by Node's own histogram. */
export function measureEventLoop(): { readonly longest: LongestDelay; stop(): void } {
  const histogram = monitorEventLoopDelay({ resolution: 20 });
  histogram.enable();
  return {
    longest() {
      const ms = histogram.max / 1e6;
      histogram.reset();
      return ms;
    },
    stop: () => histogram.disable(),
  };
}

/** Says in the log when the event loop was held, and tells `onHeld` for how many milliseconds. Gives a function that ends it. */
export function watchEventLoop(
  longest: LongestDelay,
  onHeld: (ms: number) => void,
  timers: Timers,
  log: Pick<PlatformLog, 'warn'>,
): () => void {
  let callOff = () => {};
  const look = (): void => {
    const ms = Math.round(longest());
    if (ms >= HELD_MS) {
      log.warn({ ms }, 'something held the event loop; nothing was answered meanwhile');
      onHeld(ms);
    }
    callOff = timers.after(LOOK_MS, look);
  };
  look();
  return () => callOff();
}
