import { composeReviewWord, dueOn, type Review } from '../content/review.ts';
import type { Reply } from '../core/reply.ts';
import type { Timers } from '../time/timers.ts';

const HOUR_MS = 3_600_000;
const WEEK_MS = 7 * 24 * HOUR_MS;
/** Mondays at 9:00 UTC, as milliseconds from 1970 to the first one. */
const FIRST_MS = 4 * 24 * HOUR_MS + 9 * HOUR_MS;
/** How long a bot that has just started waits for its platforms to connect, in milliseconds. */
const START_MS = 60_000;

export interface RemindOptions {
  readonly timers: Pick<Timers, 'after'>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Everything that has a review date. */
  readonly list: () => Promise<readonly Review[]>;
  /**
   * Records that this week's reminder is posted, until `until`, in milliseconds since 1970. True for the first process that
   * does so, even after a restart.
   */
  readonly take: (key: string, until: number) => Promise<boolean>;
  /** Posts to those who look after the content; the key is the same for all processes that post the same. */
  readonly post: (word: Reply, key: string) => void;
  readonly log: { error(details: object, message: string): void };
}

/**
 * Posts once a week what was due for review that Monday, if anything was. A bot that was down on Monday morning posts it when it
 * starts again. Returns a function that ends it.
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

/** How many reviews are overdue. The content is read once an hour at most, however often somebody asks. */
export function countOverdue(list: RemindOptions['list'], now: () => number): () => Promise<number> {
  let read = Number.NEGATIVE_INFINITY;
  let reviews: Promise<readonly Review[]> | undefined;
  return async () => {
    if (Math.abs(now() - read) >= HOUR_MS) reviews = undefined;
    if (!reviews) {
      read = now();
      reviews = list();
      // What can't be read is read again.
      reviews.catch(() => {
        reviews = undefined;
      });
    }
    return dueOn(await reviews, new Date(now()).toISOString().slice(0, 10)).length;
  };
}

/** The first Monday at 9:00 UTC after a time; both in milliseconds since 1970. */
export function nextMonday(now: number): number {
  return FIRST_MS + (Math.floor((now - FIRST_MS) / WEEK_MS) + 1) * WEEK_MS;
}
