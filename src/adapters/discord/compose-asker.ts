import {
  type APIInteraction,
  type APIMessage,
  ApplicationIntegrationType,
  ChannelType,
  InteractionContextType,
  PermissionFlagsBits,
} from 'discord.js';
import type { Asker } from '../../core/asker.ts';

/** Who may change a server's digests in addition to people with "Manage Server": the members of this role, by its id. */
export interface DiscordManagers {
  readonly role?: string | undefined;
}

/** Who used a command or a button; undefined if Discord names nobody. */
export function composeAsker(interaction: APIInteraction, { role }: DiscordManagers): Asker | undefined {
  const { member, guild_id: team = '', channel, context, app_permissions: allowed } = interaction;
  const user = member?.user ?? interaction.user;
  if (!user) return undefined;
  const permissions = BigInt(member?.permissions ?? 0);
  const mayManage =
    (permissions & (PermissionFlagsBits.ManageGuild | PermissionFlagsBits.Administrator)) !== 0n ||
    (role !== undefined && member?.roles.includes(role));
  return {
    ...identify(user.id, team, channel?.id ?? ''),
    // In somebody else's conversation, the bot can answer but not post by itself.
    direct: !team && context !== InteractionContextType.PrivateChannel,
    mayManage: async () => mayManage ?? false,
    obstacle: async () => (team ? findObstacle(interaction, BigInt(allowed ?? 0)) : undefined),
  };
}

/** Writing in a thread is a permission of its own, https://docs.discord.com/developers/topics/permissions */
function findObstacle({ authorizing_integration_owners: owners, channel }: APIInteraction, allowed: bigint) {
  if (!owners?.[ApplicationIntegrationType.GuildInstall]) {
    return 'The bot is installed to your account, not to this server. Add it with a link from "npx briefing invite".';
  }
  const inThread = channel !== undefined && THREADS.has(channel.type);
  const write = inThread ? PermissionFlagsBits.SendMessagesInThreads : PermissionFlagsBits.SendMessages;
  // The history shows whether a digest arrived before the bot was cut off.
  const needed = [PermissionFlagsBits.ViewChannel, PermissionFlagsBits.ReadMessageHistory, write];
  const missing = listMissing(allowed, needed);
  return missing.length > 0 ? `In this channel's permissions, allow the bot: ${missing.join(', ')}.` : undefined;
}

/** What the bot needs, as Discord's settings call it. */
const NAMES = new Map([
  [PermissionFlagsBits.ViewChannel, 'View Channel'],
  [PermissionFlagsBits.ReadMessageHistory, 'Read Message History'],
  [PermissionFlagsBits.SendMessages, 'Send Messages'],
  [PermissionFlagsBits.SendMessagesInThreads, 'Send Messages in Threads'],
]);

/** The names of the permissions that are needed and missing. */
export function listMissing(allowed: bigint, needed: readonly bigint[]): string[] {
  if ((allowed & PermissionFlagsBits.Administrator) !== 0n) return [];
  return needed.filter((one) => (allowed & one) === 0n).map((one) => NAMES.get(one) ?? String(one));
}

/** Who wrote a message. Discord gives the author's roles, but not their permissions. */
export function composeAuthor(
  message: APIMessage & { guild_id?: string; member?: { roles: readonly string[] } },
  { role }: DiscordManagers,
): Asker {
  const { author, guild_id: team = '', channel_id: channel, member } = message;
  return {
    ...identify(author.id, team, channel),
    direct: !team,
    mayManage: async () => (role !== undefined && member?.roles.includes(role)) ?? false,
  };
}

const THREADS: ReadonlySet<ChannelType> = new Set([
  ChannelType.AnnouncementThread,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
]);

const NOTHING_KNOWN = { obstacle: async () => undefined, timeZone: async () => undefined };

function identify(user: string, team: string, channel: string) {
  return { key: `discord:${user}`, platform: 'discord', user, team, channel, ...NOTHING_KNOWN };
}
