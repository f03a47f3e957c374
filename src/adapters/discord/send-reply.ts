import {
  DiscordAPIError,
  type RawFile,
  type REST,
  RESTJSONErrorCodes,
  type RESTPostAPIChannelMessageJSONBody,
  Routes,
} from 'discord.js';
import type { PlatformLog } from '../../core/platform.ts';
import { explainError } from './explain-error.ts';

/**
 * Answers in a channel: as a reply to the question, or as a separate message if the bot may not read the channel's history, without
 * which Discord refuses replies. Rejects if Discord refuses both.
 */
export async function sendReply(
  rest: REST,
  channel: string,
  body: RESTPostAPIChannelMessageJSONBody,
  files: RawFile[],
  log: PlatformLog,
): Promise<void> {
  const route = Routes.channelMessages(channel);
  try {
    await rest.post(route, { body, files });
  } catch (error) {
    if (!mayNotReply(error)) throw error;
    log.warn({ channel, remedy: explainError(error) }, 'Discord: an answer stands apart from its question');
    const { message_reference: _, ...apart } = body;
    await rest.post(route, { body: apart, files });
  }
}

function mayNotReply(error: unknown): boolean {
  const code = RESTJSONErrorCodes.CannotReplyWithoutPermissionToReadMessageHistory;
  return error instanceof DiscordAPIError && error.code === code;
}
