import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { Target } from '../core/digests.ts';
import type { Editors } from '../core/editors.ts';
import type { Sender } from '../core/sender.ts';
import { createPassOn } from '../editorial/pass-on.ts';
import { openKeyedHash } from '../store/keyed-hash.ts';
import type { Database } from '../store/open-store.ts';
import { giveEventBack, takeEvent } from '../store/seen.ts';

const HOUR_SECONDS = 3600;
/** Questions that one person passes on in an hour, and that one process passes on. */
const PER_PERSON = 3;
const IN_ALL = 30;

export interface EditorsOptions {
  readonly db: Database;
  readonly target: Target;
  readonly sender: () => Sender | undefined;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly log: { error(details: object, message: string): void };
}

/** The editors' channel that the settings name. */
export function openEditors({ db, now, ...options }: EditorsOptions): Editors {
  const [person, all] = [PER_PERSON, IN_ALL].map((points) => new RateLimiterMemory({ points, duration: HOUR_SECONDS }));
  return createPassOn({
    ...options,
    now,
    take: (id) => takeEvent(db, id, now()),
    giveBack: (id) => giveEventBack(db, id),
    hash: async (text) => (await openKeyedHash(db))(text),
    async mayPass(key) {
      const points = [person?.consume(key), all?.consume('all')];
      return (await Promise.allSettled(points)).every(({ status }) => status === 'fulfilled');
    },
  });
}
