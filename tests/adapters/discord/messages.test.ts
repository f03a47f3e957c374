import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { handleMessage } from '../../../src/adapters/discord/handle-message.ts';
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
  it('are answered in place where they mention the bot', async () => {
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

it('leaves bots, webhooks, itself and other people’s talk alone', async () => {
  const { server } = discord;
  const ignored = [
    server.message({ content: 'drones', channel: 'dm', author: 'bot' }),
    server.message({ content: `<@${server.botUserId}> drones`, channel: 'guild', author: 'bot' }),
    server.message({ content: `<@${server.botUserId}> drones`, channel: 'guild', author: 'webhook' }),
    server.message({ content: 'drones', channel: 'guild' }),
    server.message({ content: '@everyone drones', channel: 'guild' }),
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

it('shows that it is at work only where the answer takes a while', async () => {
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
