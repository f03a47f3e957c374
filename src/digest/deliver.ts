import type { Topic } from '../core/article.ts';
import type { Subscription, Target } from '../core/digests.ts';
import type { Library } from '../core/library.ts';
import type { DeliveryOutcome, Observer } from '../core/observer.ts';
import { createQuestion } from '../core/question.ts';
import { createReply, type Reply } from '../core/reply.ts';
import { type Period, type Sender, SendFailure } from '../core/sender.ts';
import { say } from '../core/text.ts';
import {
  claimDelivery,
  type Delivery,
  type DeliveryKey,
  giveUpDelivery,
  noteSending,
  postponeDelivery,
  readDelivery,
  readRotation,
  recordDelivered,
  settleUnclaimed,
} from '../store/ledger.ts';
import type { Database } from '../store/open-store.ts';
import { holdBack, readPace, reserveMoment } from '../store/pace.ts';
import { pauseSubscription } from '../store/subscriptions.ts';
import { composeDigest } from './compose-digest.ts';
import { chooseTopic, fingerprintOf } from './rotation.ts';

/** The part of a logger that the digest needs; pino's fits. */
export interface DigestLog {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

export interface Delivering {
  readonly db: Database;
  readonly senders: ReadonlyMap<string, Sender>;
  /** What answers where a digest goes. */
  readonly library: (target: Target) => Library | Promise<Library>;
  /** Adds the picture to a digest. Never rejects: a digest without its picture is better than none. */
  readonly illustrate: (reply: Reply, topic: Topic) => Promise<Reply>;
  readonly clock: Clock;
  /** From 0 to 1, to spread retries. */
  readonly random: () => number;
  readonly log: DigestLog;
  /** How late a digest may still be delivered, in milliseconds. */
  readonly catchUpMs: number;
  readonly observer?: Observer | undefined;
}

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Resolves at that time, in milliseconds since 1970. */
  until(time: number): Promise<void>;
}

/** What came of an attempt: `retry` says when the next one may begin, in milliseconds since 1970. */
export type Attempt =
  | { readonly outcome: 'delivered' | 'failed' | 'missed' | 'taken' }
  | { readonly outcome: 'retry'; readonly at: number };

/** After this time without a word from whoever sends it, a delivery is open again. Longer than any request takes. */
export const LEASE_MS = 60_000;

/** A delivery whose pace holds it back for longer is put off: waiting for it would keep others from being sent. */
const MOST_WAIT_MS = 5000;

const FIRST_RETRY_MS = 2000;
const LONGEST_RETRY_MS = 10 * 60_000;

/** The same for every attempt at one delivery; at most 25 characters, as Discord's nonce is. */
export function deliveryMark({ subscription, due }: DeliveryKey): string {
  return `${subscription}-${(due / 1000).toString(36)}`;
}

/**
 * Delivers one digest, where nobody else does: claims it in the ledger, sends it at the platform's pace and records what
 * came of it. Where an earlier attempt may have got through, it looks before it sends. Rejects only where the database fails.
 */
export async function deliver(key: DeliveryKey, delivering: Delivering): Promise<Attempt> {
  const found = await readDelivery(delivering.db, key);
  if (!found || !['pending', 'sending'].includes(found.delivery.state)) return { outcome: 'taken' };
  const { platform } = found.subscription;
  const ended = delivering.observer?.delivering?.({ platform, ...key });
  let outcome: DeliveryOutcome = 'crashed';
  try {
    const attempt = await attend(key, found, delivering);
    outcome = attempt.outcome;
    return attempt;
  } finally {
    ended?.(outcome, delivering.clock.now() - key.due);
  }
}

