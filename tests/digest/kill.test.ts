import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadContent } from '../../src/content/load.ts';
import { LATE_POST_MS, LEASE_MS } from '../../src/digest/doubt.ts';
import { readDue } from '../../src/store/due.ts';
import { countDeliveries } from '../../src/store/ledger.ts';
import { openStore } from '../../src/store/open-store.ts';
import { COMMAND_NAMES, HARBOUR } from '../support/content.ts';
import { STEP_NAMES, type WorkerOrders } from '../support/deliver-orders.ts';
import { lastMinute, subscribe } from '../support/digesting.ts';
import { createUser } from '../support/discord/payloads.ts';
import { startDiscordServer } from '../support/discord-server.ts';
import { startLocalSlack } from '../support/local-slack.ts';
import { createDatabase } from '../support/shared-postgres.ts';

/** Trials of each kind; more with KILL_TRIALS. */
const TRIALS = Number(process.env.KILL_TRIALS ?? 1);
/** Digests that are due at first. More become due until every process has died. */
const CHANNELS = 6;
const LONG_AFTER_MS = 2 * (LEASE_MS + LATE_POST_MS);

const library = await loadContent(HARBOUR, COMMAND_NAMES);
const running = new Set<ChildProcess>();
let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'briefing-kill-'));
});
afterAll(() => {
  rmSync(directory, { recursive: true });
});

/** Runs a process that delivers, to its end. */
function run(
  orders: Omit<WorkerOrders, 'articles' | 'topics'>,
): Promise<{ readonly signal: string | null; readonly said: string }> {
  const { articles, topics } = library;
  const all: WorkerOrders = { ...orders, articles, topics };
  const child = spawn(process.execPath, [resolve('tests/support/deliver-worker.ts'), JSON.stringify(all)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  child.once('close', () => running.delete(child));
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      said += chunk;
    });
  }
  return new Promise((done) => child.once('close', (_, signal) => done({ signal, said })));
}

async function openDiscord() {
  const server = await startDiscordServer();
  let people = 0;
  return {
    access: { platform: 'discord' as const, token: server.token, apiUrl: server.apiUrl },
    newChannel: () => server.dmChannelId(createUser(`reader${people++}`)),
    posted: () => server.createdMessages.map(({ message }) => message.channel_id),
    close: () => server.close(),
  };
}

async function openSlack() {
  const server = await startLocalSlack();
  return {
    access: { platform: 'slack' as const, token: server.state.botToken, apiUrl: server.apiUrl },
    newChannel: () => server.state.addChannel().id,
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
        const database = kind === 'sqlite' ? file : await createDatabase();
        const store = await openStore(database);
        const channels: string[] = [];
        const add = async () => {
          const channel = world.newChannel();
          channels.push(channel);
          await subscribe(store, lastMinute(), { platform, channel });
        };
        try {
          while (channels.length < CHANNELS) await add();
          const orders = { ...world.access, database, ahead: 0 };
          const steps = Array.from(
            { length: processes },
            (_, n) => STEP_NAMES[(trial * processes + n) % STEP_NAMES.length],
          );
          let alive = processes;
          const ends = steps.map(async (at = 'sent') => {
            const time = at === 'started' || at === 'planned' ? 1 : 1 + (trial % 3);
            const end = await run({ ...orders, dies: { at, time } });
            alive -= 1;
            return end;
          });
          // Whoever comes too late for what was due at first dies with what is due now.
          const feed = async () => {
            const isTaken = (await readDue(store.db, Date.now(), 1)).length === 0;
            if (isTaken) for (let count = 0; count < 2 * alive; count += 1) await add();
            return alive;
          };
          await expect.poll(feed, { interval: 300, timeout: 60_000 }).toBe(0);
          expect(await Promise.all(ends)).toEqual(steps.map((said) => ({ signal: 'SIGKILL', said })));
          expect(await run({ ...orders, ahead: LONG_AFTER_MS })).toEqual({ signal: null, said: '' });
          expect(world.posted().toSorted()).toEqual(channels.toSorted());
          expect(await countDeliveries(store.db)).toEqual({ delivered: channels.length });
        } finally {
          for (const child of running) child.kill('SIGKILL');
          await store.close();
          await world.close();
        }
      }
    }, 600_000);
  },
);
