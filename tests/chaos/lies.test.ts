import { afterEach, describe, expect, it, vi } from 'vitest';
import { createDiscordSender } from '../../src/adapters/discord/send-digest.ts';
import { composeClientOptions } from '../../src/adapters/slack/client-options.ts';
import { createSlackSender } from '../../src/adapters/slack/send-digest.ts';
import { createLibrary } from '../../src/core/library.ts';
import { createDigesting } from '../../src/digest/digesting.ts';
import { deliveryMark } from '../../src/digest/doubt.ts';
import { countDeliveries } from '../../src/store/ledger.ts';
import { openStore } from '../../src/store/open-store.ts';
import { ARTICLE, topicOf } from '../support/content.ts';
import { createTools, lastMinute, subscribe } from '../support/digesting.ts';
import { recordLog } from '../support/discord-harness.ts';
import { settleTrial } from './figures.ts';
import { WORLDS } from './platforms.ts';
import { startProxy, type Trouble } from './proxy.ts';
import { type Chance, createChance, isLong, seeds } from './seeds.ts';

// Platforms that drop, lie, post late, limit and stay silent for an hour and a half: nothing is lost, nothing comes twice.

const CHANNELS = 20;
const MINUTE = 60_000;
const TROUBLE_MS = 90 * MINUTE;
const library = createLibrary([ARTICLE], [topicOf('a'), topicOf('b')]);

afterEach(() => void vi.useRealTimers());

const HTML = { 'content-type': 'text/html' };
const JSON_TYPE = { 'content-type': 'application/json' };
const LIES = [
  { status: 200, headers: HTML, body: '<h1>Welcome</h1>' },
  { status: 200, headers: JSON_TYPE, body: '{}' },
  { status: 200, headers: JSON_TYPE, body: '{"ok":true}' },
  { status: 204 },
  { status: 302, headers: { location: 'https://example.com/' } },
  { status: 400, headers: HTML, body: '<h1>Bad request</h1>' },
  { status: 403, headers: HTML, body: '<h1>Forbidden</h1>' },
  { status: 500, headers: HTML, body: '<h1>Error</h1>' },
  { status: 503, body: '' },
];
const LONG_PAUSES = ['30', '900', '1000000000', '1e308'];
const PAUSES = [...LONG_PAUSES, '1', 'abc', '-1', '', new Date(0).toUTCString()];

/** What goes wrong with a request: mostly something. Silence and short pauses cost real time, so only the long run has them. */
function chooseTrouble(chance: Chance, isPost: boolean): Trouble {
  const kind = chance.next();
  if (kind < 0.3) return { what: 'none' };
  if (kind < 0.4) return { what: 'drop' };
  if (kind < 0.55) return { what: 'drop after' };
  if (kind < 0.65) return { what: 'answer', answer: chance.pick(LIES) };
  if (kind < 0.75) return { what: 'answer after', answer: chance.pick(LIES) };
  // Whoever limits a request has not posted it.
  if (kind < 0.85) {
    const pause = chance.pick(isPost || isLong ? PAUSES : LONG_PAUSES);
    return { what: 'answer', answer: { status: 429, headers: { 'retry-after': pause }, body: '' } };
  }
  if (kind < 0.88 && isLong) return { what: chance.pick(['silence', 'silence after'] as const) };
  return isPost ? { what: 'late' } : { what: 'drop' };
}

describe.each(['discord', 'slack'] as const)('%s lies', (platform) => {
  it.for(seeds(2, 4))('and each digest arrives once (seed %i)', async (seed, { task }) => {
    const chance = createChance(seed);
    vi.useFakeTimers({ toFake: ['Date'] });
    const world = await WORLDS[platform]();
    let trouble = true;
    const isPost = (path: string) => /\/messages$|chat\.postMessage/.test(path.split('?')[0] ?? '');
    const proxy = await startProxy(world.apiUrl, (path) =>
      trouble ? chooseTrouble(chance, isPost(path)) : { what: 'none' },
    );
    const store = await openStore('sqlite::memory:');
    const sender =
      platform === 'discord'
        ? createDiscordSender(world.token, proxy.url)
        : createSlackSender(async () => world.token, composeClientOptions(proxy.url, recordLog()));
    const pass = (ms: number) => void vi.setSystemTime(Date.now() + ms);
    const clock = {
      now: () => Date.now(),
      // Nobody sets the clock here, and waiting for something in a test moves it on.
      steady: () => Date.now(),
      until: async (time: number) => pass(Math.max(0, Math.ceil(time) - Date.now())),
    };
    const digesting = await createDigesting(store, { ...createTools(store, [sender], library), clock });
    try {
      const due = lastMinute();
      const marks: string[] = [];
      for (let count = 0; count < CHANNELS; count += 1) {
        const { id } = await subscribe(store, due, { platform, channel: world.newChannel() });
        marks.push(deliveryMark({ subscription: id, due }));
      }
      const step = async (ms: number): Promise<Record<string, number>> => {
        pass(ms);
        await digesting.tick();
        const settled = async () => (await countDeliveries(store.db)).sending ?? 0;
        await expect.poll(settled, { interval: 5, timeout: 40_000 }).toBe(0);
        return countDeliveries(store.db);
      };
      let landed = Date.now();
      while (Date.now() < due + TROUBLE_MS) {
        await step(chance.between(1, 60) * 1000);
        // A post that is on its way lands at some time, but not later than any can.
        if (chance.next() > 0.3 && Date.now() < landed + MINUTE) continue;
        await proxy.land();
        landed = Date.now();
      }
      trouble = false;
      await proxy.land();
      for (let rounds = 0; rounds < 100 && (await step(2 * MINUTE)).pending; rounds += 1);
      expect(await countDeliveries(store.db)).toEqual({ delivered: CHANNELS });
      settleTrial(task, marks, world.posted());
    } finally {
      await digesting.stop();
      await store.close();
      await proxy.close();
      await world.close();
    }
  });
});
