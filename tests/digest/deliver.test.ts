import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { loadContent } from '../../src/content/load.ts';
import type { Subscription } from '../../src/core/digests.ts';
import type { Sender } from '../../src/core/sender.ts';
import { type Delivering, deliver, LEASE_MS } from '../../src/digest/deliver.ts';
import { createDigesting } from '../../src/digest/digesting.ts';
import { createIllustrator } from '../../src/digest/illustrate.ts';
import { planSubscription } from '../../src/digest/plan.ts';
import { claimDelivery, countDeliveries, latestDeliveries, planDeliveries } from '../../src/store/ledger.ts';
import { openStore, type Store } from '../../src/store/open-store.ts';
import { readPace } from '../../src/store/pace.ts';
import { findSubscription, pauseSubscription } from '../../src/store/subscriptions.ts';
import { COMMAND_NAMES, HARBOUR } from '../support/content.ts';
import { createDelivering, lastMinute, senderTo, subscribe, type TestDelivering } from '../support/digesting.ts';
import { createUser } from '../support/discord/payloads.ts';
import { checkBody } from '../support/discord-harness.ts';
import { DiscordServer, startDiscordServer } from '../support/discord-server.ts';
import { type LocalSlack, startLocalSlack } from '../support/local-slack.ts';
import { type LocalPostgres, startPostgres } from '../support/postgres.ts';
import { checkSlackBody } from '../support/slack-limits.ts';

const library = await loadContent(HARBOUR, COMMAND_NAMES);
const HOUR = 3_600_000;

let directory: string;
let postgres: LocalPostgres;
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'briefing-deliver-'));
  postgres = await startPostgres();
});
afterAll(async () => {
  await postgres?.stop();
  rmSync(directory, { recursive: true });
});

/** A platform as these tests need it. */
interface World {
  readonly server: DiscordServer | LocalSlack;
  newChannel(): string;
  /** Others write so many messages there. */
  chatter(channel: string, count: number): void;
  /** The messages in a channel, as text. */
  messages(channel: string): string[];
  /** The next look at a channel fails. */
  failLook(): void;
  /** How many requests to post there were. */
  posts(): number;
  /** What the next post gets. */
  fail(fault: {
    status: number;
    afterwards?: boolean;
    retryAfter?: number;
    gone?: boolean;
    refused?: boolean;
    times?: number;
  }): void;
  /** Where the owner is told. */
  readonly owner: { readonly id: string; readonly channel: () => string };
}

async function openDiscord(): Promise<World> {
  const server = await startDiscordServer({ onBody: checkBody });
  const owner = createUser('owner');
  const readers = new Map<string, ReturnType<typeof createUser>>();
  let people = 0;
  return {
    server,
    newChannel() {
      const reader = createUser(`reader${people++}`);
      readers.set(server.dmChannelId(reader), reader);
      return server.dmChannelId(reader);
    },
    chatter(channel, count) {
      for (let index = 0; index < count; index += 1)
        server.message({ content: 'hello', channel: 'dm', author: readers.get(channel) ?? owner });
    },
    messages: (channel) =>
      server.createdMessages
        .filter(({ message }) => message.channel_id === channel)
        .map(({ body }) => JSON.stringify(body)),
    failLook: () => server.fail('GET', '/channels/:id/messages', { status: 503 }),
    posts: () => server.requests.filter(({ method, path }) => method === 'POST' && path.endsWith('/messages')).length,
    fail({ status, gone, refused, ...rest }) {
      const code = gone ? { code: 50001 } : refused ? { code: 50035 } : {};
      server.fail('POST', '/channels/:id/messages', {
        status: gone ? 403 : refused ? 400 : status,
        global: status === 429,
        ...code,
        ...rest,
      });
    },
    owner: { id: owner.id, channel: () => server.dmChannelId(owner) },
  };
}

