import { generateKeyPairSync, sign } from 'node:crypto';
import { Writable } from 'node:stream';
import { REST } from 'discord.js';
import { afterEach, describe, expect, it } from 'vitest';
import { createInteractionsEndpoint } from '../../src/adapters/discord/http-endpoint.ts';
import { readPublicKey } from '../../src/adapters/discord/verify-request.ts';
import { createLog } from '../../src/app/log.ts';
import type { Bot } from '../../src/core/bot.ts';
import { openTestBot } from '../support/content.ts';
import { openDiscord, type RecordedLog, recordLog } from '../support/discord-harness.ts';
import { startDiscordServer } from '../support/discord-server.ts';
import { openSlack } from '../support/slack-harness.ts';

// What people ask is in no log, nor the tokens and addresses with which anybody could answer them.

const QUESTION = 'does the zebra crossing pay a toll';
const bot = await openTestBot();
const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

/** What the program's own log would print of these lines, for programs and for people. */
function print({ lines }: RecordedLog): string {
  let printed = '';
  const destination = new Writable({
    write(part, _, done) {
      printed += part;
      done();
    },
  });
  for (const terminal of [false, true]) {
    const log = createLog('info', terminal, [], destination);
    for (const { level, details, message } of lines) log[level](details, message);
  }
  return printed;
}

function expectNoTrace(log: RecordedLog, more: readonly (string | undefined)[]): void {
  const printed = print(log);
  expect(printed).not.toBe('');
  for (const secret of [QUESTION, 'zebra', 'requestBody', ...more]) {
    if (!secret) throw new Error('what the log must not tell is not known');
    expect(printed.toLowerCase()).not.toContain(secret.toLowerCase());
  }
}

const slowly = (release: Promise<void>): Bot => ({ ...bot, answer: (one) => release.then(() => bot.answer(one)) });

describe('a refused answer is logged without the question, the token and the address', () => {
  it('on Discord, over the gateway', async () => {
    const { server, log, stop } = await openDiscord(bot);
    open.push(stop);
    await server.waitFor('identify', { since: 0 });
    server.fail('POST', '/interactions/:id/:token/callback', {
      status: 400,
      code: 50035,
      message: 'Invalid Form Body',
    });
    const options = { question: QUESTION };
    // A refused callback is no answer, so nothing is to be waited for here.
    void server.interact({ type: 'command', name: 'ask', options }).catch(() => undefined);
    const { path } = await server.waitFor((one) => one.path.endsWith('/callback'), { since: 0 });
    const [token] = /interaction-\d+/.exec(path) ?? [];
    expect(token).toBeDefined();
    await log.wait(/an interaction could not be answered/);
    expectNoTrace(log, [token, server.token]);
  });

  it('on Discord, as a message', async () => {
    const { server, log, stop } = await openDiscord(bot);
    open.push(stop);
    await server.waitFor('identify', { since: 0 });
    server.fail('POST', '/channels/:id/messages', { status: 400, code: 50035, message: `Value "${QUESTION}" is bad` });
    server.message({ content: QUESTION, channel: 'dm' });
    await log.wait(/a message could not be answered/);
    expectNoTrace(log, [server.token]);
  });

  it('on Discord, over HTTP', async () => {
    const server = await startDiscordServer();
    open.push(() => server.close());
    server.fail('PATCH', '/webhooks/:id/:token/messages/:message', { status: 400, code: 50035 });
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const hex = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url').toString('hex');
    const log = recordLog();
    const release = Promise.withResolvers<void>();
    const rest = new REST({ api: server.apiUrl }).setToken(server.token);
    const endpoint = createInteractionsEndpoint(slowly(release.promise), {
      ...{ key: readPublicKey(hex), rest, now: () => 60_000, log, deferAfterMs: 0, take: async () => true },
    });
    const options = [{ name: 'question', type: 3, value: QUESTION }];
    const body = JSON.stringify({
      ...{ id: '1', application_id: '2', token: 'interaction-secret', type: 2, user: { id: '3' } },
      data: { id: '4', name: 'ask', type: 1, options },
    });
    const signature = sign(null, Buffer.from(`60${body}`), privateKey).toString('hex');
    const headers = { 'x-signature-ed25519': signature, 'x-signature-timestamp': '60' };
    await endpoint(new Request('http://bot.example/', { method: 'POST', body, headers }));
    release.resolve();
    await log.wait(/an interaction could not be answered/);
    expectNoTrace(log, ['interaction-secret', server.token]);
  });

  it.each(['socket', 'http'] as const)('on Slack, as a message over %s', async (transport) => {
    const { server, log, stop } = await openSlack(bot, { transport });
    open.push(stop);
    server.fail('chat.postMessage', { error: 'invalid_blocks', times: 9 });
    await server.message({ text: QUESTION });
    await log.wait(/could not be answered/);
    expectNoTrace(log, [server.state.botToken]);
  });

  it('on Slack, at the address that answers a command', async () => {
    const release = Promise.withResolvers<void>();
    const harness = await openSlack(slowly(release.promise), {
      transport: 'http',
      settings: { acknowledgeAfterMs: 0 },
    });
    const { server, log, stop } = harness;
    open.push(stop);
    server.fail('response_url', { status: 404, error: `no such thing as "${QUESTION}"`, times: 9 });
    await server.command('/ask', QUESTION);
    release.resolve();
    await log.wait(/could not be answered/);
    expectNoTrace(log, ['/response/', server.state.botToken]);
  });

  it('if the platform cannot be reached at all', async () => {
    const harness = await openSlack(bot, { transport: 'http' });
    const { server, log, stop } = harness;
    open.push(stop);
    server.fail('chat.postMessage', { afterwards: true, times: 9 });
    await server.message({ text: QUESTION });
    await log.wait(/could not be answered/);
    expectNoTrace(log, [server.state.botToken]);
  });
});

it('what a library quotes of a body that it cannot read stays out of the log', () => {
  const log = recordLog();
  try {
    JSON.parse(`${QUESTION}, please`);
  } catch (error) {
    log.warn({ err: new Error('outer', { cause: error }) }, 'a body cannot be read');
    log.warn({ err: new AggregateError([error], 'all failed') }, 'several bodies cannot be read');
  }
  log.warn({ err: new Error(`no answer from https://hooks.example/actions/secret-path?x=1`) }, 'no answer');
  expectNoTrace(log, ['secret-path']);
  const printed = print(log);
  expect(printed).toContain('https://hooks.example/…');
  expect(printed).toContain('Unexpected token');
  expect(printed).toContain('tests/adapters/logs.test.ts');
});
