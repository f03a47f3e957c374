import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  Locale,
  type LocalizationMap,
  type RESTPutAPIApplicationCommandsJSONBody,
} from 'discord.js';
import { type Command, describeCommand, type Option, type Subcommand } from '../../core/command.ts';
import { LOCALES } from '../../i18n/locale.ts';
import { english, wordsOf } from '../../i18n/words.ts';
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

/** Discord's own locales; it has neither Hebrew nor Azerbaijani. */
const DISCORD_LOCALES = new Set<string>(Object.values(Locale));

/** In a message's menu, under Apps: asks the article about that message. Such a command has no description. */
const ASK_ABOUT: MessageBody = {
  type: ApplicationCommandType.Message,
  name: english('command.message'),
  name_localizations: translate(english('command.message')),
  ...EVERYWHERE,
};

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
    ...(topic ? localize('description', topic.locales) : describe(description)),
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
    ...describe(description),
    options: [...composeTexts(options), ...(elsewhere ? [OTHER_CHANNEL] : []), ...(always ? [] : [PRIVATELY])],
  };
}

function composeTexts(options: readonly Option[]) {
  return options.map(({ name, description, required, complete }) => ({
    type: ApplicationCommandOptionType.String as const,
    name,
    description,
    ...describe(description),
    required,
    max_length: DISCORD_LIMITS.optionText,
    ...(complete ? { autocomplete: true as const } : {}),
  }));
}

/** Discord offers only channels that the asker can see. */
const OTHER_CHANNEL = {
  type: ApplicationCommandOptionType.Channel as const,
  name: CHANNEL_OPTION,
  description: english('command.channel'),
  ...describe(english('command.channel')),
  required: false,
  channel_types: [...CHANNEL_TYPES],
};

const PRIVATELY = {
  type: ApplicationCommandOptionType.Boolean as const,
  name: PRIVATE_OPTION,
  description: english('command.private'),
  ...describe(english('command.private')),
  required: false,
};

/** What a command does, in every language of the catalogues that Discord has. */
function translate(description: string): LocalizationMap {
  const texts = LOCALES.flatMap((locale) => {
    const text = describeCommand({ description }, wordsOf({ locale }));
    return DISCORD_LOCALES.has(locale) && text !== description ? [[locale, text]] : [];
  });
  return Object.fromEntries(texts);
}

function describe(description: string): { description_localizations?: LocalizationMap } {
  const texts = translate(description);
  return Object.keys(texts).length > 0 ? { description_localizations: texts } : {};
}

type Texts = Readonly<
  Record<string, { readonly name?: string | undefined; readonly description?: string | undefined }>
>;

function localize(key: 'name' | 'description', locales: Texts = {}): Record<string, LocalizationMap> {
  const texts = Object.entries(locales).flatMap(([locale, text]) =>
    DISCORD_LOCALES.has(locale) && text[key] ? [[locale, text[key]]] : [],
  );
  return texts.length > 0 ? { [`${key}_localizations`]: Object.fromEntries(texts) } : {};
}
