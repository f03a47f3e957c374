import type { Bot } from './bot.ts';
import type { Choice } from './command.ts';

/**
 * How a line that is being typed could go on: `/dr` to `/drones`, `/brief dr` to `/brief drones`. Each choice's value is
 * the whole line. Empty for a line that begins no command.
 */
export async function completeText(bot: Bot, line: string): Promise<readonly Choice[]> {
  const [, name, space, rest = ''] = /^\/(\S*)(\s+)?(.*)$/s.exec(line.trimStart()) ?? [];
  if (name === undefined) return [];
  if (!space) {
    const typed = name.toLowerCase();
    const starting = bot.commands.filter((command) => command.name.startsWith(typed));
    return starting.map(({ name: full, description }) => ({ name: `/${full}: ${description}`, value: `/${full}` }));
  }
  const option = bot.commands.find((command) => command.name === name.toLowerCase())?.options[0];
  if (!option) return [];
  const choices = await bot.complete(name.toLowerCase(), option.name, rest);
  return choices.map((choice) => ({ name: choice.name, value: `/${name.toLowerCase()} ${choice.value}` }));
}
