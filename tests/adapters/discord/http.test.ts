import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { type APIInteraction, InteractionResponseType, REST } from 'discord.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createInteractionsEndpoint } from '../../../src/adapters/discord/http-endpoint.ts';
import type { DiscordMessage } from '../../../src/adapters/discord/render-reply.ts';
import { readPublicKey } from '../../../src/adapters/discord/verify-request.ts';
import type { Bot } from '../../../src/core/bot.ts';
import { openTestBot } from '../../support/content.ts';
import { checkBody, recordLog } from '../../support/discord-harness.ts';
import { textsOf } from '../../support/discord-limits.ts';
import { type DiscordServer, startDiscordServer } from '../../support/discord-server.ts';

const NOW = 1_800_000_000_000;
const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const HEX = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url').toString('hex');

const bot = await openTestBot();
let server: DiscordServer;
let rest: REST;
beforeAll(async () => {
  server = await startDiscordServer({ onBody: checkBody });
  rest = new REST({ api: server.apiUrl }).setToken(server.token);
});
afterAll(() => server?.close());

const open = (answering: Bot = bot) =>
  createInteractionsEndpoint(answering, { key: readPublicKey(HEX), rest, now: () => NOW, log: recordLog() });

let ids = 0;
function interaction(parts: object = {}): APIInteraction {
  ids += 1;
  return {
    id: String(ids),
    application_id: '1',
    token: 'a-token',
    type: 2,
    version: 1,
    guild_id: '2',
    member: { user: { id: '3' } },
    data: { id: '4', name: 'cargo', type: 1 },
    ...parts,
  } as unknown as APIInteraction;
}

function request(
  body: string,
  { key = privateKey, seconds = NOW / 1000 }: { key?: KeyObject; seconds?: number } = {},
): Request {
  const signature = sign(null, Buffer.from(`${seconds}${body}`), key).toString('hex');
  return new Request('https://bot.example/discord/interactions', {
    method: 'POST',
    body,
    headers: { 'x-signature-ed25519': signature, 'x-signature-timestamp': String(seconds) },
  });
}

const send = (endpoint: (request: Request) => Promise<Response>, parts?: object) =>
  endpoint(request(JSON.stringify(interaction(parts))));

it('answers Discord’s ping, by which it checks the address', async () => {
  const response = await send(open(), { type: 1 });
  expect(await response.json()).toEqual({ type: InteractionResponseType.Pong });
});

it('answers a command by its response', async () => {
  const response = await send(open());
  expect(response.status).toBe(200);
  const body = (await response.json()) as { type: number; data: DiscordMessage };
  checkBody('interaction-callback', body);
  expect(textsOf(body.data).join()).toContain('**4 million** tonnes');
});

describe('refuses', () => {
  const body = JSON.stringify(interaction());
  it.each([
    ['another’s signature', () => request(body, { key: generateKeyPairSync('ed25519').privateKey })],
    ['an old request', () => request(body, { seconds: NOW / 1000 - 61 })],
    ['a request from the future', () => request(body, { seconds: NOW / 1000 + 61 })],
    ['a changed body', () => new Request(request(body), { body: body.replace('cargo', 'ferries') })],
    ['no signature', () => new Request('https://bot.example/', { method: 'POST', body })],
    ['a signature that is none', () => new Request(request(body), { headers: { 'x-signature-ed25519': 'zz' } })],
  ])('%s', async (_, make) => {
    const response = await open()(make());
    expect(response.status).toBe(401);
  });

  it('a replay', async () => {
    const endpoint = open();
    const again = JSON.stringify(interaction());
    expect((await endpoint(request(again))).status).toBe(200);
    expect((await endpoint(request(again))).status).toBe(409);
  });
});

it('acknowledges what takes long, and edits the answer in', async () => {
  const release = Promise.withResolvers<void>();
  const slow: Bot = { ...bot, answer: (question) => release.promise.then(() => bot.answer(question)) };
  const edited = server.waitFor(({ method, path }) => method === 'PATCH' && path.endsWith('/messages/@original'));
  const endpoint = createInteractionsEndpoint(slow, {
    key: readPublicKey(HEX),
    rest,
    now: () => NOW,
    log: recordLog(),
    deferAfterMs: 0,
  });
  const response = await send(endpoint);
  expect(await response.json()).toMatchObject({ type: InteractionResponseType.DeferredChannelMessageWithSource });
  release.resolve();
  await edited;
});

it('does not take a key that is none', () => {
  expect(() => readPublicKey('abc')).toThrow(/64 hexadecimal digits/);
});
