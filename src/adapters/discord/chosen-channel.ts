import { type APIInteractionDataResolvedChannel, ChannelType } from 'discord.js';
import { mayWrite } from './permissions.ts';

/** The option with which a command is for another channel than the one where it is typed. */
export const CHANNEL_OPTION = 'channel';

/**
 * The kinds of channels that can be chosen. Of private threads, only their members may know. Media channels are in Discord's
 * guides, but not in its description of the API, and one option that Discord refuses takes all commands with it.
 */
export const CHANNEL_TYPES = [
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
  ChannelType.GuildForum,
  ChannelType.PublicThread,
  ChannelType.AnnouncementThread,
] as const;

const TYPES: ReadonlySet<ChannelType> = new Set(CHANNEL_TYPES);

/** A channel other than the one in which somebody asks. A button knows no more than its id. */
export type ChosenChannel = Pick<APIInteractionDataResolvedChannel, 'id'> &
  Partial<Pick<APIInteractionDataResolvedChannel, 'type' | 'app_permissions'>>;

/**
 * The channel that somebody in this server chose, as Discord describes it. Undefined if it isn't a channel of that server in which
 * they may write: `permissions` are theirs there, https://docs.discord.com/developers/resources/channel#channel-object
 */
export function readChosenChannel(
  server: string | undefined,
  channel: (APIInteractionDataResolvedChannel & { readonly guild_id?: string }) | undefined,
): ChosenChannel | undefined {
  if (!server || !channel || !TYPES.has(channel.type)) return undefined;
  if (channel.guild_id !== undefined && channel.guild_id !== server) return undefined;
  return mayWrite(channel.type, BigInt(channel.permissions)) ? channel : undefined;
}
