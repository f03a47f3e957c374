import type {
  APIApplicationCommand,
  APIApplicationCommandChannelOption,
  APIApplicationCommandSubcommandOption,
  APIAttachment,
  APIAuthorizingIntegrationOwnersMap,
  APIEmbed,
  APIInteraction,
  APIMessage,
  APITextChannel,
  APIUser,
  ChannelFlags,
  GatewayGuildCreateDispatchData,
  GatewayMessageCreateDispatchData,
  GuildSystemChannelFlags,
  RESTPatchAPIWebhookWithTokenMessageJSONBody,
  RESTPostAPIWebhookWithTokenJSONBody,
  RoleFlags,
  UserFlags,
} from 'discord.js';
import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  ChannelType,
  ComponentType,
  EmbedType,
  GuildDefaultMessageNotifications,
  GuildExplicitContentFilter,
  GuildMFALevel,
  GuildNSFWLevel,
  GuildPremiumTier,
  GuildVerificationLevel,
  InteractionContextType,
  InteractionType,
  Locale,
  MessageFlags,
  MessageType,
  PermissionFlagsBits,
} from 'discord.js';
import type { UploadedFile } from './records.ts';
import type { Guild, State } from './state.ts';

/** Discord's epoch, the first second of 2015. */
const EPOCH = 1_420_070_400_000n;
const PERMISSIONS = String(
  PermissionFlagsBits.ViewChannel | PermissionFlagsBits.SendMessages | PermissionFlagsBits.UseApplicationCommands,
);
const EVERYWHERE = String(
  BigInt(PERMISSIONS) | PermissionFlagsBits.ReadMessageHistory | PermissionFlagsBits.SendMessagesInThreads,
);
const JOINED = '2024-01-01T00:00:00.000000+00:00';

/** What somebody does that Discord tells the bot as an interaction. */
export type InteractionRequest = Surroundings &
  (
    | { type: 'command'; name: string; options?: OptionValues; subcommand?: string; chosen?: ChosenChannel }
    | { type: 'message-command'; name: string; message: APIMessage }
    | { type: 'autocomplete'; name: string; options: OptionValues; focused: string }
    | { type: 'button'; customId: string; message: APIMessage }
    | { type: 'menu'; customId: string; value: string; message: APIMessage }
    | { type: 'modal'; customId: string; fields: Record<string, string>; message?: APIMessage }
  );

type OptionValues = Record<string, string | number | boolean>;

/** What somebody chose as the option `channel`. */
export interface ChosenChannel {
  id: string;
  /** What they may do there. */
  permissions?: bigint;
  /** What the bot may do there; null if its user isn't in the guild, and Discord doesn't say. */
  app_permissions?: bigint | null;
}

interface Surroundings {
  /** Where it happens: by default where its message stands, and without one in a guild. */
  context?: 'guild' | 'bot-dm' | 'private-channel';
  /** The guild it happens in, by default the first. In one that the bot is not in, the user has installed it. */
  guild?: Guild;
  user?: APIUser;
  locale?: Locale;
  /** Its token is unknown from the start. */
  expired?: boolean;
  /** The user's roles in the guild. */
  roles?: readonly string[];
  /** What the bot may do there. */
  allowed?: bigint;
}

/** What somebody writes. */
export interface MessageRequest {
  /** `<@id>` mentions; write `<@${server.botUserId}>` for the bot. */
  content: string;
  channel: 'dm' | 'guild';
  /** By default the first. */
  guild?: Guild;
  author?: 'user' | 'bot' | 'webhook' | APIUser;
  /** Mentioned beside those in the content. */
  mentions?: APIUser[];
  /** The message it replies to; its author counts as mentioned. */
  repliesTo?: APIMessage;
}

/** What differs from message to message. */
export type MessageFields = Partial<Omit<APIMessage, 'id' | 'channel_id' | 'author'>>;

/** What the bodies that create and edit messages have in common. */
export type MessageBody = Pick<
  RESTPostAPIWebhookWithTokenJSONBody | RESTPatchAPIWebhookWithTokenMessageJSONBody,
  'content' | 'embeds' | 'components' | 'attachments' | 'flags'
>;

let lastSnowflake = 0n;

