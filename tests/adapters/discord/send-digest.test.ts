import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { createDiscordSender } from '../../../src/adapters/discord/send-digest.ts';
import { composeDigest } from '../../../src/digest/compose-digest.ts';
import { openTestBot } from '../../support/content.ts';
import { createUser } from '../../support/discord/payloads.ts';
import { startDiscordServer } from '../../support/discord-server.ts';

const bot = await openTestBot();
const [topic] = bot.library.topics;
if (!topic) throw new Error('no topic');
const reply = composeDigest(topic);
const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

const to = (channel: string) => ({ platform: 'discord', team: '', channel });

it('posts again after Discord has refused the token once', async () => {
  const server = await startDiscordServer();
  open.push(() => server.close());
  const channel = to(server.dmChannelId(createUser('reader')));
  const sender = createDiscordSender(server.token, server.apiUrl);
  server.fail('POST', '/channels/:id/messages', { status: 401 });
  await expect(sender.send(channel, reply, 'a')).rejects.toMatchObject({ kind: 'unreachable' });
  expect(await sender.send(channel, reply, 'a')).toMatch(/^\d+$/);
});

it('marks each digest twice: by a nonce for minutes, and by its first button for ever', async () => {
  const server = await startDiscordServer();
  open.push(() => server.close());
  const channel = to(server.dmChannelId(createUser('reader')));
  const sender = createDiscordSender(server.token, server.apiUrl);
  const now = Date.now();
  const lately = { from: now - 60_000, to: now + 60_000 };
  const id = await sender.send(channel, reply, '0123456789ab-sx8k00');
  const [created] = server.createdMessages;
  expect(created?.body).toMatchObject({ nonce: '0123456789ab-sx8k00', enforce_nonce: true });
  expect(await sender.find(channel, '0123456789ab-sx8k00', lately)).toBe(id);
  expect(await sender.find(channel, '0123456789ab-sx8k01', lately)).toBeUndefined();
});

it('goes without its picture where the channel allows no files', async () => {
  const server = await startDiscordServer();
  open.push(() => server.close());
  const channel = to(server.dmChannelId(createUser('reader')));
  const illustrated = { ...reply, image: { png: new Uint8Array([1]), alt: 'A card.' } };
  server.fail('POST', '/channels/:id/messages', { status: 403, code: 50013 });
  await createDiscordSender(server.token, server.apiUrl).send(channel, illustrated, 'a');
  expect(server.createdMessages.map(({ files }) => files.length)).toEqual([0]);
  // Where it has none, it is the message that is not allowed.
  server.fail('POST', '/channels/:id/messages', { status: 403, code: 50013 });
  await expect(createDiscordSender(server.token, server.apiUrl).send(channel, reply, 'b')).rejects.toMatchObject({
    kind: 'gone',
  });
});

/** What stands before Discord, such as a proxy. */
async function startProxy(answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  open.push(() => new Promise((resolve) => server.close(resolve)));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`;
}

it.each([403, 404])('takes a %s that is not Discord’s own for no word on the channel', async (status) => {
  const url = await startProxy((_, response) => {
    response.writeHead(status, { 'content-type': 'text/html' }).end('<h1>Forbidden</h1>');
  });
  await expect(createDiscordSender('token', url).send(to('1'), reply, 'a')).rejects.toMatchObject({ kind: 'unsure' });
});

it('holds everything back where it is told to wait, and not for what', async () => {
  const url = await startProxy((_, response) => {
    response.writeHead(429, { 'retry-after': '600', 'content-type': 'text/plain' }).end('error code: 1015');
  });
  await expect(createDiscordSender('token', url).send(to('1'), reply, 'a')).rejects.toMatchObject({
    kind: 'limited',
    holdsAll: true,
    retryAfter: expect.any(Number),
  });
});
