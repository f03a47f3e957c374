import type { Feedback } from '../core/feedback.ts';
import { anonymize } from '../editorial/gaps.ts';
import { countFeedback, createFeedback } from '../store/feedback.ts';
import { openStore, type Store } from '../store/open-store.ts';
import type { Config } from './config.ts';
import { composeDatabaseUrl } from './database-url.ts';
import { hasPage } from './serve-bot.ts';

export interface OpenFeedback {
  readonly feedback: Feedback;
  /** How many votes of each sort there are. */
  count(): Promise<Readonly<Record<string, number>>>;
  /** Closes what was opened for it alone. */
  close(): Promise<void>;
}

/**
 * What readers say of answers, in the bot's database. A bot that is on no platform opens one for its page, and does without
 * if it can't. Undefined if the settings turn it off.
 */
export async function openFeedback(
  config: Config,
  own: Store | undefined,
  now: () => number,
  log: { warn(details: object, message: string): void },
): Promise<OpenFeedback | undefined> {
  if (!config.feedback || !(own || hasPage(config))) return undefined;
  try {
    const store = own ?? (await openStore(composeDatabaseUrl(config)));
    return {
      feedback: createFeedback(store.db, { now, retentionMs: config.retentionMs, anonymize }),
      count: () => countFeedback(store.db),
      close: async () => (own ? undefined : store.close()),
    };
  } catch (error) {
    log.warn({ err: error }, "readers can't vote on answers: the database can't be used");
    return undefined;
  }
}