/** An id as Discord makes them: later ones are greater, and it tells when it was made. */
export function createSnowflake(): string {
  const now = (BigInt(Date.now()) - EPOCH) << 22n;
  lastSnowflake = now > lastSnowflake ? now : lastSnowflake + 1n;
  return String(lastSnowflake);
}

/** A person, or with `bot: true` another bot. */
export function createUser(username: string, fields: Partial<APIUser> = {}): APIUser {
  return {
    id: createSnowflake(),
    username,
    discriminator: '0',
    global_name: null,
    avatar: null,
    flags: 0 as UserFlags,
    public_flags: 0 as UserFlags,
    primary_guild: null,
    ...fields,
  };
}

/** Another channel of a guild: a forum or an announcement channel. */
export function createGuildChannel(guild: Guild, type: ChannelType, parts: object = {}): APITextChannel {
  return { ...createTextChannel(guild), id: createSnowflake(), type, ...parts } as APITextChannel;
}

/** The text channel of a guild. */
export function createTextChannel(guild: Guild): APITextChannel {
  return {
    id: guild.channelId,
    type: ChannelType.GuildText,
    guild_id: guild.id,
    name: 'general',
    position: 0,
    permission_overwrites: [],
    flags: 0 as ChannelFlags,
  };
}

/** A message without anything but what `fields` says. */
export function createMessage(channelId: string, author: APIUser, fields: MessageFields): APIMessage {
  return {
    id: createSnowflake(),
    channel_id: channelId,
    author,
    type: MessageType.Default,
    content: '',
    timestamp: new Date().toISOString(),
    edited_timestamp: null,
    tts: false,
    mention_everyone: false,
    mentions: [],
    mention_roles: [],
    attachments: [],
    embeds: [],
    components: [],
    pinned: false,
    flags: 0 as MessageFlags,
    ...fields,
  };
}

/** The message with what the body of a request sets, as on its creation and on an edit. */
export function patchMessage(
  message: APIMessage,
  body: MessageBody,
  files: UploadedFile[],
  isEdit = false,
): APIMessage {
  // An edit drops every file that it does not list, new ones too.
  const listed = body.attachments ?? (isEdit && files.length > 0 ? [] : undefined);
  const kept = listed
    ? message.attachments.filter((old) => listed.some(({ id }) => id === old.id))
    : message.attachments;
  const detailsOf = ({ field }: UploadedFile) => listed?.find(({ id }) => field === `files[${id}]`);
  const taken = listed ? files.filter(detailsOf) : files;
  const uploaded = taken.map((file): APIAttachment => {
    const details = detailsOf(file);
    const id = createSnowflake();
    const filename = details?.filename ?? file.filename;
    const url = `https://cdn.discordapp.com/attachments/${message.channel_id}/${id}/${filename}`;
    const { contentType, data } = file;
    return { id, filename, url, proxy_url: url, size: data.length, content_type: contentType };
  });
  return {
    ...message,
    content: body.content === undefined ? message.content : (body.content ?? ''),
    embeds: body.embeds === undefined ? message.embeds : (body.embeds ?? []).map(createEmbed),
    components: (body.components === undefined ? (message.components ?? []) : (body.components ?? [])) as NonNullable<
      APIMessage['components']
    >,
    attachments: [...kept, ...uploaded],
    flags: ((message.flags ?? 0) & ~MessageFlags.Loading) | (body.flags ?? 0),
  };
}

/** An embed as Discord shows it. */
function createEmbed(embed: object): APIEmbed {
  return { type: EmbedType.Rich, ...embed };
}

/** Somebody's message as MESSAGE_CREATE shows it to whoever may read its content. */
export function createMessageCreate(state: State, message: APIMessage): GatewayMessageCreateDispatchData {
  const guild = state.guildOf(message.channel_id);
  if (!guild) return { ...message, channel_type: ChannelType.DM };
  return {
    ...message,
    guild_id: guild.id,
    channel_type: ChannelType.GuildText,
    mentions: message.mentions.map((user) => ({ ...user, member: createMember() })),
    ...(!message.webhook_id && { member: createMember() }),
  };
}

/** The same message as a bot gets it that may not read it. */
export function withoutContent(message: GatewayMessageCreateDispatchData): GatewayMessageCreateDispatchData {
  return { ...message, content: '', embeds: [], attachments: [], components: [] };
}

