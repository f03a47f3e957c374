import { english, type Words } from '../i18n/words.ts';
import type { Bot } from './bot.ts';
import { type Choice, type Command, describeCommand, type Option, type Subcommand } from './command.ts';
import { MAX_QUESTION_LENGTH } from './question.ts';

/**
 * How a half-typed line could continue: `/dr` to `/drones`, `/brief dr` to `/brief drones`, `/digest s` to
 * `/digest subscribe`, and from there its options and their values. Each choice's value is the whole line, with a space or
 * a colon at its end where more can follow. Topics come before other commands. Empty for a line that doesn't start a command, and
 * for one that is longer than a question.
 */
export async function completeText(bot: Bot, line: string, words: Words = english): Promise<readonly Choice[]> {
  if (line.length > MAX_QUESTION_LENGTH) return [];
  const [, name, space, rest = ''] = /^\/(\S*)(\s+)?(.*)$/s.exec(line.trimStart()) ?? [];
  if (name === undefined) return [];
  if (!space) {
    const topicsFirst = starting(bot.commands, name).toSorted((a, b) => Number(!a.topic) - Number(!b.topic));
    return topicsFirst.map((command) => ({
      name: `/${command.name}: ${describeCommand(command, words)}`,
      value: `/${command.name}${endOf(command)}`,
    }));
  }
  const command = bot.commands.find((one) => one.name === name.toLowerCase());
  if (!command) return [];
  if (command.subcommands) return completeSubcommand(bot, command, command.subcommands, rest, words);
  const [option] = command.options;
  return option ? completeValue(bot, command, option, `/${command.name} `, rest) : [];
}

/** The subcommand first, then each last word: an option's name, or its value after a colon. */
async function completeSubcommand(
  bot: Bot,
  command: Command,
  subcommands: readonly Subcommand[],
  rest: string,
  words: Words,
): Promise<readonly Choice[]> {
  const [, action = '', space, before = '', word = ''] = /^(\S*)(\s+)?(.*\s)?(\S*)$/s.exec(rest) ?? [];
  if (!space) {
    return starting(subcommands, action).map((one) => ({
      name: `${one.name}: ${describeCommand(one, words)}`,
      value: `/${command.name} ${one.name}${endOf(one)}`,
    }));
  }
  const { options = [] } = subcommands.find((one) => one.name === action.toLowerCase()) ?? {};
  const start = `/${command.name} ${action.toLowerCase()} ${before}`;
  const [, name, value = ''] = /^([^:]+):(.*)$/s.exec(word) ?? [];
  if (name !== undefined) {
    const option = options.find((one) => one.name === name.toLowerCase());
    return option ? completeValue(bot, command, option, `${start}${option.name}:`, value) : [];
  }
  const given = before.toLowerCase().split(/\s+/);
  return starting(options, word)
    .filter((option) => !given.some((one) => one.startsWith(`${option.name}:`)))
    .map((option) => ({ name: `${option.name}: ${describeCommand(option, words)}`, value: `${start}${option.name}:` }));
}

async function completeValue(
  bot: Bot,
  command: Command,
  option: Option,
  start: string,
  typed: string,
): Promise<readonly Choice[]> {
  const choices = await bot.complete(command.name, option.name, typed);
  return choices.map(({ name, value }) => ({ name, value: `${start}${value}` }));
}

/** Those whose name begins with what was typed, whatever the case. */
function starting<Named extends { readonly name: string }>(all: readonly Named[], typed: string): readonly Named[] {
  return all.filter(({ name }) => name.startsWith(typed.toLowerCase()));
}

function endOf({ options, subcommands = [] }: Pick<Command, 'options' | 'subcommands'>): '' | ' ' {
  return options.length + subcommands.length > 0 ? ' ' : '';
}