async function attend(
  key: DeliveryKey,
  found: NonNullable<Awaited<ReturnType<typeof readDelivery>>>,
  delivering: Delivering,
): Promise<Attempt> {
  const { db, senders, library, illustrate, clock, catchUpMs, observer } = delivering;
  const { subscription, delivery } = found;
  const sender = senders.get(subscription.platform);
  if (!sender) return { outcome: 'taken' };
  if (subscription.state === 'paused') return close(key, 'missed', 'The digest was paused.', delivering);
  const isLate = () => clock.now() - key.due > catchUpMs;
  const reason = delivery.error ?? 'The bot did not run at that time.';
  if (isLate() && !delivery.doubtful && delivery.state === 'pending') return close(key, 'missed', reason, delivering);
  const content = await library(subscription);
  const topic =
    content.topics.find(({ slug }) => slug === delivery.topic) ??
    chooseTopic(content, subscription.topics, await readRotation(db, subscription.id));
  if (!topic) return close(key, 'failed', 'There is no topic to brief on.', delivering);

  const pace = sender.paceOf(subscription);
  const free = Math.ceil((await readPace(db, pace.key)) ?? 0);
  if (free - clock.now() > MOST_WAIT_MS) {
    await settleUnclaimed(db, key, { next_attempt: free }, clock.now());
    return { outcome: 'retry', at: free };
  }
  // Before its moment is reserved: a picture that takes long to paint must not crowd the messages after it.
  const reply = await illustrate(composeDigest(topic), topic);
  const moment = await reserveMoment(db, pace, clock.now());
  observer?.waited?.(sender.platform, Math.max(0, moment - clock.now()));
  await clock.until(moment);
  const chosen = { topic: topic.slug, fingerprint: fingerprintOf(topic) };
  const claimed = await claimDelivery(db, key, chosen, clock.now(), LEASE_MS);
  if (!claimed) return { outcome: 'taken' };
  try {
    const mark = deliveryMark(claimed);
    const earlier = claimed.doubtful ? await sender.find(subscription, mark, periodOf(claimed)) : undefined;
    // The wait may have taken it past its time.
    if (!earlier && isLate()) {
      await giveUpDelivery(db, claimed, 'missed', reason, clock.now());
      return { outcome: 'missed' };
    }
    if (!earlier && claimed.doubtful) await noteSending(db, key, clock.now());
    const message = earlier ?? (await sender.send(subscription, reply, mark));
    await recordDelivered(db, claimed, message, clock.now());
    return { outcome: 'delivered' };
  } catch (error) {
    if (!(error instanceof SendFailure)) throw error;
    return settle(claimed, subscription, sender, error, delivering);
  }
}

/**
 * When the last attempt can have posted: within its lease, and a while before and after, for clocks differ. A narrow look
 * costs little, and Slack lets some apps look at 15 messages a minute only.
 */
function periodOf({ sent_at: sent, due }: Delivery): Period {
  const began = sent || due;
  return { from: began - LEASE_MS, to: began + 2 * LEASE_MS };
}

async function settle(
  delivery: Delivery,
  subscription: Subscription,
  sender: Sender,
  failure: SendFailure,
  delivering: Delivering,
): Promise<Attempt> {
  const { db, clock, random, log, catchUpMs } = delivering;
  // Not the error as it is: it holds the whole message, with its picture.
  const details = {
    subscription: subscription.id,
    channel: subscription.channel,
    attempts: delivery.attempts,
    kind: failure.kind,
    reason: failure.message,
    cause: String(failure.cause ?? ''),
  };
  if (failure.kind === 'limited') delivering.observer?.limited?.(sender.platform);
  if (failure.kind === 'gone') {
    log.warn(details, 'a digest is paused: its channel cannot be written to');
    await giveUpDelivery(db, delivery, 'failed', failure.message, clock.now());
    const first = await pauseSubscription(db, subscription.id, failure.message);
    if (first && subscription.owner) await tellOwner(subscription, sender, failure.message, log);
    return { outcome: 'failed' };
  }
  const backoff = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (delivery.attempts - 1)) * (0.5 + random() / 2);
  // Whole milliseconds: PostgreSQL takes no others for a time.
  const at = Math.ceil(clock.now() + Math.max(failure.retryAfter ?? 0, backoff));
  if (failure.holdsAll)
    await holdBack(db, sender.paceOf(subscription).key, clock.now() + (failure.retryAfter ?? backoff));
  if (failure.kind === 'refused' || at > delivery.due + catchUpMs) {
    log.error(details, 'a digest was not delivered');
    await giveUpDelivery(db, delivery, 'failed', failure.message, clock.now());
    return { outcome: 'failed' };
  }
  log.warn(details, 'a digest is tried again');
  const doubtful = failure.kind === 'unsure' || delivery.doubtful === 1;
  await postponeDelivery(db, delivery, { nextAttempt: at, doubtful, error: failure.message }, clock.now());
  return { outcome: 'retry', at };
}

async function close(
  key: DeliveryKey,
  outcome: 'failed' | 'missed',
  reason: string,
  { db, clock, log }: Delivering,
): Promise<Attempt> {
  log.warn({ subscription: key.subscription, due: key.due, reason }, `a digest counts as ${outcome}`);
  await settleUnclaimed(db, key, { state: outcome, error: reason }, clock.now());
  return { outcome };
}

/** Tells the owner why their digest stopped. Whether that arrives or not, the subscription's status says it too. */
async function tellOwner(subscription: Subscription, sender: Sender, remedy: string, log: DigestLog): Promise<void> {
  const reply = createReply(createQuestion('digest'), {
    outcome: 'refused',
    title: 'Your digest is paused',
    byline: `The digest at ${subscription.time} (${subscription.zone})`,
    lead: say`${remedy} Then type ${createQuestion('digest', { action: 'resume' })} there.`,
  });
  try {
    await sender.tell(subscription.team, subscription.owner, reply, `gone-${subscription.id}`);
  } catch (error) {
    log.warn({ err: error, subscription: subscription.id }, 'the owner of a digest could not be told');
  }
}