/** The interaction that a request leads to. */
export function createInteraction(state: State, request: InteractionRequest): APIInteraction {
  const base = createSurroundings(state, request);
  // The parts below fit together as Discord's types say, but not in a way that TypeScript can follow.
  return { ...base, ...createInteractionData(state, request) } as APIInteraction;
}

function createInteractionData(state: State, request: InteractionRequest) {
  switch (request.type) {
    case 'command':
    case 'autocomplete': {
      const focused = request.type === 'autocomplete' ? request.focused : undefined;
      const registered = [...state.commands.values()].flat().find(({ name }) => name === request.name);
      const { chosen, subcommand } = request.type === 'command' ? request : {};
      return {
        type: focused ? InteractionType.ApplicationCommandAutocomplete : InteractionType.ApplicationCommand,
        data: {
          id: registered?.id ?? createSnowflake(),
          type: ApplicationCommandType.ChatInput,
          name: request.name,
          options: inSubcommand(request, [
            ...createOptions(request.options ?? {}, focused),
            ...(chosen ? [createChannelOption(chosen.id)] : []),
          ]),
          ...(chosen && { resolved: { channels: resolveChannel(state, registered, chosen, subcommand) } }),
        },
      };
    }
    case 'message-command': {
      const { name, message } = request;
      const registered = [...state.commands.values()].flat().find((one) => one.name === name);
      return {
        type: InteractionType.ApplicationCommand,
        data: {
          id: registered?.id ?? createSnowflake(),
          type: ApplicationCommandType.Message,
          name,
          target_id: message.id,
          resolved: { messages: { [message.id]: message } },
        },
      };
    }
    case 'button':
      return {
        type: InteractionType.MessageComponent,
        message: request.message,
        data: { custom_id: request.customId, component_type: ComponentType.Button, id: 1 },
      };
    case 'menu':
      return {
        type: InteractionType.MessageComponent,
        message: request.message,
        data: {
          custom_id: request.customId,
          component_type: ComponentType.StringSelect,
          id: 1,
          values: [request.value],
        },
      };
    case 'modal':
      return {
        type: InteractionType.ModalSubmit,
        ...(request.message && { message: request.message }),
        data: {
          custom_id: request.customId,
          components: Object.entries(request.fields).map(([custom_id, value], index) => ({
            type: ComponentType.Label,
            id: 2 * index + 1,
            component: { type: ComponentType.TextInput, id: 2 * index + 2, custom_id, value },
          })),
        },
      };
  }
}

function createChannelOption(value: string) {
  return { name: 'channel', type: ApplicationCommandOptionType.Channel, value };
}

/**
 * A chosen channel as Discord shows it, https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-resolved-data-structure
 * If commands are registered, only what they offer can be chosen.
 */
function resolveChannel(
  state: State,
  registered: APIApplicationCommand | undefined,
  chosen: ChosenChannel,
  subcommand: string | undefined,
) {
  const channel = state.channels.get(chosen.id);
  if (!channel) throw new Error('There is no such channel to choose.');
  const offered = registered?.options?.find(({ name }) => name === subcommand) as APIApplicationCommandSubcommandOption;
  const option = offered?.options?.find(({ type }) => type === ApplicationCommandOptionType.Channel);
  const types = (option as APIApplicationCommandChannelOption | undefined)?.channel_types ?? [];
  if (registered && !types.some((type) => type === channel.type)) throw new Error('Discord offers no such channel.');
  const { permissions, app_permissions: app } = chosen;
  return {
    [channel.id]: {
      ...channel,
      permissions: permissions === undefined ? EVERYWHERE : String(permissions),
      ...(app !== null && { app_permissions: app === undefined ? EVERYWHERE : String(app) }),
    },
  };
}

function inSubcommand(request: InteractionRequest, options: object[]) {
  const name = 'subcommand' in request ? request.subcommand : undefined;
  return name ? [{ type: ApplicationCommandOptionType.Subcommand, name, options }] : options;
}

function createOptions(values: OptionValues, focused: string | undefined) {
  return Object.entries(values).map(([name, value]) => {
    let type = ApplicationCommandOptionType.String;
    if (typeof value === 'boolean') type = ApplicationCommandOptionType.Boolean;
    if (typeof value === 'number') {
      type = Number.isInteger(value) ? ApplicationCommandOptionType.Integer : ApplicationCommandOptionType.Number;
    }
    return { name, type, value, ...(name === focused && { focused: true }) };
  });
}

