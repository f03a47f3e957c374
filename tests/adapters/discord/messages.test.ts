import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { handleMessage, readRoleMention } from '../../../src/adapters/discord/handle-message.ts';
import type { DiscordMessage } from '../../../src/adapters/discord/render-reply.ts';
import type { Bot } from '../../../src/core/bot.ts';
import { CONTENT, openTestBot } from '../../support/content.ts';
import { type DiscordHarness, openDiscord } from '../../support/discord-harness.ts';
import { textsOf } from '../../support/discord-limits.ts';

let bot: Bot;
let discord: DiscordHarness;
beforeAll(async () => {
  bot = await openTestBot(CONTENT);
  discord = await openDiscord(bot);
  await discord.server.waitFor('identify', { since: 0 });
});
afterAll(() => discord?.stop());

const textOf = (body: unknown) => textsOf(body as DiscordMessage).join('\n');

describe('direct messages', () => {
  it.each([
    ['who thanked Israel for weapons?', 'Ilham Aliyev'],
    ['drones', 'IAI Harop'],
    ['/drones', 'IAI Harop'],
    ['', 'What you can ask'],
  ])('%j is answered, as a reply that pings nobody', async (content, expected) => {
    const sent = discord.server.message({ content, channel: 'dm' });
    const { body } = await sent.reply();
    expect(textOf(body)).toContain(expected);
    expect(body).toMatchObject({
      allowed_mentions: { parse: [], replied_user: false },
      message_reference: { message_id: sent.message.id },
      nonce: sent.message.id,
      enforce_nonce: true,
    });
  });
});

describe('messages in a server', () => {
  it('are answered in place if they mention the bot', async () => {
    const content = `<@${discord.server.botUserId}> energy`;
    const sent = discord.server.message({ content, channel: 'guild' });
    const reply = await sent.reply();
    expect(textOf(reply.body)).toContain('**60 per cent**');
    expect(reply.message.channel_id).toBe(sent.message.channel_id);
  });

  it('a bare mention gets help', async () => {
    const sent = discord.server.message({ content: `<@${discord.server.botUserId}>`, channel: 'guild' });
    expect(textOf((await sent.reply()).body)).toContain('What you can ask');
  });
});

it('answers apart from the question if it may not read the history, and says what to do', async () => {
  const { server, log } = discord;
  const [guild] = server.guilds;
  server.hideHistory(guild?.channelId ?? '');
  try {
    const sent = server.message({ content: `<@${server.botUserId}> energy`, channel: 'guild' });
    const { body } = await sent.reply();
    expect(textOf(body)).toContain('60 per cent');
    expect(body.message_reference).toBeUndefined();
    expect(log.lines.at(-1)?.details.remedy).toContain('Read Message History');
  } finally {
    server.showHistory(guild?.channelId ?? '');
  }
});

describe('a mention of the role of its name', () => {
  it('is answered, though Discord hides its words', async () => {
    const { server } = discord;
    const content = `<@&${server.guilds[0]?.roleId}> energy`;
    const shown = textOf((await server.message({ content, channel: 'guild' }).reply()).body);
    expect(shown).toContain('Discord did not show me your question');
    expect(shown).toContain('/ask');
    // The server is asked for its roles once.
    await server.message({ content, channel: 'guild' }).reply();
    expect(server.requests.filter(({ path }) => path.endsWith('/roles'))).toHaveLength(1);
  });

  it('is a question like any other if Discord shows its words', async () => {
    const { server } = discord;
    const message = server.message({ content: `<@&${server.guilds[0]?.roleId}> energy`, channel: 'guild' }).message;
    const read = (role?: string) =>
      readRoleMention({ ...message, guild_id: server.guilds[0]?.id ?? '' }, server.botUserId, async () => role);
    expect(await read(server.guilds[0]?.roleId)).toBe('energy');
    expect(await read('123')).toBeUndefined();
    expect(await read()).toBeUndefined();
  });
});

it('leaves bots, webhooks, itself and other people’s talk alone', async () => {
  const { server } = discord;
  const ignored = [
    server.message({ content: 'drones', channel: 'dm', author: 'bot' }),
    server.message({ content: `<@${server.botUserId}> drones`, channel: 'guild', author: 'bot' }),
    server.message({ content: `<@${server.botUserId}> drones`, channel: 'guild', author: 'webhook' }),
    server.message({ content: 'drones', channel: 'guild' }),
    server.message({ content: '@everyone drones', channel: 'guild' }),
    server.message({ content: '<@&123> drones', channel: 'guild' }),
    server.message({ content: `<@&${server.guilds[0]?.roleId}> drones`, channel: 'guild', author: 'bot' }),
  ];
  // Events come in order: once this one is answered, the others have been seen.
  await server.message({ content: 'drones', channel: 'dm' }).reply();
  const answered = new Set(server.createdMessages.map(({ body }) => body.message_reference?.message_id));
  for (const { message } of ignored) expect(answered.has(message.id)).toBe(false);
});

it('asks for no privileged intent', () => {
  const identify = discord.server.gatewayEvents.find(({ name }) => name === 'identify');
  const privileged = (1 << 1) | (1 << 8) | (1 << 15);
  expect(JSON.stringify(identify)).toMatch(/"intents":\d+/);
  const [, intents] = /"intents":(\d+)/.exec(JSON.stringify(identify)) ?? [];
  expect(Number(intents) & privileged).toBe(0);
});

it('shows that it is at work only if the answer takes a while', async () => {
  const { message } = discord.server.message({ content: 'drones', channel: 'dm', author: 'bot' });
  const steps: string[] = [];
  const release = Promise.withResolvers<void>();
  const slow: Bot = { ...bot, answer: (question) => release.promise.then(() => bot.answer(question)) };
  const channel = {
    typing: async () => {
      steps.push('typing');
      release.resolve();
    },
    send: async () => void steps.push('answer'),
  };
  await handleMessage(slow, message, 'drones', channel, { typingAfterMs: 0 });
  expect(steps).toEqual(['typing', 'answer']);

  steps.length = 0;
  await handleMessage(bot, message, 'drones', channel);
  expect(steps).toEqual(['answer']);
});
