import type { Command } from '../../core/command.ts';
import { composeCommandLine, type Question } from '../../core/question.ts';
import { rememberRendering } from '../../core/remember.ts';
import { type Reply, writeCommands } from '../../core/reply.ts';
import { SLACK_LIMITS } from './limits.ts';
import { ENTRY_COMMAND } from './parse-command.ts';

/** Commands that Slack keeps for itself: an app cannot have them. https://slack.com/help/articles/201259356 */
const RESERVED = new Set(
  (
    'active apps archive away call collapse dm dnd expand feed help invite join leave me msg mute open remind remove ' +
    'rename search shortcuts shrug star status topic who'
  ).split(' '),
);

/** A command and the name that it has on Slack, without the slash. */
export interface SlashCommand {
  readonly command: Command;
  readonly name: string;
}

/** The commands that Slack has room and names for, `/brief` first, and those that are left to `/brief NAME`. */
export function chooseSlashCommands(
  commands: readonly Command[],
  prefix: string,
): { readonly listed: readonly SlashCommand[]; readonly left: readonly Command[] } {
  const isEntry = ({ name }: Command) => name === ENTRY_COMMAND;
  const named = commands.map((command) => ({
    command,
    name: isEntry(command) ? command.name : `${prefix}${command.name}`,
  }));
  const listed = [
    ...named.filter(({ command }) => isEntry(command)),
    ...named.filter(({ command, name }) => !isEntry(command) && fits(name)),
  ].slice(0, SLACK_LIMITS.commands);
  const kept = new Set(listed.map(({ command }) => command));
  return { listed, left: commands.filter((command) => !kept.has(command)) };
}

function fits(name: string): boolean {
  return name.length < SLACK_LIMITS.commandName && !RESERVED.has(name);
}

/** How the bot writes its commands to people on Slack. */
export interface SlashNames {
  /** What people type, such as `/news-digest resume`, or `/brief help` if Slack has no command of that name. */
  write(command: Question): string;
  /** The reply with every command written so. */
  applyTo(reply: Reply): Reply;
}

/** Names for the commands that `commands` gives at the time. */
export function createSlashNames(commands: () => readonly Command[], prefix: string): SlashNames {
  const byCommands = new WeakMap<readonly Command[], ReadonlyMap<string, string>>();
  const names = (): ReadonlyMap<string, string> => {
    const current = commands();
    const known = byCommands.get(current);
    if (known) return known;
    const { listed, left } = chooseSlashCommands(current, prefix);
    const all = new Map([
      ...listed.map(({ command, name }) => [command.name, `/${name}`] as const),
      ...left.map(({ name }) => [name, `/${ENTRY_COMMAND} ${name}`] as const),
    ]);
    byCommands.set(current, all);
    return all;
  };
  const write = (command: Question) =>
    composeCommandLine(command, names().get(command.command) ?? `/${ENTRY_COMMAND} ${command.command}`);
  return { write, applyTo: rememberRendering((reply: Reply, _: object) => writeCommands(reply, write)) };
}
