import { setTimeout as sleep } from 'node:timers/promises';
import { createDiscordSender } from '../../src/adapters/discord/send-digest.ts';
import { composeClientOptions } from '../../src/adapters/slack/client-options.ts';
import { createSlackSender } from '../../src/adapters/slack/send-digest.ts';
import { loadContent } from '../../src/content/load.ts';
import type { Sender } from '../../src/core/sender.ts';
import { createDigesting } from '../../src/digest/digesting.ts';
import { countDeliveries } from '../../src/store/ledger.ts';
import { openStore } from '../../src/store/open-store.ts';
import { COMMAND_NAMES, HARBOUR } from './content.ts';
import type { Step, WorkerOrders } from './deliver-orders.ts';

const { database, platform, token, apiUrl, ahead, dies } = JSON.parse(process.argv[2] ?? '{}') as WorkerOrders;
const reached = new Map<Step, number>();
function reach(step: Step): void {
  const times = (reached.get(step) ?? 0) + 1;
  reached.set(step, times);
  if (dies?.at === step && dies.time === times) process.kill(process.pid, 'SIGKILL');
}

const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const real: Sender =
  platform === 'discord'
    ? createDiscordSender(token, apiUrl)
    : createSlackSender(async () => token, composeClientOptions(apiUrl, silent));
const sender: Sender = {
  ...real,
  async send(...order) {
    if (reached.get('sent')) reach('recorded');
    reach('claimed');
    const sent = real.send(...order);
    // Once the request is on its way.
    if (dies?.at === 'sending') setImmediate(() => setImmediate(() => reach('sending')));
    const message = await sent;
    reach('sent');
    return message;
  },
};
const now = () => Date.now() + ahead;
const store = await openStore(database);
const library = await loadContent(HARBOUR, COMMAND_NAMES);
reach('started');
const digesting = await createDigesting(store, {
  db: store.db,
  senders: new Map([[platform, sender]]),
  library: () => library,
  illustrate: async (reply) => reply,
  clock: {
    now,
    async until(time) {
      if (time > now()) await sleep(time - now());
    },
  },
  random: Math.random,
  platforms: [platform],
  log: silent,
  catchUpMs: 6 * 3_600_000,
  retentionMs: 90 * 24 * 3_600_000,
});
await digesting.tick();
reach('planned');
const isOpen = async () => {
  const { pending = 0, sending = 0 } = await countDeliveries(store.db);
  return pending + sending > 0;
};
// Those that another process sends are that process's until its lease ends: nothing to wait for here.
for (let rounds = 0; (await isOpen()) && (!dies || rounds < 40); rounds += 1) {
  await digesting.tick();
  await sleep(50);
}
await digesting.stop();
await store.close();
process.exit(0);
