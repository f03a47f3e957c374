import type { Clock } from './clock.ts';

/** How often due digests, and deliveries to be tried again, are looked for: at 0, 5, 10 … seconds on the clock. */
const TICK_MS = 5000;
const HOUR_MS = 3_600_000;

export interface Ticker {
  start(): void;
  /** Ends the ticking, and waits for what is under way. */
  stop(): Promise<void>;
}

/**
 * Calls `onTick` every five seconds and `onHour` every hour, neither two at a time; both must never reject. It runs on a
 * timer, which goes on whatever is done to the clock: after a jump the next tick comes within five seconds, and it is one.
 */
export function createTicker(clock: Clock, onTick: () => Promise<void>, onHour: () => Promise<void>): Ticker {
  let lastHour = clock.steady();
  let timer: NodeJS.Timeout | undefined;
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
    timer = setTimeout(tick, TICK_MS - (clock.now() % TICK_MS));
  };
  return {
    start: schedule,
    async stop() {
      clearTimeout(timer);
      await ticking;
      await cleaning;
    },
  };
}
