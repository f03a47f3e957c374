import cron, { type ScheduledTask } from 'node-cron';
import { type Clock, watchClock } from './clock.ts';

/** How often due digests, and deliveries to be tried again, are looked for: at 0, 5, 10 … seconds on the clock. */
const TICK_MS = 5000;
const HOUR_MS = 3_600_000;
/** However late node-cron wakes, the tick still counts, in milliseconds. */
const LATE_MS = 366 * 24 * HOUR_MS;

export interface Ticker {
  start(): void;
  /** Ends the ticking, and waits for what is under way. */
  stop(): Promise<void>;
}

/**
 * Calls `onTick` every five seconds and `onHour` every hour, neither two at a time; both must never reject. After a clock change
 * the next tick comes within five seconds, and it is one.
 *
 * Each tick is a node-cron task for that moment alone. With one task for all of them, node-cron would go through each tick that
 * a forward jump skipped: 28 seconds without an answer for 40 days.
 */
export function createTicker(clock: Clock, onTick: () => Promise<void>, onHour: () => Promise<void>): Ticker {
  const clockStep = watchClock(clock);
  let lastHour = clock.steady();
  let task: ScheduledTask | undefined;
  let watching: NodeJS.Timeout | undefined;
  let ticking: Promise<void> | undefined;
  let cleaning: Promise<void> | undefined;

  const tick = (): void => {
    schedule();
    ticking ??= onTick().finally(() => {
      ticking = undefined;
    });
    if (cleaning || clock.steady() - lastHour < HOUR_MS) return;
    lastHour = clock.steady();
    cleaning = onHour().finally(() => {
      cleaning = undefined;
    });
  };
  const schedule = (): void => {
    void task?.destroy();
    const next = clock.now() - (clock.now() % TICK_MS) + TICK_MS;
    task = cron.createTask(composePattern(next), tick, {
      timezone: 'UTC',
      missedExecutionTolerance: LATE_MS,
      suppressMissedWarning: true,
    });
    void task.start();
  };
  return {
    start() {
      schedule();
      // node-cron waits for its moment on the clock, which is far away once the clock is set back.
      watching = setInterval(() => {
        if (clockStep() < 0) tick();
      }, TICK_MS);
    },
    async stop() {
      clearInterval(watching);
      await task?.destroy();
      await ticking;
      await cleaning;
    },
  };
}

/** The cron pattern of one moment in a year, given in milliseconds since 1970. */
function composePattern(time: number): string {
  const at = new Date(time);
  return `${at.getUTCSeconds()} ${at.getUTCMinutes()} ${at.getUTCHours()} ${at.getUTCDate()} ${at.getUTCMonth() + 1} *`;
}
