import { randomUUID } from 'node:crypto';
import type { Selectable } from 'kysely';
import { AUDIT_ACTIONS, type Audit, type AuditAction, type KeptEntry } from '../core/audit.ts';
import type { Database } from './open-store.ts';
import type { AuditRow } from './schema.ts';

/** Entries kept at most, so that nobody fills the disk by subscribing and ending. */
const MAX_ENTRIES = 100_000;
/** Characters of a text that are kept. */
const MAX_TEXT = 500;

export interface AuditOptions {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly log: { warn(details: object, message: string): void };
}

/** Keeps changes in the database. */
export function createAudit(db: Database, { now, log }: AuditOptions): Audit {
  return {
    async record({ platform, user, action, team = '', channel = '', direct = false, about = '', note = '' }) {
      const texts = { about: about.slice(0, MAX_TEXT), note: note.slice(0, MAX_TEXT) };
      const row = {
        id: randomUUID(),
        at: now(),
        platform,
        user,
        action,
        team,
        channel,
        direct: Number(direct),
        ...texts,
      };
      try {
        await db.insertInto('audit').values(row).execute();
      } catch (error) {
        log.warn({ err: error, action }, 'a change was made, but who made it could not be recorded');
      }
    },
  };
}

/** Which entries are listed. */
export interface AuditFilter {
  /** Not before this time, in milliseconds since 1970. */
  readonly since?: number;
  readonly platform?: string;
  readonly user?: string;
  /** Such as `digest.pause`, or `digest` for all that begin with it. */
  readonly action?: string;
  readonly limit: number;
}

/** Entries that fit, the latest first. */
export async function listAudit(
  db: Database,
  { since, platform, user, action, limit }: AuditFilter,
): Promise<KeptEntry[]> {
  let entries = db.selectFrom('audit').selectAll();
  if (since !== undefined) entries = entries.where('at', '>=', since);
  if (platform !== undefined) entries = entries.where('platform', '=', platform);
  if (user !== undefined) entries = entries.where('user', '=', user);
  if (action !== undefined) entries = entries.where('action', 'in', matchActions(action));
  const rows = await entries.orderBy('at', 'desc').orderBy('id').limit(limit).execute();
  return rows.map(readEntry);
}

/** The actions that a name stands for: itself, or all that begin with it. */
export function matchActions(name: string): AuditAction[] {
  return AUDIT_ACTIONS.filter((action) => action === name || action.startsWith(`${name}.`));
}

function readEntry({ id: _, direct, ...row }: Selectable<AuditRow>): KeptEntry {
  return { ...row, direct: direct === 1 };
}

/** Forgets entries from before then, and the oldest if there are too many. */
export async function forgetAudit(db: Database, before: number, most = MAX_ENTRIES): Promise<void> {
  const excess = await db
    .selectFrom('audit')
    .select('at')
    .orderBy('at', 'desc')
    .offset(most)
    .limit(1)
    .executeTakeFirst();
  await db.deleteFrom('audit').where('at', '<', before).execute();
  if (excess) await db.deleteFrom('audit').where('at', '<=', excess.at).execute();
}

/**
 * Takes a person's name out of the entries. What they did in their direct messages concerns nobody else and is deleted; what
 * they changed in a channel stays without their name, since others ask what happened there. Resolves to how many entries.
 */
export async function forgetAuthor(
  db: Database,
  platform: string,
  user: string,
): Promise<{ readonly deleted: number; readonly unnamed: number }> {
  const { numDeletedRows } = await db
    .deleteFrom('audit')
    .where('platform', '=', platform)
    .where('user', '=', user)
    .where('direct', '=', 1)
    .executeTakeFirst();
  const { numUpdatedRows } = await db
    .updateTable('audit')
    .set({ user: '' })
    .where('platform', '=', platform)
    .where('user', '=', user)
    .executeTakeFirst();
  return { deleted: Number(numDeletedRows), unnamed: Number(numUpdatedRows) };
}
