import { type APIMessage, MessageType, type RawFile, type RESTPostAPIChannelMessageJSONBody } from 'discord.js';
import type { Bot } from '../../core/bot.ts';
import { createQuestion } from '../../core/question.ts';
import { say } from '../../core/text.ts';
import { type Words, wordsOf } from '../../i18n/words.ts';
import { composeAuthor, type DiscordManagers } from './compose-asker.ts';
import { composeFiles } from './compose-files.ts';
import type { OwnRoleOf } from './own-roles.ts';
import { renderDiscord } from './render-reply.ts';

/** What answering a message needs of Discord. */
export interface Channel {
  /** Shows for ten seconds that the bot is writing. */
  typing(): Promise<void>;
  send(message: RESTPostAPIChannelMessageJSONBody, files: RawFile[]): Promise<void>;
}

export interface MessageOptions extends DiscordManagers {
  readonly typingAfterMs?: number;
  /** The bot was called, and Discord did not show it the words. */
  readonly hidden?: boolean;
}

/** After this, in milliseconds, the bot shows that it is at work. */
const TYPING_AFTER_MS = 500;

/**
 * The text of a message that the bot should answer: any direct message of a person, and in servers one that mentions it
 * by name or replies to a message of its own. Undefined for all others, and for those of bots, webhooks and Discord itself.
 */
export function readMessage(message: APIMessage & { guild_id?: string }, botId: string): string | undefined {
  if (!isByPerson(message, botId)) return undefined;
  const words = message.content.split(MENTION);
  // Discord keeps the content of other messages from bots without a privileged intent. A reply to the bot's own message
  // counts as a mention, unless its author switched that off: then it comes without its content.
  const isReply = message.referenced_message?.author.id === botId && message.content.trim() !== '';
  const isCalled = !message.guild_id || isReply || words.some((part, index) => index % 2 === 1 && part === botId);
  return isCalled ? withoutMention(words, botId) : undefined;
}

/**
 * The text of a message that mentions the bot by the role of its name, which Discord offers beside the bot itself. Undefined
 * for all others. Discord does not show the words of such a message without a privileged intent: then the text is empty.
 */
export async function readRoleMention(
  message: APIMessage & { guild_id?: string },
  botId: string,
  roleOf: OwnRoleOf,
): Promise<string | undefined> {
  const { guild_id: guild, mention_roles: mentioned, content } = message;
  if (!guild || mentioned.length === 0 || !isByPerson(message, botId)) return undefined;
  const role = await roleOf(guild);
  return role && mentioned.includes(role) ? content.replaceAll(`<@&${role}>`, ' ').trim() : undefined;
}

function isByPerson({ type, author, webhook_id: webhook }: APIMessage, botId: string): boolean {
  const ordinary = type === MessageType.Default || type === MessageType.Reply;
  return ordinary && !author.bot && author.id !== botId && !webhook;
}

/** A mention of somebody; splitting by it gives text and ids in turn. */
const MENTION = /<@!?(\d+)>/;

function withoutMention(words: readonly string[], botId: string): string {
  return words
    .map((part, index) => (index % 2 === 0 ? part : part === botId ? ' ' : `<@${part}>`))
    .join('')
    .trim();
}

/** What is said to somebody whose words Discord hid. */
function composeHidden(words: Words) {
  const platform = 'Discord';
  return {
    title: words('ask.hidden', { platform }),
    lead: say(words, 'ask.hidden.remedy', { platform, ask: createQuestion('ask') }),
  };
}

/** Answers a message in place. Rejects if Discord refuses the answer. */
export async function handleMessage(
  bot: Bot,
  message: APIMessage,
  text: string,
  { typing, send }: Channel,
  { typingAfterMs = TYPING_AFTER_MS, hidden = false, ...managers }: MessageOptions = {},
): Promise<void> {
  const timer = setTimeout(() => void typing().catch(() => undefined), typingAfterMs);
  const question = text ? bot.parse(text) : bot.parse('/help');
  const asker = composeAuthor(message, managers);
  const answer = await bot.answer({ ...question, asker, conversation: asker.channel });
  // Who asks too much is told that, and nothing else.
  const reply =
    hidden && answer.outcome !== 'refused' ? { ...answer, ...composeHidden(wordsOf(answer.question)) } : answer;
  clearTimeout(timer);
  const body = renderDiscord(reply, { below: true });
  await send(
    {
      ...body,
      allowed_mentions: { parse: [], replied_user: false },
      message_reference: { message_id: message.id, fail_if_not_exists: false },
      // If a repeated request carries the same nonce, Discord returns the first message, so a retry posts nothing twice.
      nonce: message.id,
      enforce_nonce: true,
    },
    composeFiles(reply),
  );
}
