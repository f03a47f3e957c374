import { beforeEach, expect, it } from 'vitest';
import { createSupervisor, type Supervisor } from '../../src/app/supervisor.ts';
import type { Bot } from '../../src/core/bot.ts';
import type { Memory } from '../../src/core/memory.ts';
import {
  type ConfiguredPlatform,
  definePlatform,
  type Platform,
  type PlatformContext,
} from '../../src/core/platform.ts';
import { createQuestion } from '../../src/core/question.ts';
import { createReply } from '../../src/core/reply.ts';
import { type RecordedLog, recordLog } from '../support/discord-harness.ts';
import { createTestTimers, type TestTimers } from '../support/test-timers.ts';

const bot = {} as Bot;
const memory = {} as Memory;
const reply = createReply(createQuestion('help'), { outcome: 'listed', title: 'T', byline: 'B' });
const target = { platform: 'toy', team: '', channel: 'c' };

let timers: TestTimers;
let log: RecordedLog;
let supervisor: Supervisor;
/** What each life of the platform was started with. */
let lives: PlatformContext[];
let ends: number;
let restarts: string[];
const observer = { restarted: (name: string) => restarts.push(name) };

beforeEach(() => {
  timers = createTestTimers();
  log = recordLog();
  supervisor = createSupervisor({ timers, random: () => 1, log });
  lives = [];
  ends = 0;
  restarts = [];
});

const healthy: Omit<Platform, 'stop'> = {
  name: 'toy',
  status: () => 'connected',
  isConnected: () => true,
  contentChanged: async () => undefined,
  routes: { 'POST /toy/in': async (request) => new Response(await request.text()) },
  sender: {
    platform: 'toy',
    paceOf: () => ({ key: 'toy', intervalMs: 5 }),
    send: async (_target, _reply, key) => `sent ${key}`,
    find: async () => 'found',
    tell: async () => undefined,
  },
};

/** A platform whose start and stop are as the test wants them. */
function toy(
  start: (context: PlatformContext) => Promise<void> = async () => undefined,
  stop: () => Promise<void> = async () => undefined,
): ConfiguredPlatform {
  const definition = definePlatform({
    name: 'toy',
    title: 'Toy',
    guide: 'docs/toy.md',
    settings: { shape: {}, check: () => [], read: () => ({}) },
    targets: { channel: /^c$/, team: /^$/, user: /^u$/, example: { channel: 'c', user: 'u' } },
    isSetUp: () => true,
    canPost: () => true,
    async start(_, context) {
      lives.push(context);
      await start(context);
      return {
        ...healthy,
        async stop() {
          ends += 1;
          await stop();
        },
      };
    },
    diagnose: async () => ({ findings: [] }),
    explainError: async () => undefined,
    preview: async () => Promise.reject(new Error('there is none')),
    programs: [],
  });
  const { platform } = definition.configure({}, { version: '1.0.0', readers: 'here' });
  if (!platform) throw new Error('the toy has no settings to be wrong');
  return platform;
}

const supervise = (platform: ConfiguredPlatform) =>
  supervisor.supervise(platform, { bot, memory, now: () => 0, log }, observer);

it('starts a platform that fails again, later each time, at most every minute, and early once it was well', async () => {
  const platform = await supervise(toy());
  const pauses: number[] = [];
  for (let failures = 0; failures < 9; failures += 1) {
    lives.at(-1)?.fail(new Error('no'));
    expect(platform.isConnected()).toBe(false);
    await timers.advance(0);
    pauses.push(Math.max(...timers.pending()));
    await timers.advance(60_000);
    expect(platform.status()).toBe('connected');
  }
  expect(pauses).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000]);
  await timers.advance(5 * 60_000);
  lives.at(-1)?.fail(new Error('no'));
  await timers.advance(0);
  expect(Math.max(...timers.pending())).toBe(1000);
  expect(restarts).toHaveLength(10);
  expect(ends).toBe(10);
});

