import type { Generated } from 'kysely';
import type { AuditAction } from '../core/audit.ts';
import type { Vote } from '../core/feedback.ts';
import type { ShownHow } from '../core/uses.ts';

/**
 * All tables, as the store's code sees them: the columns are in snake_case in the database. Times are milliseconds since 1970,
 * flags are 0 or 1, and SQLite and PostgreSQL hold the same.
 */
export interface Schema {
  subscriptions: SubscriptionRow;
  rotation: RotationRow;
  deliveries: DeliveryRow;
  pace: PaceRow;
  installations: InstallationRow;
  seen: SeenRow;
  choices: ChoiceRow;
  feedback: FeedbackRow;
  gaps: GapRow;
  settled: SettledRow;
  keys: KeyRow;
  audit: AuditRow;
  uses: UseRow;
}

export interface SubscriptionRow {
  id: string;
  platform: string;
  team: string;
  channel: string;
  owner: string;
  direct: number;
  time: string;
  zone: string;
  days: string;
  /** Slugs with a comma between them. */
  topics: string;
  state: 'active' | 'paused';
  reason: string | null;
  nextDue: number | null;
  fixed: number;
  createdAt: number;
}

/** Which topic a subscription has had, and when last. */
export interface RotationRow {
  subscription: string;
  topic: string;
  /** Codes of the claims that it has had, as the digest writes them. */
  fingerprint: string;
  shownAt: number;
}

/** `unsure`: it may have been posted, and nobody can tell, so it isn't sent again. */
export const DELIVERY_STATES = ['pending', 'sending', 'delivered', 'failed', 'missed', 'unsure'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** One digest that was due: written before anything is sent, kept as the record of what came of it. */
export interface DeliveryRow {
  subscription: string;
  due: number;
  state: DeliveryState;
  /** The topic, once chosen; every attempt sends the same one. */
  topic: string | null;
  /** What the rotation gets once it has arrived. */
  fingerprint: string | null;
  attempts: number;
  /** Not before this time. */
  nextAttempt: number;
  /** After this time, the process sending it counts as dead. */
  leaseUntil: number;
  /** When the last attempt that may have posted it was claimed; 0 if there was none. */
  sentAt: number;
  /** Where a look for it begins if attempts before the last one may have posted it, too; 0 if none did. */
  soughtFrom: Generated<number>;
  /** An attempt may have posted it without anybody knowing: look before sending again. */
  doubtful: number;
  message: string | null;
  error: string | null;
  updatedAt: number;
}

/** When a platform may next be posted to. */
export interface PaceRow {
  key: string;
  /** With fractions of a millisecond, since platforms count messages a second. */
  nextAt: number;
}

/** A workspace that installed the app; what it holds is encrypted. */
export interface InstallationRow {
  id: string;
  sealed: string;
  updatedAt: number;
}

/** Events that were taken, so that one that is sent again isn't answered twice. */
export interface SeenRow {
  id: string;
  seenAt: number;
}

/** Which articles answer in a server or workspace. */
export interface ChoiceRow {
  platform: string;
  team: string;
  /** Slugs with a comma between them. */
  articles: string;
}

/** What one reader says of the answer to one question. */
export interface FeedbackRow {
  /** Its words alone, in lower case. */
  question: string;
  /** A keyed hash of the person and the question. */
  voter: string;
  vote: Vote;
  /** What the reader had wanted to know, in words alone. */
  wanted: string | null;
  /** The day's first millisecond, in UTC. */
  day: number;
}

/** A question of one reader that the article does not answer. */
export interface GapRow {
  /** Without what could name a person. */
  question: string;
  /** A keyed hash of the person and the question. */
  asker: string;
  verdict: 'nearest' | 'declined';
  /** The slug of the article that came nearest, and the id of its claim. */
  article: string | null;
  claim: string | null;
  /** The first milliseconds of the first and the last day, in UTC. */
  firstDay: number;
  lastDay: number;
}

/** A question that editors have dealt with. */
export interface SettledRow {
  /** A keyed hash of its words. */
  id: string;
  /** It is not shown again unless it is asked after this time. */
  hiddenUntil: number;
}

/** Who changed what. */
export interface AuditRow {
  id: string;
  at: number;
  /** A platform's name, or where else it was done. */
  platform: string;
  /** Empty if nobody is known, or they were forgotten. */
  user: string;
  action: AuditAction;
  team: string;
  channel: string;
  direct: number;
  about: string;
  note: string;
}

/** How often a claim was shown on one day. */
export interface UseRow {
  /** The day's first millisecond, in UTC. */
  day: number;
  claim: string;
  how: ShownHow;
  count: number;
}

/** Random keys that the bot made for itself, in base64. */
export interface KeyRow {
  id: string;
  value: string;
}
