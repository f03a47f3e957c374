import { ChannelType, PermissionFlagsBits } from 'discord.js';

/** Permissions with their names in Discord's settings. */
type Permissions = readonly (readonly [flag: bigint, name: string])[];

const SEND: Permissions = [[PermissionFlagsBits.SendMessages, 'Send Messages']];
const SEND_IN_THREADS: Permissions = [[PermissionFlagsBits.SendMessagesInThreads, 'Send Messages in Threads']];
/** The settings of a forum call it so. No other permission is needed to begin a post, https://docs.discord.com/developers/topics/threads */
const CREATE_POSTS: Permissions = [[PermissionFlagsBits.SendMessages, 'Create Posts']];

/** Writing in a thread is a permission of its own, https://docs.discord.com/developers/topics/permissions */
const WRITE: ReadonlyMap<ChannelType, Permissions> = new Map([
  [ChannelType.GuildForum, CREATE_POSTS],
  [ChannelType.AnnouncementThread, SEND_IN_THREADS],
  [ChannelType.PublicThread, SEND_IN_THREADS],
  [ChannelType.PrivateThread, SEND_IN_THREADS],
]);

const VIEW: Permissions = [[PermissionFlagsBits.ViewChannel, 'View Channel']];
/** The history shows whether a digest arrived before the bot was cut off. */
const LOOK: Permissions = [[PermissionFlagsBits.ReadMessageHistory, 'Read Message History']];

/** Whether somebody with these permissions in a channel of this type sees it and may write there. */
export function mayWrite(type: ChannelType, permissions: bigint): boolean {
  return namesOfMissing([...VIEW, ...writeIn(type)], permissions).length === 0;
}

/** The names of the permissions that the bot needs for a digest in a channel of this type, and lacks. */
export function listMissing(type: ChannelType | undefined, permissions: bigint): string[] {
  return namesOfMissing([...VIEW, ...LOOK, ...writeIn(type)], permissions);
}

function writeIn(type: ChannelType | undefined): Permissions {
  return (type === undefined ? undefined : WRITE.get(type)) ?? SEND;
}

function namesOfMissing(needed: Permissions, permissions: bigint): string[] {
  if ((permissions & PermissionFlagsBits.Administrator) !== 0n) return [];
  return needed.filter(([flag]) => (permissions & flag) === 0n).map(([, name]) => name);
}
