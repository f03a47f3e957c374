import type { Subscription } from '../core/digests.ts';
import { type Plan, readDue, savePlans } from '../store/due.ts';
import type { Store } from '../store/open-store.ts';
import type { Clock } from './clock.ts';
import { planSubscription, rememberNextDue } from './plan.ts';
import type { DeliveryQueue } from './queue.ts';
import type { nextDue } from './schedule.ts';

/** Subscriptions that one transaction moves on. */
const BATCH = 250;

/**
 * Due to planned: writes everything that is due into the ledger and then hands it to `enqueue`. Resolves to how many
 * subscriptions were due. What a process that dies in between does not hand over, the next look at the ledger finds.
 */
export async function planDue(
  store: Store,
  clock: Clock,
  catchUpMs: number,
  enqueue: DeliveryQueue['enqueue'],
): Promise<number> {
  const next = rememberNextDue();
  for (let total = 0; ; ) {
    const now = clock.now();
    const due = await readDue(store.db, now, BATCH);
    const plans = due.map((subscription) => ({ subscription, ...planSafely(subscription, now, catchUpMs, next) }));
    const { count, handovers } = await savePlans(store, plans, now);
    if (handovers.length > 0) await enqueue(handovers);
    total += count;
    // If other processes were quicker with all of them, those go on.
    if (due.length < BATCH || count === 0) return total;
  }
}

/** One that cannot be planned is paused, and keeps no other from being. */
function planSafely(subscription: Subscription, now: number, catchUpMs: number, next: typeof nextDue): Plan {
  try {
    return planSubscription(subscription, subscription.nextDue ?? now, now, catchUpMs, next);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { entries: [], next: { impossible: `Its next time can’t be worked out (${reason}). Subscribe again.` } };
  }
}
