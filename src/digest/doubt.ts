import type { Period } from '../core/sender.ts';
import type { Delivery, DeliveryKey } from '../store/ledger.ts';

/** After this time without a word from whoever claimed it, a delivery is open again, in milliseconds. */
export const LEASE_MS = 90_000;

/** How long one attempt to post may take, with its picture and everything tried within it, in milliseconds. */
export const SENDING_MS = 45_000;

/**
 * The longest time after a request in which its message may still appear, in milliseconds. Discord's proxy gives up after two
 * minutes, https://developers.cloudflare.com/fundamentals/reference/connection-limits; Slack says nothing of it.
 */
export const LATE_POST_MS = 150_000;

/** How far the clocks of the bot and a platform may be apart, in milliseconds. */
const SKEW_MS = 60_000;

/** The same for every attempt at one delivery; at most 25 characters, as Discord's nonce is. */
export function deliveryMark({ subscription, due }: DeliveryKey): string {
  return `${subscription}-${(due / 1000).toString(36)}`;
}

/** From this time on, in milliseconds since 1970, a message that cannot be found was not posted and never will be. */
export function knownBy({ sentAt, due }: Pick<Delivery, 'sentAt' | 'due'>): number {
  return (sentAt || due) + LEASE_MS + LATE_POST_MS;
}

/**
 * When the last attempt can have posted. Earlier ones are known to have failed, unless a backup was restored. A narrow look costs
 * little, and Slack lets some apps look at 15 messages a minute only.
 */
export function periodOf(delivery: Pick<Delivery, 'sentAt' | 'soughtFrom' | 'due'>): Period {
  return { from: (delivery.soughtFrom || delivery.sentAt || delivery.due) - SKEW_MS, to: knownBy(delivery) + SKEW_MS };
}