function createSurroundings(state: State, request: InteractionRequest) {
  const { user = state.user, locale = Locale.EnglishUS } = request;
  const message = 'message' in request ? request.message : undefined;
  const context = request.context ?? (message ? contextOf(state, message.channel_id) : 'guild');
  const common = {
    id: createSnowflake(),
    application_id: state.applicationId,
    token: `interaction-${createSnowflake()}`,
    version: 1 as const,
    locale,
    entitlements: [],
    app_permissions: request.allowed === undefined ? PERMISSIONS : String(request.allowed),
    attachment_size_limit: 10 * 1024 * 1024,
  };
  if (context === 'guild') {
    const guild = request.guild ?? (message && state.guildOf(message.channel_id)) ?? state.guilds[0] ?? state.elsewhere;
    const channel = (message && state.channels.get(message.channel_id)) ?? createTextChannel(guild);
    return {
      ...common,
      context: InteractionContextType.Guild,
      authorizing_integration_owners: createOwners(state.guilds.includes(guild) ? guild : undefined, user),
      guild_id: guild.id,
      guild: { id: guild.id, locale: Locale.EnglishUS, features: [] },
      guild_locale: Locale.EnglishUS,
      member: { ...createMember(), user, permissions: PERMISSIONS, roles: [...(request.roles ?? [])] },
      channel_id: channel.id,
      channel,
    };
  }
  const channel =
    context === 'bot-dm'
      ? state.dmChannel(user)
      : { id: state.privateChannelId, type: ChannelType.DM, recipients: [createUser('grace')], flags: 0 };
  return {
    ...common,
    user,
    channel_id: channel.id,
    channel,
    context: context === 'bot-dm' ? InteractionContextType.BotDM : InteractionContextType.PrivateChannel,
    authorizing_integration_owners:
      context === 'bot-dm' ? { [ApplicationIntegrationType.GuildInstall]: '0' } : createOwners(undefined, user),
  };
}

function contextOf(state: State, channelId: string): 'guild' | 'bot-dm' | 'private-channel' {
  if (channelId === state.privateChannelId) return 'private-channel';
  return state.channels.get(channelId)?.type === ChannelType.DM ? 'bot-dm' : 'guild';
}

function createOwners(guild: Guild | undefined, user: APIUser): APIAuthorizingIntegrationOwnersMap {
  return guild
    ? { [ApplicationIntegrationType.GuildInstall]: guild.id }
    : { [ApplicationIntegrationType.UserInstall]: user.id };
}

function createMember() {
  return { roles: [], joined_at: JOINED, deaf: false, mute: false, flags: 0 };
}

/** A guild as GUILD_CREATE shows it, with the bot as its only member. */
export function createGuildCreate(guild: Guild, bot: APIUser): GatewayGuildCreateDispatchData {
  return {
    id: guild.id,
    name: guild.name,
    icon: null,
    splash: null,
    discovery_splash: null,
    banner: null,
    description: null,
    vanity_url_code: null,
    owner_id: bot.id,
    afk_channel_id: null,
    afk_timeout: 300,
    verification_level: GuildVerificationLevel.None,
    default_message_notifications: GuildDefaultMessageNotifications.OnlyMentions,
    explicit_content_filter: GuildExplicitContentFilter.Disabled,
    roles: [
      {
        id: guild.id,
        name: '@everyone',
        color: 0,
        colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
        hoist: false,
        position: 0,
        permissions: PERMISSIONS,
        managed: false,
        mentionable: false,
        flags: 0 as RoleFlags,
      },
    ],
    emojis: [],
    stickers: [],
    features: [],
    mfa_level: GuildMFALevel.None,
    application_id: null,
    system_channel_id: null,
    system_channel_flags: 0 as GuildSystemChannelFlags,
    rules_channel_id: null,
    public_updates_channel_id: null,
    safety_alerts_channel_id: null,
    premium_tier: GuildPremiumTier.None,
    premium_progress_bar_enabled: false,
    preferred_locale: Locale.EnglishUS,
    nsfw_level: GuildNSFWLevel.Default,
    hub_type: null,
    incidents_data: null,
    joined_at: JOINED,
    large: false,
    unavailable: false,
    member_count: 1,
    voice_states: [],
    members: [{ ...createMember(), user: bot }],
    channels: [createTextChannel(guild)],
    threads: [],
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}
