import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ChannelFlags, ChannelType } from 'discord.js';
import { afterEach, describe, expect, it } from 'vitest';
import { boundPauses } from '../../../src/adapters/discord/bound-pauses.ts';
import { createDiscordSender, type DiscordSenderOptions } from '../../../src/adapters/discord/send-digest.ts';
import type { SendFailure } from '../../../src/core/sender.ts';
import { composeDigest } from '../../../src/digest/compose-digest.ts';
import { takeTurn } from '../../../src/digest/turn.ts';
import { composeReport } from '../../../src/editorial/compose-report.ts';
import { openTestBot } from '../../support/content.ts';
import { createUser } from '../../support/discord/payloads.ts';
import { checkBody } from '../../support/discord-harness.ts';
import { startDiscordServer } from '../../support/discord-server.ts';

const bot = await openTestBot();
const [topic] = bot.library.topics;
if (!topic) throw new Error('no topic');
const reply = composeDigest(topic, takeTurn(topic).claims);
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

it('marks each digest twice: by a nonce for minutes, and by a button for ever', async () => {
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
  // The mark of one is no part of another's.
  expect(await sender.find(channel, '0123456789ab-sx8k0', lately)).toBeUndefined();
});

it('does not take a channel whose history is closed for one in which nothing was posted', async () => {
  const server = await startDiscordServer();
  open.push(() => server.close());
  const channel = to(server.dmChannelId(createUser('reader')));
  const sender = createDiscordSender(server.token, server.apiUrl);
  const lately = { from: Date.now() - 60_000, to: Date.now() + 60_000 };
  server.hideHistory(channel.channel);
  // Nothing was ever written there.
  expect(await sender.find(channel, 'a', lately)).toBeUndefined();
  await sender.send(channel, reply, 'a');
  await expect(sender.find(channel, 'a', lately)).rejects.toMatchObject({
    kind: 'blind',
    message: expect.stringContaining('Read Message History'),
  });
  // Whatever was written before does not count.
  expect(await sender.find(channel, 'a', { from: Date.now() + 1, to: Date.now() + 60_000 })).toBeUndefined();
});

describe('in a forum', () => {
  const lately = () => ({ from: Date.now() - 60_000, to: Date.now() + 60_000 });
  const illustrated = { ...reply, image: { png: new Uint8Array([1]), alt: 'A card.' } };

  it.each([
    ['a digest is a post of its own', {}],
    [
      'that wants a tag, it has the first that anybody may use',
      {
        flags: ChannelFlags.RequireTag,
        available_tags: [
          { id: '1', moderated: true },
          { id: '2', moderated: false },
        ],
      },
    ],
  ])('%s, and is found again', async (_, parts) => {
    const server = await startDiscordServer({ onBody: checkBody });
    open.push(() => server.close());
    const forum = to(server.addChannel(ChannelType.GuildForum, parts));
    const sender = createDiscordSender(server.token, server.apiUrl);
    const id = await sender.send(forum, illustrated, 'mark');
    const [begun] = server.requests.filter(({ path, status }) => path.endsWith('/threads') && status === 201);
    expect(begun?.body).toMatchObject({ name: reply.title });
    expect(server.createdMessages.map(({ files }) => files.length)).toEqual([1]);
    expect(await sender.find(forum, 'mark', lately())).toBe(id);
    expect(await sender.find(forum, 'other', lately())).toBeUndefined();
    expect(await sender.find(forum, 'mark', { from: 1_420_070_400_000, to: 1_420_070_500_000 })).toBeUndefined();
  });

  it('that wants a tag which the bot may not use, it is refused', async () => {
    const server = await startDiscordServer();
    open.push(() => server.close());
    const parts = { flags: ChannelFlags.RequireTag, available_tags: [{ id: '1', moderated: true }] };
    const forum = to(server.addChannel(ChannelType.GuildForum, parts));
    const sent = createDiscordSender(server.token, server.apiUrl).send(forum, reply, 'mark');
    await expect(sent).rejects.toMatchObject({ kind: 'refused', message: expect.stringContaining('tag') });
  });
});

