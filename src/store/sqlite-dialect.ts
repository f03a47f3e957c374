import { setTimeout as pause } from 'node:timers/promises';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import { Piscina } from 'piscina';
import { moduleUrl } from '../core/module-url.ts';
import { within } from '../time/wait.ts';
import type { Answer, Statement } from './sqlite-worker.ts';

/** How long a statement waits for another process that writes, in milliseconds. */
const BUSY_MS = 5000;
/** Between two tries for the lock, in milliseconds. */
const BUSY_PAUSE_MS = 10;
/** How long the disk may take for one statement, in milliseconds; as long as PostgreSQL may take. */
const PATIENCE_MS = 10_000;
const CLOSE_MS = 2000;

/** An error of SQLite's, or of a disk that doesn't answer. */
export class SqliteError extends Error {
  override readonly name = 'SqliteError';
  /** Such as `SQLITE_FULL`. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * SQLite in a thread of its own, so that a slow or full disk, or a lock that another process holds, never stops the event
 * loop. While a statement waits for a lock, others that need none run. `path` may be `:memory:`.
 */
export function createSqliteDialect(path: string, { busyMs = BUSY_MS } = {}): Dialect {
  return {
    createAdapter: () => new Adapter(),
    createDriver: () => createDriver(path, busyMs),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}

/** Kysely would hold everything back while one statement waits for a lock; the driver sees to transactions itself. */
class Adapter extends SqliteAdapter {
  override get supportsMultipleConnections(): boolean {
    return true;
  }
}

interface Connection extends DatabaseConnection {
  /** Ends the transaction of this connection for all others; absent outside of one. */
  release?: (() => void) | undefined;
}

function createDriver(path: string, busyMs: number): Driver {
  const pool = new Piscina<Statement | 'close', Answer>({
    filename: moduleUrl('sqlite-worker', import.meta.url).href,
    minThreads: 1,
    maxThreads: 1,
    // The thread takes them one after the other; waiting here would only cost time.
    concurrentTasksPerWorker: 1024,
    idleTimeout: Number.POSITIVE_INFINITY,
    workerData: { path, openMs: BUSY_MS },
  });
  // There is one connection, so nobody else's statement may run within a transaction. Whoever waited for its end looks again:
  // another one may have begun, and nothing may come between that look and the statement.
  let transaction: Promise<void> | undefined;

  const ask = async (order: Statement | 'close'): Promise<Answer & { rows: unknown[] }> => {
    const answer = await within(pool.run(order), PATIENCE_MS);
    if (!answer) throw new SqliteError('SQLITE_SILENT', `the disk did not answer within ${PATIENCE_MS / 1000} s`);
    if ('error' in answer) throw new SqliteError(answer.error.code, answer.error.message);
    return answer;
  };
  const execute = async <R>(query: CompiledQuery, inTransaction: boolean): Promise<QueryResult<R>> => {
    const answer = await ask({ sql: query.sql, parameters: query.parameters, inTransaction });
    const { rows, changes } = answer as { rows: R[]; changes?: number };
    return { rows, ...(changes === undefined ? {} : { numAffectedRows: BigInt(changes) }) };
  };
  const rollBack = async (release: (() => void) | undefined): Promise<void> => {
    try {
      await pool.run({ sql: 'rollback', parameters: [], inTransaction: true });
    } catch {
      // Without its thread there is no transaction either.
    } finally {
      release?.();
    }
  };

  return {
    init: async () => undefined,
    async acquireConnection(): Promise<Connection> {
      const connection: Connection = {
        async executeQuery<R>(query: CompiledQuery) {
          if (connection.release) return execute<R>(query, true);
          return untilUnlocked(busyMs, async () => {
            while (transaction) await transaction;
            return execute<R>(query, false);
          });
        },
        streamQuery() {
          throw new Error('streaming is not supported');
        },
      };
      return connection;
    },
    beginTransaction: (connection: Connection) =>
      untilUnlocked(busyMs, async () => {
        while (transaction) await transaction;
        const { promise, resolve } = Promise.withResolvers<void>();
        transaction = promise;
        const release = () => {
          connection.release = undefined;
          transaction = undefined;
          resolve();
        };
        try {
          // A transaction takes the write lock at its start. One that reads first and asks for it then fails at once if
          // another process wrote in between, https://sqlite.org/lang_transaction.html
          await execute(CompiledQuery.raw('begin immediate'), false);
          connection.release = release;
        } catch (error) {
          // It may still begin, once the disk answers.
          if (isSilent(error)) void rollBack(release);
          else release();
          throw error;
        }
      }),
    async commitTransaction(connection: Connection) {
      await execute(CompiledQuery.raw('commit'), true);
      connection.release?.();
    },
    async rollbackTransaction(connection: Connection) {
      // SQLite may have rolled back by itself. Whoever waits hears of the first error, not of this one.
      await within(rollBack(connection.release), PATIENCE_MS);
    },
    releaseConnection: async () => undefined,
    async destroy() {
      await within(pool.run('close'), CLOSE_MS);
      await within(pool.destroy(), CLOSE_MS);
    },
  };
}

function isSilent(error: unknown): boolean {
  return error instanceof SqliteError && error.code === 'SQLITE_SILENT';
}

/** Tries again for as long as another process holds the lock, but not longer than that many milliseconds. */
async function untilUnlocked<T>(busyMs: number, work: () => Promise<T>): Promise<T> {
  const end = performance.now() + busyMs;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      const busy = error instanceof SqliteError && error.code.startsWith('SQLITE_BUSY');
      if (!busy || performance.now() > end) throw error;
      await pause(BUSY_PAUSE_MS);
    }
  }
}
