import { createServer, STATUS_CODES } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { APIApplicationCommand, APIInteraction, APIMessage, APIUser } from 'discord.js';
import {
  type ChannelType,
  GatewayCloseCodes,
  GatewayDispatchEvents,
  MessageReferenceType,
  MessageType,
} from 'discord.js';
import { Gateway } from './discord/gateway.ts';
import {
  createGuildChannel,
  createInteraction,
  createMessage,
  createUser,
  type InteractionRequest,
  type MessageFields,
  type MessageRequest,
} from './discord/payloads.ts';
import {
  type CreatedMessage,
  type GatewayEvent,
  type GatewayEventName,
  InteractionRecord,
  type RecordedRequest,
  Records,
} from './discord/records.ts';
import { type BodyKind, createRest, INLINE_HEADER } from './discord/rest.ts';
import { type Guild, State } from './discord/state.ts';

export { createUser, type InteractionRequest, type MessageRequest } from './discord/payloads.ts';
export type { CreatedMessage, GatewayEvent, InteractionRecord, RecordedRequest } from './discord/records.ts';
export type { BodyKind } from './discord/rest.ts';
export type { Guild } from './discord/state.ts';

export interface DiscordServerOptions {
  /** How many shards GET /gateway/bot recommends; there is one guild for each. One by default. */
  shards?: number;
  /** How many sessions may identify within five seconds. 16 by default, so that tests need not wait. */
  maxConcurrency?: number;
  /** How many sessions may still start today. */
  remainingSessions?: number;
  /** Milliseconds between heartbeats. */
  heartbeatInterval?: number;
  /** Bits of the privileged intents that the application has; none by default. */
  privilegedIntents?: number;
  /** Milliseconds after which waiting for the bot fails. Stays below the time Vitest gives a test. */
  timeout?: number;
  /** Sees the body of each request of these kinds; what it throws is answered with 400 and code 50035. */
  onBody?: (kind: BodyKind, body: unknown) => void;
}

/** What requests get instead of an answer. */
export interface FaultOptions {
  status: number;
  /** How often; once by default, `Infinity` for ever. */
  times?: number;
  /** For 429: seconds to wait, and whether the limit is for all requests. */
  retryAfter?: number;
  global?: boolean;
  /** Discord's error code and its words, such as 50007 for somebody who takes no messages. */
  code?: number;
  message?: string;
  /** Do what was asked first, and fail then. */
  afterwards?: boolean;
}

/** A message that somebody wrote, and what the bot writes in its channel from then on. */
export interface SentMessage {
  readonly message: APIMessage;
  /** What the bot wrote so far in reply to it, or in its channel without replying to anything. */
  readonly replies: readonly CreatedMessage[];
  /** The first of these, now or once it is there. */
  reply(): Promise<CreatedMessage>;
}

/** Starts a server that speaks as Discord does to bots, on a free port of this machine. Close it when done. */
export async function startDiscordServer(options: DiscordServerOptions = {}): Promise<DiscordServer> {
  const records = new Records(options.timeout ?? 30_000);
  const shards = options.shards ?? 1;
  const state = new State(shards, records);
  const gateway = new Gateway(state, options.heartbeatInterval ?? 41_250, options.privilegedIntents ?? 0);
  const rest = createRest(state, gateway, {
    shards,
    maxConcurrency: options.maxConcurrency ?? 16,
    remainingSessions: options.remainingSessions ?? 1000,
    onBody: options.onBody ?? (() => {}),
  });
  const http = createServer(getRequestListener(rest.fetch, { overrideGlobalObjects: false }));
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  gateway.attach(http, `ws://127.0.0.1:${port}`);

  const accept: Accept = async ({ id, token }, body) => {
    const headers = { 'content-type': 'application/json', [INLINE_HEADER]: '1' };
    const request = { method: 'POST', headers, body: JSON.stringify(body) };
    const { status } = await rest.request(`/api/v10/interactions/${id}/${token}/callback`, request);
    if (status >= 300) throw new Error(`Discord does not take the response (${status})`);
  };
  return new DiscordServer(`http://127.0.0.1:${port}/api`, state, gateway, accept, async () => {
    records.close();
    gateway.close();
    await new Promise((resolve) => {
      http.close(resolve);
      http.closeAllConnections();
    });
  });
}

/** Takes the answer that came as the response to a request of Discord's. */
type Accept = (interaction: APIInteraction, body: unknown) => Promise<void>;

/** Discord as a test sees it: what the bot did, and what can be done to the bot. */
export class DiscordServer {
  /** What discord.js takes as `rest.api`. */
  readonly apiUrl: string;
  readonly #state: State;
  readonly #gateway: Gateway;
  readonly #accept: Accept;
  readonly #close: () => Promise<void>;

