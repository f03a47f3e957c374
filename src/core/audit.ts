/** Every kind of change that is recorded. */
export const AUDIT_ACTIONS = [
  'digest.subscribe',
  'digest.pause',
  'digest.resume',
  'digest.unsubscribe',
  'digest.send',
  'articles.choose',
  'team.remove',
  'content.save',
  'content.publish',
  'content.unpublish',
  'content.correct',
  'content.withdraw',
  'database.restore',
  'database.migrate',
  'person.forget',
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** Who changed something. An asker is one. */
export interface Author {
  /**
   * The adapter's name, or `desk`, `terminal`, `settings` for what they declare, or `bot` for what it does by itself; an action
   * tells the rest.
   */
  readonly platform: string;
  /** The id on the platform, the name of the desk's token, or the user of the terminal; empty if nobody is known. */
  readonly user: string;
}

/** One change: who did what to what. Holds no question, no content and no secret. */
export interface AuditEntry extends Author {
  readonly action: AuditAction;
  /** The server or workspace and the channel; empty if there are none. */
  readonly team: string;
  readonly channel: string;
  /** The channel is a person's direct conversation with the bot. */
  readonly direct: boolean;
  /** A subscription's id, files, a claim as article/claim, or empty. */
  readonly about: string;
  /** More of it in words, such as a schedule. */
  readonly note: string;
}

/** An entry as it is kept. */
export interface KeptEntry extends AuditEntry {
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** Takes down who changed what. */
export interface Audit {
  /** Resolves once it is kept, or can't be: a change is made whether it can be taken down or not. Never rejects. */
  record(entry: Pick<AuditEntry, 'action' | keyof Author> & Partial<AuditEntry>): Promise<void>;
}
