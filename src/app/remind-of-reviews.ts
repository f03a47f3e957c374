import { composeReviewWord, dueOn, type Review } from '../content/review.ts';
import type { Reply } from '../core/reply.ts';
import type { Timers } from '../time/timers.ts';

const HOUR_MS = 3_600_000;
const WEEK_MS = 7 * 24 * HOUR_MS;
/** Mondays at 9:00 UTC, as milliseconds from 1970 to the first one. */
const FIRST_MS = 4 * 24 * HOUR_MS + 9 * HOUR_MS;

export interface RemindOptions {
  readonly timers: Pick<Timers, 'after'>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Everything that has a review date. */
  readonly list: () => Promise<readonly Review[]>;
  /** Posts to those who look after the content; the key is the same for all processes that post the same. */
  readonly post: (word: Reply, key: string) => void;
  readonly log: { error(details: object, message: string): void };
}

/**
 * Posts every Monday morning what is due for review, if anything is. A bot started later in the week waits for the next Monday,
 * so a restart never repeats a reminder. Returns a function that ends it.
 */
export function remindOfReviews({ timers, now, list, post, log }: RemindOptions): () => void {
  let cancel = wait(nextMonday(now()));
  return () => cancel();

  function wait(at: number): () => void {
    return timers.after(at - now(), () => {
      // The clock may have been set back meanwhile.
      if (now() < at) cancel = wait(at);
      else {
        cancel = wait(nextMonday(now()));
        remind(at).catch((error) => log.error({ err: error }, "the reviews that are due can't be listed"));
      }
    });
  }

  async function remind(at: number): Promise<void> {
    const day = new Date(at).toISOString().slice(0, 10);
    const word = composeReviewWord(dueOn(await list(), day));
    if (word) post(word, `review-${day}`);
  }
}

/** The first Monday at 9:00 UTC after a time; both in milliseconds since 1970. */
export function nextMonday(now: number): number {
  return FIRST_MS + (Math.floor((now - FIRST_MS) / WEEK_MS) + 1) * WEEK_MS;
}
