import { chmodSync, existsSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import { UserError } from '../core/errors.ts';

/** A backup holds ids of people and sealed tokens. */
const OWNER_ONLY = 0o600;

/**
 * Copies a SQLite database to a new file while a bot uses it, and checks the copy before it gets its name. `onProgress` hears
 * how many pages are done, of how many. Throws UserError if there is none, if the file already exists, or if the copy is
 * damaged; and SQLite's own errors, such as SQLITE_FULL.
 */
export async function backupSqlite(
  path: string,
  file: string,
  onProgress: (done: number, total: number) => void = () => undefined,
): Promise<void> {
  if (!existsSync(path)) throw new UserError(`There is no database at ${path} yet.`);
  if (existsSync(file)) throw new UserError(`${file} already exists; choose another name.`);
  if (!existsSync(dirname(file))) throw new UserError(`There is no folder ${dirname(file)}; create it first.`);
  const part = `${file}.part`;
  removeDatabase(part);
  const database = new Sqlite(path, { readonly: true });
  try {
    await database.backup(part, {
      progress({ totalPages, remainingPages }) {
        onProgress(totalPages - remainingPages, totalPages);
        // All at once: SQLite begins anew whenever somebody writes in between.
        return totalPages;
      },
    });
    chmodSync(part, OWNER_ONLY);
    checkSqlite(part, path);
    // What was cut off must not look like a backup.
    renameSync(part, file);
  } catch (error) {
    removeDatabase(part);
    throw error;
  } finally {
    database.close();
  }
}

/**
 * Checks every page of a database that nobody uses, and makes one file of it. `source` names it to people. Throws UserError if
 * it is damaged.
 */
export function checkSqlite(path: string, source: string): void {
  const database = new Sqlite(path);
  try {
    // Without this, whoever opens it needs the right to write beside it.
    database.pragma('journal_mode = DELETE');
    const found = database.pragma('integrity_check(1)', { simple: true });
    if (found !== 'ok') throw new UserError(`${source} is damaged (${String(found).split('\n')[0]})`, TRY_ANOTHER);
  } catch (error) {
    const { code = '' } = error as { code?: string };
    if (!/^SQLITE_(CORRUPT|NOTADB)/.test(code)) throw error;
    throw new UserError(`${source} is damaged, or isn't a database (${code})`, TRY_ANOTHER, { cause: error });
  } finally {
    database.close();
  }
}

const TRY_ANOTHER = 'If it is a backup, take an older one. If it is the bot’s own database, restore a backup.';

/** Removes a database's file and those that SQLite keeps beside it. */
export function removeDatabase(path: string): void {
  for (const ending of ['', ...BESIDE]) rmSync(path + ending, { force: true });
}

/** What SQLite keeps beside a database's file while it is used. */
export const BESIDE = ['-wal', '-shm', '-journal'] as const;
