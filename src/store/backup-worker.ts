import { reasonOf, UserError } from '../core/errors.ts';
import { backupSqlite } from './backup.ts';

/** A database, and the new file to which it is copied. */
export interface BackupOrder {
  readonly path: string;
  readonly file: string;
}

/** Copies and checks a database in a thread of its own: a large one takes seconds. Resolves to why it failed, if it did. */
export default async function backUp({ path, file }: BackupOrder): Promise<string | undefined> {
  try {
    await backupSqlite(path, file);
    return undefined;
  } catch (error) {
    // Structured cloning would lose the code.
    return error instanceof UserError ? error.message : reasonOf(error);
  }
}
