import type { ShownHow, Uses } from '../core/uses.ts';
import type { Timers } from '../time/timers.ts';
import type { Database } from './open-store.ts';
import { chunks } from './values.ts';

/** How long counts are gathered before they are written, in milliseconds. */
const GATHER_MS = 10_000;
/** Counts gathered at most while the database doesn't answer; further claims aren't counted. */
const MAX_GATHERED = 5000;
const DAY_MS = 24 * 3_600_000;

export interface UsesOptions {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly timers: Pick<Timers, 'after'>;
  /** How long counts are kept, in milliseconds. */
  readonly retentionMs: number;
  /** Hears of each, for metrics in total: a metric for each claim would grow with the content. */
  readonly onShown: (how: ShownHow, count: number) => void;
  readonly log: { warn(details: object, message: string): void };
}

/** Counts that are gathered in memory and written to the database every ten seconds. */
export interface StoredUses extends Uses {
  /** Writes what is gathered, and gathers no more. */
  stop(): Promise<void>;
}

/** Counts by claim, day and how it was shown: nothing of who read it, or what they asked. */
export function createUses(db: Database, { now, timers, retentionMs, onShown, log }: UsesOptions): StoredUses {
  let gathered = new Map<string, { day: number; claim: string; how: ShownHow; count: number }>();
  let cancel: (() => void) | undefined;
  let writing = Promise.resolve();

  const write = async (): Promise<void> => {
    cancel = undefined;
    const rows = [...gathered.values()];
    gathered = new Map();
    try {
      await addUses(db, rows);
      await db
        .deleteFrom('uses')
        .where('day', '<', now() - retentionMs)
        .execute();
    } catch (error) {
      log.warn({ err: error }, 'the claims that were shown could not be counted');
    }
  };
  const flush = (): Promise<void> => {
    writing = writing.then(write);
    return writing;
  };
  return {
    note(claims, how) {
      if (claims.length === 0) return;
      onShown(how, claims.length);
      const day = Math.floor(now() / DAY_MS) * DAY_MS;
      for (const claim of claims) {
        const key = `${day} ${how} ${claim}`;
        const known = gathered.get(key);
        if (known) known.count += 1;
        else if (gathered.size < MAX_GATHERED) gathered.set(key, { day, claim, how, count: 1 });
      }
      cancel ??= timers.after(GATHER_MS, () => void flush());
    },
    async stop() {
      cancel?.();
      await flush();
    },
  };
}

async function addUses(
  db: Database,
  rows: readonly { day: number; claim: string; how: ShownHow; count: number }[],
): Promise<void> {
  // Two processes that lock the same rows do so in the same order.
  const sorted = rows.toSorted((a, b) => (`${a.claim} ${a.how}` < `${b.claim} ${b.how}` ? -1 : 1));
  for (const chunk of chunks(sorted)) {
    await db
      .insertInto('uses')
      .values(chunk)
      .onConflict((conflict) =>
        conflict
          .columns(['day', 'claim', 'how'])
          .doUpdateSet((column) => ({ count: column('uses.count', '+', column.ref('excluded.count')) })),
      )
      .execute();
  }
}

/** How often a claim was shown, by how. */
export interface ClaimUses {
  /** Such as `harbour/tonnage`. */
  readonly claim: string;
  readonly counts: Readonly<Record<ShownHow, number>>;
  /** The last day, as its first millisecond in UTC. */
  readonly last: number;
}

/** What was shown since then, in milliseconds since 1970; the claims that answered most often first. */
export async function readUses(db: Database, since = 0): Promise<ClaimUses[]> {
  const rows = await db
    .selectFrom('uses')
    .select((select) => ['claim', 'how', select.fn.sum('count').as('count'), select.fn.max('day').as('last')])
    .where('day', '>=', since)
    .groupBy(['claim', 'how'])
    .execute();
  const uses = [...Map.groupBy(rows, ({ claim }) => claim)].map(([claim, list]): ClaimUses => {
    const count = (how: ShownHow) => Number(list.find((row) => row.how === how)?.count ?? 0);
    return {
      claim,
      counts: { answer: count('answer'), nearest: count('nearest'), page: count('page'), digest: count('digest') },
      last: Math.max(...list.map(({ last }) => Number(last))),
    };
  });
  const total = ({ counts }: ClaimUses) => counts.nearest + counts.page + counts.digest;
  return uses.sort((a, b) => b.counts.answer - a.counts.answer || total(b) - total(a) || (a.claim < b.claim ? -1 : 1));
}