describe('in an announcement channel', () => {
  const isCrosspost = ({ path }: { path: string }) => path.endsWith('/crosspost');

  it('a digest is published to those who follow it', async () => {
    const server = await startDiscordServer({ onBody: checkBody });
    open.push(() => server.close());
    const channel = to(server.addChannel(ChannelType.GuildAnnouncement));
    const sender = createDiscordSender(server.token, server.apiUrl, { publishes: true });
    const published = server.waitFor(isCrosspost);
    const id = await sender.send(channel, reply, 'mark');
    expect(await published).toMatchObject({ status: 200, path: expect.stringContaining(id) });
    // What kind of channel it is need not be asked again.
    const again = server.waitFor(isCrosspost);
    await sender.send(channel, reply, 'next');
    await again;
    expect(server.requests.filter(({ method }) => method === 'GET')).toHaveLength(1);
  });

  it('a digest that may not be published is delivered all the same', async () => {
    const server = await startDiscordServer();
    open.push(() => server.close());
    const channel = to(server.addChannel(ChannelType.GuildAnnouncement));
    server.fail('POST', '/channels/:id/messages/:message/crosspost', { status: 403, code: 50013 });
    const refused = server.waitFor(isCrosspost);
    const sender = createDiscordSender(server.token, server.apiUrl, { publishes: true });
    expect(await sender.send(channel, reply, 'mark')).toMatch(/^\d+$/);
    expect((await refused).status).toBe(403);
  });

  it('nothing is published if that is switched off, elsewhere, or if it is a report for editors', async () => {
    const server = await startDiscordServer();
    open.push(() => server.close());
    const announcements = to(server.addChannel(ChannelType.GuildAnnouncement));
    await createDiscordSender(server.token, server.apiUrl).send(announcements, reply, 'a');
    const report = composeReport({ from: '2026-11-16', to: '2026-11-22', missed: [] });
    await createDiscordSender(server.token, server.apiUrl, { publishes: true }).send(announcements, report, 'r');
    const text = to(server.guilds[0]?.channelId ?? '');
    const asked = server.waitFor(({ method }) => method === 'GET');
    await createDiscordSender(server.token, server.apiUrl, { publishes: true }).send(text, reply, 'b');
    await asked;
    expect(server.requests.filter(isCrosspost)).toEqual([]);
  });
});

