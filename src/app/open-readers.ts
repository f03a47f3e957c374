import type { Feedback } from '../core/feedback.ts';
import type { Gaps } from '../core/gaps.ts';
import { anonymize, tidyQuestion } from '../editorial/tidy-question.ts';
import { countFeedback, createFeedback } from '../store/feedback.ts';
import { createGaps } from '../store/gaps.ts';
import { openStore, type Store } from '../store/open-store.ts';
import type { Config } from './config.ts';
import { composeDatabaseUrl } from './database-url.ts';
import { hasGuarded } from './serve-bot.ts';

/** What is kept of readers: what they say of answers, and what they miss. */
export interface OpenReaders {
  /** The database that holds it. */
  readonly store: Store;
  readonly feedback: Feedback | undefined;
  readonly gaps: Gaps | undefined;
  /** How many votes of each sort there are; absent if none are taken. */
  readonly votes: (() => Promise<Readonly<Record<string, number>>>) | undefined;
  /** Closes what was opened for it alone. */
  close(): Promise<void>;
}

/**
 * Opens it in the bot's database. A bot that is on no chat platform opens one for its page, and does without if it can't.
 * Undefined if the settings turn all of it off.
 */
export async function openReaders(
  config: Config,
  own: Store | undefined,
  now: () => number,
  log: { warn(details: object, message: string): void },
): Promise<OpenReaders | undefined> {
  const { retentionMs } = config;
  if (!(config.feedback || config.gaps) || !(own || hasGuarded(config))) return undefined;
  try {
    const store = own ?? (await openStore(composeDatabaseUrl(config)));
    return {
      store,
      feedback: config.feedback ? createFeedback(store.db, { now, retentionMs, anonymize }) : undefined,
      votes: config.feedback ? () => countFeedback(store.db) : undefined,
      gaps: config.gaps ? createGaps(store.db, { now, retentionMs, tidy: tidyQuestion, log }) : undefined,
      close: async () => (own ? undefined : store.close()),
    };
  } catch (error) {
    log.warn(
      { err: error },
      "readers can't vote on answers, and what they miss isn't noted: the database can't be used",
    );
    return undefined;
  }
}
