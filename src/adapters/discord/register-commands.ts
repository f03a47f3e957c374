import { isDeepStrictEqual } from 'node:util';
import { type REST, type RESTGetAPIApplicationCommandsResult, Routes } from 'discord.js';
import type { Command } from '../../core/command.ts';
import { composeCommands } from './compose-commands.ts';
import { readApplicationId } from './rest.ts';

/** What a registration changed, by command name, and the commands that Discord has no room for. */
export interface Registration {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
  readonly unchanged: number;
  readonly left: readonly string[];
}

/**
 * Makes Discord's list of commands equal to ours, for everyone or for one guild. Writes only if something differs.
 * Throws DiscordAPIError if Discord refuses.
 */
export async function registerCommands(
  rest: REST,
  commands: readonly Command[],
  guild?: string,
): Promise<Registration> {
  const { registration, write } = await compareRegistration(rest, commands, guild);
  const { added, changed, removed } = registration;
  if (added.length + changed.length + removed.length > 0) await write();
  return registration;
}

/** What registering would change. Writes nothing before `write` is called. Throws DiscordAPIError. */
export async function compareRegistration(
  rest: REST,
  commands: readonly Command[],
  guild?: string,
): Promise<{ readonly registration: Registration; readonly write: () => Promise<unknown> }> {
  const id = await readApplicationId(rest);
  const route = guild ? Routes.applicationGuildCommands(id, guild) : Routes.applicationCommands(id);
  const { bodies, left } = composeCommands(commands);
  const registered = (await rest.get(route, {
    query: new URLSearchParams({ with_localizations: 'true' }),
  })) as RESTGetAPIApplicationCommandsResult;

  const before = new Map(registered.map((command) => [command.name, command]));
  const names = new Set(bodies.map(({ name }) => name));
  const added = bodies.filter(({ name }) => !before.has(name));
  const changed = bodies.filter((body) => before.has(body.name) && !covers(before.get(body.name), body));
  const removed = registered.filter(({ name }) => !names.has(name));
  const registration = {
    added: added.map(({ name }) => name),
    changed: changed.map(({ name }) => name),
    removed: removed.map(({ name }) => name),
    unchanged: bodies.length - added.length - changed.length,
    left,
  };
  return { registration, write: () => rest.put(route, { body: bodies }) };
}

/**
 * Whether Discord's answer holds everything that we would send. Discord leaves out what is false or empty, adds ids and
 * versions, and returns sets such as contexts in its own order.
 */
function covers(theirs: unknown, ours: unknown): boolean {
  if (Array.isArray(ours)) {
    if (!Array.isArray(theirs) || theirs.length !== ours.length) return ours.length === 0 && theirs === undefined;
    if (ours.every((item) => typeof item !== 'object')) return isDeepStrictEqual([...theirs].sort(), [...ours].sort());
    return ours.every((item, index) => covers(theirs[index], item));
  }
  if (typeof ours === 'object' && ours !== null) {
    const other = (theirs ?? {}) as Record<string, unknown>;
    const keys = new Set([...Object.keys(ours), ...Object.keys(other).filter((key) => key.endsWith('_localizations'))]);
    return [...keys].every((key) => covers(other[key] ?? undefined, (ours as Record<string, unknown>)[key]));
  }
  return theirs === ours || (ours === false && theirs === undefined) || (ours === undefined && isEmpty(theirs));
}

function isEmpty(value: unknown): boolean {
  return value === undefined || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);
}

/** Only a command in a message's menu has spaces in its name, and nobody types it. */
function write(name: string): string {
  return name.includes(' ') ? name : `/${name}`;
}

/** A registration in lines for people: `+` for a new command, `~` for a changed one, `-` for a removed one. */
export function formatRegistration({ added, changed, removed, unchanged, left }: Registration): string {
  return [
    ...added.map((name) => `+ ${write(name)}`),
    ...changed.map((name) => `~ ${write(name)}`),
    ...removed.map((name) => `- ${write(name)}`),
    `${unchanged} unchanged${added.length + changed.length + removed.length > 0 ? '' : '; nothing written'}`,
    ...(left.length > 0 ? [`Discord allows 100 commands. Only through /brief: ${left.join(', ')}`] : []),
  ].join('\n');
}
