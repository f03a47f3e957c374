import { performance } from 'node:perf_hooks';
import type {
  APIApplicationCommand,
  APIInteractionResponse,
  APIMessage,
  APIMessageReferenceSend,
  RESTGetAPIGatewayBotResult,
  RESTPatchAPIWebhookWithTokenMessageJSONBody,
  RESTPostAPIChannelMessageJSONBody,
  RESTPostAPIWebhookWithTokenJSONBody,
} from 'discord.js';
import {
  ApplicationCommandType,
  ChannelFlags,
  ChannelType,
  ComponentType,
  InteractionResponseType,
  InteractionType,
  MessageFlags,
  MessageReferenceType,
  MessageType,
} from 'discord.js';
import { type Context, Hono } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Gateway } from './gateway.ts';
import {
  createGuildChannel,
  createMessage,
  createSnowflake,
  createUser,
  type MessageBody,
  patchMessage,
} from './payloads.ts';
import type { InteractionRecord, RecordedRequest, UploadedFile } from './records.ts';
import type { State } from './state.ts';

export type BodyKind = 'interaction-callback' | 'create-message' | 'bulk-commands' | 'followup' | 'edit-original';

export interface RestOptions {
  /** What GET /gateway/bot recommends. */
  shards: number;
  maxConcurrency: number;
  remainingSessions: number;
  /** Sees the body of each request of these kinds; what it throws refuses the request as Discord refuses a bad form. */
  onBody: (kind: BodyKind, body: unknown) => void;
}

/** An answer other than success, as Discord words it. */
class DiscordError extends Error {
  readonly status: number;
  readonly code: number;

