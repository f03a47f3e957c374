import { generateKeyPairSync, sign } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startDiscord } from '../../src/adapters/discord/start-discord.ts';
import { createMemory } from '../../src/app/memory.ts';
import { createTakeOnce } from '../../src/core/take-once.ts';
import { openStore, type Store } from '../../src/store/open-store.ts';
import { openTestBot } from '../support/content.ts';
import { recordLog } from '../support/discord-harness.ts';
import { openSlack } from '../support/slack-harness.ts';

// A signed request is answered once, whichever process it comes to, and however often somebody sends it.

const bot = await openTestBot();
let store: Store;
const open: (() => Promise<unknown>)[] = [];
beforeEach(async () => {
  store = await openStore('sqlite::memory:');
});
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
  await store.close();
});

describe('on Discord', () => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const hex = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url').toString('hex');
  const body = JSON.stringify({
    ...{ id: '1', application_id: '2', token: 'a-token', type: 2, user: { id: '3' } },
    data: { id: '4', name: 'cargo', type: 1 },
  });
  const headers = {
    'x-signature-ed25519': sign(null, Buffer.from(`60${body}`), privateKey).toString('hex'),
    'x-signature-timestamp': '60',
  };
  const request = () => new Request('https://bot.example/', { method: 'POST', body, headers });
  const start = () =>
    startDiscord(
      { publicKey: hex, gateway: false, register: false },
      { bot, memory: createMemory(store, 'discord', () => 60_000), now: () => 60_000, log: recordLog(), fail() {} },
    );

  it('a request is refused that this process, another, or one before a restart has answered', async () => {
    const first = start();
    expect((await first.endpoint(request())).status).toBe(200);
    expect((await first.endpoint(request())).status).toBe(409);
    expect((await start().endpoint(request())).status).toBe(409);
  });

  it('two processes that get a request at once answer it once', async () => {
    const answers = await Promise.all([start(), start()].map((platform) => platform.endpoint(request())));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });
});

describe('on Slack', () => {
  it('a request is refused that this process, another, or one before a restart has answered', async () => {
    const memory = createMemory(store, 'slack', Date.now);
    const signingSecret = 'a'.repeat(32);
    const [first, second] = await Promise.all(
      [1, 2].map(() => openSlack(bot, { transport: 'http', memory, settings: { signingSecret } })),
    );
    if (!first || !second) throw new Error('the bots did not start');
    open.push(first.stop, second.stop);
    first.server.state.signingSecret = signingSecret;
    const body = new URLSearchParams({ command: '/cargo', text: '', user_id: 'U1', team_id: 'T1', channel_id: 'C1' });
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      ...first.server.sign(body.toString()),
    };
    const send = async (url: string) =>
      (await fetch(`${url}/slack/events`, { method: 'POST', body: body.toString(), headers })).status;
    expect(await send(first.url)).toBe(200);
    expect(await send(first.url)).toBe(409);
    expect(await send(second.url)).toBe(409);
  });
});

describe('a database that cannot say', () => {
  it('makes a request count as new, once in each process, and is reported', async () => {
    const log = recordLog();
    const take = createTakeOnce(() => Promise.reject(new Error('the disk is full')), log);
    expect([await take('1'), await take('1'), await take('2')]).toEqual([true, false, true]);
    expect(log.lines.map(({ message }) => message)).toEqual(
      Array(2).fill('the bot can’t tell whether this came before, so it answers it'),
    );
  });
});
