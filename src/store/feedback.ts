import type { Feedback, Rating, Vote } from '../core/feedback.ts';
import { forgetHashed } from './forget-hashed.ts';
import { hashPerson, openKeyedHash } from './keyed-hash.ts';
import type { Database } from './open-store.ts';

/** Ratings kept at most; while there are as many, no further ones are taken. */
const MAX_RATINGS = 50_000;
const DAY_MS = 24 * 3_600_000;

export interface FeedbackOptions {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** How long a rating is kept, in milliseconds. */
  readonly retentionMs: number;
  /** A text without what could name a person. */
  readonly anonymize: (text: string) => string;
}

/**
 * Feedback kept in the database: the question's words, the vote and the day. Who voted is a keyed hash of the person and the
 * question, so a person's votes can't be told to be one person's, and can still be changed and forgotten.
 */
export function createFeedback(db: Database, { now, retentionMs, anonymize }: FeedbackOptions): Feedback {
  return {
    async rate({ vote, question: asked, person, wanted }: Rating) {
      const question = anonymize(asked);
      if (!question) return;
      const day = Math.floor(now() / DAY_MS) * DAY_MS;
      await db
        .deleteFrom('feedback')
        .where('day', '<', now() - retentionMs)
        .execute();
      if ((await countAll(db)) >= MAX_RATINGS) return;
      const word = { vote, wanted: (wanted && anonymize(wanted)) || null, day };
      await db
        .insertInto('feedback')
        .values({ question, voter: hashPerson(await openKeyedHash(db), person, question), ...word })
        .onConflict((conflict) => conflict.columns(['question', 'voter']).doUpdateSet(word))
        .execute();
    },
  };
}

/** How many votes of each sort are kept, of those given since then, in milliseconds since 1970. */
export async function countFeedback(db: Database, since = 0): Promise<Readonly<Record<Vote, number>>> {
  const rows = await db
    .selectFrom('feedback')
    .select((query) => ['vote', query.fn.countAll().as('count')])
    .where('day', '>=', since)
    .groupBy('vote')
    .execute();
  const counted = (vote: Vote) => Number(rows.find((row) => row.vote === vote)?.count ?? 0);
  return { helpful: counted('helpful'), unhelpful: counted('unhelpful') };
}

/** Deletes every rating of a person, such as `discord:123`, and says how many there were. */
export async function forgetRatings(db: Database, person: string): Promise<number> {
  return forgetHashed(db, person, 'feedback', 'voter');
}

async function countAll(db: Database): Promise<number> {
  const row = await db
    .selectFrom('feedback')
    .select((query) => query.fn.countAll().as('count'))
    .executeTakeFirst();
  return Number(row?.count ?? 0);
}
