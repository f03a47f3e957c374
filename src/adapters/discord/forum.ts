import {
  type APIGuildForumChannel,
  type APIMessage,
  type APIThreadChannel,
  DiscordAPIError,
  type RawFile,
  type REST,
  RESTJSONErrorCodes,
  Routes,
} from 'discord.js';
import { DISCORD_LIMITS } from './limits.ts';
import type { DiscordMessage } from './render-reply.ts';

/** With these Discord says that a channel holds posts and no messages of its own. */
const FORUM_CODES: ReadonlySet<unknown> = new Set([
  RESTJSONErrorCodes.CannotSendMessagesInNonTextChannel,
  RESTJSONErrorCodes.CannotExecuteActionOnThisChannelType,
]);

/** Whether Discord refused something because the channel is a forum, or of another kind that holds no messages. */
export function isForumError(error: unknown): boolean {
  return error instanceof DiscordAPIError && FORUM_CODES.has(error.code);
}

/**
 * A post of its own in a forum, whose first message this is; gives the id that both share. A forum that wants a tag gets the
 * first that anybody may use. https://docs.discord.com/developers/resources/channel#start-thread-in-forum-or-media-channel
 */
export async function postInForum(
  rest: REST,
  forum: string,
  name: string,
  message: DiscordMessage,
  files: RawFile[],
): Promise<unknown> {
  const start = async (tags: readonly string[]) => {
    const body = { name: name.slice(0, DISCORD_LIMITS.threadName), message, applied_tags: tags };
    return ((await rest.post(Routes.threads(forum), { body, files })) as { id?: unknown } | null)?.id;
  };
  try {
    return await start([]);
  } catch (error) {
    const wantsTag = RESTJSONErrorCodes.TagRequiredToCreateAForumPostInThisChannel;
    if (!(error instanceof DiscordAPIError) || error.code !== wantsTag) throw error;
    const { available_tags: tags = [] } = (await rest.get(Routes.channel(forum))) as Partial<APIGuildForumChannel>;
    const tag = tags.find(({ moderated }) => !moderated);
    if (!tag) throw error;
    return start([tag.id]);
  }
}

/** The post in a forum, begun between these two ids, whose first message `matches`. Only posts that nobody closed are seen. */
export async function findInForum(
  rest: REST,
  forum: string,
  matches: (message: APIMessage) => boolean,
  [from, to]: readonly [bigint, bigint],
): Promise<string | undefined> {
  const { guild_id: guild } = (await rest.get(Routes.channel(forum))) as Partial<APIGuildForumChannel>;
  const { threads } = (await rest.get(Routes.guildActiveThreads(guild ?? ''))) as { threads: APIThreadChannel[] };
  const posts = threads.filter(
    ({ id, parent_id: parent }) => parent === forum && BigInt(id) >= from && BigInt(id) <= to,
  );
  for (const { id } of posts) {
    if (matches((await rest.get(Routes.channelMessage(id, id))) as APIMessage)) return id;
  }
  return undefined;
}
