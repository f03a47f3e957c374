import type { Gap, Gaps } from '../core/gaps.ts';
import type { MissedText } from '../core/missed.ts';
import { forgetHashed } from './forget-hashed.ts';
import { hashPerson, openKeyedHash } from './keyed-hash.ts';
import type { Database } from './open-store.ts';
import { chunks } from './values.ts';

/** Questions kept at most; while there are as many, no further ones are taken. */
const MAX_GAPS = 50_000;
/** Questions that are listed at most, those that were asked last. */
const MAX_LISTED = 5000;
const DAY_MS = 24 * 3_600_000;

export interface GapsOptions {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** How long a question is kept after it was last asked, in milliseconds. */
  readonly retentionMs: number;
  /** A question without what could name a person; empty if nothing is left. */
  readonly tidy: (text: string) => string;
  readonly log: { warn(details: object, message: string): void };
}

/**
 * Questions without an answer, kept in the database: their words, what came nearest, and the days. Who asked is a keyed hash
 * of the person and the question, so that one reader counts once for a question, can be forgotten, and can't be told.
 */
export function createGaps(db: Database, { now, retentionMs, tidy, log }: GapsOptions): Gaps {
  const note = async ({ question: asked, person, verdict, article, claim }: Gap): Promise<void> => {
    const question = tidy(asked);
    if (!question) return;
    const day = Math.floor(now() / DAY_MS) * DAY_MS;
    const asker = hashPerson(await openKeyedHash(db), person, question);
    const word = { verdict, article: article ?? null, claim: claim ?? null, lastDay: day };
    await db
      .insertInto('gaps')
      .values({ question, asker, firstDay: day, ...word })
      .onConflict((conflict) => conflict.columns(['question', 'asker']).doUpdateSet(word))
      .execute();
  };
  return {
    async note(gaps) {
      if (gaps.length === 0) return;
      try {
        await db
          .deleteFrom('gaps')
          .where('lastDay', '<', now() - retentionMs)
          .execute();
        if ((await countGaps(db)) >= MAX_GAPS) return;
        for (const gap of gaps) await note(gap);
      } catch (error) {
        log.warn({ err: error }, 'a question without an answer could not be noted');
      }
    },
  };
}

/**
 * What readers missed since then, in milliseconds since 1970, the most often asked first: questions that found no answer, and
 * those whose answer was not what was asked.
 */
export async function listMissed(db: Database, since = 0): Promise<readonly MissedText[]> {
  const gaps = await db
    .selectFrom('gaps')
    .selectAll()
    .where('lastDay', '>=', since)
    .orderBy('lastDay', 'desc')
    .orderBy('question')
    .limit(MAX_LISTED)
    .execute();
  const rated = await db
    .selectFrom('feedback')
    .select(['question', 'wanted', 'day'])
    .where('vote', '=', 'unhelpful')
    .where('day', '>=', since)
    .orderBy('day', 'desc')
    .orderBy('question')
    .limit(MAX_LISTED)
    .execute();
  const missed = [...Map.groupBy(gaps, ({ question }) => question)].map(([text, rows]): MissedText => {
    const verdict = rows[0]?.verdict ?? 'declined';
    const { article = null, claim = null } = rows[0] ?? {};
    return {
      text,
      verdict,
      count: rows.length,
      first: Math.min(...rows.map(({ firstDay }) => firstDay)),
      last: Math.max(...rows.map(({ lastDay }) => lastDay)),
      ...(article === null ? {} : { article }),
      ...(claim === null ? {} : { claim }),
      wanted: [],
    };
  });
  const unhelpful = [...Map.groupBy(rated, ({ question }) => question)].map(
    ([text, rows]): MissedText => ({
      text,
      verdict: 'unhelpful',
      count: rows.length,
      first: Math.min(...rows.map(({ day }) => day)),
      last: Math.max(...rows.map(({ day }) => day)),
      wanted: [...new Set(rows.flatMap(({ wanted }) => wanted ?? []))],
    }),
  );
  return [...missed, ...unhelpful].sort((a, b) => b.count - a.count || b.last - a.last || (a.text < b.text ? -1 : 1));
}

/** How many questions without an answer are kept, each reader's apart. */
export async function countGaps(db: Database): Promise<number> {
  const row = await db
    .selectFrom('gaps')
    .select((query) => query.fn.countAll().as('count'))
    .executeTakeFirst();
  return Number(row?.count ?? 0);
}

/** Deletes every question of a person, such as `discord:123`, that found no answer, and says how many there were. */
export async function forgetGaps(db: Database, person: string): Promise<number> {
  return forgetHashed(db, person, 'gaps', 'asker');
}

/** Later than any time. */
export const FOR_GOOD = Number.MAX_SAFE_INTEGER;

/**
 * Keeps questions from being shown to editors unless they are asked after `until`, in milliseconds since 1970. `keys` are
 * their words, however they are written; only a keyed hash of them is kept.
 */
export async function settleQuestions(db: Database, keys: readonly string[], until: number): Promise<void> {
  const hash = await openKeyedHash(db);
  for (const chunk of chunks([...new Set(keys)])) {
    await db
      .insertInto('settled')
      .values(chunk.map((key) => ({ id: hash(key), hiddenUntil: until })))
      .onConflict((conflict) => conflict.column('id').doUpdateSet({ hiddenUntil: until }))
      .execute();
  }
}

/** Until when those of these keys that were settled are hidden, in milliseconds since 1970. */
export async function findSettled(db: Database, keys: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const hash = await openKeyedHash(db);
  const byId = new Map(keys.map((key) => [hash(key), key]));
  const found = new Map<string, number>();
  for (const chunk of chunks([...byId.keys()])) {
    const rows = await db.selectFrom('settled').selectAll().where('id', 'in', chunk).execute();
    for (const { id, hiddenUntil } of rows) found.set(byId.get(id) ?? '', hiddenUntil);
  }
  return found;
}
