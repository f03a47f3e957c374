import type {
  APIApplicationCommand,
  APIDMChannel,
  APIMessage,
  APITextChannel,
  APIUser,
  ChannelFlags,
} from 'discord.js';
import { ChannelType } from 'discord.js';
import { createSnowflake, createTextChannel, createUser } from './payloads.ts';
import type { InteractionRecord, Records } from './records.ts';

/** A guild with one text channel. */
export interface Guild {
  readonly id: string;
  readonly name: string;
  readonly channelId: string;
  /** The role that the guild made for the bot. */
  readonly roleId: string;
}

/** What the next matching requests get instead of an answer. */
export interface Fault {
  method: string;
  path: URLPattern;
  status: number;
  code: number;
  message: string;
  retryAfter: number;
  global: boolean;
  times: number;
  afterwards: boolean;
}

/** What Discord knows: one application with its bot, the guilds and people around it, and all that was said. */
export class State {
  readonly records: Records;
  readonly applicationId = createSnowflake();
  readonly bot: APIUser = createUser('briefing', { id: this.applicationId, bot: true });
  /** Acts wherever a test names nobody. */
  readonly user: APIUser = createUser('ada', { global_name: 'Ada' });
  readonly guilds: readonly Guild[];
  /** A guild that the bot is not in; whoever installed it for themselves can use its commands there. */
  readonly elsewhere: Guild = { id: createSnowflake(), name: 'Elsewhere', channelId: createSnowflake(), roleId: '' };
  /** The channel of two people who talk to each other, which the bot is not in. */
  readonly privateChannelId = createSnowflake();
  readonly token: string;
  revoked = false;
  /** Where interactions go instead of over the gateway. */
  interactionsEndpoint: string | null = null;
  readonly channels = new Map<string, APITextChannel | APIDMChannel>();
  readonly messages = new Map<string, APIMessage>();
  /** Channels whose history the bot may not read. */
  readonly withoutHistory = new Set<string>();
  readonly interactions = new Map<string, InteractionRecord>();
  /** Registered commands, under '' the global ones and under a guild's id those of the guild. */
  readonly commands = new Map<string, APIApplicationCommand[]>();
  readonly faults: Fault[] = [];

  constructor(shards: number, records: Records) {
    this.records = records;
    this.token = `${Buffer.from(this.applicationId).toString('base64url')}.secret.${createSnowflake()}`;
    this.guilds = Array.from({ length: shards }, (_, shard) => ({
      id: createGuildId(shard, shards),
      name: `Guild ${shard}`,
      channelId: createSnowflake(),
      roleId: createSnowflake(),
    }));
    for (const guild of this.guilds) this.channels.set(guild.channelId, createTextChannel(guild));
  }

  /** The channel in which a user talks to the bot, opened where there is none. */
  dmChannel(user: APIUser): APIDMChannel {
    for (const channel of this.channels.values()) {
      if (channel.type === ChannelType.DM && channel.recipients?.some(({ id }) => id === user.id)) return channel;
    }
    const id = createSnowflake();
    const channel: APIDMChannel = {
      id,
      type: ChannelType.DM,
      name: null,
      recipients: [user],
      flags: 0 as ChannelFlags,
    };
    this.channels.set(channel.id, channel);
    return channel;
  }

  /** The guild of a channel that the bot can see. */
  guildOf(channelId: string): Guild | undefined {
    return this.guilds.find((guild) => guild.channelId === channelId);
  }

  /** Keeps a message, a new one or a new state of one. */
  keep(message: APIMessage): APIMessage {
    this.messages.set(message.id, message);
    return message;
  }
}

/** An id that belongs to the shard: Discord shards by the time in a guild's id. */
function createGuildId(shard: number, shards: number): string {
  const time = 100_000_000_000n;
  return String((time - (time % BigInt(shards)) + BigInt(shard)) << 22n);
}
