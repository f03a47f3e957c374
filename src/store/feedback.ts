import { createHmac, randomBytes } from 'node:crypto';
import type { Feedback, Rating, Vote } from '../core/feedback.ts';
import type { Database } from './open-store.ts';

/** Ratings kept at most; while there are as many, no further ones are taken. */
const MAX_RATINGS = 50_000;
/** Ratings looked at in one go. */
const PAGE = 1000;
const KEY_BYTES = 32;
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
        .values({ question, voter: hashVoter(await readKey(db), person, question), ...word })
        .onConflict((conflict) => conflict.columns(['question', 'voter']).doUpdateSet(word))
        .execute();
    },
  };
}

/** What readers say of the answer to one question. */
export interface RatedQuestion {
  readonly question: string;
  readonly helpful: number;
  readonly unhelpful: number;
  /** What those who were not helped had wanted to know. */
  readonly wanted: readonly string[];
}

/** Every question whose answer was rated, those that helped least first. */
export async function listFeedback(db: Database): Promise<readonly RatedQuestion[]> {
  const rows = await db.selectFrom('feedback').select(['question', 'vote', 'wanted']).orderBy('question').execute();
  return [...Map.groupBy(rows, ({ question }) => question)]
    .map(([question, own]) => ({
      question,
      helpful: own.filter(({ vote }) => vote === 'helpful').length,
      unhelpful: own.filter(({ vote }) => vote === 'unhelpful').length,
      wanted: own.flatMap(({ wanted }) => wanted ?? []),
    }))
    .sort((a, b) => b.unhelpful - a.unhelpful || a.helpful - b.helpful);
}

/** How many votes of each sort are kept. */
export async function countFeedback(db: Database): Promise<Readonly<Record<Vote, number>>> {
  const rows = await db
    .selectFrom('feedback')
    .select((query) => ['vote', query.fn.countAll().as('count')])
    .groupBy('vote')
    .execute();
  const counted = (vote: Vote) => Number(rows.find((row) => row.vote === vote)?.count ?? 0);
  return { helpful: counted('helpful'), unhelpful: counted('unhelpful') };
}

/** Deletes every rating of a person, such as `discord:123`, and says how many there were. */
export async function forgetRatings(db: Database, person: string): Promise<number> {
  const key = await readKey(db);
  let deleted = 0;
  for (let last = ''; ; ) {
    // Nobody's name stands in a row: each question's hash of this person is tried.
    const rows = await db
      .selectFrom('feedback')
      .select('question')
      .distinct()
      .where('question', '>', last)
      .orderBy('question')
      .limit(PAGE)
      .execute();
    for (const { question } of rows) {
      const { numDeletedRows } = await db
        .deleteFrom('feedback')
        .where('question', '=', question)
        .where('voter', '=', hashVoter(key, person, question))
        .executeTakeFirst();
      deleted += Number(numDeletedRows);
    }
    if (rows.length < PAGE) return deleted;
    last = rows.at(-1)?.question ?? last;
  }
}

function hashVoter(key: string, person: string, question: string): string {
  return createHmac('sha256', Buffer.from(key, 'base64')).update(`${person}\n${question}`).digest('base64url');
}

async function countAll(db: Database): Promise<number> {
  const row = await db
    .selectFrom('feedback')
    .select((query) => query.fn.countAll().as('count'))
    .executeTakeFirst();
  return Number(row?.count ?? 0);
}

/** The key of these hashes, made when it is first needed and shared by all processes on the database. */
async function readKey(db: Database): Promise<string> {
  const find = () => db.selectFrom('keys').select('value').where('id', '=', 'feedback').executeTakeFirst();
  const known = await find();
  if (known) return known.value;
  await db
    .insertInto('keys')
    .values({ id: 'feedback', value: randomBytes(KEY_BYTES).toString('base64') })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
  const made = await find();
  if (!made) throw new Error('the key of feedback could not be kept');
  return made.value;
}
