import type { PlatformLog } from '../core/platform.ts';
import { endsWithin, type Timers } from '../time/timers.ts';

/** How long stopping may take, in milliseconds. Service managers kill a program that takes more than 20 seconds. */
const STOP_MS = 8000;
/** What each part still gets when time has run out, in milliseconds. */
const LEAST_MS = 500;

/** The parts that have to stop when the bot stops. */
export interface Stops {
  /** Adds a part, which stops before all that were added earlier. `what` names it in the log. */
  add(what: string, end: () => Promise<unknown>): void;
  /**
   * Stops everything, the part added last first. A part that takes too long or fails is logged and skipped. Never rejects; a
   * second call waits for the first.
   */
  run(): Promise<void>;
}

/** Collects what has to stop. */
export function createStops(timers: Timers, log: Pick<PlatformLog, 'warn'>): Stops {
  const parts: { readonly what: string; readonly end: () => Promise<unknown> }[] = [];
  let running: Promise<void> | undefined;

  const run = async (): Promise<void> => {
    const deadline = timers.now() + STOP_MS;
    for (const { what, end } of parts.splice(0).reverse()) {
      const ms = Math.max(LEAST_MS, deadline - timers.now());
      try {
        if (!(await endsWithin(timers, end(), ms)))
          log.warn({ what }, 'took too long to stop; going on without waiting');
      } catch (error) {
        log.warn({ err: error, what }, 'failed to stop; going on');
      }
    }
  };
  return {
    add: (what, end) => parts.push({ what, end }),
    run() {
      running ??= run();
      return running;
    },
  };
}
