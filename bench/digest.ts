// The digest: 10,000 channels due in one minute, at the platforms' own pace; 100,000 subscriptions in one tick; deliveries a
// second on PostgreSQL beside a bare pg-boss worker that posts a fixed text. Run with: npx node bench/digest.ts
// Discord's part takes as long as its limit makes it: 10,000 messages, 200 seconds. BENCH_CHANNELS shortens it.
import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { WebClient } from '@slack/web-api';
import { PgBoss } from 'pg-boss';
import { createDiscordSender } from '../src/adapters/discord/send-digest.ts';
import { composeClientOptions } from '../src/adapters/slack/client-options.ts';
import { renderSlack } from '../src/adapters/slack/render-reply.ts';
import { createSlackSender } from '../src/adapters/slack/send-digest.ts';
import { openBot } from '../src/app/open-bot.ts';
import type { Topic } from '../src/core/article.ts';
import type { Subscription } from '../src/core/digests.ts';
import type { Reply } from '../src/core/reply.ts';
import type { Sender } from '../src/core/sender.ts';
import { systemClock } from '../src/digest/clock.ts';
import { composeDigest } from '../src/digest/compose-digest.ts';
import { createDigesting, type DigestingOptions } from '../src/digest/digesting.ts';
import { createIllustrator } from '../src/digest/illustrate.ts';
import { planDue } from '../src/digest/plan-due.ts';
import { takeTurn } from '../src/digest/turn.ts';
import { countDeliveries } from '../src/store/ledger.ts';
import { openStore, type Store } from '../src/store/open-store.ts';
import { addSubscription } from '../src/store/subscriptions.ts';
import { startPostgres } from '../tests/support/postgres.ts';
import { print, quiet, report } from './report.ts';

const CHANNELS = Number(process.env.BENCH_CHANNELS ?? 10_000);
const SUBSCRIPTIONS = 100_000;
const JOBS = 5000;
/** Posts that the bare worker has under way at once. */
const CONCURRENCY = 64;
const DISCORD_A_SECOND = 50;
const CATCH_UP_MS = 6 * 3_600_000;

const { bot } = await openBot({ contentDirectory: 'content', dataDirectory: 'data', semanticSearch: false }, quiet);

interface Counts {
  readonly posted: number;
  readonly refused: number;
}

async function startServer(): Promise<{ url: string; child: ChildProcess; counts(): Promise<Counts> }> {
  const child = fork(new URL('platform-server.ts', import.meta.url));
  const [{ port }] = (await once(child, 'message')) as [{ port: number }];
  return {
    url: `http://127.0.0.1:${port}/api`,
    child,
    async counts() {
      child.send('counts');
      return (await once(child, 'message'))[0] as Counts;
    },
  };
}

/** Subscriptions that are due now, or a day from now. */
async function subscribe(store: Store, platform: string, count: number, due: number): Promise<void> {
  const time = new Date(due).toISOString().slice(11, 16);
  await store.db.transaction().execute(async (transaction) => {
    for (let index = 0; index < count; index += 1) {
      const subscription: Subscription = {
        id: `${platform.slice(0, 1)}${index}`,
        platform,
        team: 'T1',
        channel: String(1_000_000_000_000_000 + index),
        owner: '1',
        direct: false,
        time,
        zone: 'UTC',
        days: 'daily',
        topics: [],
        state: 'active',
        nextDue: due,
        fixed: false,
      };
      await addSubscription(transaction, subscription, due);
    }
  });
}

function createOptions(sender: Sender, illustrate: DigestingOptions['illustrate']): DigestingOptions {
  return {
    senders: new Map([[sender.platform, sender]]),
    library: () => bot.library,
    illustrate,
    clock: systemClock,
    random: Math.random,
    platforms: [sender.platform],
    log: quiet,
    catchUpMs: CATCH_UP_MS,
    retentionMs: 90 * 24 * 3_600_000,
    auditMs: 90 * 24 * 3_600_000,
  };
}

/** Runs until all are delivered. Gives the seconds it took. */
async function deliverAll(store: Store, options: DigestingOptions, count: number): Promise<number> {
  const digesting = await createDigesting(store, options);
  const start = performance.now();
  digesting.start();
  await digesting.tick();
  while (((await countDeliveries(store.db)).delivered ?? 0) < count) await systemClock.until(Date.now() + 20);
  const seconds = (performance.now() - start) / 1000;
  await digesting.stop();
  return seconds;
}

