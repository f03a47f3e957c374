import { type Handover, openDeliveries } from '../store/ledger.ts';
import type { Database } from '../store/open-store.ts';
import { BATCH, createCarrier } from './carrier.ts';
import type { Clock } from './clock.ts';
import type { Pipeline } from './deliver.ts';

/** Deliveries that one look at the ledger finds: each look sorts all that are open. */
const LOOK = 16 * BATCH;

/** Carries deliveries from where they are planned to where they are sent, each platform's apart from the others'. */
export interface DeliveryQueue {
  /** Hands over deliveries that are in the ledger. */
  enqueue(handovers: readonly Handover[]): Promise<void>;
  /** Attends to whatever is open now. Resolves once all of it is under way or taken by somebody else. */
  wake(): Promise<void>;
  /** Begins no more and waits for what is under way. */
  stop(): Promise<void>;
}

/** A queue for one process: the ledger itself is the list. */
export function createLedgerQueue(
  db: Database,
  platforms: readonly string[],
  clock: Clock,
  pipeline: Pipeline,
  onError: (error: unknown) => void,
): DeliveryQueue {
  const lanes = platforms.map((platform) => createLane(db, platform, clock, pipeline, onError));
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
  pipeline: Pipeline,
  onError: (error: unknown) => void,
): Pick<DeliveryQueue, 'wake' | 'stop'> {
  const carrier = createCarrier(pipeline, onError);
  let stopped = false;
  let waking: Promise<void> | undefined;

  /** Ends as soon as nothing moves: what cannot be claimed, or a database that fails, waits for the next tick. */
  const begin = async (): Promise<void> => {
    for (let moved = 1; moved > 0 && !stopped; ) {
      moved = 0;
      const open = await openDeliveries(db, [platform], clock.now(), LOOK);
      for (let index = 0; index < open.length; index += BATCH)
        moved += await carrier.take(open.slice(index, index + BATCH));
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
      await carrier.stop();
    },
  };
}
