import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { CamelCasePlugin, type Dialect, Kysely, PostgresDialect } from 'kysely';
import { Migrator } from 'kysely/migration';
import type pg from 'pg';
import { UserError } from '../core/errors.ts';
import { migrations } from './migrations.ts';
import type { Schema } from './schema.ts';

export type Database = Kysely<Schema>;

export interface Store {
  readonly kind: 'sqlite' | 'postgres';
  readonly db: Database;
  /** The address that the store was opened with. */
  readonly url: string;
  close(): Promise<void>;
}

/** A database that cannot be used, in words for the person at the terminal. Never repeats the address: it may hold a password. */
export class StoreUnavailable extends UserError {
  override readonly name = 'StoreUnavailable';
}

/** Connections to PostgreSQL that one process holds. */
const POOL_SIZE = 10;

/**
 * How long PostgreSQL may take, in milliseconds and seconds. After a failover an old connection can stay silent for ever, and
 * the pool would hand it out again: none lives long.
 */
export const POSTGRES_LIMITS = {
  connectionTimeoutMillis: 10_000,
  query_timeout: 10_000,
  maxLifetimeSeconds: 60,
} as const;

/**
 * Opens `sqlite:path`, `sqlite::memory:` or `postgres://…` and brings its tables up to date. Throws StoreUnavailable.
 */
export async function openStore(url: string): Promise<Store> {
  const store = url.startsWith('sqlite:') ? await openSqlite(url) : await openPostgres(url);
  try {
    await migrateToLatest(store.db);
    return store;
  } catch (error) {
    await store.close();
    throw explain(error, store.kind);
  }
}

// Each database's client is loaded when it is used, so that a bot without it starts without it.

async function openSqlite(url: string): Promise<Store> {
  const { createSqliteDialect } = await import('./sqlite-dialect.ts');
  const path = url.slice('sqlite:'.length);
  try {
    if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true });
  } catch (error) {
    throw explain(error, 'sqlite');
  }
  return createStore('sqlite', url, createSqliteDialect(path));
}

async function openPostgres(url: string): Promise<Store> {
  const { default: pg } = await import('pg');
  const pool = new pg.Pool({
    connectionString: url,
    max: POOL_SIZE,
    ...POSTGRES_LIMITS,
    types: { getTypeParser: readTimesAsNumbers(pg) },
  });
  // A connection that ends while nobody uses it is replaced by the pool.
  pool.on('error', () => undefined);
  // One that is cut while it is used fails its query; without anybody listening it would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return createStore('postgres', url, new PostgresDialect({ pool }));
}

function createStore(kind: Store['kind'], url: string, dialect: Dialect): Store {
  // Columns are in snake_case in the database and in camelCase everywhere else.
  const db: Database = new Kysely({ dialect, plugins: [new CamelCasePlugin()] });
  let closing: Promise<void> | undefined;
  return {
    kind,
    db,
    url,
    close() {
      closing ??= db.destroy();
      return closing;
    },
  };
}

/** Times fit a number; pg would give 64-bit ones as text. */
function readTimesAsNumbers({ types }: typeof pg): typeof pg.types.getTypeParser {
  const parse = (type: number, format: 'text') =>
    type === types.builtins.INT8 ? Number : types.getTypeParser(type, format);
  return parse as typeof pg.types.getTypeParser;
}

async function migrateToLatest(db: Database): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...migrations }) } });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
}

function explain(error: unknown, kind: Store['kind']): StoreUnavailable {
  // Kysely refuses a database with a change that it doesn't know, and names the change.
  const unknown = /previously executed migration (\S+) is missing/.exec((error as Error).message)?.[1];
  if (unknown) {
    return new StoreUnavailable(
      `The database was made by a newer version of the bot: it has the change ${unknown}, and this version knows those up to ${Object.keys(migrations).at(-1)}`,
      'Update this one, or restore the backup from before the update, as docs/upgrade.md says.',
      { cause: error },
    );
  }
  const { code = '', message = '' } = error as { code?: string; message?: string };
  const remedy =
    kind === 'sqlite'
      ? 'Check that the bot can write to the folder, that the disk isn’t full and that the file is one of this bot’s databases.'
      : 'Check that PostgreSQL is running, that the address, user and password in DATABASE_URL are right, that the database exists (createdb) and that the user may create tables in it.';
  // PostgreSQL's own codes tell people nothing, and its messages hold no secret.
  const reason = code && !/^[0-9A-Z]{5}$/.test(code) ? code : message;
  return new StoreUnavailable(`The database can't be used (${reason})`, remedy, { cause: error });
}
