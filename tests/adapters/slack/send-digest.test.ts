import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { composeClientOptions } from '../../../src/adapters/slack/client-options.ts';
import { createSlackSender } from '../../../src/adapters/slack/send-digest.ts';
import type { Sender, SendFailure } from '../../../src/core/sender.ts';
import { composeDigest } from '../../../src/digest/compose-digest.ts';
import { takeTurn } from '../../../src/digest/turn.ts';
import { openTestBot } from '../../support/content.ts';
import { recordLog } from '../../support/discord-harness.ts';
import { startLocalSlack } from '../../support/local-slack.ts';

const bot = await openTestBot();
const [topic] = bot.library.topics;
if (!topic) throw new Error('no topic');
const reply = composeDigest(topic, takeTurn(topic).claims);
const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

const to = (channel: string) => ({ platform: 'slack', team: 'T1', channel });
const lately = () => ({ from: Date.now() - 60_000, to: Date.now() + 60_000 });

/** A sender to what stands before Slack, such as a proxy. */
async function startProxy(answer: RequestListener): Promise<Sender> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  open.push(() => new Promise((resolve) => server.close(resolve)));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`;
  return createSlackSender(async () => 'xoxb-1', composeClientOptions(url, recordLog()));
}

const answerAll = (status: number, body = '', headers: Record<string, string> = {}) =>
  startProxy((_, response) => {
    response.writeHead(status, headers).end(body);
  });
const HTML = { 'content-type': 'text/html' };
const JSON_TYPE = { 'content-type': 'application/json' };

it.each<[string, number, string, Record<string, string>]>([
  ['a page', 200, '<h1>Welcome</h1>', HTML],
  ['nothing', 200, '', {}],
  ['no content', 204, '', {}],
  ['a redirection', 302, '', { location: 'https://example.com/' }],
  ['an empty object', 200, '{}', JSON_TYPE],
  ['ok without a message', 200, '{"ok":true}', JSON_TYPE],
  ['an id that is none', 200, '{"ok":true,"ts":"x"}', JSON_TYPE],
  ['a refusal that is a page', 200, '{"ok":false,"error":"<h1>Blocked</h1>"}', JSON_TYPE],
  ['a page with 400', 400, '<h1>Bad request</h1>', HTML],
  ['a page with 403', 403, '<h1>Forbidden</h1>', HTML],
  ['a page with 502', 502, '<h1>Bad gateway</h1>', HTML],
])('takes %s for no word of Slack’s on the message', async (_, status, body, headers) => {
  const sender = await answerAll(status, body, headers);
  await expect(sender.send(to('C1'), reply, 'a')).rejects.toMatchObject({ kind: 'unsure' });
});

it('takes a refusal for what it says, also if a remedy’s name is that of something else', async () => {
  for (const [error, kind] of [
    ['is_archived', 'gone'],
    ['constructor', 'refused'],
    ['token_revoked', 'unreachable'],
  ]) {
    const sender = await answerAll(200, JSON.stringify({ ok: false, error }), JSON_TYPE);
    await expect(sender.send(to('C1'), reply, 'a')).rejects.toMatchObject({ kind, message: expect.any(String) });
  }
});

const IN_TEN_MINUTES = 'a date in ten minutes';
it.each([
  ['30', 30_000],
  ['0.5', 1000],
  ['1000000000', 3_600_000],
  ['1e308', 3_600_000],
  [IN_TEN_MINUTES, 600_000],
  ['0', 1000],
  ['-5', 1000],
  ['abc', 1000],
])('takes Retry-After: %s for a pause within bounds', async (word, pause) => {
  const header = word === IN_TEN_MINUTES ? new Date(Date.now() + 600_000).toUTCString() : word;
  const sender = await answerAll(429, '{"ok":false,"error":"ratelimited"}', { ...JSON_TYPE, 'retry-after': header });
  const failure: SendFailure = await sender.send(to('C1'), reply, 'a').then(
    () => Promise.reject(new Error('it was sent')),
    (error) => error,
  );
  expect(failure).toMatchObject({ kind: 'limited', holdsAll: true });
  // A date has whole seconds only, and time passes.
  expect(Math.abs((failure.retryAfter ?? 0) - pause)).toBeLessThan(pause > 1000 ? 60_000 : 100);
});

it('bounds the pause for answers, too, since Slack’s client sends nothing more meanwhile', async () => {
  const server = createServer((_, response) => void response.writeHead(429, { 'retry-after': '1000000000' }).end());
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  open.push(() => new Promise((resolve) => server.close(resolve)));
  const { port } = server.address() as AddressInfo;
  const response = await composeClientOptions(undefined, recordLog()).fetch?.(`http://127.0.0.1:${port}`);
  expect([response?.status, response?.headers.get('retry-after')]).toEqual([429, '3600']);
});

