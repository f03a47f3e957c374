import type { Locale } from '../i18n/locale.ts';

/** Who asks and where, as far as the platform tells. Only the rate limit and the digest look at it. */
export interface Asker {
  /** One key over all platforms, such as `discord:123`. */
  readonly key: string;
  /** The adapter's name. */
  readonly platform: string;
  /** The user's id on the platform. */
  readonly user: string;
  /** The server or workspace; empty if there is none. */
  readonly team: string;
  /** Where a message for this conversation is posted, or the place that the question is about. */
  readonly channel: string;
  /** Nobody but the asker and the bot is in the conversation. */
  readonly direct: boolean;
  /** The language of what the bot posts there by itself; English if absent. */
  readonly locale?: Locale | undefined;
  /** Whether this person may decide what is posted here. Rejects if the platform cannot be asked. */
  mayManage(): Promise<boolean>;
  /** What keeps the bot from posting here by itself, with the remedy; undefined if nothing does. */
  obstacle(): Promise<string | undefined>;
  /** This person's time zone as the platform knows it, by its IANA name. */
  timeZone(): Promise<string | undefined>;
}
