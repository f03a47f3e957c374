import { sql } from 'kysely';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createLibrary } from '../../src/core/library.ts';
import { type Sender, SendFailure } from '../../src/core/sender.ts';
import { createDigesting, type Digesting } from '../../src/digest/digesting.ts';
import { countDeliveries } from '../../src/store/ledger.ts';
import { openStore, type Store } from '../../src/store/open-store.ts';
import { ARTICLE, topicOf } from '../support/content.ts';
import { createTools, lastMinute, subscribe, type TestTools } from '../support/digesting.ts';

const library = createLibrary([ARTICLE], [topicOf('a'), topicOf('b')]);

/** A platform on which every message arrives at once, unless a test says otherwise. */
function createSender(): Sender & { readonly posted: string[]; send: Sender['send'] } {
  const posted: string[] = [];
  return {
    platform: 'slack',
    posted,
    paceOf: ({ channel }) => ({ key: channel, intervalMs: 1 }),
    async send({ channel }) {
      posted.push(channel);
      return `message ${posted.length}`;
    },
    find: async () => undefined,
    tell: async () => undefined,
  };
}

let store: Store;
let sender: ReturnType<typeof createSender>;
let tools: TestTools;
let digesting: Digesting;
beforeEach(async () => {
  store = await openStore('sqlite::memory:');
  sender = createSender();
  tools = createTools(store, [sender], library);
  digesting = await createDigesting(store, tools);
});
afterEach(async () => {
  await digesting?.stop();
  await store?.close();
});

async function start(count: number): Promise<void> {
  for (let index = 0; index < count; index += 1)
    await subscribe(store, lastMinute(), { platform: 'slack', channel: `C${index}` });
}

it('does not spin while the disk is full, and delivers everything once it is not', async () => {
  await start(200);
  await tools.clock.until(lastMinute());
  const { rows } = await sql<Record<string, number>>`pragma page_count`.execute(store.db);
  await sql`pragma max_page_count = ${sql.raw(String(Object.values(rows[0] ?? {})[0]))}`.execute(store.db);
  for (let ticks = 0; ticks < 3; ticks += 1)
    await expect(digesting.tick()).rejects.toMatchObject({ code: 'SQLITE_FULL' });
  await sql`pragma max_page_count = 1000000`.execute(store.db);
  await digesting.tick();
  await expect.poll(() => countDeliveries(store.db)).toEqual({ delivered: 200 });
  expect(new Set(sender.posted).size).toBe(200);
  expect(sender.posted).toHaveLength(200);
});

it('says once that the clock was set, and delivers what it missed meanwhile', async () => {
  const { clock, log } = tools;
  await digesting.tick();
  clock.jump(26 * 3_600_000);
  await subscribe(store, lastMinute(), { platform: 'slack', channel: 'C1' });
  await digesting.tick();
  await expect.poll(() => countDeliveries(store.db)).toMatchObject({ missed: 1, delivered: 1 });
  clock.jump(-26 * 3_600_000);
  await digesting.tick();
  await expect.poll(() => countDeliveries(store.db)).toEqual({ delivered: 2 });
  await digesting.tick();
  expect(
    log.lines.filter(({ message }) => message.startsWith('the clock')).map(({ level, details }) => [level, details]),
  ).toEqual([
    ['info', { seconds: 93_600 }],
    ['warn', { seconds: 93_600 }],
  ]);
});

it('does not spin on deliveries that it can neither claim nor close', async () => {
  await start(20);
  let asked = 0;
  const broken = await createDigesting(store, {
    ...tools,
    library() {
      asked += 1;
      throw new Error('no content');
    },
  });
  await broken.tick();
  await broken.tick();
  expect(asked).toBe(20);
  expect(tools.log.lines.filter(({ level }) => level === 'error')).toHaveLength(20);
  tools.clock.advance(60_000);
  await digesting.tick();
  await expect.poll(() => countDeliveries(store.db)).toEqual({ delivered: 20 });
  await broken.stop();
});

it('looks for what a fault of its own may have sent', async () => {
  await start(1);
  const { send } = sender;
  sender.send = async (...order) => {
    await send(...order);
    throw new TypeError('cannot read the answer');
  };
  sender.find = async () => 'message 1';
  await digesting.tick();
  await expect.poll(() => countDeliveries(store.db)).toEqual({ pending: 1 });
  tools.clock.advance(3000);
  await digesting.tick();
  await expect.poll(() => countDeliveries(store.db)).toEqual({ delivered: 1 });
  expect(sender.posted).toHaveLength(1);
});

it('sends nothing that another process may have taken over by now', async () => {
  await start(1);
  let sent = 0;
  const slow = await createDigesting(store, {
    ...tools,
    // A machine that was asleep for an hour.
    async illustrate(reply) {
      if (sent === 0) tools.clock.advance(3_600_000);
      sent += 1;
      return reply;
    },
  });
  const tick = async () => {
    await slow.tick();
    return countDeliveries(store.db);
  };
  await expect.poll(tick).toEqual({ delivered: 1 });
  await slow.stop();
  expect(sender.posted).toHaveLength(1);
  expect(await store.db.selectFrom('deliveries').selectAll().execute()).toEqual([
    expect.objectContaining({ attempts: 2, doubtful: 0 }),
  ]);
});

it.each([Number.NaN, -1, Number.POSITIVE_INFINITY, 1e308, 1e15])(
  'puts a delivery off by no more than an hour for a pause of %d',
  async (retryAfter) => {
    await start(1);
    sender.send = async () => {
      throw new SendFailure('limited', 'Wait.', { retryAfter, holdsAll: true });
    };
    const began = tools.clock.now();
    await digesting.tick();
    await expect.poll(() => countDeliveries(store.db)).toEqual({ pending: 1 });
    const delivery = await store.db.selectFrom('deliveries').selectAll().executeTakeFirstOrThrow();
    expect(delivery.nextAttempt).toBeGreaterThanOrEqual(began + 1000);
    expect(delivery.nextAttempt).toBeLessThanOrEqual(began + 3_600_000);
    const pace = await store.db.selectFrom('pace').selectAll().executeTakeFirstOrThrow();
    expect(pace.nextAt).toBeLessThanOrEqual(began + 3_600_000);
  },
);
