import { isReport, REPORT, type Subscription } from '../core/digests.ts';
import type { Pace, Sender } from '../core/sender.ts';
import {
  claimDeliveries,
  type Delivery,
  type DeliveryKey,
  type OpenDelivery,
  readDeliveries,
  type Settlement,
} from '../store/ledger.ts';
import { reserveMoments } from '../store/pace.ts';
import { LEASE_MS } from './doubt.ts';
import { type Brought, chooseTurn, nameBrought, turnOf } from './rotation.ts';
import { lateness } from './settle.ts';
import type { DeliveryTools } from './tools.ts';

/** A delivery that this process alone may send now. */
export interface Claimed {
  readonly delivery: Delivery;
  readonly subscription: Subscription;
  readonly sender: Sender;
  readonly topic: Brought;
  readonly pace: Pace;
  /** When it may be sent, in milliseconds since 1970. */
  readonly moment: number;
}

/** A delivery that this process would like to send. */
interface Wanted {
  readonly open: OpenDelivery;
  readonly sender: Sender;
  readonly topic: Brought;
  readonly pace: Pace;
}

/** What is to be done with an open delivery: nothing, to settle it as it is, or to claim it. */
type Decision = { readonly settlement?: Settlement; readonly wanted?: Wanted };

/** When a delivery may be sent, or until when its pace holds it back. */
type Slot = { readonly moment: number } | { readonly heldUntil: number };

export interface ClaimStep {
  readonly claimed: readonly Claimed[];
  /** What becomes of those that are not to be sent now. */
  readonly settlements: readonly Settlement[];
}

/** A delivery whose pace holds it back for longer is put off, in milliseconds: waiting would keep others from being sent. */
const MOST_WAIT_MS = 5000;
/** After a fault of the bot's own, in milliseconds. */
const FAULT_PAUSE_MS = 60_000;

/**
 * Planned to claimed: takes those of these deliveries that may be sent now, each with its topic and its moment. What a
 * platform's pace holds back is put off, and what is too late is closed.
 */
export async function claim(keys: readonly DeliveryKey[], tools: DeliveryTools): Promise<ClaimStep> {
  const { store, clock } = tools;
  const open = await readDeliveries(store.db, keys);
  const decisions = await Promise.all(open.map((one) => decide(one, tools)));
  const wanted = decisions.flatMap((one) => one.wanted ?? []);
  const slots = await reserveSlots(wanted, tools);

  const ready = wanted.filter((one) => 'moment' in slotOf(one, slots));
  const claims = ready.map(({ open: { delivery }, topic }) => ({
    ...keyOf(delivery),
    ...nameBrought(topic),
  }));
  const mine = await claimDeliveries(store.db, claims, clock.now(), LEASE_MS);
  const claimed = new Map(mine.map((delivery) => [idOf(delivery), delivery]));
  return {
    claimed: ready.flatMap((one) => {
      const delivery = claimed.get(idOf(one.open.delivery));
      const slot = slotOf(one, slots);
      if (!delivery || !('moment' in slot)) return [];
      const { sender, topic, pace } = one;
      return [{ delivery, subscription: one.open.subscription, sender, topic, pace, moment: slot.moment }];
    }),
    settlements: [
      ...decisions.flatMap((one) => one.settlement ?? []),
      ...wanted.flatMap((one) => {
        const slot = slotOf(one, slots);
        return 'heldUntil' in slot ? [{ ...keep(one.open.delivery), nextAttempt: slot.heldUntil }] : [];
      }),
    ],
  };
}

async function decide(open: OpenDelivery, tools: DeliveryTools): Promise<Decision> {
  const { delivery, subscription } = open;
  const { senders, clock, catchUpMs, log } = tools;
  const now = clock.now();
  const settle = (parts: Partial<Settlement>): Decision => ({ settlement: { ...keep(delivery), ...parts } });
  const sender = senders.get(subscription.platform);
  const isOpen = delivery.state === 'pending' || (delivery.state === 'sending' && delivery.leaseUntil <= now);
  if (!sender || !isOpen) return {};
  if (subscription.state === 'paused') return settle({ state: 'missed', error: 'The digest was paused.' });
  if (!isInDoubt(delivery) && now - delivery.due > catchUpMs) return settle(lateness(delivery));
  // A clock was ahead when it was planned.
  if (!isInDoubt(delivery) && now < delivery.due) return settle({ nextAttempt: delivery.due });
  try {
    const topic = isReport(subscription) ? tools.report && REPORT : await choose(open, tools);
    if (!topic) return settle({ state: 'failed', error: 'There is no topic to post.' });
    return { wanted: { open, sender, topic, pace: sender.paceOf(subscription) } };
  } catch (error) {
    // One that cannot be composed keeps no other from being sent.
    log.error({ err: error, subscription: subscription.id }, 'a digest’s topic could not be chosen');
    return settle({ nextAttempt: now + FAULT_PAUSE_MS });
  }
}

async function choose({ delivery, subscription, shown }: OpenDelivery, { library }: DeliveryTools) {
  const content = await library(subscription);
  const begun = content.topics.find(({ slug }) => slug === delivery.topic);
  return begun ? turnOf(begun, shown) : chooseTurn(content, subscription.topics, shown);
}

function isInDoubt({ doubtful, state }: Delivery): boolean {
  return doubtful || state === 'sending';
}

/** A settlement that changes nothing. */
function keep(delivery: Delivery): Settlement {
  const { subscription, due, attempts, topic, fingerprint, nextAttempt, message, error } = delivery;
  return {
    subscription,
    due,
    attempts,
    topic,
    fingerprint,
    nextAttempt,
    message,
    error,
    state: 'pending',
    doubtful: isInDoubt(delivery),
  };
}

function keyOf({ subscription, due }: Delivery): DeliveryKey {
  return { subscription, due };
}

function idOf({ subscription, due }: DeliveryKey): string {
  return `${subscription} ${due}`;
}

/** Reserves a moment for each that is to be sent. One that is in doubt needs none: it is only looked for. */
async function reserveSlots(
  wanted: readonly Wanted[],
  { store, clock }: DeliveryTools,
): Promise<ReadonlyMap<string, Slot>> {
  const now = clock.now();
  const [inDoubt, fresh] = [true, false].map((doubt) =>
    wanted.filter(({ open: { delivery } }) => isInDoubt(delivery) === doubt),
  ) as [Wanted[], Wanted[]];
  const groups = Map.groupBy(fresh, ({ pace }) => pace.key);
  const wishes = [...groups].map(([key, list]) => ({
    key,
    intervalMs: list[0]?.pace.intervalMs ?? 0,
    count: list.length,
  }));
  const reserved = await reserveMoments(store.db, wishes, now, MOST_WAIT_MS);
  const slots = new Map<string, Slot>(inDoubt.map(({ open }) => [idOf(open.delivery), { moment: now }]));
  for (const [key, list] of groups) {
    const given = reserved.get(key) ?? { heldUntil: now };
    for (const [index, { open }] of list.entries()) {
      slots.set(idOf(open.delivery), 'moments' in given ? { moment: given.moments[index] ?? now } : given);
    }
  }
  return slots;
}

function slotOf({ open }: Wanted, slots: ReadonlyMap<string, Slot>): Slot {
  return slots.get(idOf(open.delivery)) ?? { heldUntil: 0 };
}
