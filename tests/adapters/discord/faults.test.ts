import { afterEach, expect, it } from 'vitest';
import type { DiscordMessage } from '../../../src/adapters/discord/render-reply.ts';
import type { Bot } from '../../../src/core/bot.ts';
import { openTestBot } from '../../support/content.ts';
import { type DiscordHarness, openDiscord } from '../../support/discord-harness.ts';
import { textsOf } from '../../support/discord-limits.ts';

const bot: Bot = await openTestBot();
const open: DiscordHarness[] = [];

async function start(...args: Parameters<typeof openDiscord> extends [Bot, ...infer Rest] ? Rest : never) {
  const harness = await openDiscord(bot, ...args);
  open.push(harness);
  await harness.platform.ready;
  return harness;
}

afterEach(async () => {
  for (const harness of open.splice(0)) await harness.stop();
});

const MESSAGES = '/channels/:id/messages';

async function answered({ server }: DiscordHarness, shard = 0): Promise<boolean> {
  const guild = server.guilds[shard];
  const record = await server.interact({ type: 'command', name: 'cargo', ...(guild ? { guild } : {}) });
  return record.accepted !== undefined;
}

it('waits as long as Discord says, then answers', async () => {
  const harness = await start();
  harness.server.fail('POST', MESSAGES, { status: 429, retryAfter: 0.01, times: 2 });
  const reply = await harness.server.message({ content: 'cargo', channel: 'dm' }).reply();
  expect(textsOf(reply.body as DiscordMessage).join()).toContain('Cargo');
  expect(harness.log.lines).toEqual(expect.not.arrayContaining([expect.objectContaining({ level: 'error' })]));
});

it.each([500, 502, 503])('tries again after a %s, and posts once', async (status) => {
  const harness = await start();
  harness.server.fail('POST', MESSAGES, { status, times: 2 });
  await harness.server.message({ content: 'cargo', channel: 'dm' }).reply();
  expect(harness.server.createdMessages).toHaveLength(1);
});

it('says what to do if it may not write, and goes on', async () => {
  const harness = await start();
  harness.server.fail('POST', MESSAGES, { status: 403, code: 50013, message: 'Missing Permissions' });
  harness.server.message({ content: 'cargo', channel: 'dm' });
  await harness.log.wait(/a message could not be answered/);
  expect(harness.log.lines.at(-1)?.details.remedy).toContain('Allow it to view the channel');
  expect(await answered(harness)).toBe(true);
});

it('an interaction that is no longer known is logged with its cause', async () => {
  const harness = await start();
  const record = await harness.server.interact({ type: 'command', name: 'cargo', expired: true });
  expect(record.accepted).toBeUndefined();
  await harness.log.wait(/an interaction could not be answered/);
  expect(harness.log.lines.at(-1)?.details.remedy).toContain('3 seconds');
});

it('resumes if Discord asks it to reconnect, and misses nothing', async () => {
  const harness = await start();
  const { server } = harness;
  const resumed = server.waitFor('resume');
  server.reconnect();
  const missed = server.message({ content: 'cargo', channel: 'dm' });
  await resumed;
  await missed.reply();
  expect(await answered(harness)).toBe(true);
});

it('identifies anew if its session is invalid', async () => {
  const harness = await start();
  const identified = harness.server.waitFor('identify');
  harness.server.invalidateSession();
  await identified;
  await harness.log.wait(/^Discord: connected/, 2);
  expect(harness.platform.status()).toBe('connected');
  expect(await answered(harness)).toBe(true);
});

it('a revoked token is reported with its remedy, and nothing is thrown', async () => {
  const harness = await start();
  await harness.log.wait(/^Discord: connected/);
  expect(harness.platform.status()).toBe('connected');
  harness.server.revokeToken();
  await harness.log.wait(/closed for good; other platforms go on/);
  expect(harness.platform.status()).toContain('Discord refuses the token');
  expect(JSON.stringify(harness.log.lines)).not.toContain(harness.server.token);
});

it('a wrong token is reported with its remedy, once, and no command is registered', async () => {
  const harness = await start({ token: 'bad.token.value', register: true });
  expect(harness.platform.status()).toContain('Discord refuses the token. Copy it again');
  expect(harness.log.lines.filter(({ level }) => level === 'error')).toHaveLength(1);
  expect(JSON.stringify(harness.log.lines)).not.toContain('bad.token.value');
});

it('runs all shards that Discord recommends in one process', async () => {
  const harness = await start({}, { shards: 2 });
  expect(harness.server.gatewayEvents.filter(({ name }) => name === 'identify').map(({ shard }) => shard)).toEqual([
    0, 1,
  ]);
  expect(await answered(harness, 0)).toBe(true);
  expect(await answered(harness, 1)).toBe(true);
});

it('runs only its own shards of many', async () => {
  const harness = await start({ shards: { ids: [1], count: 2 } }, { shards: 2 });
  const identified = harness.server.gatewayEvents.filter(({ name }) => name === 'identify');
  expect(identified.map(({ shard }) => shard)).toEqual([1]);
  expect(JSON.stringify(identified[0]?.data)).toContain('[1,2]');
  expect(await answered(harness, 1)).toBe(true);
});

it('stops while it is still connecting', async () => {
  const harness = await openDiscord(bot);
  await harness.stop();
  expect(harness.log.lines.filter(({ level }) => level === 'error')).toEqual([]);
});
