import type { WebClient } from '@slack/web-api';
import { LRUCache } from 'lru-cache';
import { findLocale, type Locale } from '../../i18n/locale.ts';
import { within } from '../../time/wait.ts';

/** People whose language is remembered, and for how long, in milliseconds. */
const REMEMBERED = 10_000;
const REMEMBERED_MS = 24 * 3_600_000;
/** After a failure, such as for want of the scope, Slack is left alone for so long, in milliseconds. */
const FAILED_MS = 5 * 60_000;
/** How long an answer waits for Slack to say its reader's language, in milliseconds. Slack wants an answer within 3 seconds. */
const PATIENCE_MS = 700;

/** The languages of people on Slack. */
export interface UserLocales {
  /** A person's language; undefined if Slack does not say, not in time, or names one that the bot does not speak. Never rejects. */
  of(client: WebClient, user: string): Promise<Locale | undefined>;
}

/**
 * Slack names a person's language in their profile alone, and needs the scope `users:read` for it, which the time zone of a
 * digest needs too. https://docs.slack.dev/reference/methods/users.info
 */
export function createUserLocales(patienceMs = PATIENCE_MS): UserLocales {
  const known = new LRUCache<string, Promise<Locale | undefined>>({ max: REMEMBERED, ttl: REMEMBERED_MS });
  return {
    async of(client, user) {
      const cached = known.get(user);
      const found =
        cached ??
        ask(client, user).catch(() => {
          known.set(user, Promise.resolve(undefined), { ttl: FAILED_MS });
          return undefined;
        });
      if (!cached) known.set(user, found);
      return within(found, patienceMs);
    },
  };
}

async function ask(client: WebClient, user: string): Promise<Locale | undefined> {
  const { user: person } = await client.users.info({ user, include_locale: true });
  return findLocale([person?.locale]);
}
