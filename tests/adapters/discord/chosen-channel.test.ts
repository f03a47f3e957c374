import { type APIMessage, ChannelType, MessageFlags, PermissionFlagsBits } from 'discord.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askingButtons, type DiscordMessage } from '../../../src/adapters/discord/render-reply.ts';
import { createBot } from '../../../src/core/bot.ts';
import { parseQuestionPath } from '../../../src/core/question.ts';
import { createPipeline, deliver } from '../../../src/digest/deliver.ts';
import { createDigests } from '../../../src/digest/digests.ts';
import { openStore, type Store } from '../../../src/store/open-store.ts';
import { listAll } from '../../../src/store/subscriptions.ts';
import { openContent, openTestBot, strictLog } from '../../support/content.ts';
import { createTools, lastMinute, senderTo } from '../../support/digesting.ts';
import { type ChosenChannel, createUser } from '../../support/discord/payloads.ts';
import { type DiscordHarness, openDiscord } from '../../support/discord-harness.ts';
import { textsOf } from '../../support/discord-limits.ts';
import type { InteractionRequest } from '../../support/discord-server.ts';

const { ViewChannel, SendMessages, SendMessagesInThreads, ReadMessageHistory, Administrator } = PermissionFlagsBits;
const ALL = ViewChannel | SendMessages | SendMessagesInThreads | ReadMessageHistory;
const ROLE = '123456789012345678';
/** The local server stamps messages with the time. */
const NOW = lastMinute();

const { library } = await openTestBot();
const content = await openContent(library);
let store: Store;
let discord: DiscordHarness;
beforeAll(async () => {
  store = await openStore('sqlite::memory:');
  const digests = createDigests({
    db: store.db,
    illustrate: async (reply) => reply,
    now: () => NOW,
    defaultZone: 'UTC',
  });
  discord = await openDiscord(createBot(content, strictLog, { digests }), {
    managers: { role: ROLE },
    register: true,
  });
  await discord.platform.ready;
  await discord.server.waitFor('identify', { since: 0 });
});
afterAll(async () => {
  await discord?.stop();
  await store?.close();
});

type CommandParts = Partial<Extract<InteractionRequest, { type: 'command' }>>;

/** `/digest subscribe`, by a person who may change digests, or another subcommand. */
const digest = async (chosen: ChosenChannel | undefined, parts: CommandParts = {}) => {
  const { subcommand = 'subscribe', ...others } = parts;
  const record = await discord.server.interact({
    type: 'command',
    name: 'digest',
    subcommand,
    ...(subcommand === 'subscribe' ? { options: { time: '08:00', zone: 'UTC' } } : {}),
    roles: [ROLE],
    user: createUser('manager'),
    ...(chosen ? { chosen } : {}),
    ...others,
  });
  return record.answer();
};
const press = async (message: APIMessage | undefined, label: string, roles: readonly string[] = [ROLE]) => {
  if (!message) throw new Error('there is no message');
  const buttons = askingButtons({ components: message.components as DiscordMessage['components'] });
  const customId = buttons.find((one) => one.label === label)?.custom_id;
  if (!customId) throw new Error(`there is no button ${label}`);
  expect(customId.length).toBeLessThanOrEqual(100);
  return (await discord.server.interact({ type: 'button', customId, message, roles })).answer();
};
const textOf = (message: APIMessage) =>
  textsOf({ components: (message.components ?? []) as DiscordMessage['components'] }).join('\n') || message.content;
const isEphemeral = ({ flags }: APIMessage) => ((flags ?? 0) & MessageFlags.Ephemeral) !== 0;
const subscriptionsOf = async (id: string) => (await listAll(store.db)).filter(({ channel }) => channel === id);
const here = () => discord.server.guilds[0]?.channelId ?? '';
const newChannel = (type: ChannelType = ChannelType.GuildForum, parts: object = {}) =>
  discord.server.addChannel(type, { name: 'news', ...parts });

