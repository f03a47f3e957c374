import { createInterface } from 'node:readline/promises';
import type { Readable, Writable } from 'node:stream';
import type { Bot } from '../../core/bot.ts';
import { completeText } from '../../core/complete-text.ts';
import { type Action, collectActions } from '../../core/reply.ts';
import { english, type Words } from '../../i18n/words.ts';
import { COLUMNS, renderTerminal, type Style } from './render-reply.ts';

/** Where somebody types, and where they read. */
export interface Prompt {
  readonly input: Readable;
  /** A terminal says how wide it is. */
  readonly output: Writable & { readonly columns?: number };
  readonly style: Style;
  /** The language that the terminal speaks. */
  readonly words?: Words;
}

/**
 * Talks in the terminal until the input ends or somebody types `exit`. Arrow keys recall earlier questions, Tab completes commands
 * and topics, and a number presses a button of the last answer.
 */
export async function promptInTerminal(bot: Bot, { input, output, style, words = english }: Prompt): Promise<void> {
  const lines = createInterface({
    input,
    output,
    historySize: 200,
    removeHistoryDuplicates: true,
    completer: async (line: string): Promise<[string[], string]> => {
      const choices = await completeText(bot, line, words);
      return [choices.map(({ value }) => value), line];
    },
  });
  let ended = false;
  lines.once('close', () => {
    ended = true;
  });
  output.write(`${words('terminal.start')}\n`);
  lines.setPrompt(style('cyan', '› '));
  lines.prompt();
  let actions: readonly Action[] = [];
  for await (const line of lines) {
    const typed = line.trim();
    if (/^(exit|quit)$/i.test(typed)) break;
    const pressed = /^\d+$/.test(typed) ? Number(typed) : undefined;
    if (pressed !== undefined && actions.length > 0 && !actions[pressed - 1]) {
      output.write(`\n${words('terminal.no-button', { typed, count: actions.length })}\n\n`);
    } else if (typed) {
      const question = actions[(pressed ?? 0) - 1]?.question ?? bot.parse(typed);
      const reply = await bot.answer({ ...question, locale: words.locale, conversation: 'terminal' });
      actions = collectActions(reply);
      output.write(`\n${renderTerminal(reply, output.columns || COLUMNS, style)}\n\n`);
    }
    // The input may end, as that of a pipe does, while its last line is answered.
    if (!ended) lines.prompt();
  }
  lines.close();
}