it('waits half as long at least, so that many processes do not come back at once', async () => {
  supervisor = createSupervisor({ timers, random: () => 0, log });
  await supervise(toy(undefined, () => new Promise(() => {})));
  lives[0]?.fail(new Error('no'));
  expect(timers.pending()).toContain(500);
});

it('takes two failures of one life for one, and one of an earlier life for none', async () => {
  const platform = await supervise(toy());
  lives[0]?.fail(new Error('first'));
  lives[0]?.fail(new Error('second'));
  await timers.advance(1000);
  lives[0]?.fail(new Error('late'));
  expect([lives.length, ends, restarts.length]).toEqual([2, 1, 1]);
  expect(platform.status()).toBe('connected');
  expect(log.lines.filter(({ message }) => message.includes('has ended'))).toHaveLength(2);
});

it('starts again what throws at its start, or takes too long to start', async () => {
  let attempts = 0;
  const slow = Promise.withResolvers<void>();
  const platform = await supervise(
    toy(async () => {
      attempts += 1;
      if (attempts === 1) throw new Error('not yet');
      if (attempts === 2) await slow.promise;
    }),
  );
  expect(platform.status()).toBe('failed; restarting');
  await timers.advance(1000);
  expect(platform.isConnected()).toBe(false);
  await timers.advance(30_000);
  expect(restarts).toHaveLength(2);
  await timers.advance(2000);
  expect(platform.isConnected()).toBe(true);
  // The one that was given up comes after all, and is ended.
  slow.resolve();
  await timers.advance(0);
  expect([attempts, ends, platform.isConnected()]).toEqual([3, 1, true]);
});

it('blames a platform for what its timers, events and promises throw, and nobody for anything else', async () => {
  const outcome = Promise.withResolvers<string | undefined>();
  await supervise(
    toy(async () => {
      setImmediate(() => outcome.resolve(supervisor.contain(new Error('from a timer'))));
    }),
  );
  expect(await outcome.promise).toBe('toy');
  expect(restarts).toEqual(['toy']);
  expect(supervisor.contain(new Error('from nowhere'))).toBeUndefined();
});

it('answers and posts through whatever connection there is, and says so while there is none', async () => {
  const platform = await supervise(toy());
  const request = (path: string) => new Request(`http://bot${path}`, { method: 'POST', body: 'hello' });
  expect(await (await platform.answer(request('/toy/in'))).text()).toBe('hello');
  expect((await platform.answer(request('/toy/out'))).status).toBe(404);
  expect(await platform.sender?.send(target, reply, 'k')).toBe('sent k');
  expect(platform.sender?.paceOf(target).intervalMs).toBe(5);

  lives[0]?.fail(new Error('no'));
  const meanwhile = await platform.answer(request('/toy/in'));
  expect([meanwhile.status, meanwhile.headers.get('retry-after')]).toEqual([503, '5']);
  await expect(platform.sender?.send(target, reply, 'k')).rejects.toMatchObject({ kind: 'unreachable' });
  await platform.contentChanged();
  await timers.advance(1000);
  expect(await platform.sender?.find(target, 'k', { from: 0, to: 1 })).toBe('found');
});

it('ends what hangs or throws at its end in bounded time, and starts nothing afterwards', async () => {
  const platform = await supervise(toy(undefined, () => new Promise(() => {})));
  lives[0]?.fail(new Error('no'));
  await timers.advance(1000);
  let ended = false;
  void platform.stop().then(() => {
    ended = true;
  });
  await timers.advance(1999);
  expect(ended).toBe(false);
  await timers.advance(1);
  expect(ended).toBe(true);
  lives[1]?.fail(new Error('no'));
  await timers.advance(120_000);
  expect([lives.length, restarts.length]).toEqual([2, 1]);

  const throwing = await supervise(toy(undefined, () => Promise.reject(new Error('cannot end'))));
  await throwing.stop();
  expect(log.lines.at(-1)?.message).toContain('did not close cleanly');
});
