import type { Target } from './digests.ts';
import type { Reply } from './reply.ts';

/**
 * Why something could not be posted:
 * - gone: the channel doesn't exist, is archived, or is closed to the bot; trying again can't help
 * - limited: the platform wants a pause
 * - refused: the platform does not take the message, and did not post it
 * - unreachable: nothing was sent
 * - unsure: it may or may not have been posted
 * - blind: the bot isn't allowed to check whether it was posted; trying again can't help
 */
export type FailureKind = 'gone' | 'limited' | 'refused' | 'unreachable' | 'unsure' | 'blind';

/** The longest pause that the bot keeps without asking again, in milliseconds. */
export const LONGEST_PAUSE_MS = 3_600_000;

/** A pause within bounds, in milliseconds; undefined for what isn't a pause, such as NaN or a negative number. */
export function boundPause(ms: number | undefined): number | undefined {
  return ms !== undefined && ms > 0 ? Math.min(ms, LONGEST_PAUSE_MS) : undefined;
}

/**
 * The pause in a `Retry-After` header, which holds seconds or a date, in milliseconds and within bounds; undefined if it holds
 * neither. https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 */
export function parseRetryAfter(header: string | null | undefined, now: number): number | undefined {
  const text = header?.trim();
  if (!text) return undefined;
  const seconds = Number(text);
  return boundPause(Number.isNaN(seconds) ? Date.parse(text) - now : seconds * 1000);
}

/** A message that was not posted, or may not have been. The error's message tells the digest's owner why, and what to do. */
export class SendFailure extends Error {
  override readonly name = 'SendFailure';
  readonly kind: FailureKind;
  /** How long the platform wants the bot to wait, in milliseconds and within bounds. */
  readonly retryAfter: number | undefined;
  /** The pause applies to everything that counts against the same rate limit, not just to this message. */
  readonly holdsAll: boolean;

  constructor(
    kind: FailureKind,
    message: string,
    options: { retryAfter?: number | undefined; holdsAll?: boolean; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.kind = kind;
    this.retryAfter = boundPause(options.retryAfter);
    this.holdsAll = options.holdsAll ?? false;
  }
}

/** How fast a platform may be posted to: one message per this many milliseconds, counted by key over all processes. */
export interface Pace {
  readonly key: string;
  readonly intervalMs: number;
}

/** From one time to another, both in milliseconds since 1970. */
export interface Period {
  readonly from: number;
  readonly to: number;
}

/** Posts messages that aren't answers, such as digests. One for each platform. */
export interface Sender {
  /** The adapter's name. */
  readonly platform: string;
  /** The limit that posting to this target counts against. */
  paceOf(target: Target): Pace;
  /**
   * Posts a reply and gives the message's id. `key` is the same for every attempt at one delivery, so that the platform,
   * or `find`, can tell a repeated one. Throws SendFailure.
   */
  send(target: Target, reply: Reply, key: string): Promise<string>;
  /**
   * The id of the message that an earlier attempt with this key posted within that time; undefined if it certainly posted none.
   * Throws SendFailure, of the kind `blind` if nobody can tell.
   */
  find(target: Target, key: string, within: Period): Promise<string | undefined>;
  /** Writes to a user alone, at most once for a key. Throws SendFailure. */
  tell(team: string, user: string, reply: Reply, key: string): Promise<void>;
}