  constructor(apiUrl: string, state: State, gateway: Gateway, accept: Accept, close: () => Promise<void>) {
    this.apiUrl = apiUrl;
    this.#state = state;
    this.#gateway = gateway;
    this.#accept = accept;
    this.#close = close;
  }

  /** What the bot logs in with. */
  get token(): string {
    return this.#state.token;
  }

  get applicationId(): string {
    return this.#state.applicationId;
  }

  get botUserId(): string {
    return this.#state.bot.id;
  }

  /** Whoever acts where a test names nobody. */
  get user(): APIUser {
    return this.#state.user;
  }

  /** The guilds the bot is in, the first on shard 0, the next on shard 1. */
  get guilds(): readonly Guild[] {
    return this.#state.guilds;
  }

  /** A guild the bot is not in. */
  get elsewhere(): Guild {
    return this.#state.elsewhere;
  }

  /** Every request so far, the refused ones as well. */
  get requests(): readonly RecordedRequest[] {
    return this.#state.records.requests;
  }

  /** What connections to the gateway did so far. */
  get gatewayEvents(): readonly GatewayEvent[] {
    return this.#state.records.gatewayEvents;
  }

  /** The messages that the bot wrote in channels so far, without its answers to interactions. */
  get createdMessages(): readonly CreatedMessage[] {
    return this.#state.records.createdMessages;
  }

  /** The registered commands: the global ones, or those of a guild. */
  commands(guildId = ''): readonly APIApplicationCommand[] {
    return this.#state.commands.get(guildId) ?? [];
  }

  /** The channel in which a user talks to the bot. */
  dmChannelId(user = this.user): string {
    return this.#state.dmChannel(user).id;
  }

  /** Dispatches any event to a shard: the one named, else that of `data.guild_id`, else the first. */
  dispatch(event: string, data: object, shard?: number): void {
    const sessions = this.#gateway.dispatch(event, data, shard);
    if (sessions === 0) throw new Error(`There is no session to dispatch ${event} to: has the bot logged in?`);
  }

