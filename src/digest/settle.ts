import type { Pace, SendFailure } from '../core/sender.ts';
import type { Delivery, Settlement } from '../store/ledger.ts';
import { knownBy } from './doubt.ts';
import { nameBrought } from './rotation.ts';
import type { Composed, Sent } from './send.ts';
import type { Attempt } from './tools.ts';

/** What follows from an attempt. */
export interface Settled {
  readonly settlement: Settlement;
  readonly attempt: Attempt;
  /** Nothing that counts against this pace is sent before that time, in milliseconds since 1970. */
  readonly holdBack?: { readonly pace: Pace; readonly until: number } | undefined;
  /** The subscription is paused for this reason, and its owner told. */
  readonly pauseFor?: string | undefined;
}

const FIRST_RETRY_MS = 2000;
const LONGEST_RETRY_MS = 10 * 60_000;
/** How long after it can be known whether it was posted a delivery is still looked for, in milliseconds. */
const LOOKING_MS = 60 * 60_000;

/** What is recorded of a delivery that is too late to be sent: it was tried in vain, or never. */
export function lateness({ error }: Pick<Delivery, 'error'>) {
  return error === null
    ? { state: 'missed' as const, error: 'The bot did not run at that time.' }
    : { state: 'failed' as const, error };
}

/** Sent to settled: what is recorded of an attempt. `random` is from 0 to 1, `now` in milliseconds since 1970. */
export function settle(
  { delivery, topic, pace, reply }: Composed,
  sent: Sent,
  { now, random, catchUpMs }: { readonly now: number; readonly random: number; readonly catchUpMs: number },
): Settled {
  const same: Omit<Settlement, 'state' | 'nextAttempt' | 'doubtful'> = {
    subscription: delivery.subscription,
    due: delivery.due,
    attempts: delivery.attempts,
    topic: nameBrought(topic).topic,
    fingerprint: delivery.fingerprint,
    message: null,
    error: delivery.error,
  };
  const end = (state: 'delivered' | 'failed' | 'missed' | 'unsure', parts: Partial<Settlement>): Settled => ({
    settlement: { ...same, nextAttempt: now, doubtful: false, ...parts, state },
    attempt: { outcome: state },
  });
  const again = (at: number, parts: Partial<Settlement> = {}): Settled => ({
    settlement: { ...same, state: 'pending', doubtful: delivery.doubtful, ...parts, nextAttempt: at },
    attempt: { outcome: 'retry', at },
  });
  switch (sent.what) {
    case 'posted':
      return end('delivered', { message: sent.message, error: null });
    case 'absent':
      return again(now, { doubtful: false });
    case 'unseen':
      return again(Math.max(now, knownBy(delivery)));
    case 'late':
      return end(lateness(delivery).state, lateness(delivery));
    case 'overtaken':
      return again(now);
    case 'held':
      return again(Math.ceil(sent.until));
    case 'failed':
      return settleFailure(sent.failure);
  }

  function settleFailure({ kind, message: error, retryAfter, holdsAll }: SendFailure): Settled {
    const looked = reply === undefined;
    if (kind === 'gone') return { ...end('failed', { error }), pauseFor: error };
    if (kind === 'blind') return end('unsure', { error, doubtful: true });
    const backoff = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (delivery.attempts - 1)) * (0.5 + random / 2);
    // Whole milliseconds: PostgreSQL takes no others for a time.
    const at = Math.ceil(now + Math.max(retryAfter ?? 0, backoff));
    // A pause for looking says nothing about posting.
    const holdBack = holdsAll && !looked ? { pace, until: Math.ceil(now + (retryAfter ?? backoff)) } : undefined;
    if (kind === 'refused') return { ...end('failed', { error }), holdBack };
    const doubtful = kind === 'unsure' || delivery.doubtful;
    const deadline = Math.max(delivery.due + catchUpMs, doubtful ? knownBy(delivery) + LOOKING_MS : 0);
    if (at > deadline) return { ...end(doubtful ? 'unsure' : 'failed', { error, doubtful }), holdBack };
    return { ...again(at, { doubtful, error }), holdBack };
  }
}