it.each([
  ['a forum', ChannelType.GuildForum],
  ['a text channel', ChannelType.GuildText],
  ['an announcement channel', ChannelType.GuildAnnouncement],
  ['a thread', ChannelType.PublicThread],
])('%s is subscribed from another channel, and named to the asker alone', async (_, type) => {
  const id = newChannel(type);
  const before = await subscriptionsOf(here());
  const answer = await digest({ id });
  expect(textOf(answer)).toContain(`### Subscribed · <#${id}>`);
  expect(isEphemeral(answer)).toBe(true);
  expect(await subscriptionsOf(id)).toMatchObject([{ team: discord.server.guilds[0]?.id, direct: false }]);
  expect(await subscriptionsOf(here())).toEqual(before);
});

it('a digest of a forum is a post in it, and its button tells of the forum', async () => {
  const forum = newChannel();
  const sent = await press(await digest({ id: forum }), 'Send it now');
  expect(textOf(sent)).toContain(`### On its way · <#${forum}>`);
  const [subscription] = await subscriptionsOf(forum);
  const tools = createTools(store, [senderTo(discord.server)], library);
  await deliver([{ subscription: subscription?.id ?? '', due: NOW }], createPipeline(tools));
  const begun = discord.server.requests.filter(({ path, status }) => path.endsWith('/threads') && status === 201);
  expect(begun.map(({ path }) => path)).toEqual([`/channels/${forum}/threads`]);
  const post = discord.server.createdMessages.at(-1)?.message;
  expect(post && textOf(post)).toContain('Daily briefing');
  const status = await press(post, 'This digest');
  expect(textOf(status)).toContain(`### Digests · <#${forum}>`);
  expect(textOf(status)).toContain('08:00 UTC, every day');
});

describe('what the bot lacks in the chosen channel is named', () => {
  const FORUM = ChannelType.GuildForum;
  it.each([
    ['View Channel', FORUM, ALL & ~ViewChannel],
    ['Create Posts', FORUM, ALL & ~SendMessages],
    ['Read Message History', FORUM, ALL & ~ReadMessageHistory],
    ['View Channel, Read Message History, Create Posts', FORUM, 0n],
    ['Send Messages', ChannelType.GuildText, ALL & ~SendMessages],
    ['Send Messages in Threads', ChannelType.PublicThread, ALL & ~SendMessagesInThreads],
  ])('%s, in a channel of type %i', async (missing, type, allowed) => {
    const id = newChannel(type);
    // Where the command is typed, it lacks nothing.
    const shown = textOf(await digest({ id, app_permissions: allowed }, { allowed: ALL }));
    expect(shown).toContain(`### The bot cannot post there yet · <#${id}>`);
    expect(shown).toContain(`In that channel's permissions, allow the bot: ${missing}.`);
    expect(await subscriptionsOf(id)).toEqual([]);
  });

  it.each([
    ['writing in threads', FORUM, ALL & ~SendMessagesInThreads],
    ['writing outside of threads', ChannelType.PublicThread, ALL & ~SendMessages],
    ['any permission but that of an administrator', FORUM, Administrator],
  ])('and it does without %s there', async (_, type, allowed) => {
    const id = newChannel(type);
    expect(textOf(await digest({ id, app_permissions: allowed }, { allowed: 0n }))).toContain('Subscribed');
  });

  it('and so it is if the bot is not a member of the server', async () => {
    const shown = textOf(await digest({ id: newChannel(), app_permissions: null }));
    expect(shown).toContain('the bot is not a member of this server');
  });
});