  constructor(status: number, code: number, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** What a post in a forum is begun with. */
interface ForumPost {
  name?: string;
  message: RESTPostAPIChannelMessageJSONBody;
  applied_tags?: string[];
}

function isOf({ type }: { type: ChannelType }, ...types: readonly ChannelType[]): boolean {
  return types.includes(type);
}

function isForum(channel: { type: ChannelType }): boolean {
  return isOf(channel, ChannelType.GuildForum, ChannelType.GuildMedia);
}

/** What an edit may set, https://docs.discord.com/developers/resources/webhook#edit-webhook-message */
const EDITABLE_FLAGS = MessageFlags.SuppressEmbeds | MessageFlags.IsComponentsV2;

/** A request with this header is an answer that came as the response to a request of Discord's own. */
export const INLINE_HEADER = 'x-inline-response';

interface Variables {
  request: RecordedRequest;
}

/** The answers that Discord accepts to each kind of interaction. */
const CALLBACKS: Partial<Record<InteractionType, InteractionResponseType[]>> = {
  [InteractionType.ApplicationCommand]: [4, 5, 9, 12],
  [InteractionType.MessageComponent]: [4, 5, 6, 7, 9, 12],
  [InteractionType.ApplicationCommandAutocomplete]: [8],
  [InteractionType.ModalSubmit]: [4, 5, 6, 7, 12],
};

/** Discord's REST API, version 10, as far as the bot uses it. All else is 404. */
export function createRest(state: State, gateway: Gateway, options: RestOptions): Hono<{ Variables: Variables }> {
  const { records } = state;
  const app = new Hono<{ Variables: Variables }>();

  app.use(async (context, next) => {
    const request = await readRequest(context);
    context.set('request', request);
    if (!context.req.header(INLINE_HEADER)) records.requests.push(request);
    await next();
    request.status = context.res.status;
    records.changed();
  });
  app.use(async (context, next) => {
    const { method, path } = context.get('request');
    const fault = state.faults.find((one) => one.method === method && one.path.test({ pathname: path }));
    if (!fault) return next();
    fault.times -= 1;
    if (fault.times <= 0) state.faults.splice(state.faults.indexOf(fault), 1);
    const { status, code, message, retryAfter, global, afterwards } = fault;
    if (afterwards) {
      await next();
      context.res = undefined;
      context.res = new Response(message, { status });
      return;
    }
    if (status !== 429) throw new DiscordError(status, code, message);
    return context.json({ message, code, retry_after: retryAfter, global }, 429, {
      'Retry-After': String(retryAfter),
      'X-RateLimit-Scope': global ? 'global' : 'user',
      ...(global
        ? { 'X-RateLimit-Global': 'true' }
        : {
            'X-RateLimit-Limit': '5',
            'X-RateLimit-Remaining': '0',
            'X-RateLimit-Reset': String(Date.now() / 1000 + retryAfter),
            'X-RateLimit-Reset-After': String(retryAfter),
            'X-RateLimit-Bucket': 'bucket',
          }),
    });
  });
  app.use(async (context, next) => {
    const { path } = context.get('request');
    // An interaction's token is in the path and says enough.
    if (/^\/(interactions|webhooks)\//.test(path)) return next();
    const authorized = context.req.header('Authorization') === `Bot ${state.token}` && !state.revoked;
    if (!authorized) throw new DiscordError(401, 0, '401: Unauthorized');
    return next();
  });
  app.notFound((context) => context.json({ message: '404: Not Found', code: 0 }, 404));
  app.onError((error, context) => {
    if (!(error instanceof DiscordError)) return context.json({ message: String(error), code: 0 }, 400);
    return context.json({ message: error.message, code: error.code }, error.status as ContentfulStatusCode);
  });

  const api = app.basePath('/api/v10');

  api.get('/gateway/bot', (context) =>
    context.json<RESTGetAPIGatewayBotResult>({
      url: gateway.url,
      shards: options.shards,
      session_start_limit: {
        total: 1000,
        remaining: options.remainingSessions,
        reset_after: 14_400_000,
        max_concurrency: options.maxConcurrency,
      },
    }),
  );
  api.get('/users/@me', (context) =>
    context.json({ ...state.bot, mfa_enabled: false, verified: true, locale: 'en-US' }),
  );
  api.get('/applications/@me', (context) =>
    context.json({
      id: state.applicationId,
      name: state.bot.username,
      icon: null,
      description: '',
      verify_key: '0'.repeat(64),
      interactions_endpoint_url: state.interactionsEndpoint,
      bot_public: true,
      bot_require_code_grant: false,
      flags: gateway.applicationFlags,
      bot: state.bot,
      integration_types_config: { '0': {}, '1': {} },
    }),
  );

  for (const path of ['/applications/:application/commands', '/applications/:application/guilds/:guild/commands']) {
    api.get(path, (context) => {
      const commands = commandsOf(context);
      const localized = context.req.query('with_localizations') === 'true';
      return context.json(localized ? commands : commands.map(withoutLocalizations));
    });
    api.put(path, (context) => {
      const body = check(context, 'bulk-commands') as Partial<APIApplicationCommand>[];
      const guildId = context.req.param('guild');
      const before = commandsOf(context);
      const commands = body.map((command) => storeCommand(command, before, guildId));
      state.commands.set(guildId ?? '', commands);
      return context.json(commands);
    });
  }

  api.get('/guilds/:guild/roles', (context) => {
    const guild = state.guilds.find(({ id }) => id === context.req.param('guild'));
    if (!guild) throw new DiscordError(403, 50001, 'Missing Access');
    return context.json([
      { id: guild.id, name: '@everyone' },
      { id: guild.roleId, name: state.bot.username, managed: true, tags: { bot_id: state.bot.id } },
    ]);
  });
  api.get('/channels/:channel', (context) => {
    const channel = channelOf(context);
    const last = [...state.messages.values()].findLast(({ channel_id }) => channel_id === channel.id);
    return context.json({ ...channel, last_message_id: last?.id ?? null });
  });
  api.post('/users/@me/channels', (context) => {
    const { recipient_id: id } = context.get('request').body as { recipient_id: string };
    return context.json(state.dmChannel(createUser('someone', { id })));
  });
  api.post('/channels/:channel/typing', (context) => {
    channelOf(context);
    return context.body(null, 204);
  });
  api.get('/guilds/:guild/threads/active', (context) => {
    const threads = [...state.channels.values()].filter((one) => isOf(one, ChannelType.PublicThread));
    return context.json({ threads, members: [] });
  });
  api.post('/channels/:channel/threads', (context) => {
    const forum = channelOf(context);
    if (!isForum(forum)) throw new DiscordError(400, 50024, 'Cannot execute action on this channel type');
    const { files, at } = context.get('request');
    const { name, message: body, applied_tags: tags = [] } = context.get('request').body as ForumPost;
    if (!name || name.length > 100) throw new DiscordError(400, 50035, 'Invalid Form Body: name');
    const mustTag = (Number(forum.flags) & ChannelFlags.RequireTag) !== 0;
    if (mustTag && tags.length === 0) throw new DiscordError(400, 40067, 'A tag is required to create a forum post');
    try {
      options.onBody('create-message', body);
    } catch (error) {
      throw new DiscordError(400, 50035, `Invalid Form Body: ${error instanceof Error ? error.message : error}`);
    }
    checkMessage(body, files);
    const id = createSnowflake();
    const guild = state.guilds.find((one) => 'guild_id' in forum && one.id === forum.guild_id) ?? state.elsewhere;
    const parts = { id, name, parent_id: forum.id, owner_id: state.bot.id, applied_tags: tags };
    const thread = createGuildChannel(guild, ChannelType.PublicThread, parts);
    state.channels.set(id, thread);
    const message = addMessage(id, body, files, { id });
    records.createdMessages.push({ message, body, files, at });
    return context.json({ ...thread, message }, 201);
  });
  api.post('/channels/:channel/messages/:message/crosspost', (context) => {
    const channel = channelOf(context);
    const message = state.messages.get(context.req.param('message'));
    if (!isOf(channel, ChannelType.GuildAnnouncement) || !message)
      throw new DiscordError(400, 50024, 'Cannot execute action');
    const flags = (message.flags ?? 0) | MessageFlags.Crossposted;
    return context.json(state.keep({ ...message, flags }));
  });
  api.get('/channels/:channel/messages/:message', (context) => {
    const { id } = channelOf(context);
    const message = state.messages.get(context.req.param('message'));
    if (message?.channel_id !== id) throw new DiscordError(404, 10008, 'Unknown Message');
    return context.json(message);
  });
  api.get('/channels/:channel/messages', (context) => {
    const channel = channelOf(context);
    const { id } = channel;
    if (isForum(channel)) throw new DiscordError(400, 50024, 'Cannot execute action on this channel type');
    const after = BigInt(context.req.query('after') ?? 0);
    // Without the permission Read Message History there is no message, and no error either.
    if (state.withoutHistory.has(id)) return context.json([]);
    return context.json(
      [...state.messages.values()]
        .filter((message) => message.channel_id === id && BigInt(message.id) > after)
        .slice(0, Math.min(100, Number(context.req.query('limit') ?? 50)))
        .toReversed(),
    );
  });
  api.post('/channels/:channel/messages', (context) => {
    const channel = channelOf(context);
    const { id } = channel;
    if (isForum(channel)) throw new DiscordError(400, 50008, 'Cannot send messages in a non-text channel');
    const { files, at } = context.get('request');
    const body = check(context, 'create-message') as RESTPostAPIChannelMessageJSONBody;
    checkMessage(body, files);
    const earlier = body.enforce_nonce && body.nonce !== undefined && messageOfNonce(id, body.nonce);
    if (earlier) return context.json(earlier);
    if (body.message_reference && state.withoutHistory.has(id)) {
      throw new DiscordError(400, 160002, 'Cannot reply without permission to read message history');
    }

    const message = addMessage(id, body, files, {
      ...(body.nonce !== undefined && { nonce: body.nonce }),
      ...replyFields(id, body.message_reference),
    });
    records.createdMessages.push({ message, body, files, at });
    gateway.dispatchMessage(message);
    return context.json(message);
  });

  api.post('/interactions/:interaction/:token/callback', (context) => {
    const record = state.interactions.get(context.req.param('token'));
    const { body, files } = context.get('request');
    const attempt = { body: body as APIInteractionResponse, files, ms: record?.ms ?? 0 };
    try {
      if (!record || record.expired || record.interaction.id !== context.req.param('interaction')) {
        throw new DiscordError(404, 10062, 'Unknown interaction');
      }
      if (record.accepted) throw new DiscordError(400, 40060, 'Interaction has already been acknowledged.');
      check(context, 'interaction-callback');
      checkCallback(record, attempt.body, files);
      const withResponse = context.req.query('with_response') === 'true';
      respond(record, attempt.body, files);
      record.callbacks.push({ ...attempt, status: withResponse ? 200 : 204 });
      return withResponse ? context.json(callbackResponse(record)) : context.body(null, 204);
    } catch (error) {
      if (error instanceof DiscordError) {
        record?.callbacks.push({ ...attempt, status: error.status, code: error.code });
      }
      throw error;
    }
  });
  api.post('/webhooks/:application/:token', (context) => {
    const record = interactionOf(context);
    const { files } = context.get('request');
    const body = check(context, 'followup') as RESTPostAPIWebhookWithTokenJSONBody;
    checkMessage(body, files);
    // As long as a deferred answer is loading, a follow-up takes its place.
    const message =
      record.loading && record.original
        ? editMessage(record.original, body, files)
        : addMessage(interactionChannel(record), body, files, interactionFields(record));
    record.followups.push({ body, message, files, ms: record.ms });
    return context.json(message);
  });
  api.get('/webhooks/:application/:token/messages/:message', (context) => context.json(webhookMessage(context)));
  api.patch('/webhooks/:application/:token/messages/:message', (context) => {
    const record = interactionOf(context);
    const { files } = context.get('request');
    const before = webhookMessage(context);
    const body = check(context, 'edit-original') as RESTPatchAPIWebhookWithTokenMessageJSONBody;
    if ((body.flags ?? 0) & ~EDITABLE_FLAGS) throw new DiscordError(400, 50035, 'Invalid Form Body: flags');
    const message = editMessage(before, body, files);
    record.edits.push({ body, message, files, ms: record.ms });
    return context.json(message);
  });
  api.delete('/webhooks/:application/:token/messages/:message', (context) => {
    state.messages.delete(webhookMessage(context).id);
    return context.body(null, 204);
  });

  return app;

  /** Shows the body of a request to whoever validates it. */
  function check(context: Context<{ Variables: Variables }>, kind: BodyKind): unknown {
    const { body } = context.get('request');
    try {
      options.onBody(kind, body);
    } catch (error) {
      throw new DiscordError(400, 50035, `Invalid Form Body: ${error instanceof Error ? error.message : error}`);
    }
    return body;
  }

  function channelOf(context: Context) {
    const id = context.req.param('channel') ?? '';
    const channel = state.channels.get(id);
    if (channel) return channel;
    const exists = id === state.privateChannelId || id === state.elsewhere.channelId;
    throw exists ? new DiscordError(403, 50001, 'Missing Access') : new DiscordError(404, 10003, 'Unknown Channel');
  }

  function commandsOf(context: Context): APIApplicationCommand[] {
    const guildId = context.req.param('guild');
    if (context.req.param('application') !== state.applicationId) {
      throw new DiscordError(403, 20012, 'You are not authorized to perform this action on this application');
    }
    if (guildId && !state.guilds.some(({ id }) => id === guildId)) throw new DiscordError(403, 50001, 'Missing Access');
    return state.commands.get(guildId ?? '') ?? [];
  }

  function storeCommand(
    command: Partial<APIApplicationCommand>,
    before: APIApplicationCommand[],
    guildId: string | undefined,
  ): APIApplicationCommand {
    const same = before.find(({ name, type }) => name === command.name && type === (command.type ?? 1));
    return {
      name: '',
      description: '',
      type: ApplicationCommandType.ChatInput,
      default_member_permissions: null,
      nsfw: false,
      name_localizations: null,
      description_localizations: null,
      ...(guildId ? { guild_id: guildId } : { contexts: null, integration_types: [0] }),
      ...withoutDefaults(command),
      id: same?.id ?? createSnowflake(),
      application_id: state.applicationId,
      version: createSnowflake(),
    };
  }

  function messageOfNonce(channelId: string, nonce: string | number): APIMessage | undefined {
    const same = ({ message }: { message: APIMessage }) => message.nonce === nonce && message.channel_id === channelId;
    return records.createdMessages.find(same)?.message;
  }

  function replyFields(channelId: string, reference: APIMessageReferenceSend | undefined): Partial<APIMessage> {
    if (!reference) return {};
    const replied = state.messages.get(reference.message_id);
    if (replied) {
      const { id } = replied;
      const message_reference = { channel_id: channelId, message_id: id, type: MessageReferenceType.Default };
      return { type: MessageType.Reply, message_reference, referenced_message: replied };
    }
    if (reference.fail_if_not_exists === false) return {};
    throw new DiscordError(400, 50035, 'Invalid Form Body: message_reference: Unknown message');
  }

  function addMessage(
    channelId: string,
    body: RESTPostAPIChannelMessageJSONBody,
    files: UploadedFile[],
    fields: Partial<APIMessage>,
  ): APIMessage {
    const message = patchMessage(createMessage(channelId, state.bot, fields), body, files);
    checkPictures(message);
    return state.keep(message);
  }

  function editMessage(
    before: APIMessage,
    body: RESTPatchAPIWebhookWithTokenMessageJSONBody,
    files: UploadedFile[],
  ): APIMessage {
    const message = patchMessage(before, body, files, true);
    checkMessage(message, files);
    checkPictures(message);
    return state.keep({ ...message, edited_timestamp: new Date().toISOString() });
  }

  /** Does what the answer to an interaction says: a new message, a changed one, or none. */
  function respond(record: InteractionRecord, { type, ...rest }: APIInteractionResponse, files: UploadedFile[]): void {
    const { interaction } = record;
    const data = ('data' in rest ? rest.data : undefined) as RESTPostAPIChannelMessageJSONBody | undefined;
    const source = 'message' in interaction ? interaction.message : undefined;
    const before = source && (state.messages.get(source.id) ?? state.keep(source));
    let original = before;
    if (type === InteractionResponseType.ChannelMessageWithSource) {
      original = addMessage(interactionChannel(record), data ?? {}, files, interactionFields(record));
      const isPrivate = (original.flags ?? 0) & MessageFlags.Ephemeral;
      if (!isPrivate && state.channels.has(original.channel_id)) gateway.dispatchMessage(original);
    } else if (type === InteractionResponseType.DeferredChannelMessageWithSource) {
      original = addMessage(interactionChannel(record), {}, files, interactionFields(record));
      original.flags = MessageFlags.Loading | (data?.flags ?? 0);
    } else if (type === InteractionResponseType.UpdateMessage && before) {
      original = editMessage(before, data ?? {}, files);
    }
    if (original && type !== InteractionResponseType.Modal) record.originalId = original.id;
  }

  function webhookMessage(context: Context): APIMessage {
    const record = interactionOf(context);
    const id = context.req.param('message') ?? '';
    const message = id === '@original' ? record.original : state.messages.get(id);
    if (!message) throw new DiscordError(404, 10008, 'Unknown Message');
    return message;
  }

  function interactionOf(context: Context): InteractionRecord {
    const record = state.interactions.get(context.req.param('token') ?? '');
    if (!record?.accepted) throw new DiscordError(404, 10015, 'Unknown Webhook');
    if (record.expired) throw new DiscordError(401, 50027, 'Invalid Webhook Token');
    return record;
  }
}

async function readRequest({ req }: Context): Promise<RecordedRequest> {
  const at = performance.now();
  const files: UploadedFile[] = [];
  let body: unknown;
  if (req.header('Content-Type')?.startsWith('multipart/form-data')) {
    for (const [field, value] of await req.formData()) {
      if (typeof value === 'string') {
        if (field === 'payload_json') body = JSON.parse(value);
      } else {
        files.push({ field, filename: value.name, contentType: value.type, data: await value.bytes() });
      }
    }
  } else {
    const text = await req.text();
    if (text) body = JSON.parse(text);
  }
  const path = decodeURIComponent(req.path.replace(/^\/api\/v10/, ''));
  return { method: req.method, path, query: req.query(), body, files, at };
}

function checkCallback({ interaction }: InteractionRecord, body: APIInteractionResponse, files: UploadedFile[]): void {
  if (!CALLBACKS[interaction.type]?.includes(body.type)) {
    throw new DiscordError(400, 50035, 'Invalid Form Body: this is no answer to this type of interaction');
  }
  if (body.type === InteractionResponseType.ChannelMessageWithSource) checkMessage(body.data, files);
}

/** Refuses what no schema shows: empty messages, and Components V2 without its flag or beside what it excludes. */
function checkMessage({ content, embeds, components, attachments, flags }: MessageBody, files: UploadedFile[]): void {
  if ((flags ?? 0) & MessageFlags.IsComponentsV2) {
    if (content || embeds?.length) {
      throw new DiscordError(400, 50035, 'Invalid Form Body: IS_COMPONENTS_V2 allows no content and no embeds');
    }
  } else if (components?.some(({ type }) => type !== ComponentType.ActionRow)) {
    throw new DiscordError(400, 50035, 'Invalid Form Body: these components need the flag IS_COMPONENTS_V2');
  }
  if (!content && !embeds?.length && !components?.length && !attachments?.length && files.length === 0) {
    throw new DiscordError(400, 50006, 'Cannot send an empty message');
  }
}

/** Refuses a message that shows a file which it does not have. */
function checkPictures({ components, attachments }: APIMessage): void {
  const names = new Set(attachments.map(({ filename }) => filename));
  for (const [, name = ''] of JSON.stringify(components ?? []).matchAll(/"attachment:\/\/([^"]+)"/g)) {
    if (!names.has(name)) throw new DiscordError(400, 50035, `Invalid Form Body: there is no attachment ${name}`);
  }
}

function interactionChannel({ interaction }: InteractionRecord): string {
  return interaction.channel?.id ?? '';
}

function interactionFields({ interaction }: InteractionRecord): Partial<APIMessage> {
  const user = interaction.member?.user ?? interaction.user;
  const { id, authorizing_integration_owners, application_id } = interaction;
  return {
    application_id,
    webhook_id: application_id,
    type: interaction.type === InteractionType.ApplicationCommand ? MessageType.ChatInputCommand : MessageType.Default,
    interaction_metadata: {
      id,
      type: interaction.type,
      user,
      authorizing_integration_owners,
      ...(interaction.type === InteractionType.MessageComponent && { interacted_message_id: interaction.message.id }),
    } as NonNullable<APIMessage['interaction_metadata']>,
  };
}

function callbackResponse({ interaction, original, accepted, loading }: InteractionRecord) {
  const { id, type } = interaction;
  const isShown = accepted?.body.type === 4 || accepted?.body.type === 7;
  return {
    interaction: {
      id,
      type,
      ...(original && {
        response_message_id: original.id,
        response_message_loading: loading,
        response_message_ephemeral: Boolean((original.flags ?? 0) & MessageFlags.Ephemeral),
      }),
    },
    ...(isShown && { resource: { type: accepted.body.type, message: original } }),
  };
}

/** A command, or one of its options, as Discord keeps it: `required` and `autocomplete` only where they are true. */
function withoutDefaults<T extends object>(command: T): T {
  const isDefault = ([name, value]: [string, unknown]) => value === false && /^(required|autocomplete)$/.test(name);
  const kept: Partial<APIApplicationCommand> = Object.fromEntries(
    Object.entries(command).filter((one) => !isDefault(one)),
  );
  return { ...kept, ...(kept.options && { options: kept.options.map(withoutDefaults) }) } as T;
}

/** A command, or one of its options, as shown without `with_localizations`. */
function withoutLocalizations<T extends object>(command: T): object {
  const { name_localizations, description_localizations, ...rest } = command as Partial<APIApplicationCommand>;
  return 'options' in rest && rest.options ? { ...rest, options: rest.options.map(withoutLocalizations) } : rest;
}
