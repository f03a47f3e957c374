import { REPORT } from '../core/digests.ts';
import type { Reply } from '../core/reply.ts';
import { SendFailure } from '../core/sender.ts';
import { reserveMoments } from '../store/pace.ts';
import type { Claimed } from './claim.ts';
import { composeDigest } from './compose-digest.ts';
import { deliveryMark, knownBy, periodOf, SENDING_MS } from './doubt.ts';
import type { DeliveryTools } from './tools.ts';

/** A claimed delivery with what it brings; without, it is in doubt and only looked for. */
export interface Composed extends Claimed {
  readonly reply?: Reply | undefined;
}

/**
 * What came of a composed delivery:
 * - posted: it stands in the channel
 * - absent: no earlier attempt has posted it, and none will
 * - unseen: no earlier attempt has posted it yet, and one still may
 * - late: it may not be sent any more
 * - overtaken: so much time went by that another process may take it; nothing was sent
 * - held: its platform wants a pause until then; nothing was sent
 * - failed: it could not be sent, or looked for
 */
export type Sent =
  | { readonly what: 'posted'; readonly message: string }
  | { readonly what: 'absent' | 'unseen' | 'late' | 'overtaken' }
  | { readonly what: 'held'; readonly until: number }
  | { readonly what: 'failed'; readonly failure: SendFailure };

/** A moment that is missed by more than this, in milliseconds, or by its interval, is reserved anew. */
const MISSED_MS = 50;
/** How often a moment is reserved anew: a busy machine misses each by as much, and must get on all the same. */
const MISSES = 2;
/** How long a moment may be away, in milliseconds. */
const MOST_WAIT_MS = 5000;

/** Claimed to composed. */
export async function compose(claimed: Claimed, { illustrate, report }: DeliveryTools): Promise<Composed> {
  const { delivery, topic } = claimed;
  if (delivery.doubtful) return claimed;
  const reply =
    topic === REPORT ? await report?.(delivery.due) : await illustrate(composeDigest(topic.topic, topic.claims), topic);
  return { ...claimed, reply };
}

/** Composed to sent: posts it at its moment, or looks for it if an earlier attempt may have posted it. Throws for the bot's own faults only. */
export async function send(composed: Composed, tools: DeliveryTools): Promise<Sent> {
  try {
    return await (composed.reply ? post(composed, composed.reply, tools) : look(composed, tools));
  } catch (error) {
    const failure =
      error instanceof SendFailure ? error : new SendFailure('unsure', 'The bot made a mistake.', { cause: error });
    return { what: 'failed', failure };
  }
}

async function look({ delivery, subscription, sender }: Composed, { clock }: DeliveryTools): Promise<Sent> {
  const sinceWhen = clock.now();
  try {
    const message = await sender.find(subscription, deliveryMark(delivery), periodOf(delivery));
    if (message !== undefined) return { what: 'posted', message };
    return { what: sinceWhen < knownBy(delivery) ? 'unseen' : 'absent' };
  } catch (error) {
    // Whoever refuses to say says nothing of the message.
    if (!(error instanceof SendFailure) || error.kind !== 'refused') throw error;
    throw new SendFailure('blind', error.message, { cause: error.cause });
  }
}

async function post(composed: Composed, reply: Reply, tools: DeliveryTools): Promise<Sent> {
  const { delivery, subscription, sender } = composed;
  const { clock, catchUpMs } = tools;
  const heldUntil = await waitForMoment(composed, tools);
  if (heldUntil !== undefined) return { what: 'held', until: heldUntil };
  const now = clock.now();
  if (now - delivery.due > catchUpMs) return { what: 'late' };
  if (now > delivery.leaseUntil - SENDING_MS) return { what: 'overtaken' };
  return { what: 'posted', message: await sender.send(subscription, reply, deliveryMark(delivery)) };
}

/**
 * Waits for the moment that was reserved, and for another one if a busy process slept past it: what is late must not crowd
 * what other processes send. Gives until when the pace is held back, if it is.
 */
async function waitForMoment({ moment, pace, sender }: Composed, tools: DeliveryTools): Promise<number | undefined> {
  const { store, clock, observer } = tools;
  const began = clock.now();
  let next = moment;
  for (let misses = 0; ; misses += 1) {
    await clock.until(next);
    const missed = clock.now() - next > Math.max(MISSED_MS, pace.intervalMs);
    if (!missed || misses === MISSES) break;
    const reserved = (await reserveMoments(store.db, [{ ...pace, count: 1 }], clock.now(), MOST_WAIT_MS)).get(pace.key);
    if (reserved && 'heldUntil' in reserved) return reserved.heldUntil;
    next = reserved?.moments[0] ?? clock.now();
  }
  observer?.waited?.(sender.platform, Math.max(0, clock.now() - began));
  return undefined;
}
