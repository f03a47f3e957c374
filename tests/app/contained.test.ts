import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { HARBOUR } from '../support/content.ts';
import { type DiscordServer, startDiscordServer } from '../support/discord-server.ts';
import { type ChatServer, startChatServer } from '../support/socket-chat/server.ts';
import { createWaiting } from '../support/waiting.ts';

let directory: string;
let discord: DiscordServer;
let chat: ChatServer;
let bot: ChildProcess;
let url: string;
let said: string;
let end: [number | null] | undefined;
let ended: Promise<[number | null]>;
const { changed, until } = createWaiting(() => said);

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'briefing-contained-'));
  discord = await startDiscordServer({ timeout: 20_000 });
  chat = await startChatServer();
});
afterEach(async () => {
  bot.kill('SIGKILL');
  await discord.close();
  await chat.close();
  rmSync(directory, { recursive: true });
});

async function start(): Promise<void> {
  const { PATH, HOME } = process.env;
  bot = fork('tests/support/contained-worker.ts', {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: {
      PATH,
      HOME,
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
      SOCKET_CHAT_ADDRESS: chat.address,
      SOCKET_CHAT_TOKEN: chat.token,
      ALERT_CHANNEL: 'socketchat:operators',
      CONTENT_DIR: HARBOUR,
      DATA_DIR: directory,
      SEMANTIC_SEARCH: 'off',
      GAPS: 'off',
      DIGEST_PICTURES: 'off',
      PORT: '0',
    },
  });
  const mine = bot;
  end = undefined;
  ended = (once(bot, 'close') as Promise<[number | null]>).then((closed) => {
    if (bot === mine) end = closed;
    changed();
    return closed;
  });
  said = '';
  for (const stream of [bot.stdout, bot.stderr]) {
    stream?.on('data', (chunk) => {
      said += chunk;
      changed();
    });
  }
  url = (await line(/local page is at (\S+)/))[1] ?? '';
  await chat.connected();
}

/** Waits until what the bot says matches so many times. */
function line(pattern: RegExp, times = 1): Promise<RegExpMatchArray> {
  return until(`what matches ${pattern}, ${times} times`, () => {
    const match = [...said.matchAll(new RegExp(pattern.source, 'g'))][times - 1];
    if (!match && end) throw new Error(`it ended with ${end[0]}:\n${said}`);
    return match;
  });
}

const state = async () => (await (await fetch(`${url}/readyz`)).json()) as Record<string, unknown>;
const metrics = async () => (await fetch(`${url}/metrics`)).text();

it('a gateway that never finishes its handshake ends nothing but Discord’s connection', async () => {
  discord.silenceGateway();
  await start();
  // Where discord.js and a second login met, the process ended after the third.
  await line(/Discord: failed and will be restarted/, 3);
  expect((await chat.say('/cargo')).text).toMatch(/^Cargo/);
  expect(await state()).toMatchObject({ ready: true, socketchat: 'connected' });
  expect((await state()).discord).not.toBe('connected');
  expect(await metrics()).toMatch(/briefing_platform_restarts_total\{platform="discord"\} [3-9]/);

  discord.silenceGateway(false);
  await line(/Discord: connected/);
  expect((await state()).discord).toBe('connected');
  const record = await discord.interact({ type: 'command', name: 'cargo' });
  expect(record.callbacks).toHaveLength(1);
  // None of the connections before came back to life.
  expect(discord.gatewayEvents.filter(({ name }) => name === 'identify')).toHaveLength(1);
  bot.kill('SIGTERM');
  expect((await ended)[0]).toBe(0);
});

it.each([
  ['throws from an event', 'this is not JSON'],
  ['rejects and nobody handles', '{}'],
])('what a platform %s starts that platform again, and no other', async (_, garbled) => {
  await start();
  await line(/Discord: connected/);
  chat.garble(garbled);
  await line(/Socket Chat: failed and will be restarted/);
  await line(/Socket Chat: connected/, 2);
  expect((await chat.say('/cargo')).text).toMatch(/^Cargo/);
  expect(await state()).toMatchObject({ ready: true, socketchat: 'connected', discord: 'connected' });
  expect(await metrics()).toMatch(/briefing_platform_restarts_total\{platform="socketchat"\} 1/);
  expect(discord.gatewayEvents.filter(({ name }) => name === 'identify')).toHaveLength(1);
});

it.each(['throw', 'reject'])(
  'an error that no platform is to blame for stops the bot cleanly with 1: %s',
  async (how) => {
    await start();
    bot.send(how);
    const alert = await chat.message(({ room }) => room === 'operators');
    expect(alert.text).toMatch(/^The bot is stopping/);
    expect((await ended)[0]).toBe(1);
    expect(said).toMatch(/"level":60.*by nobody’s business.*the bot stops/);
    expect(said).toMatch(/"reason":"an uncaught error","msg":"stopping"/);
  },
);
