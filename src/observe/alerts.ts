import type { Target } from '../core/digests.ts';
import type { Observer } from '../core/observer.ts';
import { createQuestion } from '../core/question.ts';
import { createReply, type Reply } from '../core/reply.ts';
import type { Sender } from '../core/sender.ts';

/** So many failures within the window are worth a word. */
const FAILURES = 5;
const WINDOW_MS = 10 * 60_000;
/** Between two alerts, so that a bad night is a few messages. */
const QUIET_MS = 60 * 60_000;

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
  /** Posts a word of another sort to the channel. */
  post(word: Reply, key: string): void;
  /** Resolves once what is under way is sent, or has failed. */
  stop(): Promise<void>;
}

/**
 * Tells a channel if answers, deliveries or platforms fail repeatedly: once an hour at most, with what the log should be read
 * for. That the process stops because of an error is told at once.
 */
export function createAlerts({ target, sender, now, log }: AlertOptions): Alerts {
  let sending = Promise.resolve();
  let failures: { readonly at: number; readonly what: string }[] = [];
  let silentUntil = 0;

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
      lead: `${lead} The log says why; briefing doctor checks the set-up.`,
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
    restarted: (platform) => fail(`${platform} was started again`),
    crashed: () => tell('The bot stops', 'An error that nobody caught ends this process.'),
  };
  return { observer, post, stop: () => sending };
}
