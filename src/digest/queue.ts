import type { Transaction } from 'kysely';
import PQueue from 'p-queue';
import { type DeliveryKey, openDeliveries } from '../store/ledger.ts';
import type { Database } from '../store/open-store.ts';
import type { Schema } from '../store/schema.ts';
import type { Attempt, Clock } from './deliver.ts';

/** Deliveries under way at once in one process: enough to fill a platform's rate where each takes a second. */
export const CONCURRENCY = 64;

/** Carries deliveries from where they are planned to where they are sent. */
export interface DeliveryQueue {
  /** Hands deliveries over, once the transaction that planned them is committed. */
  enqueue(keys: readonly DeliveryKey[], transaction: Transaction<Schema>): Promise<void>;
  /** Attends to whatever is open now. Resolves once all of it was begun or found taken. */
  wake(): Promise<void>;
  /** Begins no more and waits for what is under way. */
  stop(): Promise<void>;
}

/** A queue for one process: the ledger itself is the list. */
export function createLedgerQueue(
  db: Database,
  clock: Clock,
  handle: (key: DeliveryKey) => Promise<Attempt>,
  onError: (error: unknown) => void,
): DeliveryQueue {
  const work = new PQueue({ concurrency: CONCURRENCY });
  const known = new Set<string>();
  const idOf = ({ subscription, due }: DeliveryKey) => `${subscription} ${due}`;
  let stopped = false;
  let waking: Promise<void> | undefined;

  const begin = async (): Promise<void> => {
    while (!stopped) {
      const open = await openDeliveries(db, clock.now(), known.size + CONCURRENCY);
      const fresh = open.filter((key) => !known.has(idOf(key)));
      if (fresh.length === 0) return;
      for (const key of fresh) {
        known.add(idOf(key));
        void work.add(() => (stopped ? undefined : handle(key).catch(onError))).finally(() => known.delete(idOf(key)));
      }
      await work.onSizeLessThan(CONCURRENCY / 2);
    }
  };
  return {
    enqueue: async () => undefined,
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
