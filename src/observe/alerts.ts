import type { Target } from '../core/digests.ts';
import type { Observer } from '../core/observer.ts';
import { createQuestion } from '../core/question.ts';
import { createReply, type Reply } from '../core/reply.ts';
import type { Sender } from '../core/sender.ts';

/** This many failures within the window trigger an alert. */
const FAILURES = 5;
const WINDOW_MS = 10 * 60_000;
/** The shortest time between two alerts, so that a bad night means only a few messages. */
const QUIET_MS = 60 * 60_000;
/** A backup is tried every hour. */
const DAY_MS = 24 * 3_600_000;

export interface AlertOptions {
  readonly target: Target;
  /** The sender of the target's platform; undefined if the bot isn't on it. */
  readonly sender: () => Sender | undefined;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly log: { error(details: object, message: string): void };
}

export interface Alerts {
  readonly observer: Observer;
  /** Posts another kind of message to the channel. */
  post(word: Reply, key: string): void;
  /** Resolves once every pending alert has been sent or has failed. */
  stop(): Promise<void>;
}

/**
 * Tells a channel if answers, deliveries or platforms fail repeatedly, at most once an hour, with what to look for in the log.
 * Tells of a backup that fails, at most once a day. If the process stops because of an error, it says so at once.
 */
export function createAlerts({ target, sender, now, log }: AlertOptions): Alerts {
  let sending = Promise.resolve();
  let failures: { readonly at: number; readonly what: string }[] = [];
  let silentUntil = 0;
  let backupQuietUntil = 0;

  const fail = (what: string): void => {
    failures = [...failures.filter(({ at }) => now() - at < WINDOW_MS), { at: now(), what }];
    if (failures.length < FAILURES || now() < silentUntil) return;
    silentUntil = now() + QUIET_MS;
    const counts = [...Map.groupBy(failures, (one) => one.what)].map(([name, { length }]) => `${length} × ${name}`);
    failures = [];
    tell('Something keeps failing', `In the last ${WINDOW_MS / 60_000} minutes: ${counts.join(', ')}.`);
  };

  const tell = (title: string, lead: string): void => {
    const reply = createReply(createQuestion('help'), {
      outcome: 'failed',
      title,
      byline: 'For those who run this bot',
      lead: `${lead} The log says why. To check the setup, run: npx briefing doctor`,
    });
    post(reply, `alert-${Math.floor(now() / 1000).toString(36)}`);
  };

  const post = (word: Reply, key: string): void => {
    const send = async () => sender()?.send(target, word, key);
    sending = send().then(
      () => undefined,
      (error) => log.error({ err: error }, 'an alert could not be sent'),
    );
  };
  const observer: Observer = {
    answering:
      ({ platform, command }) =>
      (outcome) => {
        if (outcome === 'failed') fail(`/${command} on ${platform} failed`);
      },
    delivering:
      ({ platform }) =>
      (outcome) => {
        if (outcome === 'failed' || outcome === 'crashed') fail(`a digest on ${platform} was not delivered`);
      },
    restarted: (platform) => fail(`${platform} was restarted`),
    backedUp() {
      backupQuietUntil = 0;
    },
    backupFailed() {
      if (now() < backupQuietUntil) return;
      backupQuietUntil = now() + DAY_MS;
      tell('The backup failed', 'The database could not be backed up. It is tried again every hour.');
    },
    crashed: () => tell('The bot is stopping', 'An uncaught error ends this process.'),
  };
  return { observer, post, stop: () => sending };
}
