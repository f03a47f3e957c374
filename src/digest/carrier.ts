import type { DeliveryKey } from '../store/ledger.ts';
import { within } from '../time/wait.ts';
import type { Pipeline } from './deliver.ts';
import { createPlaces } from './places.ts';

/** Deliveries under way at once on one platform in one process: enough to fill its rate if each takes a second. */
const CONCURRENCY = 128;
/** Deliveries that are claimed together. */
export const BATCH = 32;
/** How long a stopping process waits for what is under way, in milliseconds. What takes longer is looked for by the next one. */
const STOP_MS = 5000;

/** Takes deliveries on one platform from claimed to settled, as many at once as there are places. */
export interface Carrier {
  /** Resolves once these are claimed and under way, to how many there was something to do for. Rejects if the database fails. */
  take(keys: readonly DeliveryKey[]): Promise<number>;
  /** Takes no more, and waits a while for what is under way. */
  stop(): Promise<void>;
}

export function createCarrier(pipeline: Pipeline, onError: (error: unknown) => void): Carrier {
  const places = createPlaces(CONCURRENCY);
  let stopped = false;
  return {
    async take(keys) {
      await places.take(keys.length);
      let unused = keys.length;
      try {
        if (stopped) return 0;
        const { claimed, settled } = await pipeline.claim(keys);
        unused -= claimed.length;
        for (const one of claimed) {
          void pipeline
            .carry(one)
            .catch(onError)
            .finally(() => places.free(1));
        }
        return claimed.length + settled.length;
      } finally {
        places.free(unused);
      }
    },
    async stop() {
      stopped = true;
      await within(places.idle(), STOP_MS);
    },
  };
}
