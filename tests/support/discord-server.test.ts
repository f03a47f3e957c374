import {
  type ButtonInteraction,
  Client,
  ComponentType,
  type DiscordAPIError,
  Events,
  GatewayIntentBits,
  type Interaction,
  InteractionContextType,
  MessageFlags,
  Partials,
} from 'discord.js';
import { afterEach, expect, test } from 'vitest';
import { createUser, type DiscordServer, type DiscordServerOptions, startDiscordServer } from './discord-server.ts';

const { Guilds, GuildMessages, DirectMessages, MessageContent } = GatewayIntentBits;
const INTENTS = [Guilds, GuildMessages, DirectMessages];

const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function start(options?: DiscordServerOptions): Promise<DiscordServer> {
  const server = await startDiscordServer(options);
  closing.push(() => server.close());
  return server;
}

function createClient(server: DiscordServer, intents = INTENTS): Client {
  const client = new Client({
    intents,
    partials: [Partials.Channel],
    shards: 'auto',
    rest: { api: server.apiUrl, offset: 0 },
    // discord.js lets a shard identify again after five seconds at the earliest.
    ws: { buildIdentifyThrottler: async () => ({ waitForIdentify: async () => {} }) },
  });
  closing.push(() => client.destroy());
  return client;
}

/** A client that is logged in and ready, and does `act` on every interaction. */
async function logIn(server: DiscordServer, act: (interaction: Interaction) => unknown = () => {}): Promise<Client> {
  const client = createClient(server);
  client.on(Events.InteractionCreate, act);
  const ready = new Promise((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(server.token);
  await ready;
  return client;
}

/** Things as they come, and a promise of the first so many of them. */
function collect<T>() {
  const things: T[] = [];
  let check = () => {};
  return {
    add: (thing: T) => {
      things.push(thing);
      check();
    },
    first: (count: number) =>
      new Promise<T[]>((resolve) => {
        check = () => things.length >= count && resolve(things.slice(0, count));
        check();
      }),
  };
}

const CARD = {
  flags: MessageFlags.IsComponentsV2 as const,
  components: [
    { type: ComponentType.TextDisplay as const, content: '## Ports' },
    {
      type: ComponentType.ActionRow as const,
      components: [{ type: ComponentType.Button as const, style: 1 as const, label: 'Rail', custom_id: 'topic:rail' }],
    },
  ],
};

test('a client logs in and finds its guild, commands and application', async () => {
  const server = await start();
  const client = await logIn(server);

  expect(client.user?.id).toBe(server.botUserId);
  expect(client.guilds.cache.map(({ id, available }) => ({ id, available }))).toEqual([
    { id: server.guilds[0]?.id, available: true },
  ]);
  expect(server.gatewayEvents.map(({ name }) => name)).toEqual(['connect', 'identify']);
  expect(server.gatewayEvents[1]?.data).toMatchObject({
    shard: [0, 1],
    intents: Guilds | GuildMessages | DirectMessages,
  });
  expect(await client.application?.fetch()).toMatchObject({ id: server.applicationId });

  const set = await client.application?.commands.set([
    { name: 'ports', description: 'The ports', descriptionLocalizations: { de: 'Die Häfen' } },
  ]);
  expect(server.commands()).toMatchObject([{ name: 'ports', id: set?.first()?.id }]);
  const route = `/applications/${server.applicationId}/commands` as const;
  expect(await client.rest.get(route)).not.toMatchObject([{ description_localizations: { de: 'Die Häfen' } }]);
  const query = new URLSearchParams({ with_localizations: 'true' });
  expect(await client.rest.get(route, { query })).toMatchObject([{ description_localizations: { de: 'Die Häfen' } }]);
  const guildId = server.guilds[0]?.id ?? '';
  await client.application?.commands.set([{ name: 'rail', description: 'The railway' }], guildId);
  expect(server.commands(guildId)).toMatchObject([{ name: 'rail', guild_id: guildId }]);
});

test('a slash command is answered with a Components V2 message, in every context', async () => {
  const seen: unknown[] = [];
  const server = await start();
  await logIn(server, async (interaction) => {
    if (!interaction.isChatInputCommand()) return;
    const { context, authorizingIntegrationOwners: owners } = interaction;
    seen.push([context, owners.guildId, owners.userId, interaction.options.getBoolean('private')]);
    const response = await interaction.reply({ ...CARD, withResponse: true });
    expect(response.resource?.message?.components).toHaveLength(2);
  });

  const request = { type: 'command', name: 'ports', options: { private: true } } as const;
  const inGuild = await server.interact(request);
  await server.interact({ ...request, context: 'bot-dm' });
  await server.interact({ ...request, context: 'private-channel' });
  await server.interact({ ...request, guild: server.elsewhere });
  expect(inGuild.callback).toMatchObject({ status: 200, body: { type: 4, data: CARD } });
  expect(inGuild.callback.ms).toBeGreaterThan(0);
  expect(inGuild.original).toMatchObject({ flags: MessageFlags.IsComponentsV2, interaction_metadata: { type: 2 } });
  const [guild] = server.guilds;
  expect(seen).toEqual([
    [InteractionContextType.Guild, guild?.id, null, true],
    [InteractionContextType.BotDM, '0', null, true],
    [InteractionContextType.PrivateChannel, null, server.user.id, true],
    [InteractionContextType.Guild, null, server.user.id, true],
  ]);
});

test('an answer may be deferred, edited, followed up and deleted', async () => {
  const server = await start();
  await logIn(server, async (interaction) => {
    if (!interaction.isChatInputCommand()) return;
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    await interaction.editReply({ content: 'Done', files: [{ name: 'a.txt', attachment: Buffer.from('abc') }] });
    await interaction.followUp('More');
    expect((await interaction.fetchReply()).content).toBe('Done');
    await interaction.deleteReply();
  });

  const deleted = server.waitFor(({ method }) => method === 'DELETE');
  const record = await server.interact({ type: 'command', name: 'ports' });
  expect(record.callback.body).toMatchObject({ type: 5, data: { flags: MessageFlags.Ephemeral } });
  await deleted;
  const [edit] = record.edits;
  expect(edit).toMatchObject({ body: { content: 'Done' }, files: [{ filename: 'a.txt' }] });
  expect(edit?.message).toMatchObject({ flags: MessageFlags.Ephemeral, attachments: [{ filename: 'a.txt', size: 3 }] });
  expect(Buffer.from(edit?.files[0]?.data ?? []).toString()).toBe('abc');
  expect(record.followups).toMatchObject([{ body: { content: 'More' } }]);
  expect(record.original).toBeUndefined();
});

test('an answer that is deferred is the edit that follows', async () => {
  const server = await start();
  await logIn(server, async (interaction) => {
    if (!interaction.isChatInputCommand()) return;
    await interaction.deferReply();
    await interaction.editReply(CARD);
  });
  const record = await server.interact({ type: 'command', name: 'ports' });
  expect(await record.answer()).toMatchObject({ ...CARD, flags: MessageFlags.IsComponentsV2 });
});

test('autocomplete, a button and a modal are answered', async () => {
  const server = await start();
  await logIn(server, async (interaction) => {
    if (interaction.isAutocomplete()) {
      const { name, value } = interaction.options.getFocused(true);
      await interaction.respond([{ name: `${name} ${value}`, value }]);
    } else if (interaction.isChatInputCommand()) {
      await interaction.reply(CARD);
    } else if (interaction.isButton()) {
      const { label } = interaction.component as { label: string };
      await interaction.update({ components: [{ type: ComponentType.TextDisplay, content: label }] });
    } else if (interaction.isModalSubmit()) {
      await interaction.reply(interaction.fields.getTextInputValue('question'));
    }
  });

  const typed = { type: 'autocomplete', name: 'brief', options: { topic: 'po' }, focused: 'topic' } as const;
  expect((await server.interact(typed)).choices).toEqual([{ name: 'topic po', value: 'po' }]);

  const message = await (await server.interact({ type: 'command', name: 'ports', context: 'bot-dm' })).answer();
  const pressed = await server.interact({ type: 'button', customId: 'topic:rail', message });
  expect(pressed.interaction.context).toBe(InteractionContextType.BotDM);
  expect(pressed.callback.body.type).toBe(7);
  expect(pressed.original).toMatchObject({ id: message.id, components: [{ content: 'Rail' }] });

  const asked = await server.interact({ type: 'modal', customId: 'ask', fields: { question: 'How many?' } });
  expect((await asked.answer()).content).toBe('How many?');
});

test('a second answer and an answer too late are refused', async () => {
  const server = await start();
  const codes = collect<unknown>();
  const client = await logIn(server);
  client.on(Events.InteractionCreate, async (interaction) => {
    const button = interaction as ButtonInteraction;
    await button.reply('one').catch(({ code }: DiscordAPIError) => codes.add(code));
    button.replied = false;
    await button.reply('two').catch(({ code }: DiscordAPIError) => codes.add(code));
  });
  const refused = () => server.waitFor(({ path, status }) => path.endsWith('/callback') && status !== 204);

  const second = refused();
  const record = await server.interact({ type: 'command', name: 'ports' });
  await second;
  expect(record.callbacks).toMatchObject([{ status: 204 }, { status: 400, code: 40060 }]);
  expect((await record.answer()).content).toBe('one');
  record.expire();
  const late = await server.interact({ type: 'command', name: 'ports', expired: true });
  expect(late.callback).toMatchObject({ status: 404, code: 10062 });
  expect(await codes.first(3)).toEqual([40060, 10062, 10062]);
});

test('messages are shown as they are without the privileged intent, and replied to', async () => {
  const server = await start();
  const client = await logIn(server);
  const seen: string[] = [];
  client.on(Events.MessageCreate, async (message) => {
    if (message.author.id === client.user?.id) return;
    seen.push(`${message.inGuild() ? 'guild' : 'dm'}${message.author.bot ? ' bot' : ''}: ${message.content}`);
    if (message.author.bot || !message.content) return;
    await message.channel.sendTyping();
    await message.reply({ content: 'Hello', nonce: message.id, enforceNonce: true });
    await message.reply({ content: 'Hello', nonce: message.id, enforceNonce: true });
  });

  const typing = server.waitFor(({ path }) => path === `/channels/${server.dmChannelId()}/typing`);
  const sent = server.message({ content: 'ports?', channel: 'dm' });
  expect((await sent.reply()).body).toMatchObject({
    content: 'Hello',
    message_reference: { message_id: sent.message.id },
  });
  expect((await typing).status).toBe(204);

  const ignored = [
    server.message({ content: 'nothing to the bot', channel: 'guild' }),
    server.message({ content: 'beep', channel: 'dm', author: 'bot' }),
    server.message({ content: `<@${server.botUserId}>`, channel: 'guild', author: 'webhook' }),
  ];
  const mentioning = server.message({ content: `<@${server.botUserId}> ports`, channel: 'guild' });
  const { message } = await mentioning.reply();
  const answering = server.message({
    content: 'thanks',
    channel: 'guild',
    repliesTo: message,
    author: createUser('bo'),
  });
  await answering.reply();
  expect(seen).toEqual([
    'dm: ports?',
    'guild: ',
    'dm bot: beep',
    `guild bot: <@${server.botUserId}>`,
    `guild: <@${server.botUserId}> ports`,
    'guild: thanks',
  ]);
  expect(ignored.flatMap(({ replies }) => replies)).toEqual([]);
  expect(mentioning.replies).toHaveLength(1);
});

test('the bot writes first where it may', async () => {
  const server = await start();
  const client = await logIn(server);
  const user = await client.users.createDM(server.user.id);
  expect(user.id).toBe(server.dmChannelId());
  await user.send('Good morning');
  expect(server.createdMessages).toMatchObject([{ body: { content: 'Good morning' } }]);

  const channel = await client.channels.fetch(server.guilds[0]?.channelId ?? '', { force: true });
  expect(channel?.isSendable()).toBe(true);
  await expect(client.channels.fetch(server.elsewhere.channelId)).rejects.toMatchObject({ code: 50001 });
  await expect(client.rest.get('/channels/1/pins')).rejects.toMatchObject({ status: 404 });
  expect(server.requests.at(-1)).toMatchObject({ method: 'GET', path: '/channels/1/pins', status: 404 });
});

test('discord.js repeats what fails with 429, 500 or 503', async () => {
  const server = await start();
  await logIn(server, (interaction) => interaction.isChatInputCommand() && interaction.reply('here'));
  const client = await logIn(server);
  server.fail('POST', '/interactions/:id/:token/callback', { status: 429, retryAfter: 0.01 });
  server.fail('POST', '/channels/:id/messages', { status: 429, retryAfter: 0.01, times: 2 });
  server.fail('POST', '/channels/:id/messages', { status: 429, retryAfter: 0.01, global: true });
  server.fail('POST', '/channels/:id/messages', { status: 500 });
  server.fail('POST', '/channels/:id/messages', { status: 503 });

  const channel = await client.users.createDM(server.user.id);
  await channel.send('news');
  const statuses = server.requests.filter(({ path }) => path.endsWith('/messages')).map(({ status }) => status);
  expect(statuses).toEqual([429, 429, 429, 500, 503, 200]);
  expect(server.createdMessages).toHaveLength(1);
  expect((await server.interact({ type: 'command', name: 'ports' })).callbacks).toMatchObject([{ status: 204 }]);

  server.fail('POST', '/channels/:id/messages', {
    status: 403,
    code: 50007,
    message: 'Cannot send messages to this user',
  });
  await expect(channel.send('news')).rejects.toMatchObject({ code: 50007 });
});

test('a session is resumed with what it missed, whether it is asked to reconnect or dropped', async () => {
  const server = await start();
  const client = await logIn(server);
  const seen = collect<string>();
  client.on(Events.MessageCreate, ({ content }) => seen.add(content));

  const asked = server.waitFor('resume');
  server.reconnect();
  server.message({ content: 'one', channel: 'dm' });
  await asked;
  const dropped = server.waitFor('resume');
  server.disconnect();
  server.message({ content: 'two', channel: 'dm' });
  server.message({ content: 'three', channel: 'dm' });
  const { data, shard } = await dropped;
  expect(await seen.first(3)).toEqual(['one', 'two', 'three']);
  expect(shard).toBe(0);
  expect(data).toMatchObject({ seq: expect.any(Number), session_id: expect.any(String) });
  expect(server.gatewayEvents.filter(({ name }) => name === 'identify')).toHaveLength(1);
});

test('an invalid session is resumed where it may be, else it identifies anew', async () => {
  const server = await start();
  const client = await logIn(server);
  const resumed = new Promise((resolve) => client.once(Events.ShardResume, resolve));
  server.invalidateSession(0, true);
  await resumed;
  const ready = new Promise((resolve) => client.once(Events.ShardReady, resolve));
  server.invalidateSession();
  await ready;
  expect(server.gatewayEvents.filter(({ name }) => name === 'identify')).toHaveLength(2);
});

test('heartbeats are acknowledged', async () => {
  const server = await start({ heartbeatInterval: 10 });
  const client = await logIn(server);
  await server.waitFor('heartbeat');
  await server.waitFor('heartbeat');
  expect(client.ws.ping).toBeGreaterThanOrEqual(0);
  expect(server.gatewayEvents.some(({ name }) => name === 'disconnect')).toBe(false);
});

test('one process serves two shards, each with its guild; direct messages go to the first', async () => {
  const server = await start({ shards: 2 });
  const client = await logIn(server);
  const seen = collect<unknown>();
  client.on(Events.MessageCreate, ({ guildId, guild }) => seen.add([guildId, guild?.shardId]));
  client.on(Events.GuildUpdate, (_, { name }) => seen.add(name));

  expect(client.ws.shards.size).toBe(2);
  expect(client.guilds.cache.map(({ shardId }) => shardId)).toEqual([0, 1]);
  const [first, second] = server.guilds;
  for (const guild of server.guilds) server.message({ content: 'hi', channel: 'guild', guild });
  server.message({ content: 'hi', channel: 'dm' });
  server.dispatch('GUILD_UPDATE', { id: second?.id, name: 'New' }, 1);
  expect(await seen.first(4)).toEqual(
    expect.arrayContaining([[first?.id, 0], [second?.id, 1], [null, undefined], 'New']),
  );

  const resumed = server.waitFor('resume');
  server.disconnect(1, 4000);
  expect((await resumed).shard).toBe(1);
});

test('a wrong token, a revoked one and intents that are not allowed are rejected', async () => {
  const server = await start();
  await expect(createClient(server).login('wrong')).rejects.toMatchObject({ code: 'TokenInvalid' });
  expect(server.requests.at(-1)).toMatchObject({ path: '/gateway/bot', status: 401 });
  await expect(createClient(server, [...INTENTS, MessageContent]).login(server.token)).rejects.toThrow(/disallowed/);

  const client = await logIn(server);
  client.on(Events.ShardError, () => {});
  const disconnected = new Promise((resolve) => client.once(Events.ShardDisconnect, ({ code }) => resolve(code)));
  server.revokeToken();
  expect(await disconnected).toBe(4004);
  await expect(client.users.fetch(server.user.id)).rejects.toMatchObject({ status: 401 });
});

test('a privileged intent that the application has shows all content', async () => {
  const server = await start({ privilegedIntents: MessageContent });
  const client = createClient(server, [...INTENTS, MessageContent]);
  await client.login(server.token);
  const seen = new Promise((resolve) => client.once(Events.MessageCreate, ({ content }) => resolve(content)));
  server.message({ content: 'to nobody', channel: 'guild' });
  expect(await seen).toBe('to nobody');
});

test('the gateway closes with the code for what a client does wrong', async () => {
  const server = await start();
  const closes = async (version: number, ...payloads: unknown[]) => {
    const socket = new WebSocket(
      `${server.apiUrl.replace('http', 'ws').replace('/api', '')}/?v=${version}&encoding=json`,
    );
    socket.onopen = () => {
      for (const payload of payloads) socket.send(typeof payload === 'string' ? payload : JSON.stringify(payload));
    };
    return new Promise((resolve) => {
      socket.onclose = ({ code }) => resolve(code);
    });
  };
  const identify = { op: 2, d: { token: server.token, intents: Guilds, shard: [0, 1], properties: {} } };
  expect(await closes(9)).toBe(4012);
  expect(await closes(10, 'no JSON')).toBe(4002);
  expect(await closes(10, { op: 99, d: null })).toBe(4001);
  expect(await closes(10, { op: 3, d: {} })).toBe(4003);
  expect(await closes(10, { op: 2, d: { ...identify.d, token: 'wrong' } })).toBe(4004);
  expect(await closes(10, identify, identify)).toBe(4005);
  expect(await closes(10, { op: 2, d: { ...identify.d, shard: [2, 2] } })).toBe(4010);
});

test('bodies are shown to a validator, whose fault Discord answers', async () => {
  const kinds: string[] = [];
  const server = await start({
    onBody: (kind, body) => {
      kinds.push(kind);
      if (JSON.stringify(body).includes('refused')) throw new Error('refused');
    },
  });
  const client = await logIn(server, async (interaction) => {
    if (!interaction.isChatInputCommand()) return;
    await interaction.reply('one');
    await interaction.editReply('two');
    await interaction.followUp('three');
  });
  const followed = server.waitFor(({ path }) => path.startsWith('/webhooks/') && !path.endsWith('@original'));
  await server.interact({ type: 'command', name: 'ports' });
  await followed;
  await client.application?.commands.set([]);
  const channel = await client.users.createDM(server.user.id);
  await expect(channel.send('refused')).rejects.toMatchObject({ code: 50035 });
  await expect(channel.send({ content: 'text', flags: MessageFlags.IsComponentsV2 as never })).rejects.toMatchObject({
    code: 50035,
  });
  expect(kinds).toEqual([
    'interaction-callback',
    'edit-original',
    'followup',
    'bulk-commands',
    'create-message',
    'create-message',
  ]);
});

test('waiting in vain fails with what happened instead', async () => {
  const server = await start({ timeout: 20 });
  const client = createClient(server);
  await client.login(server.token);
  await expect(server.waitFor('resume')).rejects.toThrow(
    /waited 20 ms for resume in vain. Last requests: GET \/gateway\/bot -> 200. Last on the gateway: connect \?, identify 0/,
  );
  expect((await server.waitFor('identify', { since: 0 })).shard).toBe(0);
  expect((await server.waitFor(({ path }) => path === '/gateway/bot', { since: 0 })).status).toBe(200);
});
