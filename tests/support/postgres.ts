import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { loadEmbeddedPostgres } from './embedded-postgres.ts';

export interface LocalPostgres {
  /** The address of the server, with the database that is always there. */
  readonly url: string;
  /** The address of a new, empty database. */
  createDatabase(): Promise<string>;
  /** Stops all its processes where they are, or lets them go on: its connections stay open and say nothing. */
  freeze(frozen: boolean): void;
  stop(): Promise<void>;
}

/** Starts a PostgreSQL of its own on a free port of this machine. Stop it when done. */
export async function startPostgres(): Promise<LocalPostgres> {
  const directory = mkdtempSync(join(tmpdir(), 'briefing-postgres-'));
  // It runs as a user of its own, which has to reach the folder.
  chmodSync(directory, 0o755);
  const port = await findPort();
  const EmbeddedPostgres = await loadEmbeddedPostgres();
  const postgres = new EmbeddedPostgres({
    databaseDir: join(directory, 'data'),
    port,
    password: 'password',
    persistent: false,
    // PostgreSQL refuses to run as root.
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: ['-c', 'fsync=off', '-c', 'max_connections=200'],
    onLog: () => undefined,
    onError: () => undefined,
  });
  await postgres.initialise();
  await postgres.start();
  const url = `postgres://postgres:password@127.0.0.1:${port}/postgres`;
  return {
    url,
    createDatabase: () => createDatabaseAt(url),
    freeze(frozen) {
      const [first = ''] = readFileSync(join(directory, 'data/postmaster.pid'), 'utf8').split('\n');
      for (const pid of processesBelow(Number(first))) process.kill(pid, frozen ? 'SIGSTOP' : 'SIGCONT');
    },
    async stop() {
      await postgres.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** Makes an empty database on the server that an address names. Resolves to its address. */
export async function createDatabaseAt(url: string): Promise<string> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  const client = new pg.Client(url);
  await client.connect();
  await client.query(`create database ${name}`).finally(() => client.end());
  return Object.assign(new URL(url), { pathname: name }).href;
}

/** A process and those that it started itself. */
function processesBelow(parent: number): number[] {
  const lines = execFileSync('ps', ['-axo', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n');
  const pairs = lines.map((line) => line.trim().split(/\s+/).map(Number));
  return [parent, ...pairs.flatMap(([pid = 0, owner]) => (owner === parent ? pid : []))];
}

function findPort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
