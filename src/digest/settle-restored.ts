import { doubtDeliveries } from '../store/ledger.ts';
import type { Store } from '../store/open-store.ts';
import { planDue } from './plan-due.ts';

export interface RestoredOptions {
  /** When the bot was stopped at the latest, in milliseconds since 1970. */
  readonly now: number;
  /** How late a digest may still be delivered, in milliseconds. */
  readonly catchUpMs: number;
  /** Closes what was due until now instead of looking for it. */
  readonly missed: boolean;
}

/**
 * Makes an older state of the ledger safe to go on from. What was due since then may have been delivered, and the state
 * doesn't know: the latest of each subscription, and what was open, is looked for in its channel before it is sent, and all
 * before that counts as missed. Resolves to how many are looked for, or with `missed` are closed.
 */
export async function settleRestored(store: Store, { now, catchUpMs, missed }: RestoredOptions): Promise<number> {
  const stopped = { now: () => now, until: async () => undefined, steady: () => 0 };
  await planDue(store, stopped, catchUpMs, async () => undefined);
  return doubtDeliveries(store.db, now, missed);
}
