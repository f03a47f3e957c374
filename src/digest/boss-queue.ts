import { fromKysely, PgBoss } from 'pg-boss';
import { type DeliveryKey, openDeliveries } from '../store/ledger.ts';
import type { Store } from '../store/open-store.ts';
import type { Attempt, Clock } from './deliver.ts';
import { CONCURRENCY, type DeliveryQueue } from './queue.ts';

const QUEUE = 'deliveries';
/** How often a process that has nothing to do looks for work, in seconds. */
const POLL_SECONDS = 1;
/** Deliveries that one look takes over from processes that died. */
const SWEEP = 1000;
const STOP_MS = 10_000;

/** A queue for many processes on one PostgreSQL. The ledger still decides who sends what: a job that comes twice does nothing. */
export async function createBossQueue(
  { url, db }: Store,
  clock: Clock,
  handle: (key: DeliveryKey) => Promise<Attempt>,
  onError: (error: unknown) => void,
): Promise<DeliveryQueue> {
  const boss = new PgBoss({ connectionString: url, schedule: false, max: 4 });
  boss.on('error', onError);
  await boss.start();
  // "short": a delivery waits in the queue once at most.
  await boss.createQueue(QUEUE, { policy: 'short', retryLimit: 0, deleteAfterSeconds: 3600, expireInSeconds: 120 });

  const composeJob = (data: DeliveryKey) => ({ data, singletonKey: `${data.subscription} ${data.due}` });
  const attend = async (key: DeliveryKey): Promise<void> => {
    const attempt = await handle(key);
    if (attempt.outcome === 'retry')
      await boss.insert(QUEUE, [{ ...composeJob(key), startAfter: new Date(attempt.at) }]);
  };
  await boss.work<DeliveryKey>(
    QUEUE,
    { batchSize: CONCURRENCY / 4, localConcurrency: 4, pollingIntervalSeconds: POLL_SECONDS },
    async (jobs) => {
      // One that fails stays in the ledger and is swept up; it must not fail the others of its batch.
      await Promise.all(jobs.map(({ data }) => attend(data).catch(onError)));
    },
  );
  return {
    async enqueue(keys, transaction) {
      await boss.insert(QUEUE, keys.map(composeJob), { db: fromKysely(transaction) });
    },
    async wake() {
      const open = await openDeliveries(db, clock.now() - POLL_SECONDS * 10_000, SWEEP);
      if (open.length > 0) await boss.insert(QUEUE, open.map(composeJob));
    },
    async stop() {
      await boss.stop({ graceful: true, timeout: STOP_MS });
    },
  };
}
