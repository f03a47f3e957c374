import { composeReviewWord, dueOn, type Review } from '../content/review.ts';
import type { Reply } from '../core/reply.ts';
import type { Timers } from '../time/timers.ts';

const HOUR_MS = 3_600_000;
const WEEK_MS = 7 * 24 * HOUR_MS;
/** Mondays at 9:00 UTC; the first of them after 1970 began. */
const FIRST_MS = 4 * 24 * HOUR_MS + 9 * HOUR_MS;
/** What a bot that has just started leaves its platforms to connect. */
const START_MS = 60_000;

export interface RemindOptions {
  readonly timers: Pick<Timers, 'after'>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** What has a day of review. */
  readonly list: () => Promise<readonly Review[]>;
  /**
   * Notes that a week's word is posted, and remembers it until `until`, in milliseconds since 1970. True for the first
   * process that does so, also after a restart.
   */
  readonly take: (key: string, until: number) => Promise<boolean>;
  /** Posts to those who look after the content; the key is the same for all processes that post the same. */
  readonly post: (word: Reply, key: string) => void;
  readonly log: { error(details: object, message: string): void };
}

/**
 * Tells once a week what was due for review on its Monday, and nothing if nothing was. A bot that was down on Monday morning
 * tells it when it is started again. Returns a function that ends it.
 */
export function remindOfReviews({ timers, now, list, take, post, log }: RemindOptions): () => void {
  let cancel = wait(now() + START_MS);
  return () => cancel();

  function wait(at: number): () => void {
    return timers.after(at - now(), () => {
      // The clock may have been set back meanwhile.
      if (now() < at) cancel = wait(at);
      else {
        cancel = wait(nextMonday(now()));
        remind(now()).catch((error) => log.error({ err: error }, "the reviews that are due can't be listed"));
      }
    });
  }

  async function remind(at: number): Promise<void> {
    const next = nextMonday(at);
    const day = new Date(next - WEEK_MS).toISOString().slice(0, 10);
    const word = composeReviewWord(dueOn(await list(), day));
    const key = `review-${day}`;
    if (word && (await take(key, next))) post(word, key);
  }
}

/** The first Monday at 9:00 UTC after a time; both in milliseconds since 1970. */
export function nextMonday(now: number): number {
  return FIRST_MS + (Math.floor((now - FIRST_MS) / WEEK_MS) + 1) * WEEK_MS;
}
