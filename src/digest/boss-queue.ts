import { fromKysely, type InsertOptions, PgBoss } from 'pg-boss';
import { type DeliveryKey, type Handover, openDeliveries } from '../store/ledger.ts';
import { POSTGRES_LIMITS, type Store } from '../store/open-store.ts';
import type { Attempt, Clock } from './deliver.ts';
import { CONCURRENCY, type DeliveryQueue } from './queue.ts';

/** How often a process that has nothing to do looks for work, in seconds. */
const POLL_SECONDS = 1;
/** Deliveries that one look takes over from processes that died. */
const SWEEP = 1000;
const STOP_MS = 10_000;
/** Batches that one process works on at once, on each platform. */
const BATCHES = 4;

/**
 * A queue for many processes on one PostgreSQL. Each takes the work of the platforms that it is connected to. The ledger
 * still decides who sends what: a job that comes twice does nothing.
 */
export async function createBossQueue(
  { url, db }: Store,
  { all, own }: { readonly all: readonly string[]; readonly own: readonly string[] },
  clock: Clock,
  handle: (key: DeliveryKey) => Promise<Attempt>,
  onError: (error: unknown) => void,
): Promise<DeliveryQueue> {
  const boss = new PgBoss({ connectionString: url, schedule: false, max: 4, ...POSTGRES_LIMITS });
  boss.on('error', onError);
  await boss.start();

  const insert = async (handovers: readonly Handover[], options: InsertOptions = {}): Promise<void> => {
    for (const [platform, group] of Map.groupBy(handovers, (one) => one.platform)) {
      await boss.insert(queueOf(platform), group.map(composeJob), options);
    }
  };
  const attend = async (key: DeliveryKey, platform: string): Promise<void> => {
    const attempt = await handle(key);
    if (attempt.outcome !== 'retry') return;
    await boss.insert(queueOf(platform), [{ ...composeJob(key), startAfter: new Date(attempt.at) }]);
  };
  // A queue has to be there before anything is put into it, also for platforms that other processes are connected to.
  for (const platform of all) {
    // "short": a delivery waits in the queue once at most.
    const policy = { policy: 'short', retryLimit: 0, deleteAfterSeconds: 3600, expireInSeconds: 120 } as const;
    await boss.createQueue(queueOf(platform), policy);
  }
  for (const platform of own) {
    await boss.work<DeliveryKey>(
      queueOf(platform),
      {
        batchSize: CONCURRENCY / BATCHES,
        localConcurrency: BATCHES,
        pollingIntervalSeconds: POLL_SECONDS,
        burstWhenBatchFull: true,
      },
      async (jobs) => {
        // One that fails stays in the ledger and is swept up; it must not fail the others of its batch.
        await Promise.all(jobs.map(({ data }) => attend(data, platform).catch(onError)));
      },
    );
  }
  return {
    enqueue: (handovers, transaction) => insert(handovers, { db: fromKysely(transaction) }),
    wake: async () => insert(await openDeliveries(db, own, clock.now() - POLL_SECONDS * 10_000, SWEEP)),
    async stop() {
      await boss.stop({ graceful: true, timeout: STOP_MS });
    },
  };
}

function queueOf(platform: string): string {
  return `deliveries-${platform}`;
}

function composeJob({ subscription, due }: DeliveryKey) {
  return { data: { subscription, due }, singletonKey: `${subscription} ${due}` };
}