async function openSlack(): Promise<World> {
  const server = await startLocalSlack({ onMessage: checkSlackBody });
  const { ada } = server.state.people;
  return {
    server,
    newChannel: () => server.state.addChannel().id,
    chatter(channel, count) {
      const { state } = server;
      for (let index = 0; index < count; index += 1)
        state.posted.push({ channel, ts: state.nextTs(), body: { text: 'hello' }, edits: 0 });
    },
    messages: (channel) =>
      server.state.posted.filter((one) => one.channel === channel).map(({ body }) => JSON.stringify(body)),
    failLook: () => server.fail('conversations.history', { status: 503, error: 'fault' }),
    posts: () => server.calls('chat.postMessage').length,
    fail({ status, gone, refused, ...rest }) {
      const error = gone ? { error: 'is_archived' } : refused ? { error: 'msg_too_long' } : { status, error: 'fault' };
      server.fail('chat.postMessage', { ...error, ...rest });
    },
    owner: { id: ada.id, channel: () => server.state.dm(ada).id },
  };
}

describe.each([
  ['discord', 'sqlite', openDiscord],
  ['discord', 'postgres', openDiscord],
  ['slack', 'sqlite', openSlack],
  ['slack', 'postgres', openSlack],
] as const)('on %s with %s', (platform, kind, open) => {
  let world: World;
  let store: Store;
  let delivering: TestDelivering;
  let due: number;
  beforeEach(async () => {
    world = await open();
    const file = `sqlite:${join(directory, `${randomBytes(4).toString('hex')}.db`)}`;
    store = await openStore(kind === 'sqlite' ? file : await postgres.createDatabase());
    due = lastMinute();
    delivering = prepare();
  });
  afterEach(async () => {
    await store?.close();
    await world?.server.close();
  });

  const prepare = (parts: Partial<Delivering> = {}) =>
    createDelivering(store, [senderTo(world.server)], library, parts);
  const start = (parts: Partial<Subscription> = {}, channel = world.newChannel()) =>
    subscribe(store, due, { platform, channel, ...parts });
  const plan = () => {
    const { clock, catchUpMs } = delivering;
    return planDeliveries(
      store,
      clock.now(),
      1000,
      (one) => planSubscription(one, one.nextDue ?? 0, clock.now(), catchUpMs),
      async () => undefined,
    );
  };
  const attempt = ({ id }: Subscription, time = due) => deliver({ subscription: id, due: time }, delivering);
  const latest = async ({ id }: Subscription) => (await latestDeliveries(store.db, id, 1))[0];

  it('delivers once, and another topic the next day', async () => {
    const one = await start();
    await plan();
    const attempts = await Promise.all([attempt(one), attempt(one), attempt(one)]);
    expect(attempts.map(({ outcome }) => outcome).sort()).toEqual(['delivered', 'taken', 'taken']);
    expect(await latest(one)).toMatchObject({ state: 'delivered', attempts: 1, message: expect.stringMatching(/^\d/) });
    expect(world.messages(one.channel)).toEqual([expect.stringContaining('Daily briefing')]);

    delivering.clock.set(due + 24 * HOUR);
    expect(await plan()).toBe(1);
    expect(await attempt(one, due + 24 * HOUR)).toEqual({ outcome: 'delivered' });
    const titles = world.messages(one.channel).map((text) => /Daily briefing: ([^"\\]+)/.exec(text)?.[1]);
    expect(new Set(titles).size).toBe(2);
  });

  it('looks before it sends again where an attempt was cut off after the platform took it', async () => {
    const one = await start();
    await plan();
    world.fail({ status: 502, afterwards: true });
    const first = await attempt(one);
    expect(first).toMatchObject({ outcome: 'retry' });
    expect(await latest(one)).toMatchObject({ state: 'pending', doubtful: 1 });
    if (first.outcome === 'retry') delivering.clock.set(first.at);
    expect(await attempt(one)).toEqual({ outcome: 'delivered' });
    expect(world.messages(one.channel)).toHaveLength(1);
  });

  it('finds what got through in a channel where much was said before and after it', async () => {
    const one = await start();
    await plan();
    world.chatter(one.channel, 150);
    world.fail({ status: 502, afterwards: true });
    const first = await attempt(one);
    world.chatter(one.channel, 450);
    if (first.outcome === 'retry') delivering.clock.set(first.at);
    // The platform remembers no nonce by then, so nothing but looking helps.
    const asked = world.posts();
    expect(await attempt(one)).toEqual({ outcome: 'delivered' });
    expect(world.posts()).toBe(asked);
    expect(world.messages(one.channel).filter((text) => text.includes('Daily briefing'))).toHaveLength(1);
  });

  it('finds it, however long looking has failed', async () => {
    const one = await start();
    await plan();
    world.fail({ status: 502, afterwards: true });
    const first = await attempt(one);
    if (first.outcome === 'retry') delivering.clock.set(first.at);
    world.failLook();
    expect(await attempt(one)).toMatchObject({ outcome: 'retry' });
    delivering.clock.advance(HOUR);
    expect(await attempt(one)).toEqual({ outcome: 'delivered' });
    expect(world.messages(one.channel)).toHaveLength(1);
  });

  it('looks for the last of several attempts, the earlier ones being known to have failed', async () => {
    const one = await start();
    await plan();
    world.fail({ status: 502 });
    const first = await attempt(one);
    if (first.outcome === 'retry') delivering.clock.set(first.at + HOUR);
    world.fail({ status: 502, afterwards: true });
    const second = await attempt(one);
    expect(await latest(one)).toMatchObject({ sent_at: first.outcome === 'retry' ? first.at + HOUR : 0, doubtful: 1 });
    expect(second).toMatchObject({ outcome: 'retry' });
  });

  it('sends again where an attempt was cut off before the platform took it', async () => {
    const one = await start();
    await plan();
    world.fail({ status: 502 });
    const first = await attempt(one);
    if (first.outcome === 'retry') delivering.clock.set(first.at);
    expect(await attempt(one)).toEqual({ outcome: 'delivered' });
    expect(world.messages(one.channel)).toHaveLength(1);
  });

  it('takes over from a process that died while sending, once its lease is over', async () => {
    const one = await start();
    await plan();
    const key = { subscription: one.id, due };
    await claimDelivery(store.db, key, { topic: 'ferries', fingerprint: 'f' }, delivering.clock.now(), LEASE_MS);
    expect(await attempt(one)).toEqual({ outcome: 'taken' });
    delivering.clock.advance(LEASE_MS);
    expect(await attempt(one)).toEqual({ outcome: 'delivered' });
    expect(world.messages(one.channel)).toEqual([expect.stringContaining('Daily briefing: Ferries')]);
  });

  it('pauses where the channel is closed, tells its owner once, and goes on with the others', async () => {
    const [closed, other] = [await start({ owner: world.owner.id }), await start()];
    await plan();
    world.fail({ status: 403, gone: true });
    expect(await attempt(closed)).toEqual({ outcome: 'failed' });
    expect(await attempt(other)).toEqual({ outcome: 'delivered' });
    expect(await attempt(closed)).toEqual({ outcome: 'taken' });
    const paused = await findSubscription(store.db, closed.id);
    expect(paused).toMatchObject({ state: 'paused', reason: expect.stringMatching(/Give it|Unarchive|archived/) });
    expect(world.messages(world.owner.channel())).toEqual([expect.stringContaining('Your digest is paused')]);
    delivering.clock.set(due + 48 * HOUR);
    expect(await plan()).toBe(1);
  });

  it('waits as long as the platform asks, and holds the rest back', async () => {
    const channel = world.newChannel();
    const [first, second] = [await start({}, channel), await start({}, channel)];
    await plan();
    world.fail({ status: 429, retryAfter: 30 });
    const { now } = delivering.clock;
    const before = now();
    const limited = await attempt(first);
    expect(limited).toMatchObject({ outcome: 'retry' });
    expect(limited.outcome === 'retry' && limited.at).toBeGreaterThanOrEqual(before + 30_000);
    // As another process, whose client knows nothing of the pause. It does not wait: others want to be sent.
    delivering = { ...delivering, senders: prepare().senders };
    const held = await attempt(second);
    expect(held.outcome === 'retry' && held.at).toBeGreaterThanOrEqual(before + 30_000);
    expect(now()).toBeLessThan(before + 1000);
    expect(await latest(second)).toMatchObject({ state: 'pending', attempts: 0 });
    if (held.outcome === 'retry') delivering.clock.set(held.at + 2000);
    expect(await attempt(second)).toEqual({ outcome: 'delivered' });
    expect(await attempt(first)).toEqual({ outcome: 'delivered' });
    expect(world.messages(channel)).toHaveLength(2);
  });

  it('delays no other channel where the platform wants a pause in one', async () => {
    const [first, second] = [await start(), await start()];
    await plan();
    if (world.server instanceof DiscordServer) {
      world.server.fail('POST', '/channels/:id/messages', { status: 429, retryAfter: 30 });
    } else world.fail({ status: 429, retryAfter: 30 });
    const before = delivering.clock.now();
    expect(await attempt(first)).toMatchObject({ outcome: 'retry' });
    expect(await attempt(second)).toEqual({ outcome: 'delivered' });
    expect(delivering.clock.now()).toBeLessThan(before + 1000);
  });

  it('gives up at once what the platform refuses, and at the end of the catch-up what never gets through', async () => {
    const [refused, unlucky] = [await start(), await start()];
    await plan();
    world.fail({ status: 400, refused: true });
    expect(await attempt(refused)).toEqual({ outcome: 'failed' });
    world.fail({ status: 503, times: 5000 });
    const outcomes: string[] = [];
    for (let tries = 0; tries < 2000; tries += 1) {
      const result = await attempt(unlucky);
      outcomes.push(result.outcome);
      if (result.outcome !== 'retry') break;
      delivering.clock.set(result.at);
    }
    expect(outcomes.at(-1)).toMatch(/failed|missed/);
    expect(delivering.clock.now()).toBeLessThanOrEqual(due + delivering.catchUpMs + 60_000);
    expect(await countDeliveries(store.db)).toEqual({ failed: 2 });
    expect(world.messages(unlucky.channel)).toEqual([]);
  });

  it('keeps a pause that ends after the catch-up for those that come later', async () => {
    const channel = world.newChannel();
    const one = await start({}, channel);
    await plan();
    delivering = { ...delivering, catchUpMs: 61_000 };
    delivering.clock.set(due + 60_500);
    world.fail({ status: 429, retryAfter: 30 });
    expect(await attempt(one)).toEqual({ outcome: 'failed' });
    const sender = [...delivering.senders.values()][0] as Sender;
    expect(await readPace(store.db, sender.paceOf(one).key)).toBeGreaterThanOrEqual(due + 60_500 + 30_000);
  });

  it('plans the others where one cannot be planned, and pauses that one', async () => {
    const [bad, good] = [await start(), await start()];
    await store.db.updateTable('subscriptions').set({ zone: 'Mars/Base' }).where('id', '=', bad.id).execute();
    const digesting = await createDigesting(store, delivering);
    try {
      expect(await digesting.tick()).toBe(2);
      await expect.poll(() => countDeliveries(store.db), { timeout: 15_000 }).toEqual({ delivered: 1 });
    } finally {
      await digesting.stop();
    }
    expect(world.messages(good.channel)).toHaveLength(1);
    expect(await findSubscription(store.db, bad.id)).toMatchObject({
      state: 'paused',
      reason: expect.stringMatching(/Its time cannot be told \(.*mars/i),
    });
  });

  it('counts as missed what is too late or paused', async () => {
    const [late, paused] = [await start(), await start()];
    await plan();
    await pauseSubscription(store.db, paused.id, null);
    expect(await attempt(paused)).toEqual({ outcome: 'missed' });
    delivering.clock.set(due + delivering.catchUpMs + 1);
    expect(await attempt(late)).toEqual({ outcome: 'missed' });
    expect(world.messages(late.channel)).toEqual([]);
  });

  it('waits for a platform that is not connected', async () => {
    const one = await start();
    await plan();
    delivering = createDelivering(store, [], library);
    expect(await attempt(one)).toEqual({ outcome: 'taken' });
    delivering = prepare();
    expect(await attempt(one)).toEqual({ outcome: 'delivered' });
  });

  it('keeps the platform’s pace', async () => {
    const channel = world.newChannel();
    const all: Subscription[] = [];
    for (let count = 0; count < 20; count += 1) all.push(await start({}, channel));
    await plan();
    const before = delivering.clock.now();
    for (const one of all) expect(await attempt(one)).toEqual({ outcome: 'delivered' });
    const [least, most] = platform === 'slack' ? [19_000, 19_000] : [19 * 20, 19 * 21];
    expect(delivering.clock.now() - before).toBeGreaterThanOrEqual(least);
    expect(delivering.clock.now() - before).toBeLessThanOrEqual(most);
    expect(world.messages(channel)).toHaveLength(20);
  });

  it('ticks: plans, hands over and delivers all of them', async () => {
    const all: Subscription[] = [];
    for (let count = 0; count < 12; count += 1) all.push(await start());
    const digesting = await createDigesting(store, delivering);
    try {
      expect(await digesting.tick()).toBe(12);
      expect(await digesting.tick()).toBe(0);
      await expect.poll(() => countDeliveries(store.db), { timeout: 15_000 }).toEqual({ delivered: 12 });
    } finally {
      await digesting.stop();
    }
    for (const { channel } of all) expect(world.messages(channel)).toHaveLength(1);
  });
});

describe.each(['sqlite', 'postgres'])('two platforms on %s', (kind) => {
  it('do not wait for each other', async () => {
    const store = await openStore(kind === 'sqlite' ? 'sqlite::memory:' : await postgres.createDatabase());
    const world = await openSlack();
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const stuck: Sender = {
      platform: 'discord',
      paceOf: () => ({ key: 'discord', intervalMs: 0 }),
      async send() {
        await released;
        return 'message';
      },
      find: async () => undefined,
      tell: async () => undefined,
    };
    const delivering = createDelivering(store, [stuck, senderTo(world.server)], library);
    const digesting = await createDigesting(store, delivering);
    try {
      const due = lastMinute();
      // More than one process has under way at once, and due before the other.
      for (let count = 0; count < 150; count += 1)
        await subscribe(store, due - 60_000, { platform: 'discord', channel: String(count) });
      const other = await subscribe(store, due, { platform: 'slack', channel: world.newChannel() });
      delivering.clock.set(due);
      const ticked = digesting.tick();
      await expect.poll(() => world.messages(other.channel), { timeout: 15_000 }).toHaveLength(1);
      release();
      expect(await ticked).toBe(151);
      await expect.poll(() => countDeliveries(store.db), { timeout: 15_000 }).toEqual({ delivered: 151 });
    } finally {
      release();
      await digesting.stop();
      await world.server.close();
      await store.close();
    }
  });
});

describe('a picture', () => {
  let store: Store;
  beforeEach(async () => {
    store = await openStore('sqlite::memory:');
  });
  afterEach(() => store?.close());

  it.each([openDiscord, openSlack])('goes with the digest, with words for those who do not see it', async (open) => {
    const world = await open();
    const delivering = createDelivering(store, [senderTo(world.server)], library);
    const illustrator = createIllustrator(true, delivering.log);
    try {
      const due = lastMinute();
      const [platform] = delivering.senders.keys();
      const one = await subscribe(store, due, { platform: platform ?? '', channel: world.newChannel() });
      await planDeliveries(
        store,
        due,
        10,
        (subscription) => planSubscription(subscription, due, due, HOUR),
        async () => undefined,
      );
      const { illustrate } = illustrator;
      const result = await deliver({ subscription: one.id, due }, { ...delivering, illustrate });
      expect(delivering.log.lines).toEqual([]);
      expect(result).toEqual({ outcome: 'delivered' });
      const [message = ''] = world.messages(one.channel);
      if ('state' in world.server) {
        expect(message).toMatch(/"type":"image","slack_file":\{"id":"F\w+"\},"alt_text":"[^"]{20,}"/);
        expect([...world.server.state.files.values()]).toEqual([{ bytes: expect.any(Number), complete: true }]);
      } else {
        const [created] = world.server.createdMessages;
        expect(message).toMatch(/"description":"[^"]{20,}"/);
        expect(created?.files).toHaveLength(1);
      }
    } finally {
      await illustrator.close();
      await world.server.close();
    }
  });
});
