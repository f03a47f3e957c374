import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LEASE_MS } from '../../src/digest/deliver.ts';
import { countDeliveries } from '../../src/store/ledger.ts';
import { openStore } from '../../src/store/open-store.ts';
import { STEP_NAMES, type WorkerOrders } from '../support/deliver-orders.ts';
import { lastMinute, subscribe } from '../support/digesting.ts';
import { createUser } from '../support/discord/payloads.ts';
import { startDiscordServer } from '../support/discord-server.ts';
import { startLocalSlack } from '../support/local-slack.ts';
import { type LocalPostgres, startPostgres } from '../support/postgres.ts';

/** Trials of each kind; more with KILL_TRIALS. */
const TRIALS = Number(process.env.KILL_TRIALS ?? 1);
const CHANNELS = 6;

let directory: string;
let postgres: LocalPostgres;
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'briefing-kill-'));
  postgres = await startPostgres();
});
afterAll(async () => {
  await postgres?.stop();
  rmSync(directory, { recursive: true });
});

/** Runs a process that delivers, to its end. Resolves to the signal that ended it, or its exit code with what it said. */
function run(orders: WorkerOrders): Promise<string> {
  const child = spawn(process.execPath, [resolve('tests/support/deliver-worker.ts'), JSON.stringify(orders)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk) => {
    said += chunk;
  });
  return new Promise((done) => child.once('close', (code, signal) => done(signal ?? `${code}${said}`)));
}

async function openDiscord() {
  const server = await startDiscordServer();
  const channels = Array.from({ length: CHANNELS }, (_, n) => server.dmChannelId(createUser(`reader${n}`)));
  return {
    access: { platform: 'discord' as const, token: server.token, apiUrl: server.apiUrl },
    channels,
    posted: () => server.createdMessages.map(({ message }) => message.channel_id),
    close: () => server.close(),
  };
}

async function openSlack() {
  const server = await startLocalSlack();
  const channels = Array.from({ length: CHANNELS }, () => server.state.addChannel().id);
  return {
    access: { platform: 'slack' as const, token: server.state.botToken, apiUrl: server.apiUrl },
    channels,
    posted: () => server.state.posted.map(({ channel }) => channel),
    close: () => server.close(),
  };
}

const kinds = ['sqlite', 'postgres'] as const;
const platforms = { discord: openDiscord, slack: openSlack };
const cases = kinds
  .flatMap((kind) =>
    (['discord', 'slack'] as const).flatMap((platform) => [2, 4].map((processes) => ({ kind, platform, processes }))),
  )
  .map((one, first) => ({ ...one, first }));

describe.each(cases)(
  '$processes processes on $kind to $platform, killed where they are',
  ({ kind, platform, processes, first }) => {
    it('deliver every digest exactly once', async () => {
      for (let trial = first; trial < first + TRIALS; trial += 1) {
        const world = await platforms[platform]();
        const file = `sqlite:${join(directory, `${randomBytes(4).toString('hex')}.db`)}`;
        const database = kind === 'sqlite' ? file : await postgres.createDatabase();
        const store = await openStore(database);
        try {
          const due = lastMinute();
          for (const channel of world.channels) await subscribe(store, due, { platform, channel });
          const orders = { ...world.access, database, ahead: 0 };
          const ends = await Promise.all(
            Array.from({ length: processes }, (_, index) => {
              const at = STEP_NAMES[(trial * processes + index) % STEP_NAMES.length] ?? 'sent';
              return run({ ...orders, dies: { at, time: at === 'started' || at === 'planned' ? 1 : 1 + (trial % 3) } });
            }),
          );
          for (const end of ends) expect(end).toMatch(/^(SIGKILL|0)$/);
          expect(await run({ ...orders, ahead: 2 * LEASE_MS })).toBe('0');
          expect(world.posted().toSorted()).toEqual(world.channels.toSorted());
          expect(await countDeliveries(store.db)).toEqual({ delivered: CHANNELS });
        } finally {
          await store.close();
          await world.close();
        }
      }
    }, 600_000);
  },
);
