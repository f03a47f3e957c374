import { type APIMessage, MessageType, type RawFile, type RESTPostAPIChannelMessageJSONBody } from 'discord.js';
import type { Bot } from '../../core/bot.ts';
import { composeAuthor, type DiscordManagers } from './compose-asker.ts';
import { composeFiles } from './compose-files.ts';
import { renderDiscord } from './render-reply.ts';

/** What answering a message needs of Discord. */
export interface Channel {
  /** Shows for ten seconds that the bot is writing. */
  typing(): Promise<void>;
  send(message: RESTPostAPIChannelMessageJSONBody, files: RawFile[]): Promise<void>;
}

/** After this, in milliseconds, the bot shows that it is at work. */
const TYPING_AFTER_MS = 500;

/**
 * The text of a message that the bot should answer: any direct message of a person, and in servers one that mentions it
 * by name or replies to a message of its own. Undefined for all others, and for those of bots, webhooks and Discord itself.
 */
export function readMessage(message: APIMessage & { guild_id?: string }, botId: string): string | undefined {
  const ordinary = message.type === MessageType.Default || message.type === MessageType.Reply;
  if (!ordinary || message.author.bot || message.author.id === botId || message.webhook_id) return undefined;
  const words = message.content.split(MENTION);
  // Discord keeps the content of other messages from bots without a privileged intent. A reply to the bot's own message
  // counts as a mention, unless its author switched that off: then it comes without its content.
  const isReply = message.referenced_message?.author.id === botId && message.content.trim() !== '';
  const isCalled = !message.guild_id || isReply || words.some((part, index) => index % 2 === 1 && part === botId);
  return isCalled ? withoutMention(words, botId) : undefined;
}

/** A mention of somebody; splitting by it gives text and ids in turn. */
const MENTION = /<@!?(\d+)>/;

function withoutMention(words: readonly string[], botId: string): string {
  return words
    .map((part, index) => (index % 2 === 0 ? part : part === botId ? ' ' : `<@${part}>`))
    .join('')
    .trim();
}

/** Answers a message in place. Rejects where Discord does not take the answer. */
export async function handleMessage(
  bot: Bot,
  message: APIMessage,
  text: string,
  { typing, send }: Channel,
  { typingAfterMs = TYPING_AFTER_MS, ...managers }: DiscordManagers & { typingAfterMs?: number } = {},
): Promise<void> {
  const timer = setTimeout(() => void typing().catch(() => undefined), typingAfterMs);
  const question = text ? bot.parse(text) : bot.parse('/help');
  const asker = composeAuthor(message, managers);
  const reply = await bot.answer({ ...question, asker, conversation: asker.channel });
  clearTimeout(timer);
  const body = renderDiscord(reply);
  await send(
    {
      ...body,
      allowed_mentions: { parse: [], replied_user: false },
      message_reference: { message_id: message.id, fail_if_not_exists: false },
      // Discord gives back the first message where a repeated request carries the same nonce, so a retry posts nothing twice.
      nonce: message.id,
      enforce_nonce: true,
    },
    composeFiles(reply),
  );
}
