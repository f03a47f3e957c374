import { createDiscordSender } from '../../src/adapters/discord/send-digest.ts';
import { composeClientOptions } from '../../src/adapters/slack/client-options.ts';
import { createSlackSender } from '../../src/adapters/slack/send-digest.ts';
import type { Subscription } from '../../src/core/digests.ts';
import type { Library } from '../../src/core/library.ts';
import type { Sender } from '../../src/core/sender.ts';
import type { DigestingOptions } from '../../src/digest/digesting.ts';
import { nextDue } from '../../src/digest/schedule.ts';
import { platforms } from '../../src/platforms.ts';
import type { Store } from '../../src/store/open-store.ts';
import { addSubscription } from '../../src/store/subscriptions.ts';
import { type RecordedLog, recordLog } from './discord-harness.ts';
import type { DiscordServer } from './discord-server.ts';
import type { LocalSlack } from './local-slack.ts';

/** A clock that the test sets; waiting moves it on. */
export interface TestClock {
  now(): number;
  until(time: number): Promise<void>;
  steady(): number;
  /** So much time passes, until then. */
  set(time: number): void;
  /** So much time passes. */
  advance(ms: number): void;
  /** Somebody sets the clock: no time passes. */
  jump(ms: number): void;
}

/** Starts at this moment, since the local servers stamp messages with the time. */
export function createTestClock(start = Date.now()): TestClock {
  let now = start;
  let jumped = 0;
  return {
    now: () => now,
    steady: () => now - start - jumped,
    async until(time) {
      now = Math.max(now, Math.ceil(time));
    },
    set(time) {
      now = time;
    },
    advance(ms) {
      now += ms;
    },
    jump(ms) {
      now += ms;
      jumped += ms;
    },
  };
}

/** The real sender, at a local server. */
export function senderTo(server: DiscordServer | LocalSlack): Sender {
  if ('state' in server) {
    const { botToken } = server.state;
    return createSlackSender(async () => botToken, composeClientOptions(server.apiUrl, recordLog()));
  }
  return createDiscordSender(server.token, server.apiUrl);
}

/** What delivering works with, on a clock that the test sets. */
export interface TestTools extends DigestingOptions {
  readonly store: Store;
  readonly clock: TestClock;
  readonly log: RecordedLog;
}

/** All that delivering needs, without pictures. Chance gives a fraction, as it does outside of tests. */
export function createTools(
  store: Store,
  senders: readonly Sender[],
  library: Library,
  parts: Partial<DigestingOptions> = {},
): TestTools {
  return {
    store,
    senders: new Map(senders.map((sender) => [sender.platform, sender])),
    library: () => library,
    illustrate: async (reply) => reply,
    random: () => 0.712_345,
    catchUpMs: 6 * 3_600_000,
    retentionMs: 90 * 24 * 3_600_000,
    auditMs: 365 * 24 * 3_600_000,
    platforms: platforms.map(({ name }) => name),
    ...parts,
    clock: createTestClock(),
    log: recordLog(),
  };
}

let subscriptions = 0;

/** Subscribes so that it is due for the first time at `due`, which is a whole minute in UTC. */
export async function subscribe(
  { db }: Store,
  due: number,
  parts: Partial<Subscription> & Pick<Subscription, 'platform' | 'channel'>,
): Promise<Subscription> {
  subscriptions += 1;
  const schedule = { time: new Date(due).toISOString().slice(11, 16), zone: 'UTC', days: 'daily' as const };
  const subscription: Subscription = {
    id: subscriptions.toString(16).padStart(8, '0'),
    team: '',
    owner: '',
    direct: false,
    topics: [],
    state: 'active',
    fixed: false,
    ...schedule,
    nextDue: nextDue(schedule, due - 1),
    ...parts,
  };
  await addSubscription(db, subscription, due);
  return subscription;
}

/** The last whole minute. */
export function lastMinute(now = Date.now()): number {
  return now - (now % 60_000);
}
