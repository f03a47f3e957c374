import type { Locale } from '../i18n/locale.ts';
import type { Spoken } from '../i18n/words.ts';
import type { Asker } from './asker.ts';
import type { Author } from './audit.ts';
import type { Library } from './library.ts';
import type { Reply } from './reply.ts';

export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** On which days a digest comes: every day, Monday to Friday, or one day a week. */
export const DAYS = ['daily', 'weekdays', ...WEEKDAYS] as const;
export type Days = (typeof DAYS)[number];

/** When a digest comes, in the words of the person who asked for it. */
export interface Schedule {
  /** Local time, `HH:MM` from 00:00 to 23:59. */
  readonly time: string;
  /** IANA name such as `Europe/London`. */
  readonly zone: string;
  readonly days: Days;
}

/** Where a digest goes. */
export interface Target {
  /** The adapter's name, such as `discord`. */
  readonly platform: string;
  /** The server or workspace; empty if the platform needs none to find the channel. */
  readonly team: string;
  readonly channel: string;
}

/** One digest that somebody asked for. */
export interface Subscription extends Target, Schedule {
  /** Twelve letters and digits, the same for the same wish in the same channel. */
  readonly id: string;
  /** The user, by the platform's id, who asked for it and is told when it cannot be delivered; empty if the settings declare it. */
  readonly owner: string;
  /** The channel is the owner's direct conversation with the bot. */
  readonly direct: boolean;
  /** Slugs; all topics if empty. */
  readonly topics: readonly string[];
  readonly state: 'active' | 'paused';
  /** Why the bot paused it; absent if a person did. */
  readonly reason?: string;
  /** When the next one is due, in milliseconds since 1970; absent while paused. */
  readonly nextDue?: number;
  /** Declared in the settings, so that commands cannot change it. */
  readonly fixed: boolean;
  /** The language of its messages: its reader's in a direct message, the server's in a channel; English if absent. */
  readonly locale?: Locale;
}

/** What somebody asks for when they subscribe. */
export interface Wish extends Schedule {
  readonly topics: readonly string[];
}

/** The digests, as commands see them. Every method is for the channel that the asker is in. */
export interface Digests {
  /** The zone used if neither the asker nor their platform names one. */
  readonly defaultZone: string;
  /** Returns the new subscription, or the equal one that already exists. */
  subscribe(asker: Asker, wish: Wish): Promise<{ readonly subscription: Subscription; readonly isNew: boolean }>;
  list(asker: Asker): Promise<readonly Subscription[]>;
  pause(subscription: Subscription, by: Author): Promise<Subscription>;
  resume(subscription: Subscription, by: Author): Promise<Subscription>;
  unsubscribe(subscription: Subscription, by: Author): Promise<void>;
  /** Has the next digest delivered now, beside those that are due. False if one was due or sent within this minute. */
  sendNow(subscription: Subscription, by: Author): Promise<boolean>;
  /** The digest of this library that would come next, or that of its first topic if nothing is subscribed. */
  preview(subscription: Subscription | undefined, library: Library, spoken: Spoken): Promise<Reply>;
}

/**
 * Stands for a topic in a subscription that brings editors a report of what readers missed. No topic can have this name: it
 * begins with a tilde.
 */
export const REPORT = '~report';

/** Whether a subscription brings the report and no topic. Only the settings can declare one. */
export function isReport({ topics }: Pick<Subscription, 'topics'>): boolean {
  return topics.includes(REPORT);
}

/** A digest that the settings declare. */
export interface FixedDigest extends Target, Schedule {
  readonly topics: readonly string[];
}