describe('a channel can be chosen only', () => {
  const CLOSED = 'Choose a channel of this server that you can see and write in.';

  it.each([
    ['see', ChannelType.GuildForum, ALL & ~ViewChannel],
    ['begin posts in', ChannelType.GuildForum, ALL & ~SendMessages],
    ['write in', ChannelType.GuildText, ALL & ~SendMessages],
    ['reply in', ChannelType.PublicThread, ALL & ~SendMessagesInThreads],
  ])('by those who can %s it', async (_, type, permissions) => {
    const id = newChannel(type);
    for (const subcommand of ['subscribe', 'status', 'preview', 'unsubscribe']) {
      const answer = await digest({ id, permissions }, { subcommand });
      expect(answer.content).toBe(CLOSED);
      expect(isEphemeral(answer)).toBe(true);
    }
    expect(await subscriptionsOf(id)).toEqual([]);
  });

  it('if it is of this server', async () => {
    const id = newChannel(ChannelType.GuildText, { guild_id: discord.server.elsewhere.id });
    expect((await digest({ id })).content).toBe(CLOSED);
    for (const parts of [{}, { guild_id: undefined }]) {
      const there = newChannel(ChannelType.GuildText, parts);
      expect((await digest({ id: there }, { context: 'bot-dm' })).content).toBe(CLOSED);
    }
  });

  it('if it is of a kind that takes digests', async () => {
    await expect(digest({ id: newChannel(ChannelType.GuildVoice) })).rejects.toThrow('Discord offers no such channel');
  });

  it('by managers of the server, whatever they may do there', async () => {
    const id = newChannel();
    const shown = textOf(await digest({ id, permissions: ALL }, { roles: [] }));
    expect(shown).toContain('Only managers of that channel can change its digest');
    expect(await subscriptionsOf(id)).toEqual([]);
  });
});

describe('the buttons below an answer about another channel', () => {
  it('act on that channel', async () => {
    const [id, other] = [newChannel(), newChannel()];
    await digest({ id: other });
    const subscribed = await digest({ id });
    expect(textOf(await press(subscribed, 'Preview'))).toContain('Daily briefing');
    const status = await digest({ id }, { subcommand: 'status' });
    expect(textOf(status)).toContain(`### Digests · <#${id}>`);
    expect(textOf(status)).toContain('Of that channel:');
    const paused = await press(status, 'Pause');
    expect(textOf(paused)).toContain(`### Paused · <#${id}>`);
    expect(await subscriptionsOf(id)).toMatchObject([{ state: 'paused' }]);
    const resumed = await press(paused, 'Resume');
    expect(await subscriptionsOf(id)).toMatchObject([{ state: 'active' }]);
    const ended = await press(resumed, 'Unsubscribe');
    expect(textOf(ended)).toContain(`### Unsubscribed · <#${id}>`);
    expect(textOf(ended)).toContain('There is none there.');
    for (const answer of [paused, resumed, ended]) expect(isEphemeral(answer)).toBe(true);
    expect(await subscriptionsOf(id)).toEqual([]);
    expect(await subscriptionsOf(other)).toMatchObject([{ state: 'active' }]);
  });

  it('are for managers only', async () => {
    const id = newChannel();
    const subscribed = await digest({ id });
    for (const label of ['Unsubscribe', 'Send it now']) {
      expect(textOf(await press(subscribed, label, []))).toContain('Only managers of that channel');
    }
    expect(await subscriptionsOf(id)).toMatchObject([{ state: 'active' }]);
  });
});

it('no channel can be typed', async () => {
  const id = newChannel();
  const typed = { time: '08:00', zone: 'UTC', channel: `<#${id}>`, place: id, '~place': id };
  expect(textOf(await digest(undefined, { options: typed, allowed: ALL }))).toMatch(/^### Subscribed\n/);
  for (const content of [
    `/digest?action=subscribe&time=08:00&~place=${id}`,
    `/digest subscribe 08:00 channel:<#${id}> place:${id} ~place:${id}`,
  ]) {
    await discord.server.message({ content, channel: 'dm' }).reply();
  }
  expect(await subscriptionsOf(id)).toEqual([]);
  const options = { question: `x&~place=${id}`, '~place': id };
  const answer = await (await discord.server.interact({ type: 'command', name: 'ask', options })).answer();
  const buttons = askingButtons({ components: answer.components as DiscordMessage['components'] });
  expect(buttons.map(({ custom_id }) => parseQuestionPath(custom_id)?.place).filter(Boolean)).toEqual([]);
});
