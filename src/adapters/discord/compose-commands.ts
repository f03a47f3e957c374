import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  Locale,
  type LocalizationMap,
  type RESTPutAPIApplicationCommandsJSONBody,
} from 'discord.js';
import type { Command, Option, Subcommand } from '../../core/command.ts';
import { CHANNEL_OPTION, CHANNEL_TYPES } from './chosen-channel.ts';
import { DISCORD_LIMITS } from './limits.ts';

type SlashBody = RESTPutAPIApplicationCommandsJSONBody[number] & { type: ApplicationCommandType.ChatInput };
type MessageBody = RESTPutAPIApplicationCommandsJSONBody[number] & { type: ApplicationCommandType.Message };

/** The commands as Discord takes them, and the names of those for which it has no room. */
export interface ComposedCommands {
  readonly bodies: (SlashBody | MessageBody)[];
  readonly left: readonly string[];
}

/** The option that every command has on Discord: the answer is shown to the asker alone. */
export const PRIVATE_OPTION = 'private';

/** Where commands can be installed and used. */
const EVERYWHERE = {
  integration_types: [ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall],
  contexts: [InteractionContextType.Guild, InteractionContextType.BotDM, InteractionContextType.PrivateChannel],
};

/** In a message's menu, under Apps: asks the article about that message. Such a command has no description. */
const ASK_ABOUT: MessageBody = { type: ApplicationCommandType.Message, name: 'What the article says', ...EVERYWHERE };

const LOCALES = new Set<string>(Object.values(Locale));

/**
 * Slash commands for servers, the bot's direct messages and other conversations, installable to a server and to a user, and a
 * command in the menu of messages. Discord takes 100 slash commands; the first ones of the list are registered, the rest stay reachable through `/brief`.
 * https://docs.discord.com/developers/interactions/application-commands
 */
export function composeCommands(commands: readonly Command[]): ComposedCommands {
  return {
    bodies: [...commands.slice(0, DISCORD_LIMITS.commands).map(composeCommand), ASK_ABOUT],
    left: commands.slice(DISCORD_LIMITS.commands).map(({ name }) => name),
  };
}

function composeCommand({ name, description, options, subcommands, topic }: Command): SlashBody {
  return {
    type: ApplicationCommandType.ChatInput,
    name,
    ...localize('name', topic?.locales),
    description,
    ...localize('description', topic?.locales),
    ...EVERYWHERE,
    // A command with subcommands takes no options of its own.
    options: (subcommands?.map(composeSubcommand) ?? [...composeTexts(options), PRIVATELY]) as NonNullable<
      SlashBody['options']
    >,
  };
}

function composeSubcommand({ name, description, options, private: always, elsewhere }: Subcommand) {
  return {
    type: ApplicationCommandOptionType.Subcommand as const,
    name,
    description,
    options: [...composeTexts(options), ...(elsewhere ? [OTHER_CHANNEL] : []), ...(always ? [] : [PRIVATELY])],
  };
}

function composeTexts(options: readonly Option[]) {
  return options.map(({ name, description, required, complete }) => ({
    type: ApplicationCommandOptionType.String as const,
    name,
    description,
    required,
    max_length: DISCORD_LIMITS.optionText,
    ...(complete ? { autocomplete: true as const } : {}),
  }));
}

/** Discord offers only channels that the asker can see. */
const OTHER_CHANNEL = {
  type: ApplicationCommandOptionType.Channel as const,
  name: CHANNEL_OPTION,
  description: 'A channel other than this one, such as a forum',
  required: false,
  channel_types: [...CHANNEL_TYPES],
};

const PRIVATELY = {
  type: ApplicationCommandOptionType.Boolean as const,
  name: PRIVATE_OPTION,
  description: 'Show the answer to me only',
  required: false,
};

type Texts = Readonly<
  Record<string, { readonly name?: string | undefined; readonly description?: string | undefined }>
>;

function localize(key: 'name' | 'description', locales: Texts = {}): Record<string, LocalizationMap> {
  const texts = Object.entries(locales).flatMap(([locale, text]) =>
    LOCALES.has(locale) && text[key] ? [[locale, text[key]]] : [],
  );
  return texts.length > 0 ? { [`${key}_localizations`]: Object.fromEntries(texts) } : {};
}