  /** Dispatches an interaction. Resolves when the bot has tried to answer it. */
  async interact(request: InteractionRequest): Promise<InteractionRecord> {
    const { records, interactions, messages } = this.#state;
    const interaction = createInteraction(this.#state, request);
    const record = new InteractionRecord(interaction, records, messages);
    if (request.expired) record.expire();
    interactions.set(interaction.token, record);
    this.dispatch(GatewayDispatchEvents.InteractionCreate, interaction);
    const what = 'name' in request ? request.name : request.customId;
    return records.until(`an answer to ${request.type} ${what}`, () => (record.callbacks[0] ? record : undefined));
  }

  /**
   * Sends an interaction over HTTP, by `send`. Its response counts once it has been read, which is after `readAfter`: until
   * then nobody can edit the answer. Resolves when the response has come and was read.
   */
  async interactOverHttp(
    request: InteractionRequest,
    send: (body: string) => Promise<Response>,
    readAfter?: Promise<unknown>,
  ): Promise<{ readonly status: number; readonly record: InteractionRecord }> {
    const { records, interactions, messages } = this.#state;
    const interaction = createInteraction(this.#state, request);
    const record = new InteractionRecord(interaction, records, messages);
    interactions.set(interaction.token, record);
    const response = await send(JSON.stringify(interaction));
    const text = await response.text();
    if (response.status === 202 && text) throw new Error('A response with 202 has no body.');
    if (response.status === 200) {
      await readAfter;
      await this.#accept(interaction, JSON.parse(text));
    }
    return { status: response.status, record };
  }

  /** Dispatches a message that somebody writes, to the shards that asked for such messages. */
  message(request: MessageRequest): SentMessage {
    const { records, bot, user, guilds } = this.#state;
    const { content, author = 'user', repliesTo } = request;
    const fields: MessageFields = { content };
    let by: APIUser;
    if (typeof author === 'object') by = author;
    else if (author === 'user') by = user;
    else by = createUser(author, { bot: true });
    if (author === 'webhook') fields.webhook_id = by.id;
    const mentions = [...(request.mentions ?? [])];
    if (repliesTo) {
      const { id, channel_id } = repliesTo;
      fields.type = MessageType.Reply;
      fields.message_reference = { message_id: id, channel_id, type: MessageReferenceType.Default };
      fields.referenced_message = repliesTo;
      mentions.push(repliesTo.author);
    }
    for (const [, id = ''] of content.matchAll(/<@!?(\d+)>/g)) {
      mentions.push([bot, user].find((known) => known.id === id) ?? createUser('someone', { id }));
    }
    fields.mention_roles = [...content.matchAll(/<@&(\d+)>/g)].map(([, id = '']) => id);
    fields.mentions = [...new Map(mentions.map((one) => [one.id, one])).values()];

    const channelId = request.channel === 'dm' ? this.dmChannelId(by) : (request.guild ?? guilds[0])?.channelId;
    const message = this.#state.keep(createMessage(channelId ?? '', by, fields));
    const before = records.createdMessages.length;
    this.#gateway.dispatchMessage(message);
    const replies = () =>
      records.createdMessages.slice(before).filter(({ message: { channel_id, message_reference } }) => {
        return channel_id === message.channel_id && (message_reference?.message_id ?? message.id) === message.id;
      });
    return {
      message,
      get replies() {
        return replies();
      },
      reply: () => records.until(`a reply to "${content}"`, () => replies()[0]),
    };
  }

  /**
   * Resolves with the next gateway event of that name, or with the next request that matches, once it is answered.
   * `since` is an index in `gatewayEvents` or `requests` from which to look, such as 0 for all that happened.
   */
  waitFor(event: GatewayEventName, options?: { since?: number }): Promise<GatewayEvent>;
  waitFor(matches: (request: RecordedRequest) => boolean, options?: { since?: number }): Promise<RecordedRequest>;
  waitFor(
    what: GatewayEventName | ((request: RecordedRequest) => boolean),
    { since }: { since?: number } = {},
  ): Promise<GatewayEvent | RecordedRequest> {
    const { records } = this.#state;
    if (typeof what === 'string') {
      const from = since ?? this.gatewayEvents.length;
      return records.until(what, () => this.gatewayEvents.slice(from).find(({ name }) => name === what));
    }
    const from = since ?? this.requests.length;
    const matches = (request: RecordedRequest) => request.status !== undefined && what(request);
    return records.until('a request', () => this.requests.slice(from).find(matches));
  }

  /** Has the next matching requests fail. The path is as in Discord's documentation: `/channels/:id/messages`. */
  fail(method: string, path: string, options: FaultOptions): void {
    const { status, times = 1, retryAfter = 0.05, global = false, code = 0, afterwards = false } = options;
    const message =
      options.message ?? (status === 429 ? 'You are being rate limited.' : `${status}: ${STATUS_CODES[status]}`);
    const pattern = new URLPattern({ pathname: path });
    this.#state.faults.push({ method, path: pattern, status, times, retryAfter, global, code, message, afterwards });
  }

  /** Adds a channel of another kind to the first guild: a forum, such as one that wants a tag, or an announcement channel. */
  addChannel(type: ChannelType, parts: object = {}): string {
    const guild = this.guilds[0] ?? this.elsewhere;
    const channel = createGuildChannel(guild, type, parts);
    this.#state.channels.set(channel.id, channel);
    return channel.id;
  }

  /** Takes the permission Read Message History in a channel away from the bot. */
  hideHistory(channelId: string): void {
    this.#state.withoutHistory.add(channelId);
  }

  /** Gives it back. */
  showHistory(channelId: string): void {
    this.#state.withoutHistory.delete(channelId);
  }

  /** Makes the token invalid: requests get 401, connections end with 4004. */
  revokeToken(): void {
    this.#state.revoked = true;
    this.#gateway.disconnect(undefined, GatewayCloseCodes.AuthenticationFailed);
  }

  /** Writes an Interactions Endpoint URL into the application's settings. */
  set interactionsEndpoint(url: string | null) {
    this.#state.interactionsEndpoint = url;
  }

  /** Asks the connections of a shard, or of all, to reconnect and resume (opcode 7). */
  reconnect(shard?: number): void {
    this.#gateway.reconnect(shard);
  }

  /** Declares the sessions of a shard, or of all, invalid (opcode 9); `resumable` ones may be resumed all the same. */
  invalidateSession(shard?: number, resumable = false): void {
    this.#gateway.invalidateSession(shard, resumable);
  }

  /** Ends the connections of a shard, or of all: with a close code, or without a word. Sessions can be resumed. */
  disconnect(shard?: number, code?: number): void {
    this.#gateway.disconnect(shard, code);
  }

  /** From now on, takes connections to the gateway and never answers their handshake, or answers it again. */
  silenceGateway(silent = true): void {
    this.#gateway.silent = silent;
  }

  /** Ends all connections and stops listening. */
  close(): Promise<void> {
    return this.#close();
  }
}
