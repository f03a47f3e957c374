import cron from 'node-cron';
import type { Clock } from './clock.ts';
import type { DigestLog } from './tools.ts';

/** How often due digests and deliveries to be tried again are looked for. */
const EVERY_FIVE_SECONDS = '*/5 * * * * *';
const EVERY_HOUR = '17 * * * *';
/** A tick that the machine was too busy for still counts this long, in milliseconds. */
const LATE_TICK_MS = 4000;
/** How often the clock is looked at, and a step back that counts as one, in milliseconds. */
const WATCH_MS = 5000;
const STEP_BACK_MS = 2000;

export interface Ticker {
  start(): void;
  /** Looks whether the clock was set back since the last look, and starts anew then. */
  watch(): Promise<void>;
  stop(): Promise<void>;
}

export interface TickerOptions {
  readonly clock: Clock;
  readonly log: DigestLog;
  /** Every five seconds; never two at a time. Rejects never. */
  readonly onTick: () => Promise<void>;
  /** Every hour. Rejects never. */
  readonly onHour: () => Promise<void>;
  /** The clock was set back. Rejects never. */
  readonly onSetBack: () => Promise<void>;
  /** Milliseconds that no clock change touches. */
  readonly monotonic?: () => number;
}

/**
 * Ticks by node-cron. That waits for the next time on the clock, so it would be silent for as long as the clock is set back:
 * then it is started anew.
 */
export function createTicker(options: TickerOptions): Ticker {
  const { clock, log, onTick, onHour, onSetBack, monotonic = () => performance.now() } = options;
  const create = () => [
    cron.createTask(EVERY_FIVE_SECONDS, onTick, {
      name: 'digests',
      logger: composeCronLogger(log),
      timezone: 'UTC',
      noOverlap: true,
      missedExecutionTolerance: LATE_TICK_MS,
    }),
    cron.createTask(EVERY_HOUR, onHour, { name: 'cleaning', timezone: 'UTC', noOverlap: true }),
  ];
  const offset = () => clock.now() - monotonic();
  let tasks = create();
  let before = offset();
  let watching: NodeJS.Timeout | undefined;

  const end = async (): Promise<void> => {
    for (const task of tasks) await task.destroy();
  };
  const ticker: Ticker = {
    start() {
      for (const task of tasks) void task.start();
      watching = setInterval(() => void ticker.watch(), WATCH_MS).unref();
    },
    async watch() {
      const now = offset();
      const step = before - now;
      before = now;
      if (step < STEP_BACK_MS) return;
      log.warn({ seconds: Math.round(step / 1000) }, 'the clock was set back; the digest starts anew with it');
      await end();
      await onSetBack();
      // Stopped meanwhile.
      if (!watching) return;
      tasks = create();
      for (const task of tasks) void task.start();
    },
    async stop() {
      clearInterval(watching);
      watching = undefined;
      await end();
    },
  };
  return ticker;
}

/** node-cron would write to the console. */
function composeCronLogger(log: DigestLog) {
  return {
    debug: () => undefined,
    info: (message: string) => log.info({}, message),
    warn: (message: string) => log.warn({}, message),
    error: (message: string | Error, error?: Error) => log.error({ err: error ?? message }, 'the clock has trouble'),
  };
}
