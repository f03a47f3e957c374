import type { Transaction } from 'kysely';
import PQueue from 'p-queue';
import { type DeliveryKey, type Handover, openDeliveries } from '../store/ledger.ts';
import type { Database } from '../store/open-store.ts';
import type { Schema } from '../store/schema.ts';
import type { Attempt, Clock } from './deliver.ts';

/** Deliveries under way at once on one platform in one process: enough to fill its rate where each takes a second. */
export const CONCURRENCY = 64;

/** Carries deliveries from where they are planned to where they are sent, each platform's apart from the others'. */
export interface DeliveryQueue {
  /** Hands deliveries over, once the transaction that planned them is committed. */
  enqueue(handovers: readonly Handover[], transaction: Transaction<Schema>): Promise<void>;
  /** Attends to whatever is open now. Resolves once all of it was begun or found taken. */
  wake(): Promise<void>;
  /** Begins no more and waits for what is under way. */
  stop(): Promise<void>;
}

/** A queue for one process: the ledger itself is the list. */
export function createLedgerQueue(
  db: Database,
  platforms: readonly string[],
  clock: Clock,
  handle: (key: DeliveryKey) => Promise<Attempt>,
  onError: (error: unknown) => void,
): DeliveryQueue {
  const lanes = platforms.map((platform) => createLane(db, platform, clock, handle, onError));
  return {
    enqueue: async () => undefined,
    wake: async () => void (await Promise.all(lanes.map((lane) => lane.wake()))),
    stop: async () => void (await Promise.all(lanes.map((lane) => lane.stop()))),
  };
}

function createLane(
  db: Database,
  platform: string,
  clock: Clock,
  handle: (key: DeliveryKey) => Promise<Attempt>,
  onError: (error: unknown) => void,
): Pick<DeliveryQueue, 'wake' | 'stop'> {
  const work = new PQueue({ concurrency: CONCURRENCY });
  const known = new Set<string>();
  const idOf = ({ subscription, due }: DeliveryKey) => `${subscription} ${due}`;
  let stopped = false;
  let waking: Promise<void> | undefined;

  const begin = async (): Promise<void> => {
    while (!stopped) {
      const open = await openDeliveries(db, [platform], clock.now(), known.size + CONCURRENCY);
      const fresh = open.filter((key) => !known.has(idOf(key)));
      if (fresh.length === 0) return;
      for (const key of fresh) {
        known.add(idOf(key));
        void work
          .add(() => (stopped ? undefined : handle(key).catch(onError)))
          // What had not begun when the queue was cleared.
          .catch(() => undefined)
          .finally(() => known.delete(idOf(key)));
      }
      await work.onSizeLessThan(CONCURRENCY / 2);
    }
  };
  return {
    wake() {
      waking ??= begin().finally(() => {
        waking = undefined;
      });
      return waking;
    },
    async stop() {
      stopped = true;
      work.clear();
      await waking?.catch(() => undefined);
      await work.onIdle();
    },
  };
}
