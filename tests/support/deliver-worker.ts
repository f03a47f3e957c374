import { writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { createLibrary } from '../../src/core/library.ts';
import type { Observer } from '../../src/core/observer.ts';
import type { Sender } from '../../src/core/sender.ts';
import { createDigesting } from '../../src/digest/digesting.ts';
import { LEASE_MS } from '../../src/digest/doubt.ts';
import { nextDue } from '../../src/digest/schedule.ts';
import { correctTimes } from '../../src/store/correct-times.ts';
import { countDeliveries } from '../../src/store/ledger.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Step, WorkerOrders } from './deliver-orders.ts';

const CATCH_UP_MS = 6 * 3_600_000;
const orders = JSON.parse(process.argv[2] ?? '{}') as WorkerOrders;
const { database, platform, token, apiUrl, ahead, dies } = orders;
const reached = new Map<Step, number>();
function reach(step: Step): void {
  const times = (reached.get(step) ?? 0) + 1;
  reached.set(step, times);
  if (dies?.at !== step || dies.time !== times) return;
  // Before it dies, so that nobody takes another death for this one.
  writeSync(process.stdout.fd, step);
  process.kill(process.pid, 'SIGKILL');
}

const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** Only the SDK that is needed is loaded, so that many processes start soon. */
async function openSender(): Promise<Sender> {
  if (platform === 'discord') {
    const { createDiscordSender } = await import('../../src/adapters/discord/send-digest.ts');
    return createDiscordSender(token, apiUrl);
  }
  const { composeClientOptions } = await import('../../src/adapters/slack/client-options.ts');
  const { createSlackSender } = await import('../../src/adapters/slack/send-digest.ts');
  return createSlackSender(async () => token, composeClientOptions(apiUrl, silent));
}

const real = await openSender();
const sender: Sender = {
  ...real,
  async send(...order) {
    reach('claimed');
    const sent = real.send(...order);
    // Once the request is on its way.
    if (dies?.at === 'sending') setImmediate(() => setImmediate(() => reach('sending')));
    const message = await sent;
    reach('sent');
    return message;
  },
};
const observer: Observer = {
  delivering: () => (outcome) => {
    if (outcome === 'delivered') reach('recorded');
  },
};
const now = () => Date.now() + ahead;
const store = await openStore(database);
const library = createLibrary(orders.articles, orders.topics);
reach('started');
const digesting = await createDigesting(store, {
  senders: new Map([[platform, sender]]),
  library: () => library,
  illustrate: async (reply) => reply,
  clock: {
    now,
    steady: () => performance.now(),
    async until(time) {
      if (time > now()) await sleep(time - now());
    },
  },
  random: Math.random,
  platforms: [platform],
  log: silent,
  catchUpMs: CATCH_UP_MS,
  retentionMs: 90 * 24 * 3_600_000,
  auditMs: 90 * 24 * 3_600_000,
  observer,
});
// As a bot does when it starts: a clock may have been ahead before.
const correction = { now: now(), next: nextDue, catchUpMs: CATCH_UP_MS, leaseMs: LEASE_MS, wasSetBack: false };
await correctTimes(store.db, correction);
const isOpen = async () => {
  const { pending = 0, sending = 0 } = await countDeliveries(store.db);
  return pending + sending > 0;
};
for (let rounds = 0; dies || rounds === 0 || (await isOpen()); rounds += 1) {
  if (rounds > 0) await sleep(50);
  if ((await digesting.tick()) > 0) reach('planned');
}
await digesting.stop();
await store.close();
process.exit(0);
