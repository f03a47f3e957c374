import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import type { LocalPostgres } from '../support/postgres.ts';
import type { Trouble } from './proxy.ts';
import type { Chance } from './seeds.ts';

/** What a fault can be done to. */
export interface Scene {
  readonly chance: Chance;
  /** The bot's folder, and its database if that is SQLite's. */
  readonly folder: string;
  readonly file: string;
  /** The bot's process. */
  readonly pid: number;
  readonly postgres: LocalPostgres | undefined;
  /** What lies between the bot and PostgreSQL. */
  readonly wire: Wire | undefined;
  /** Says what becomes of each request to a platform from now on. */
  trouble(choose: (() => Trouble) | undefined): void;
}

export interface Fault {
  readonly database: 'sqlite' | 'postgres';
  /** The bot's folder is a disk of its own. */
  readonly ownDisk?: boolean;
  /** Connections that a platform's own client gives up for it: a command that is on its way then goes unanswered. */
  readonly drops?: number;
  /** Begins the fault; gives what ends it. */
  begin(scene: Scene): Promise<() => Promise<void>>;
}

/** All that can go wrong around a whole bot, by name. */
export const FAULTS: Readonly<Record<string, Fault>> = {
  'a full disk': {
    database: 'sqlite',
    ownDisk: true,
    async begin({ folder }) {
      const filler = join(folder, 'filler');
      const file = openSync(filler, 'w');
      try {
        for (const size of [65_536, 512]) {
          for (;;) writeSync(file, Buffer.alloc(size));
        }
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      } finally {
        closeSync(file);
      }
      return async () => rmSync(filler);
    },
  },
  'a lock that another process holds': {
    database: 'sqlite',
    async begin({ file }) {
      const other = new Sqlite(file, { timeout: 5000 });
      other.exec('begin immediate');
      return async () => {
        other.exec('rollback');
        other.close();
      };
    },
  },
  'a lock that comes and goes': {
    database: 'sqlite',
    async begin({ file, chance }) {
      const other = new Sqlite(file, { timeout: 5000 });
      let ended = false;
      const hold = async () => {
        while (!ended) {
          other.exec('begin immediate');
          await sleep(chance.between(100, 2000));
          other.exec('rollback');
          await sleep(chance.between(1, 100));
        }
        other.close();
      };
      const holding = hold();
      return async () => {
        ended = true;
        await holding;
      };
    },
  },
  'a frozen PostgreSQL': {
    database: 'postgres',
    async begin({ postgres }) {
      postgres?.freeze(true);
      return async () => postgres?.freeze(false);
    },
  },
  'a PostgreSQL whose connections are cut': {
    database: 'postgres',
    async begin({ wire, chance }) {
      let ended = false;
      const cut = async () => {
        while (!ended) {
          wire?.cut();
          await sleep(chance.between(50, 1500));
        }
      };
      const cutting = cut();
      return async () => {
        ended = true;
        await cutting;
      };
    },
  },
  'a PostgreSQL that is away': {
    database: 'postgres',
    async begin({ wire }) {
      wire?.refuse(true);
      wire?.cut();
      return async () => wire?.refuse(false);
    },
  },
  'platforms that are silent': {
    database: 'sqlite',
    async begin({ trouble, chance }) {
      trouble(() => ({ what: chance.next() < 0.5 ? 'silence' : 'silence after' }));
      return async () => trouble(undefined);
    },
  },
  'platforms that are slow': {
    database: 'sqlite',
    async begin({ trouble, chance }) {
      trouble(() => ({ what: 'slow', ms: chance.between(10, 4000) }));
      return async () => trouble(undefined);
    },
  },
  'a proxy that answers in place of platforms': {
    database: 'sqlite',
    async begin({ trouble, chance }) {
      const html = { status: 200, headers: { 'content-type': 'text/html' }, body: '<h1>Welcome</h1>' };
      const json = { status: 200, headers: { 'content-type': 'application/json' }, body: '{}' };
      trouble(() => ({ what: chance.pick(['answer', 'answer after'] as const), answer: chance.pick([html, json]) }));
      return async () => trouble(undefined);
    },
  },
  'a clock that jumps': {
    database: 'sqlite',
    // Slack's client takes a connection for silent once the clock goes forward, and makes another.
    drops: 1,
    async begin({ folder, pid, chance }) {
      const set = (ms: number) => {
        writeFileSync(join(folder, 'clock'), String(ms));
        process.kill(pid, 'SIGUSR2');
      };
      set(chance.pick([-26, 26, 240, 960]) * 3_600_000);
      return async () => {
        try {
          set(0);
        } catch (error) {
          // A bot that has stopped has no clock to set.
          if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
        }
      };
    },
  },
};

/** What lies between the bot and a server on this machine. */
export interface Wire {
  readonly port: number;
  /** Ends all connections. */
  cut(): void;
  /** Whether new ones are ended at once. */
  refuse(refused: boolean): void;
  close(): Promise<void>;
}

export async function startWire(port: number): Promise<Wire> {
  const open = new Set<Socket>();
  let refused = false;
  const server = createServer((near) => {
    if (refused) return void near.destroy();
    const far = connect(port, '127.0.0.1');
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(one);
      one.pipe(other);
      one
        .on('error', () => undefined)
        .on('close', () => {
          open.delete(one);
          other.destroy();
        });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cut = () => {
    for (const one of open) one.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    cut,
    refuse(next) {
      refused = next;
    },
    close() {
      cut();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** Megabytes of a disk that is soon full. */
const DISK_MB = 16;

/** Whether this user may make a disk of memory. */
export const canMount = process.platform === 'linux' && process.getuid?.() === 0;

/** Makes a folder that is a small disk of its own. Gives what takes it away. */
export function mountDisk(folder: string): () => void {
  mkdirSync(folder, { recursive: true });
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_MB}m`, 'tmpfs', folder]);
  return () => execFileSync('umount', ['--lazy', folder]);
}
