import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { type APIInteraction, InteractionResponseType, type REST } from 'discord.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createInteractionsEndpoint } from '../../../src/adapters/discord/http-endpoint.ts';
import type { DiscordMessage } from '../../../src/adapters/discord/render-reply.ts';
import { createRest } from '../../../src/adapters/discord/rest.ts';
import { readPublicKey } from '../../../src/adapters/discord/verify-request.ts';
import type { Bot } from '../../../src/core/bot.ts';
import { openTestBot } from '../../support/content.ts';
import { checkBody, recordLog } from '../../support/discord-harness.ts';
import { textsOf } from '../../support/discord-limits.ts';
import { type DiscordServer, startDiscordServer } from '../../support/discord-server.ts';

const NOW = 1_800_000_000_000;
const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const HEX = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url').toString('hex');

const OPTIONS = { key: readPublicKey(HEX), now: () => NOW, take: async () => true };

const bot = await openTestBot();
let server: DiscordServer;
let rest: REST;
beforeAll(async () => {
  server = await startDiscordServer({ onBody: checkBody });
  rest = createRest(undefined, server.apiUrl);
});
afterAll(() => server?.close());

const open = (answering: Bot = bot) => createInteractionsEndpoint(answering, { ...OPTIONS, rest, log: recordLog() });

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
});

describe('what a response cannot carry', () => {
  const isEdit = ({ method, path }: { method: string; path: string }) =>
    method === 'PATCH' && path.endsWith('/messages/@original');
  const ask = (answer: Bot['answer'], late: boolean, readAfter?: Promise<unknown>) => {
    const responded = Promise.withResolvers<void>();
    if (!late) responded.resolve();
    const answering: Bot = { ...bot, answer: (question) => responded.promise.then(() => answer(question)) };
    const options = { ...OPTIONS, rest, log: recordLog(), deferAfterMs: late ? 0 : undefined };
    const endpoint = createInteractionsEndpoint(answering, options);
    const send = async (body: string) => {
      const response = await endpoint(request(body));
      responded.resolve();
      return response;
    };
    return server.interactOverHttp({ type: 'command', name: 'cargo' }, send, readAfter);
  };
  const illustrate: Bot['answer'] = async (question) => ({
    ...(await bot.answer(question)),
    image: { png: new Uint8Array([1, 2, 3]), alt: 'A card.' },
  });

  it('an acknowledgement is in place before the answer is edited in', async () => {
    // Discord reads the response only once it has seen the edit.
    const { status, record } = await ask(bot.answer, true, server.waitFor(isEdit));
    expect(status).toBe(202);
    expect(record.callback.body.type).toBe(InteractionResponseType.DeferredChannelMessageWithSource);
    expect(textsOf((await record.answer()) as unknown as DiscordMessage).join()).toContain('**4 million** tonnes');
  });

  it.each([
    ['at once', false],
    ['after an acknowledgement', true],
  ])('a picture arrives %s', async (_, late) => {
    const { record } = await ask(illustrate, late);
    const { attachments, components } = await record.answer();
    expect(attachments.map(({ filename }) => filename)).toEqual(['briefing.png']);
    expect(JSON.stringify(components)).toContain('attachment://briefing.png');
  });
});

it('does not take a key that is none', () => {
  expect(() => readPublicKey('abc')).toThrow(/64 hexadecimal digits/);
});
