import type { Audit } from '../core/audit.ts';
import type { Target } from '../core/digests.ts';
import type { Library } from '../core/library.ts';
import type { Observer } from '../core/observer.ts';
import type { Reply } from '../core/reply.ts';
import type { Sender } from '../core/sender.ts';
import type { Uses } from '../core/uses.ts';
import type { DeliveryKey } from '../store/ledger.ts';
import type { Store } from '../store/open-store.ts';
import type { Clock } from './clock.ts';
import type { Turn } from './turn.ts';

/** The part of a logger that the digest needs; pino's fits. */
export interface DigestLog {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

/** What delivering works with. */
export interface DeliveryTools {
  readonly store: Store;
  /** By platform. */
  readonly senders: ReadonlyMap<string, Sender>;
  /** What answers in the channel to which a digest goes. */
  readonly library: (target: Target) => Library | Promise<Library>;
  /** Adds the picture to a digest. Never rejects: a digest without its picture is better than none. */
  readonly illustrate: (reply: Reply, turn: Turn) => Promise<Reply>;
  /** The report of what readers missed before then, in milliseconds since 1970; absent if it isn't kept. */
  readonly report?: ((due: number) => Promise<Reply>) | undefined;
  readonly clock: Clock;
  /** From 0 to 1, to spread retries. */
  readonly random: () => number;
  readonly log: DigestLog;
  /** How late a digest may still be delivered, in milliseconds. */
  readonly catchUpMs: number;
  readonly observer?: Observer | undefined;
  readonly audit?: Audit | undefined;
  readonly uses?: Uses | undefined;
}

/** What came of an attempt: `retry` says when the next one may begin, in milliseconds since 1970. */
export type Attempt =
  | { readonly outcome: 'delivered' | 'failed' | 'missed' | 'unsure' | 'taken' }
  | { readonly outcome: 'retry'; readonly at: number };

/** An attempt, and at what. */
export interface Attempted {
  readonly key: DeliveryKey;
  readonly attempt: Attempt;
}
