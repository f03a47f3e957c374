import type { Bot } from '../../core/bot.ts';
import { findTopics } from '../../core/library.ts';
import { MAX_QUESTION_LENGTH, type Question } from '../../core/question.ts';
import { decodeSlack } from './escape.ts';

/** The command that takes all others as its first word, and is never prefixed. */
export const ENTRY_COMMAND = 'brief';

/**
 * What a slash command asks: `/drones`, `/brief-drones` if the prefix is `brief-`, and `/brief drones`, which reaches
 * every command and topic, that of one article as `/brief drones harbour`.
 */
export function parseCommand(bot: Bot, command: string, text: string, prefix: string): Question {
  const typed = command.replace(/^\//, '').toLowerCase();
  const words = decodeSlack(text).trim();
  if (typed !== ENTRY_COMMAND) {
    const name = prefix && typed.startsWith(prefix) ? typed.slice(prefix.length) : typed;
    return bot.parse(`/${name} ${words}`);
  }
  if (!words) return bot.parse('/help');
  if (words.length > MAX_QUESTION_LENGTH) return bot.parse(words);
  const plain = words.replace(/^\//, '');
  const [first = '', second] = plain.split(/\s+/, 2);
  const known = bot.commands.some(({ name }) => name === first.toLowerCase());
  const isTopic = second !== undefined && findTopics(bot.library, plain).length > 0;
  return bot.parse(known && !isTopic ? `/${plain}` : `/${ENTRY_COMMAND} ${plain}`);
}