it('goes without its picture if the channel allows no files', async () => {
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

/** Answers every request alike. */
const answerAll = (status: number, body = '', headers: Record<string, string> = {}) =>
  startProxy((_, response) => {
    response.writeHead(status, headers).end(body);
  });
const HTML = { 'content-type': 'text/html' };
const JSON_TYPE = { 'content-type': 'application/json' };
const MESSAGE = { id: '123', channel_id: '1', nonce: 'a' };

it.each<[string, number, string, Record<string, string>]>([
  ['a page', 200, '<h1>Welcome</h1>', HTML],
  ['nothing', 200, '', {}],
  ['no content', 204, '', {}],
  ['a redirection', 302, '', { location: 'https://example.com/' }],
  ['an empty object', 200, '{}', JSON_TYPE],
  ['a list', 200, '[]', JSON_TYPE],
  ['null', 200, 'null', JSON_TYPE],
  ['an id that is none', 200, JSON.stringify({ ...MESSAGE, id: 'x' }), JSON_TYPE],
  ['a message of another channel', 200, JSON.stringify({ ...MESSAGE, channel_id: '2' }), JSON_TYPE],
  ['another message', 200, JSON.stringify({ ...MESSAGE, nonce: 'b' }), JSON_TYPE],
  ['a page with 400', 400, '<h1>Bad request</h1>', HTML],
  ['a page with 403', 403, '<h1>Forbidden</h1>', HTML],
  ['a page with 404', 404, '<h1>Not found</h1>', HTML],
  ['a page with 413', 413, '<h1>Too large</h1>', HTML],
  ['a page with 502', 502, '<h1>Bad gateway</h1>', HTML],
])('takes %s for no word of Discord’s on the message', async (_, status, body, headers) => {
  const url = await answerAll(status, body, headers);
  await expect(createDiscordSender('token', url).send(to('1'), reply, 'a')).rejects.toMatchObject({ kind: 'unsure' });
});

it('takes the message itself for one', async () => {
  const url = await answerAll(200, JSON.stringify(MESSAGE), JSON_TYPE);
  expect(await createDiscordSender('token', url).send(to('1'), reply, 'a')).toBe('123');
});

it.each<[string, number, string, Record<string, string>]>([
  ['a page', 200, '<h1>Welcome</h1>', HTML],
  ['an object', 200, '{}', JSON_TYPE],
  ['messages without ids', 200, '[{}]', JSON_TYPE],
  ['a page with 404', 404, '<h1>Not found</h1>', HTML],
])('does not take %s for a channel in which nothing was posted', async (_, status, body, headers) => {
  const sender = createDiscordSender('token', await answerAll(status, body, headers));
  await expect(sender.find(to('1'), 'a', { from: 0, to: 1 })).rejects.toMatchObject({ kind: 'unsure' });
});

describe('a channel that never ends', () => {
  const look = async (options?: DiscordSenderOptions) => {
    let asked = 0;
    const url = await startProxy((_, response) => {
      asked += 1;
      const first = asked * 100;
      const page = Array.from({ length: 100 }, (_, index) => ({ id: String(first + index) }));
      response.writeHead(200, JSON_TYPE).end(JSON.stringify(page));
    });
    const always = { from: 1_420_070_400_000, to: Number.MAX_SAFE_INTEGER };
    const found = createDiscordSender('token', url, options).find(to('1'), 'a', always);
    await expect(found).rejects.toMatchObject({ kind: 'unsure' });
    return asked;
  };

  it('is searched for so many pages', async () => expect(await look()).toBe(30));

  it('is searched for so long', async () => expect(await look({ lookMs: 0 })).toBeLessThan(30));
});

const IN_TEN_MINUTES = 'a date in ten minutes';
it.each([
  ['600', 600_000],
  ['0.5', 500],
  ['1000000000', 3_600_000],
  ['1e308', 3_600_000],
  ['Infinity', 3_600_000],
  [IN_TEN_MINUTES, 600_000],
  ['0', 1000],
  ['-5', 1000],
  ['NaN', 1000],
  ['abc', 1000],
])('takes Retry-After: %s for a pause within bounds', async (word, pause) => {
  const header = word === IN_TEN_MINUTES ? new Date(Date.now() + 600_000).toUTCString() : word;
  const url = await answerAll(429, 'error code: 1015', { 'retry-after': header, 'x-ratelimit-global': 'true' });
  const failure: SendFailure = await createDiscordSender('token', url)
    .send(to('1'), reply, 'a')
    .then(
      () => Promise.reject(new Error('it was sent')),
      (error) => error,
    );
  expect(failure).toMatchObject({ kind: 'limited', holdsAll: true });
  // discord.js adds 50 ms, a date has whole seconds only, and time passes.
  expect(Math.abs((failure.retryAfter ?? 0) - pause)).toBeLessThan(pause > 1000 ? 60_000 : 100);
  expect(failure.retryAfter ?? 0).toBeLessThanOrEqual(3_600_000);
});

it('gives a refusal without a pause one, for discord.js would ask again at once, for ever', () => {
  const pauseOf = (header: Record<string, string>, status = 429) =>
    boundPauses(new Response(null, { status, headers: header }) as never, 0).headers.get('retry-after');
  expect(pauseOf({})).toBe('1');
  expect(pauseOf({ 'retry-after': '0' })).toBe('1');
  expect(pauseOf({ 'retry-after': '0.25' })).toBe('0.25');
  expect(pauseOf({}, 200)).toBeNull();
});

it('does not believe in a window that resets in years', async () => {
  const limits = { 'x-ratelimit-limit': '5', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset-after': '1e9' };
  const url = await answerAll(200, JSON.stringify(MESSAGE), { ...JSON_TYPE, ...limits });
  const sender = createDiscordSender('token', url);
  await sender.send(to('1'), reply, 'a');
  await expect(sender.send(to('1'), reply, 'a')).rejects.toMatchObject({
    kind: 'limited',
    retryAfter: expect.toSatisfy((ms: number) => ms <= 3_600_000),
  });
});
