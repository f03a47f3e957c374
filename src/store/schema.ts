/** All tables. Times are milliseconds since 1970; flags are 0 or 1; SQLite and PostgreSQL hold the same. */
export interface Schema {
  subscriptions: SubscriptionRow;
  rotation: RotationRow;
  deliveries: DeliveryRow;
  pace: PaceRow;
  installations: InstallationRow;
  seen: SeenRow;
  choices: ChoiceRow;
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
  next_due: number | null;
  fixed: number;
  created_at: number;
}

/** Which topic a subscription has had, in which wording, and when last. */
export interface RotationRow {
  subscription: string;
  topic: string;
  fingerprint: string;
  shown_at: number;
}

export const DELIVERY_STATES = ['pending', 'sending', 'delivered', 'failed', 'missed'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** One digest that was due: written before anything is sent, kept as the record of what came of it. */
export interface DeliveryRow {
  subscription: string;
  due: number;
  state: DeliveryState;
  /** The topic, once chosen; every attempt sends the same one. */
  topic: string | null;
  fingerprint: string | null;
  attempts: number;
  /** Not before this time. */
  next_attempt: number;
  /** Who sends it counts as dead after this time. */
  lease_until: number;
  /** When the last attempt began that may have posted it; 0 where none did. */
  sent_at: number;
  /** An attempt may have posted it without anybody knowing: look before sending again. */
  doubtful: number;
  message: string | null;
  error: string | null;
  updated_at: number;
}

/** When a platform may next be posted to. */
export interface PaceRow {
  key: string;
  /** With fractions of a millisecond, since platforms count messages a second. */
  next_at: number;
}

/** A workspace that installed the app; what it holds is encrypted. */
export interface InstallationRow {
  id: string;
  sealed: string;
  updated_at: number;
}

/** Events that were taken, so that one which is sent again is not answered twice. */
export interface SeenRow {
  id: string;
  seen_at: number;
}

/** Which articles answer in a server or workspace. */
export interface ChoiceRow {
  platform: string;
  team: string;
  /** Slugs with a comma between them. */
  articles: string;
}
