import Sqlite from 'better-sqlite3';
import { workerData } from 'piscina';

/** One statement for the worker. Values are bound in order. */
export interface Statement {
  readonly sql: string;
  readonly parameters: readonly unknown[];
  /** It belongs to a transaction that was begun before. */
  readonly inTransaction: boolean;
}

/** What came of a statement. Errors are values: structured cloning would lose SQLite's code. */
export type Answer =
  | { readonly rows: unknown[]; readonly changes?: number }
  | { readonly error: { readonly code: string; readonly message: string } };

/** How long SQLite itself waits for another connection's lock, in milliseconds. Longer waits let others in between. */
const LOCK_MS = 20;
/** Prepared statements kept. */
const PREPARED = 200;

const prepared = new Map<string, Sqlite.Statement>();
let database: Sqlite.Database | undefined;

function open(): Sqlite.Database {
  const opened = new Sqlite(workerData.path, { timeout: workerData.openMs });
  opened.pragma('journal_mode = WAL');
  // An acknowledged row outlives a power cut.
  opened.pragma('synchronous = FULL');
  opened.pragma('foreign_keys = ON');
  // What is deleted, of a person above all, isn't left readable in the file.
  opened.pragma('secure_delete = ON');
  opened.pragma(`busy_timeout = ${LOCK_MS}`);
  return opened;
}

function prepare(connection: Sqlite.Database, sql: string): Sqlite.Statement {
  const known = prepared.get(sql);
  if (known) return known;
  if (prepared.size >= PREPARED) prepared.clear();
  const statement = connection.prepare(sql);
  prepared.set(sql, statement);
  return statement;
}

/** Runs one statement; `close` closes the database. Statements run in the order in which they come. */
export default function run(order: Statement | 'close'): Answer {
  try {
    if (order === 'close') {
      database?.close();
      return { rows: [] };
    }
    database ??= open();
    // SQLite ends a transaction by itself if the disk is full: what follows must not be written outside of it.
    if (order.inTransaction && !database.inTransaction)
      return { error: { code: 'SQLITE_ABORT_ROLLBACK', message: 'the transaction has ended' } };
    const statement = prepare(database, order.sql);
    if (statement.reader) return { rows: statement.all(order.parameters) };
    return { rows: [], changes: statement.run(order.parameters).changes };
  } catch (error) {
    const { code = '', message } = error as { code?: string; message: string };
    return { error: { code, message } };
  }
}
