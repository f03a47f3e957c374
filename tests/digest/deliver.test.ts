import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { loadContent } from '../../src/content/load.ts';
import type { Subscription } from '../../src/core/digests.ts';
import { createLibrary } from '../../src/core/library.ts';
import type { Reply } from '../../src/core/reply.ts';
import type { Sender } from '../../src/core/sender.ts';
import { composeDigest } from '../../src/digest/compose-digest.ts';
import { createPipeline, deliver } from '../../src/digest/deliver.ts';
import { createDigesting } from '../../src/digest/digesting.ts';
import { createDigests } from '../../src/digest/digests.ts';
import { deliveryMark, knownBy, LATE_POST_MS, LEASE_MS } from '../../src/digest/doubt.ts';
import { createIllustrator } from '../../src/digest/illustrate.ts';
import { planDue } from '../../src/digest/plan-due.ts';
import { nextDue } from '../../src/digest/schedule.ts';
import { settleRestored } from '../../src/digest/settle-restored.ts';
import type { Attempt } from '../../src/digest/tools.ts';
import { takeTurn } from '../../src/digest/turn.ts';
import { copyStore } from '../../src/store/copy-store.ts';
import { correctTimes } from '../../src/store/correct-times.ts';
import { claimDeliveries, countDeliveries, latestDeliveries, openDeliveries } from '../../src/store/ledger.ts';
import { openStore, type Store } from '../../src/store/open-store.ts';
import { readPaces } from '../../src/store/pace.ts';
import { findSubscription, pauseSubscription } from '../../src/store/subscriptions.ts';
import { ARTICLE, COMMAND_NAMES, claimOf, HARBOUR, topicOf } from '../support/content.ts';
import { createTools, lastMinute, senderTo, subscribe, type TestTools } from '../support/digesting.ts';
import { createUser } from '../support/discord/payloads.ts';
import { checkBody } from '../support/discord-harness.ts';
import { DiscordServer, startDiscordServer } from '../support/discord-server.ts';
import { type LocalSlack, startLocalSlack } from '../support/local-slack.ts';
import { createDatabase } from '../support/shared-postgres.ts';
import { checkSlackBody } from '../support/slack-limits.ts';

