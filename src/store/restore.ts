import { chmodSync, copyFileSync, existsSync, realpathSync, renameSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { reasonOf, UserError } from '../core/errors.ts';
import { BESIDE, checkSqlite, removeDatabase } from './backup.ts';
import { openStore, type Store } from './open-store.ts';

export interface RestoreOptions {
  /** The bot's database. */
  readonly path: string;
  /** The backup. */
  readonly file: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The bot is known to be stopped, though the present database is too damaged to tell. */
  readonly stopped: boolean;
  /** Is given the backup, brought up to date, before it takes its place. */
  prepare(store: Store): Promise<void>;
}

/** What became of the database as it was; absent if there was none. */
export interface Replaced {
  /** Where it is now. */
  readonly path: string;
  /** Subscriptions that the backup has and it had no more, and the other way round; absent if it can't be read. */
  readonly subscriptions?: { readonly ended: number; readonly begun: number };
}

/**
 * Puts a backup in the place of a SQLite database, which is kept beside it. The backup itself stays as it is. Throws
 * UserError, before anything has changed, if a bot uses the database, or if the backup is damaged, is made by a newer version
 * or isn't one of this bot's databases.
 */
export async function restoreSqlite(options: RestoreOptions): Promise<Replaced | undefined> {
  const { path, file, now, stopped, prepare } = options;
  if (!existsSync(file)) throw new UserError(`There is no file ${file}.`);
  if (existsSync(path) && realpathSync(path) === realpathSync(file))
    throw new UserError(`${file} is the bot's database itself`, 'Name a backup.');
  expectUnused(path, stopped);
  const part = `${path}.restoring`;
  try {
    await copyApart(file, part);
    expectOwn(part, file);
    const store = await openStore(`sqlite:${part}`);
    try {
      await prepare(store);
    } finally {
      await store.close();
    }
    checkSqlite(part, file);
    const replaced = moveAside(path, now);
    try {
      renameSync(part, path);
    } catch (error) {
      if (replaced) moveDatabase(replaced, path);
      throw error;
    }
    return replaced === undefined ? undefined : { path: replaced, ...compare(replaced, path) };
  } catch (error) {
    removeDatabase(part);
    if (error instanceof UserError) throw error;
    const remedy = 'Nothing has changed. Check that the folder can be written to and that the disk isn’t full.';
    throw new UserError(`${file} can't be restored (${reasonOf(error)})`, remedy, { cause: error });
  }
}

/** SQLite leaves its write-ahead log only if nobody else has the database open. */
function expectUnused(path: string, stopped: boolean): void {
  if (stopped || !existsSync(path)) return;
  try {
    const database = new Sqlite(path, { timeout: 0 });
    try {
      database.pragma('journal_mode = DELETE');
    } finally {
      database.close();
    }
  } catch (error) {
    const { code = '' } = error as { code?: string };
    if (code.startsWith('SQLITE_BUSY'))
      throw new UserError('The bot is running on this database', 'Stop it first, and start it again afterwards.');
    throw new UserError(
      `The present database can't be read (${reasonOf(error)}), so nobody can tell whether a bot uses it`,
      'Stop the bot, then run this again with --stopped.',
      { cause: error },
    );
  }
}

/** Copies what may be a database that somebody uses; without its write-ahead log, the file is all there is. */
async function copyApart(file: string, part: string): Promise<void> {
  removeDatabase(part);
  if (existsSync(`${file}-wal`)) {
    const source = new Sqlite(file, { readonly: true });
    try {
      await source.backup(part);
    } finally {
      source.close();
    }
  } else copyFileSync(file, part);
  chmodSync(part, 0o600);
  checkSqlite(part, file);
}

/** Throws UserError unless the file is a database of this bot's. */
function expectOwn(part: string, file: string): void {
  const database = new Sqlite(part, { readonly: true });
  try {
    const tables = database
      .prepare(
        "select count(*) from sqlite_master where type = 'table' and name in ('kysely_migration', 'subscriptions')",
      )
      .pluck()
      .get();
    if (tables !== 2) throw new UserError(`${file} isn't one of this bot's databases`, 'Name a backup.');
  } finally {
    database.close();
  }
}

/** Renames the present database, if there is one, and gives its new path. */
function moveAside(path: string, now: number): string | undefined {
  if (!existsSync(path)) return undefined;
  const ending = extname(path);
  const stamp = new Date(now).toISOString().slice(0, 19).replaceAll(':', '-');
  const aside = join(dirname(path), `${basename(path, ending)}.before-restore-${stamp}${ending}`);
  moveDatabase(path, aside);
  return aside;
}

/** With what SQLite keeps beside it: of a damaged database, that may be the better half. */
function moveDatabase(from: string, to: string): void {
  for (const ending of ['', ...BESIDE]) if (existsSync(from + ending)) renameSync(from + ending, to + ending);
}

function compare(before: string, after: string): Pick<Replaced, 'subscriptions'> {
  try {
    const [had, has] = [before, after].map(listIds) as [Set<string>, Set<string>];
    return { subscriptions: { ended: has.difference(had).size, begun: had.difference(has).size } };
  } catch {
    return {};
  }
}

function listIds(path: string): Set<string> {
  const database = new Sqlite(path, { readonly: true });
  try {
    return new Set(database.prepare('select id from subscriptions where fixed = 0').pluck().all() as string[]);
  } finally {
    database.close();
  }
}
