import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { Bot } from '../../core/bot.ts';
import { composeJsonAnswer, type JsonAnswer } from '../../core/json-answer.ts';
import type { Entry, Reply } from '../../core/reply.ts';

/** Answers one question with all of its pages. `conversation` is the key of the conversation that it belongs to. */
export async function answerJson(bot: Bot, text: string, conversation?: string): Promise<JsonAnswer> {
  const question = { ...bot.parse(text), ...(conversation ? { conversation } : {}) };
  const first = await bot.answer(question);
  return composeJsonAnswer(text, first, await readAll(bot, first));
}

/** Every page, whoever else asks in the conversation meanwhile. */
async function readAll(bot: Bot, first: Reply): Promise<Entry[]> {
  const entries = [...first.entries];
  while (entries.length < first.total) {
    const page = await bot.answer({ ...first.question, from: entries.length });
    if (page.entries.length === 0) break;
    entries.push(...page.entries);
  }
  return entries;
}

/**
 * Reads one question a line and writes one answer a line, in the same order. Each stands alone, unless `conversation` is the
 * key of the conversation that they are.
 */
export async function answerLines(
  bot: Bot,
  input: Readable,
  write: (line: string) => void,
  conversation?: string,
): Promise<void> {
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    write(`${JSON.stringify(await answerJson(bot, line, conversation))}\n`);
  }
}