async function atPlatformsPace(): Promise<void> {
  const server = await startServer();
  const illustrator = createIllustrator(true, quiet);
  const senders: [Sender, (count: number) => number][] = [
    [createDiscordSender('token', server.url), (count) => count / DISCORD_A_SECOND],
    // A message a second in each channel: all channels may get theirs at once.
    [createSlackSender(async () => 'xoxb-1', composeClientOptions(`${server.url}/`, quiet)), () => 0],
  ];
  for (const [sender, floorOf] of senders) {
    const store = await openStore('sqlite::memory:');
    await subscribe(store, sender.platform, CHANNELS, Date.now() - (Date.now() % 60_000));
    const before = process.memoryUsage().rss;
    let peak = before;
    const watch = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage().rss);
    }, 500);
    const illustrate = sender.platform === 'discord' ? illustrator.illustrate : async (reply: Reply) => reply;
    const seconds = await deliverAll(store, createOptions(sender, illustrate), CHANNELS);
    clearInterval(watch);
    const { posted, refused } = await server.counts();
    const floor = floorOf(CHANNELS);
    report({
      what: `Digest in ${CHANNELS.toLocaleString('en')} channels of ${sender.platform}`,
      ours: `${seconds.toFixed(1)} s (${(CHANNELS / seconds).toFixed(0)} a second), ${posted} posted, ${refused} refused with 429, ${((peak - before) / 1e6).toFixed(0)} MB more at its peak`,
      peer: floor > 0 ? `the platform’s limit ${floor.toFixed(1)} s` : 'the platform sets no limit over all channels',
      ratio: floor > 0 ? seconds / floor : undefined,
    });
    await store.close();
  }
  await illustrator.close();
  server.child.disconnect();
}

async function oneTick(): Promise<void> {
  const due = Date.now() - (Date.now() % 60_000);
  for (const kind of ['sqlite', 'postgres'] as const) {
    const postgres = kind === 'postgres' ? await startPostgres() : undefined;
    const store = await openStore((await postgres?.createDatabase()) ?? 'sqlite::memory:');
    await subscribe(store, 'discord', SUBSCRIPTIONS, due + 24 * 3_600_000);
    const tick = async (): Promise<{ ms: number; delay: number; count: number }> => {
      const delay = monitorEventLoopDelay({ resolution: 1 });
      delay.enable();
      const start = performance.now();
      const count = await planDue(store, systemClock, CATCH_UP_MS, async () => undefined);
      const ms = performance.now() - start;
      await systemClock.until(Date.now() + 5);
      delay.disable();
      return { ms, delay: delay.max / 1e6, count };
    };
    await tick();
    const idle = await tick();
    await store.db.updateTable('subscriptions').set({ nextDue: due }).execute();
    const busy = await tick();
    if (busy.count !== SUBSCRIPTIONS) throw new Error(`${busy.count} were due`);
    report({
      what: `One tick over ${SUBSCRIPTIONS.toLocaleString('en')} subscriptions on ${kind}`,
      ours: `all due ${(busy.ms / 1000).toFixed(2)} s, the event loop held for ${busy.delay.toFixed(0)} ms at most`,
      peer: `none due ${idle.ms.toFixed(2)} ms`,
    });
    await store.close();
    await postgres?.stop();
  }
}

async function besidePgBoss(): Promise<void> {
  const postgres = await startPostgres();
  const server = await startServer();
  const options = composeClientOptions(`${server.url}/`, quiet);

  const store = await openStore(await postgres.createDatabase());
  await subscribe(store, 'slack', JOBS, Date.now() - (Date.now() % 60_000));
  const sender = createSlackSender(async () => 'xoxb-1', options);
  const ours = await deliverAll(
    store,
    createOptions(sender, async (reply) => reply),
    JOBS,
  );
  await store.close();

  const topic = bot.library.topics[0] as Topic;
  const message = renderSlack(composeDigest(topic, takeTurn(topic).claims));
  for (const [name, content] of Object.entries({
    'a fixed text': { text: 'A fixed text.' },
    'the same message': message,
  })) {
    const bare = await postBare(await postgres.createDatabase(), new WebClient('xoxb-1', options), content);
    report({
      what: 'Digests a second on PostgreSQL, posted to Slack',
      ours: `${(JOBS / ours).toFixed(0)} a second`,
      peer: `bare pg-boss worker, ${name} ${(JOBS / bare).toFixed(0)} a second`,
      ratio: bare / ours,
    });
  }
  server.child.disconnect();
  await postgres.stop();
}

/** A worker that knows of no ledger, no pace and no doubt. Gives the seconds it took. */
async function postBare(database: string, client: WebClient, content: { text: string }): Promise<number> {
  const boss = new PgBoss({ connectionString: database, schedule: false });
  await boss.start();
  await boss.createQueue('posts');
  let done = 0;
  const start = performance.now();
  await boss.insert(
    'posts',
    Array.from({ length: JOBS }, () => ({ data: { channel: randomUUID() } })),
  );
  await boss.work<{ channel: string }>(
    'posts',
    { batchSize: CONCURRENCY / 4, localConcurrency: 4, pollingIntervalSeconds: 1, burstWhenBatchFull: true },
    async (jobs) => {
      await Promise.all(jobs.map(({ data }) => client.chat.postMessage({ ...content, channel: data.channel })));
      done += jobs.length;
    },
  );
  while (done < JOBS) await systemClock.until(Date.now() + 20);
  const seconds = (performance.now() - start) / 1000;
  await boss.stop({ graceful: true });
  return seconds;
}

print(`Node ${process.version}`);
const parts = { pace: atPlatformsPace, tick: oneTick, 'pg-boss': besidePgBoss };
for (const [name, run] of Object.entries(parts)) {
  if (process.argv.length < 3 || process.argv.includes(name)) await run();
}
// The local PostgreSQL listens for messages of whoever forked this process, and so keeps it alive.
process.disconnect?.();