const library = await loadContent(HARBOUR, COMMAND_NAMES);
const HOUR = 3_600_000;

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'briefing-deliver-'));
});
afterAll(() => {
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
  /** From now on the bot may post in a channel and not read it. */
  hideHistory(channel: string): void;
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
    hideHistory: (channel) => server.hideHistory(channel),
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
    hideHistory: () => server.state.missingScopes.set('channels:history', 'channels:history'),
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
  let tools: TestTools;
  let due: number;
  beforeEach(async () => {
    world = await open();
    const file = `sqlite:${join(directory, `${randomBytes(4).toString('hex')}.db`)}`;
    store = await openStore(kind === 'sqlite' ? file : await createDatabase());
    due = lastMinute();
    tools = prepare();
  });
  afterEach(async () => {
    await store?.close();
    await world?.server.close();
  });

  const prepare = () => createTools(store, [senderTo(world.server)], library);
  const start = (parts: Partial<Subscription> = {}, channel = world.newChannel()) =>
    subscribe(store, due, { platform, channel, ...parts });
  const plan = () => planDue(store, tools.clock, tools.catchUpMs, async () => undefined);
  const attempt = async ({ id }: Subscription, time = due): Promise<Attempt> => {
    const [only] = await deliver([{ subscription: id, due: time }], createPipeline(tools));
    return only ?? { outcome: 'taken' };
  };
  /** Moves the clock to when an attempt may be made again. */
  const waitFor = (attempt: Attempt) => {
    if (!('at' in attempt)) throw new Error(`it is not tried again: ${attempt.outcome}`);
    tools.clock.set(attempt.at);
  };
  const latest = async ({ id }: Subscription) => (await latestDeliveries(store.db, id, 1))[0];

  it('delivers once, and another topic the next day', async () => {
    const one = await start();
    await plan();
    const attempts = await Promise.all([attempt(one), attempt(one), attempt(one)]);
    expect(attempts.map(({ outcome }) => outcome).sort()).toEqual(['delivered', 'taken', 'taken']);
    expect(await latest(one)).toMatchObject({ state: 'delivered', attempts: 1, message: expect.stringMatching(/^\d/) });
    expect(world.messages(one.channel)).toEqual([expect.stringContaining('Daily briefing')]);

    tools.clock.set(due + 24 * HOUR);
    expect(await plan()).toBe(1);
    expect(await attempt(one, due + 24 * HOUR)).toEqual({ outcome: 'delivered' });
    const titles = world.messages(one.channel).map((text) => /Daily briefing: ([^"\\]+)/.exec(text)?.[1]);
    expect(new Set(titles).size).toBe(2);
  });

  it('brings claims that the channel hasn’t had, also after what an older version remembered', async () => {
    const claims = [...'abcdef'].map((name) => claimOf({ id: `x/${name}`, text: `The paper says ${name}.` }));
    const own = createLibrary([ARTICLE], [topicOf('tides', { claims })]);
    const shown: string[] = [];
    const uses = { note: (ids: readonly string[], how: string) => void shown.push(`${how}: ${ids.join(' ')}`) };
    const one = await start();
    const older = { subscription: one.id, topic: 'tides', fingerprint: 'aB3-_xyzaB3-_xyz', shownAt: due - 24 * HOUR };
    await store.db.insertInto('rotation').values(older).execute();
    tools = createTools(store, [senderTo(world.server)], own, { uses });
    for (const time of [due, due + 24 * HOUR]) {
      tools.clock.set(time);
      await plan();
      expect(await attempt(one, time)).toEqual({ outcome: 'delivered' });
    }
    const said = world
      .messages(one.channel)
      .map((text) => text.match(/paper says (\w)\./g)?.map((found) => found.at(-2)));
    expect(said.map((names = []) => [...new Set(names)].join(''))).toEqual(['abcd', 'efab']);
    expect(shown).toEqual(['digest: x/a x/b x/c x/d', 'digest: x/e x/f x/a x/b']);
  });

  it('delivers one that is sent by hand, and the one that is due after it', async () => {
    const one = await start();
    tools.clock.set(due - HOUR);
    const illustrate = async (reply: Reply) => reply;
    const digests = createDigests({ db: store.db, illustrate, now: tools.clock.now, defaultZone: 'UTC' });
    expect(await digests.sendNow(one, { platform, user: 'U1' })).toBe(true);
    expect(await digests.sendNow(one, { platform, user: 'U1' })).toBe(false);
    const byHand = Math.floor((due - HOUR) / 60_000) * 60_000;
    expect(await attempt(one, byHand)).toEqual({ outcome: 'delivered' });
    tools.clock.set(due);
    await plan();
    expect(await attempt(one)).toEqual({ outcome: 'delivered' });
    const titles = world.messages(one.channel).map((text) => /Daily briefing: ([^"\\]+)/.exec(text)?.[1]);
    expect(new Set(titles).size).toBe(2);
  });

  it('looks before it sends again if an attempt was cut off after the platform took it', async () => {
    const one = await start();
    await plan();
    world.fail({ status: 502, afterwards: true });
    const first = await attempt(one);
    expect(await latest(one)).toMatchObject({ state: 'pending', doubtful: true });
    waitFor(first);
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
    waitFor(first);
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
    waitFor(first);
    world.failLook();
    expect(await attempt(one)).toMatchObject({ outcome: 'retry' });
    tools.clock.advance(HOUR);
    expect(await attempt(one)).toEqual({ outcome: 'delivered' });
    expect(world.messages(one.channel)).toHaveLength(1);
  });

  describe('from a backup that is older than the last deliveries', () => {
    /** The state that a backup taken now holds. */
    let older: Store;
    const backUp = async () => {
      const file = `sqlite:${join(directory, `${randomBytes(4).toString('hex')}.db`)}`;
      older = await openStore(kind === 'sqlite' ? file : await createDatabase());
      await copyStore(store, older, () => undefined);
    };
    afterEach(() => older?.close());
    /** The bot was stopped two hours after the digest was due, goes on from the backup, and attends to all that is open. */
    const goOn = async (missed = false) => {
      const now = due + 2 * HOUR;
      const count = await settleRestored(older, { now, catchUpMs: tools.catchUpMs, missed });
      const later = createTools(older, [senderTo(world.server)], library);
      later.clock.set(now);
      const outcomes: string[] = [];
      for (let round = 0; round < 5; round += 1) {
        const open = await openDeliveries(older.db, [platform], later.clock.now(), 100);
        for (const { outcome } of await deliver(open, createPipeline(later))) outcomes.push(outcome);
        later.clock.advance(5 * 60_000);
      }
      return { count, outcomes };
    };

    it.each(['due', 'planned', 'claimed'] as const)(
      'a digest that was %s then and sent since is found',
      async (when) => {
        const one = await start();
        if (when === 'due') await backUp();
        await plan();
        if (when === 'planned') await backUp();
        if (when === 'claimed') {
          await claimDeliveries(store.db, [{ subscription: one.id, due, topic: 'a', fingerprint: 'f' }], due, 1);
          await backUp();
          tools.clock.advance(100);
        }
        for (let last: Attempt = await attempt(one); 'at' in last; last = await attempt(one)) waitFor(last);
        expect(world.messages(one.channel)).toHaveLength(1);
        expect(await goOn()).toEqual({ count: 1, outcomes: ['delivered'] });
        expect(world.messages(one.channel)).toHaveLength(1);
      },
    );

    it('a digest that was not sent comes once it is certain, and only the latest', async () => {
      const one = await start({ nextDue: due - 24 * HOUR });
      await backUp();
      const { outcomes } = await goOn();
      expect(outcomes.filter((one) => one !== 'retry')).toEqual(['delivered']);
      expect(world.messages(one.channel)).toHaveLength(1);
      expect(await countDeliveries(older.db)).toEqual({ missed: 1, delivered: 1 });
    });

    it('nothing is sent or looked for if what was due counts as missed', async () => {
      const one = await start();
      await backUp();
      expect(await goOn(true)).toEqual({ count: 1, outcomes: [] });
      expect(world.messages(one.channel)).toEqual([]);
      expect(await countDeliveries(older.db)).toEqual({ missed: 1 });
      expect((await findSubscription(older.db, one.id))?.nextDue).toBe(due + 24 * HOUR);
    });
  });

  it('sends again only once no earlier attempt can still post it', async () => {
    const one = await start();
    await plan();
    world.fail({ status: 502 });
    waitFor(await attempt(one));
    const early = await attempt(one);
    expect(await latest(one)).toMatchObject({ state: 'pending', doubtful: true });
    waitFor(early);
    expect(tools.clock.now()).toBeGreaterThanOrEqual(due + LEASE_MS + LATE_POST_MS);
    expect(world.posts()).toBe(1);
    expect(await attempt(one)).toEqual({ outcome: 'retry', at: tools.clock.now() });
    expect(await latest(one)).toMatchObject({ state: 'pending', doubtful: false });
    expect(await attempt(one)).toEqual({ outcome: 'delivered' });
    expect(world.messages(one.channel)).toHaveLength(1);
  });

  it('finds a post that lands long after its request failed, and does not post again', async () => {
    const one = await start();
    await plan();
    world.fail({ status: 502 });
    waitFor(await attempt(one));
    // Not there yet.
    waitFor(await attempt(one));
    const [topic] = library.topics;
    if (!topic) throw new Error('no topic');
    const late = senderTo(world.server);
    await late.send(one, composeDigest(topic, takeTurn(topic).claims), deliveryMark({ subscription: one.id, due }));
    const asked = world.posts();
    expect(await attempt(one)).toEqual({ outcome: 'delivered' });
    expect(world.posts()).toBe(asked);
    expect(world.messages(one.channel)).toHaveLength(1);
  });

  it('does not post again if nobody can look whether it was posted, and says so', async () => {
    const one = await start();
    await plan();
    world.fail({ status: 502, afterwards: true });
    waitFor(await attempt(one));
    world.hideHistory(one.channel);
    expect(await attempt(one)).toEqual({ outcome: 'unsure' });
    tools.clock.advance(HOUR);
    expect(await attempt(one)).toEqual({ outcome: 'taken' });
    expect(world.messages(one.channel)).toHaveLength(1);
    expect(await countDeliveries(store.db)).toEqual({ unsure: 1 });
    expect(await latest(one)).toMatchObject({ error: expect.stringMatching(/can’t check whether the digest arrived/) });
    expect(tools.log.lines.at(-1)).toMatchObject({
      level: 'error',
      message: 'a digest may or may not have been delivered: check its channel',
      details: { subscription: one.id, channel: one.channel },
    });
  });

  it('does not count a digest as failed, or post it, if nobody could look until it was too late', async () => {
    const one = await start();
    await plan();
    world.fail({ status: 502 });
    let last: Attempt = await attempt(one);
    while ('at' in last) {
      tools.clock.set(last.at);
      world.failLook();
      last = await attempt(one);
    }
    expect(last).toEqual({ outcome: 'unsure' });
    expect(world.posts()).toBe(1);
  });

  it('reserves another moment if a busy process slept past the one it had', async () => {
    const channel = world.newChannel();
    const [first, second] = [await start({}, channel), await start({}, channel)];
    await plan();
    const sender = [...tools.senders.values()][0] as Sender;
    const { key, intervalMs } = sender.paceOf(first);
    const { clock } = tools;
    let oversleeps = true;
    const late = {
      ...clock,
      async until(time: number) {
        await clock.until(time + (oversleeps ? 2 * intervalMs + 100 : 0));
        oversleeps = false;
      },
    };
    const began = clock.now();
    const [attempted] = await deliver([{ subscription: first.id, due }], createPipeline({ ...tools, clock: late }));
    expect(attempted).toEqual({ outcome: 'delivered' });
    const sent = clock.now();
    expect(sent).toBeGreaterThanOrEqual(began + 2 * intervalMs + 100);
    expect((await readPaces(store.db, [key])).get(key)).toBeCloseTo(sent + intervalMs, -1);
    await attempt(second);
    expect(clock.now()).toBeGreaterThanOrEqual(Math.floor(sent + intervalMs));
  });

  it('looks for the last of several attempts, the earlier ones being known to have failed', async () => {
    const one = await start();
    await plan();
    world.fail({ status: 502 });
    await attempt(one);
    tools.clock.set(due + HOUR);
    waitFor(await attempt(one));
    world.fail({ status: 502, afterwards: true });
    waitFor(await attempt(one));
    const delivery = await latest(one);
    expect(delivery).toMatchObject({ sentAt: due + HOUR, doubtful: true });
    if (!delivery) throw new Error('the delivery is gone');
    expect(knownBy(delivery)).toBe(due + HOUR + LEASE_MS + LATE_POST_MS);
  });

  it('takes over from a process that died while sending, once its lease is over', async () => {
    const one = await start();
    await plan();
    const claim = { subscription: one.id, due, topic: 'ferries', fingerprint: 'f' };
    await claimDeliveries(store.db, [claim], tools.clock.now(), LEASE_MS);
    expect(await attempt(one)).toEqual({ outcome: 'taken' });
    tools.clock.advance(LEASE_MS);
    // The dead one's message may still appear.
    waitFor(await attempt(one));
    waitFor(await attempt(one));
    expect(await attempt(one)).toEqual({ outcome: 'delivered' });
    expect(world.messages(one.channel)).toEqual([expect.stringContaining('Daily briefing: Ferries')]);
  });

  it('pauses if the channel is closed, tells its owner once, and goes on with the others', async () => {
    const [closed, other] = [await start({ owner: world.owner.id }), await start()];
    await plan();
    world.fail({ status: 403, gone: true });
    expect(await attempt(closed)).toEqual({ outcome: 'failed' });
    expect(await attempt(other)).toEqual({ outcome: 'delivered' });
    expect(await attempt(closed)).toEqual({ outcome: 'taken' });
    const paused = await findSubscription(store.db, closed.id);
    expect(paused).toMatchObject({ state: 'paused', reason: expect.stringMatching(/Allow it|Unarchive|archived/) });
    expect(world.messages(world.owner.channel())).toEqual([expect.stringContaining('Your digest is paused')]);
    tools.clock.set(due + 48 * HOUR);
    expect(await plan()).toBe(1);
  });

  it('waits as long as the platform asks, and holds the rest back', async () => {
    const channel = world.newChannel();
    const [first, second] = [await start({}, channel), await start({}, channel)];
    await plan();
    world.fail({ status: 429, retryAfter: 30 });
    const { now } = tools.clock;
    const before = now();
    const limited = await attempt(first);
    expect(limited).toMatchObject({ outcome: 'retry' });
    expect(limited.outcome === 'retry' && limited.at).toBeGreaterThanOrEqual(before + 30_000);
    // As another process, whose client knows nothing of the pause. It does not wait: others want to be sent.
    tools = { ...tools, senders: prepare().senders };
    const held = await attempt(second);
    expect(held.outcome === 'retry' && held.at).toBeGreaterThanOrEqual(before + 30_000);
    expect(now()).toBeLessThan(before + 1000);
    expect(await latest(second)).toMatchObject({ state: 'pending', attempts: 0 });
    if (held.outcome === 'retry') tools.clock.set(held.at + 2000);
    expect(await attempt(second)).toEqual({ outcome: 'delivered' });
    expect(await attempt(first)).toEqual({ outcome: 'delivered' });
    expect(world.messages(channel)).toHaveLength(2);
  });

  it('delays no other channel if the platform wants a pause in one', async () => {
    const [first, second] = [await start(), await start()];
    await plan();
    if (world.server instanceof DiscordServer) {
      world.server.fail('POST', '/channels/:id/messages', { status: 429, retryAfter: 30 });
    } else world.fail({ status: 429, retryAfter: 30 });
    const before = tools.clock.now();
    expect(await attempt(first)).toMatchObject({ outcome: 'retry' });
    expect(await attempt(second)).toEqual({ outcome: 'delivered' });
    expect(tools.clock.now()).toBeLessThan(before + 1000);
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
      tools.clock.set(result.at);
    }
    expect(outcomes.at(-1)).toBe('failed');
    expect(tools.clock.now()).toBeLessThanOrEqual(due + tools.catchUpMs + 60_000 + LEASE_MS + LATE_POST_MS);
    expect(await countDeliveries(store.db)).toEqual({ failed: 2 });
    expect(world.messages(unlucky.channel)).toEqual([]);
  });

  it('keeps a pause that ends after the catch-up for those that come later', async () => {
    const channel = world.newChannel();
    const one = await start({}, channel);
    await plan();
    tools = { ...tools, catchUpMs: 61_000 };
    tools.clock.set(due + 60_500);
    world.fail({ status: 429, retryAfter: 30 });
    expect(await attempt(one)).toEqual({ outcome: 'failed' });
    const sender = [...tools.senders.values()][0] as Sender;
    const { key } = sender.paceOf(one);
    expect((await readPaces(store.db, [key])).get(key)).toBeGreaterThanOrEqual(due + 60_500 + 30_000);
  });

  it('plans the others if one cannot be planned, and pauses that one', async () => {
    const [bad, good] = [await start(), await start()];
    await store.db.updateTable('subscriptions').set({ zone: 'Mars/Base' }).where('id', '=', bad.id).execute();
    const digesting = await createDigesting(store, tools);
    try {
      expect(await digesting.tick()).toBe(2);
      await expect.poll(() => countDeliveries(store.db), { timeout: 15_000 }).toEqual({ delivered: 1 });
    } finally {
      await digesting.stop();
    }
    expect(world.messages(good.channel)).toHaveLength(1);
    expect(await findSubscription(store.db, bad.id)).toMatchObject({
      state: 'paused',
      reason: expect.stringMatching(/Its next time can’t be worked out \(.*mars/i),
    });
  });

  it('counts as missed what is too late or paused', async () => {
    const [late, paused] = [await start(), await start()];
    await plan();
    await pauseSubscription(store.db, paused.id, null);
    expect(await attempt(paused)).toEqual({ outcome: 'missed' });
    tools.clock.set(due + tools.catchUpMs + 1);
    expect(await attempt(late)).toEqual({ outcome: 'missed' });
    expect(world.messages(late.channel)).toEqual([]);
  });

  it('delivers each digest once through a clock that is set 26 hours ahead and back', async () => {
    const one = await start();
    tools.clock.set(due + 26 * HOUR);
    await plan();
    expect(await attempt(one, due + 24 * HOUR)).toEqual({ outcome: 'delivered' });
    expect(await countDeliveries(store.db)).toEqual({ missed: 1, delivered: 1 });
    tools.clock.set(due + 60_000);
    const { catchUpMs, clock } = tools;
    const correction = { now: clock.now(), next: nextDue, catchUpMs, leaseMs: LEASE_MS, wasSetBack: true };
    await correctTimes(store.db, correction);
    await plan();
    expect(await attempt(one)).toEqual({ outcome: 'delivered' });
    tools.clock.set(due + 24 * HOUR);
    expect(await plan()).toBe(1);
    expect(await attempt(one, due + 24 * HOUR)).toEqual({ outcome: 'taken' });
    expect(world.messages(one.channel)).toHaveLength(2);
  });

  it('delivers nothing before it is due, whoever planned it', async () => {
    const one = await start();
    await plan();
    tools.clock.set(due - 1000);
    expect(await attempt(one)).toEqual({ outcome: 'retry', at: due });
    tools.clock.set(due);
    expect(await attempt(one)).toEqual({ outcome: 'delivered' });
  });

  it('waits for a platform that is not connected', async () => {
    const one = await start();
    await plan();
    tools = createTools(store, [], library);
    expect(await attempt(one)).toEqual({ outcome: 'taken' });
    tools = prepare();
    expect(await attempt(one)).toEqual({ outcome: 'delivered' });
  });

  it('keeps the platform’s pace', async () => {
    const channel = world.newChannel();
    const all: Subscription[] = [];
    for (let count = 0; count < 20; count += 1) all.push(await start({}, channel));
    await plan();
    const before = tools.clock.now();
    for (const one of all) expect(await attempt(one)).toEqual({ outcome: 'delivered' });
    const [least, most] = platform === 'slack' ? [19_000, 19_000] : [19 * 22, 19 * 23];
    expect(tools.clock.now() - before).toBeGreaterThanOrEqual(least);
    expect(tools.clock.now() - before).toBeLessThanOrEqual(most);
    expect(world.messages(channel)).toHaveLength(20);
  });

  it('ticks: plans, hands over and delivers all of them', async () => {
    const all: Subscription[] = [];
    for (let count = 0; count < 12; count += 1) all.push(await start());
    const digesting = await createDigesting(store, tools);
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
    const store = await openStore(kind === 'sqlite' ? 'sqlite::memory:' : await createDatabase());
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
    const tools = createTools(store, [stuck, senderTo(world.server)], library);
    const digesting = await createDigesting(store, tools);
    try {
      const due = lastMinute();
      // More than one process has under way at once, and due before the other.
      for (let count = 0; count < 150; count += 1)
        await subscribe(store, due - 60_000, { platform: 'discord', channel: String(count) });
      const other = await subscribe(store, due, { platform: 'slack', channel: world.newChannel() });
      tools.clock.set(due);
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
    const tools = createTools(store, [senderTo(world.server)], library);
    const illustrator = createIllustrator(true, tools.log);
    try {
      const due = lastMinute();
      const [platform] = tools.senders.keys();
      const one = await subscribe(store, due, { platform: platform ?? '', channel: world.newChannel() });
      tools.clock.set(due);
      await planDue(store, tools.clock, HOUR, async () => undefined);
      const { illustrate } = illustrator;
      const [result] = await deliver([{ subscription: one.id, due }], createPipeline({ ...tools, illustrate }));
      expect(tools.log.lines).toEqual([]);
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
