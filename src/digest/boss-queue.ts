import { PgBoss } from 'pg-boss';
import { type DeliveryKey, openDeliveries } from '../store/ledger.ts';
import { POSTGRES_LIMITS, type Store } from '../store/open-store.ts';
import { BATCH, createCarrier } from './carrier.ts';
import type { Clock } from './clock.ts';
import type { Pipeline } from './deliver.ts';
import type { DeliveryQueue } from './queue.ts';

/** How often an idle process looks for work, in seconds. */
const POLL_SECONDS = 1;
/** How many deliveries one look hands over again: retries, and those left by processes that died. */
const SWEEP = 1000;
/** A delivery that was planned so long ago and never tried was not handed over, in milliseconds. */
const FORGOTTEN_MS = 10_000;
const STOP_MS = 5000;
/** Batches that one process claims at once, on each platform. */
const WORKERS = 2;

/** pg-boss measures its own intervals by this: with the machine's clock it would wait as long as that is set back. */
const STEADY = {
  now: () => performance.timeOrigin + performance.now(),
  setTimeout,
  clearTimeout,
  setInterval,
  clearInterval,
};

/**
 * A queue for many processes on one PostgreSQL. Each takes the work of the platforms that it is connected to. A job is done
 * once its delivery is claimed: from then on the ledger says who sends what, and a job that comes twice does nothing.
 */
export async function createBossQueue(
  { url, db }: Store,
  { all, own }: { readonly all: readonly string[]; readonly own: readonly string[] },
  clock: Clock,
  pipeline: Pipeline,
  onError: (error: unknown) => void,
): Promise<DeliveryQueue> {
  const boss = new PgBoss({ connectionString: url, schedule: false, max: 4, ...POSTGRES_LIMITS, clock: STEADY });
  boss.on('error', onError);
  await boss.start();

  /** A worker of this process, by platform. */
  const workers = new Map<string, string>();
  const enqueue: DeliveryQueue['enqueue'] = async (handovers) => {
    for (const [platform, group] of Map.groupBy(handovers, (one) => one.platform)) {
      await boss.insert(queueOf(platform), group.map(composeJob));
      // Others notice within a second.
      const worker = workers.get(platform);
      if (worker !== undefined) boss.notifyWorker(worker);
    }
  };
  // A queue has to be there before anything is put into it, also for platforms that other processes are connected to.
  for (const platform of all) {
    // "short": a delivery waits in the queue once at most.
    const policy = { policy: 'short', retryLimit: 0, deleteAfterSeconds: 3600, expireInSeconds: 120 } as const;
    await boss.createQueue(queueOf(platform), policy);
  }
  const carriers = own.map((platform) => ({ platform, carrier: createCarrier(pipeline, onError) }));
  for (const { platform, carrier } of carriers) {
    const worker = await boss.work<DeliveryKey>(
      queueOf(platform),
      { batchSize: BATCH, localConcurrency: WORKERS, pollingIntervalSeconds: POLL_SECONDS, burstWhenBatchFull: true },
      async (jobs) => {
        // Those that could not be claimed stay in the ledger and are swept up.
        await carrier.take(jobs.map(({ data }) => data)).catch(onError);
      },
    );
    workers.set(platform, worker);
  }
  return {
    enqueue,
    async wake() {
      const now = clock.now();
      await enqueue(await openDeliveries(db, own, now, SWEEP, now - FORGOTTEN_MS));
    },
    async stop() {
      await Promise.all([
        ...carriers.map(({ carrier }) => carrier.stop()),
        boss.stop({ graceful: true, timeout: STOP_MS }),
      ]);
    },
  };
}

function queueOf(platform: string): string {
  return `deliveries-${platform}`;
}

function composeJob({ subscription, due }: DeliveryKey) {
  return { data: { subscription, due }, singletonKey: `${subscription} ${due}` };
}
