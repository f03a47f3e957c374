import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import cron from 'node-cron';
import { forgetDeliveries, planDeliveries } from '../store/ledger.ts';
import type { Store } from '../store/open-store.ts';
import { forgetPaces } from '../store/pace.ts';
import { forgetEvents } from '../store/seen.ts';
import { type Clock, type Delivering, type DigestLog, deliver } from './deliver.ts';
import { planSubscription, rememberNextDue } from './plan.ts';
import { createLedgerQueue, type DeliveryQueue } from './queue.ts';

/** Subscriptions that one transaction moves on. */
const BATCH = 250;
/** How often due digests and deliveries to be tried again are looked for. */
const EVERY_FIVE_SECONDS = '*/5 * * * * *';
/** How long events are remembered as taken, in milliseconds: Slack sends one again for an hour at most. */
const REMEMBER_EVENTS_MS = 24 * 3_600_000;
/** A tick that the machine was too busy for still counts this long, in milliseconds. */
const LATE_TICK_MS = 4000;

const REPEAT_MS = 60_000;
/** Kinds of errors remembered. */
const KINDS = 100;

export interface DigestingOptions extends Delivering {
  /** How long records of deliveries are kept, in milliseconds. */
  readonly retentionMs: number;
}

export interface Digesting {
  /** Plans what is due and hands it over. Resolves to how many subscriptions were due. */
  tick(): Promise<number>;
  /** Runs `tick` every five seconds from now on. */
  start(): void;
  /** Begins nothing more and lets deliveries under way finish. */
  stop(): Promise<void>;
}

/** Writes everything that is due into the ledger and hands it to `enqueue`. Resolves to how many subscriptions were due. */
export async function planDue(
  store: Store,
  clock: Clock,
  catchUpMs: number,
  enqueue: DeliveryQueue['enqueue'],
): Promise<number> {
  const next = rememberNextDue();
  let total = 0;
  for (let count = BATCH; count === BATCH; total += count) {
    const now = clock.now();
    count = await planDeliveries(
      store,
      now,
      BATCH,
      (subscription) => planSubscription(subscription, subscription.nextDue ?? now, now, catchUpMs, next),
      enqueue,
    );
    // SQLite answers at once, so that nothing else would get a turn.
    await yieldToEventLoop();
  }
  return total;
}

/** The process that plans and delivers digests, on a ledger of its own or on one shared with other processes. */
export async function createDigesting(store: Store, delivering: DigestingOptions): Promise<Digesting> {
  const { clock, log, catchUpMs, retentionMs } = delivering;
  const platforms = [...delivering.senders.keys()];
  const handle = (key: Parameters<typeof deliver>[0]) => deliver(key, delivering);
  const onError = limitRepeats(clock, (error) =>
    log.error({ err: error }, 'the digest has trouble; it goes on with the next tick'),
  );
  const queue =
    store.kind === 'postgres'
      ? await (await import('./boss-queue.ts')).createBossQueue(store, platforms, clock, handle, onError)
      : createLedgerQueue(store.db, platforms, clock, handle, onError);

  const plan = () => planDue(store, clock, catchUpMs, queue.enqueue);
  // Not waited for: what is due at the next tick does not wait for what a platform's pace still holds back.
  const wake = () => void queue.wake().catch(onError);
  const task = cron.createTask(EVERY_FIVE_SECONDS, () => plan().then(wake).catch(onError), {
    name: 'digests',
    logger: composeCronLogger(log),
    timezone: 'UTC',
    noOverlap: true,
    missedExecutionTolerance: LATE_TICK_MS,
  });
  const clean = async () => {
    await forgetPaces(store.db, clock.now());
    await forgetEvents(store.db, clock.now() - REMEMBER_EVENTS_MS);
    await forgetDeliveries(store.db, clock.now() - retentionMs);
  };
  const cleaning = cron.createTask('17 * * * *', () => clean().catch(onError), {
    name: 'cleaning',
    timezone: 'UTC',
    noOverlap: true,
  });
  return {
    async tick() {
      const total = await plan();
      await queue.wake();
      return total;
    },
    start() {
      void task.start();
      void cleaning.start();
    },
    async stop() {
      await task.destroy();
      await cleaning.destroy();
      await queue.stop();
    },
  };
}

/** Hears of the same error once a minute: while a database is away, every worker meets it every second. */
function limitRepeats(clock: Clock, report: (error: unknown) => void): (error: unknown) => void {
  const reported = new Map<string, number>();
  return (error) => {
    const now = clock.now();
    const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
    const kind = String(code ?? message ?? error);
    if (now - (reported.get(kind) ?? Number.NEGATIVE_INFINITY) < REPEAT_MS) return;
    if (reported.size >= KINDS) reported.clear();
    reported.set(kind, now);
    report(error);
  };
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
