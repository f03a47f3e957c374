import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Observer } from '../core/observer.ts';
import type { PlatformLog } from '../core/platform.ts';
import type { BackupPlan } from './parse-backup.ts';

/** After a failure, in milliseconds. */
const RETRY_MS = 3_600_000;
const DAY_MS = 24 * 3_600_000;
/** The bot's own backups; whatever else is in the folder stays. */
const NAME = /^briefing-(\d{4}-\d\d-\d\d)\.db$/;

export interface DailyBackupOptions extends BackupPlan {
  /** The first moment after another at which a backup is due; both in milliseconds since 1970. */
  readonly next: (after: number) => number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Copies the database to this file and checks the copy. Resolves to why it failed, if it did. */
  readonly write: (file: string) => Promise<string | undefined>;
  readonly observer: Pick<Required<Observer>, 'backedUp' | 'backupFailed'>;
  readonly log: PlatformLog;
  /** Once it is aborted, nothing is told any more: a copy that the bot's end cuts off has not failed. */
  readonly signal: AbortSignal;
}

/**
 * Makes one backup a day: at its hour, or as soon as the bot runs again. Which days have one, the files in the folder say, so
 * a restart makes none twice. Older ones are removed once a new one is checked and in its place. What is returned looks if one
 * is due; it never rejects, and does nothing while one is under way or within an hour of a failure.
 */
export function backUpDaily(options: DailyBackupOptions): () => Promise<void> {
  const { folder, zone, keep, next, now, write, observer, log, signal } = options;
  let underWay = false;
  let notBefore = Number.NEGATIVE_INFINITY;
  let told = false;
  let dueAt = Number.NEGATIVE_INFINITY;

  const look = async (): Promise<void> => {
    const due = lastDue(next, now());
    const file = join(folder, `briefing-${dayOf(due, zone)}.db`);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const before = await listBackups(folder);
    const last = await lastBackup(folder);
    if (!told && last !== undefined) observer.backedUp(last);
    told = true;
    if (!before.some((one) => join(folder, one) === file)) {
      const failure = await write(file);
      if (failure !== undefined) throw new Error(failure);
      observer.backedUp(now());
      log.info({ file }, 'the database is backed up');
      for (const old of (await listBackups(folder)).slice(keep)) await remove(join(folder, old));
    }
    dueAt = next(now());
  };

  const remove = (file: string): Promise<void> =>
    rm(file).catch((error) => log.warn({ err: error, file }, 'an old backup could not be removed'));

  return async () => {
    // The clock may have been set back meanwhile.
    const isEarly = now() < dueAt && dueAt - now() <= 2 * DAY_MS;
    const isPause = now() < notBefore && notBefore - now() <= RETRY_MS;
    if (underWay || isEarly || isPause) return;
    underWay = true;
    try {
      await look();
    } catch (error) {
      notBefore = now() + RETRY_MS;
      if (signal.aborted) return;
      log.error({ err: error, folder }, 'the database could not be backed up; it is tried again in an hour');
      observer.backupFailed();
    } finally {
      underWay = false;
    }
  };
}

/** The bot's backups in a folder, the newest first. Rejects if the folder can't be read. */
export async function listBackups(folder: string): Promise<string[]> {
  return (await readdir(folder))
    .filter((name) => NAME.test(name))
    .sort()
    .reverse();
}

/** When the newest backup was written, in milliseconds since 1970; undefined if there is none. */
export async function lastBackup(folder: string): Promise<number | undefined> {
  const [newest] = await listBackups(folder);
  return newest === undefined ? undefined : (await stat(join(folder, newest))).mtimeMs;
}

/** The last moment at which a backup was due. */
function lastDue(next: (after: number) => number, now: number): number {
  // Two days hold at least one, whatever a change of the clock does.
  let due = next(now - 2 * DAY_MS);
  for (let later = due; later <= now; later = next(later)) due = later;
  return due;
}

/** A moment's day in a zone, ISO 8601. */
function dayOf(time: number, zone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }).format(time);
}