it('finds its message among many, and asks for fifteen at first, as every app may', async () => {
  const server = await startLocalSlack();
  open.push(() => server.close());
  const { state } = server;
  const sender = createSlackSender(async () => state.botToken, composeClientOptions(server.apiUrl, recordLog()));
  const { id: channel } = state.addChannel();
  const message = await sender.send(to(channel), reply, 'mark');
  for (let count = 0; count < 40; count += 1)
    state.posted.push({ channel, ts: state.nextTs(), body: { text: 'hello' }, edits: 0 });
  expect(await sender.find(to(channel), 'mark', lately())).toBe(message);
  expect(await sender.find(to(channel), 'other', lately())).toBeUndefined();
  const limits = server.calls('conversations.history').map(({ body }) => Number(body.limit));
  expect(limits).toEqual([15, 200, 15, 200]);
});

it('waits until Slack has seen a new picture, and posts once', async () => {
  const server = await startLocalSlack();
  open.push(() => server.close());
  const { state } = server;
  const sender = createSlackSender(async () => state.botToken, composeClientOptions(server.apiUrl, recordLog()));
  state.fileRefusals = 1;
  const illustrated = { ...reply, image: { png: new Uint8Array([1]), alt: 'A card.' } };
  await sender.send(to(state.channel.id), illustrated, 'mark');
  expect(JSON.stringify(state.posted.map(({ body }) => body))).toContain('slack_file');
  expect(state.posted).toHaveLength(1);
});

it('goes on looking where a pause broke it off, as an app outside the Marketplace must', async () => {
  const server = await startLocalSlack({ distributed: true });
  open.push(() => server.close());
  const { state } = server;
  const sender = createSlackSender(async () => state.botToken, composeClientOptions(server.apiUrl, recordLog()));
  const { id: channel } = state.addChannel();
  const message = await sender.send(to(channel), reply, 'mark');
  for (let count = 0; count < 40; count += 1)
    state.posted.push({ channel, ts: state.nextTs(), body: { text: 'hello' }, edits: 0 });
  const period = lately();
  const lookAgain = async () => {
    state.looksLeft = 1;
    return sender.find(to(channel), 'mark', period);
  };
  for (const _ of [1, 2]) await expect(lookAgain()).rejects.toMatchObject({ kind: 'limited', retryAfter: 60_000 });
  expect(await lookAgain()).toBe(message);
});

it.each([
  [
    'the scope',
    (server: Awaited<ReturnType<typeof startLocalSlack>>) => server.state.missingScopes.set('channels:history', 'yes'),
  ],
  [
    'a place in the channel',
    (server: Awaited<ReturnType<typeof startLocalSlack>>) =>
      server.fail('conversations.history', { error: 'not_in_channel' }),
  ],
])('says that it cannot look without %s', async (_, forbid) => {
  const server = await startLocalSlack();
  open.push(() => server.close());
  const { state } = server;
  const sender = createSlackSender(async () => state.botToken, composeClientOptions(server.apiUrl, recordLog()));
  forbid(server);
  await expect(sender.find(to(state.channel.id), 'mark', lately())).rejects.toMatchObject({ kind: 'blind' });
});

it.each([
  ['a page', 200, '<h1>Welcome</h1>', HTML],
  ['ok without messages', 200, '{"ok":true}', JSON_TYPE],
] as const)('does not take %s for a channel in which nothing was posted', async (_, status, body, headers) => {
  const sender = await answerAll(status, body, headers);
  await expect(sender.find(to('C1'), 'mark', lately())).rejects.toMatchObject({ kind: 'unsure' });
});

it('looks through a channel that never ends for a while only', async () => {
  let asked = 0;
  const sender = await startProxy((_, response) => {
    asked += 1;
    const answer = { ok: true, messages: [], response_metadata: { next_cursor: String(asked) } };
    response.writeHead(200, JSON_TYPE).end(JSON.stringify(answer));
  });
  await expect(sender.find(to('C1'), 'mark', lately())).rejects.toMatchObject({ kind: 'unsure' });
  expect(asked).toBeLessThan(100);
});
