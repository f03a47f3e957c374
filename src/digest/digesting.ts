import { forgetAudit } from '../store/audit.ts';
import { correctTimes } from '../store/correct-times.ts';
import { forgetDeliveries } from '../store/ledger.ts';
import type { Store } from '../store/open-store.ts';
import { forgetPaces } from '../store/pace.ts';
import { forgetEvents } from '../store/seen.ts';
import { type Clock, watchClock } from './clock.ts';
import { createPipeline } from './deliver.ts';
import { LEASE_MS } from './doubt.ts';
import { rememberNextDue } from './plan.ts';
import { planDue } from './plan-due.ts';
import { createLedgerQueue } from './queue.ts';
import { createTicker } from './ticker.ts';
import type { DeliveryTools } from './tools.ts';

/** How long events are remembered as taken, in milliseconds: Slack sends one again for an hour at most. */
const REMEMBER_EVENTS_MS = 24 * 3_600_000;
/** How often the same error is reported, in milliseconds. */
const REPEAT_MS = 60_000;
/** Kinds of errors remembered. */
const KINDS = 100;

export interface DigestingOptions extends Omit<DeliveryTools, 'store'> {
  /** Every platform, including those that only other processes are connected to. */
  readonly platforms: readonly string[];
  /** How long records of deliveries are kept, in milliseconds. */
  readonly retentionMs: number;
  /** How long it is kept who changed what, in milliseconds. */
  readonly auditMs: number;
}

export interface Digesting {
  /** Plans what is due and hands it over. Resolves to how many subscriptions were due. */
  tick(): Promise<number>;
  /** Runs `tick` every five seconds from now on. */
  start(): void;
  /** Begins nothing more and lets deliveries under way finish. */
  stop(): Promise<void>;
}

/** The process that plans and delivers digests, on a ledger of its own or on one shared with other processes. */
export async function createDigesting(store: Store, options: DigestingOptions): Promise<Digesting> {
  const { clock, log, catchUpMs, retentionMs, auditMs } = options;
  const platforms = [...options.senders.keys()];
  const pipeline = createPipeline({ ...options, store });
  const onError = limitRepeats(clock, (error) =>
    log.error({ err: error }, 'the digest failed; it tries again at the next tick'),
  );
  const queue =
    store.kind === 'postgres'
      ? await (await import('./boss-queue.ts')).createBossQueue(
          store,
          { all: options.platforms, own: platforms },
          clock,
          pipeline,
          onError,
        )
      : createLedgerQueue(store.db, platforms, clock, pipeline, onError);

  const clockStep = watchClock(clock);
  const correct = async (wasSetBack: boolean): Promise<void> => {
    const correction = { now: clock.now(), next: rememberNextDue(), catchUpMs, leaseMs: LEASE_MS, wasSetBack };
    const count = await correctTimes(store.db, correction);
    if (count > 0) log.warn({ count }, 'digests had times too far in the future; they are corrected');
  };
  const plan = async (): Promise<number> => {
    const step = clockStep();
    if (step > 0) log.info({ seconds: step / 1000 }, 'the clock went forward');
    if (step < 0) {
      log.warn({ seconds: -step / 1000 }, 'the clock was set back; times too far in the future are corrected');
      await correct(true).catch(onError);
    }
    return planDue(store, clock, catchUpMs, queue.enqueue);
  };
  const onTick = async (): Promise<void> => {
    await plan().catch(onError);
    // Not waited for: what is due at the next tick must not wait for what a platform's pace still holds back.
    void queue.wake().catch(onError);
  };
  const onHour = async (): Promise<void> => {
    const now = clock.now();
    for (const work of [
      () => forgetPaces(store.db, { before: now }),
      () => forgetEvents(store.db, now - REMEMBER_EVENTS_MS),
      () => forgetDeliveries(store.db, now - retentionMs),
      () => forgetAudit(store.db, now - auditMs),
      () => correct(false),
    ]) {
      await work().catch(onError);
    }
  };
  const ticker = createTicker(clock, onTick, onHour);
  return {
    async tick() {
      const total = await plan();
      await queue.wake();
      return total;
    },
    start() {
      void correct(false).catch(onError);
      ticker.start();
    },
    async stop() {
      await ticker.stop();
      await queue.stop();
    },
  };
}

/** Reports the same error once a minute: while the database is down, every worker meets it every second. */
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
