import type { Clock } from './clock.ts';
import type { DigestLog } from './tools.ts';

/** How often due digests, and deliveries to be tried again, are looked for: at 0, 5, 10 … seconds on the clock. */
const TICK_MS = 5000;
const HOUR_MS = 3_600_000;
/** A step of the clock that counts as one, in milliseconds. */
const STEP_MS = 2000;

export interface Ticker {
  start(): void;
  /** Ends the ticking, and waits for what is under way. */
  stop(): Promise<void>;
}

export interface TickerOptions {
  readonly clock: Clock;
  readonly log: DigestLog;
  /** Every five seconds; never two at a time. Never rejects. */
  readonly onTick: () => Promise<void>;
  /** Every hour; never two at a time. Never rejects. */
  readonly onHour: () => Promise<void>;
  /** The clock was set back; before the next tick. Never rejects. */
  readonly onSetBack: () => Promise<void>;
  /** Milliseconds that no clock change touches. */
  readonly monotonic?: () => number;
}

/**
 * Ticks by a timer, which runs on whatever is done to the clock: after a jump, forwards or backwards, the next tick comes
 * within five seconds, and it is one.
 */
export function createTicker(options: TickerOptions): Ticker {
  const { clock, log, onTick, onHour, onSetBack, monotonic = () => performance.now() } = options;
  const offset = () => clock.now() - monotonic();
  let before = offset();
  let lastHour = monotonic();
  let timer: NodeJS.Timeout | undefined;
  let ticking: Promise<void> | undefined;
  let cleaning: Promise<void> | undefined;

  const watchClock = async (): Promise<void> => {
    const now = offset();
    const seconds = Math.round((now - before) / 1000);
    const step = now - before;
    before = now;
    if (step >= STEP_MS) log.info({ seconds }, 'the clock went forward');
    if (step > -STEP_MS) return;
    log.warn({ seconds: -seconds }, 'the clock was set back; times that lie too far ahead are corrected');
    await onSetBack();
  };
  const tick = async (): Promise<void> => {
    await watchClock();
    await onTick();
    if (cleaning || monotonic() - lastHour < HOUR_MS) return;
    lastHour = monotonic();
    cleaning = onHour().finally(() => {
      cleaning = undefined;
    });
  };
  const schedule = (): void => {
    timer = setTimeout(
      () => {
        schedule();
        ticking ??= tick().finally(() => {
          ticking = undefined;
        });
      },
      TICK_MS - (clock.now() % TICK_MS),
    );
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
