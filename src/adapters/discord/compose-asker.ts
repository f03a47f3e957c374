import {
  type APIInteraction,
  type APIMessage,
  ApplicationIntegrationType,
  InteractionContextType,
  PermissionFlagsBits,
} from 'discord.js';
import type { Asker } from '../../core/asker.ts';
import { findLocale, type Locale } from '../../i18n/locale.ts';
import { type Words, wordsOf } from '../../i18n/words.ts';
import type { ChosenChannel } from './chosen-channel.ts';
import { listMissing } from './permissions.ts';

/** The language of whoever used a command or a button; undefined if the bot doesn't speak it. */
export function localeOf(interaction: APIInteraction): Locale | undefined {
  return 'locale' in interaction ? findLocale([interaction.locale]) : undefined;
}

/** Who may change a server's digests in addition to people with "Manage Server": the members of this role, by its id. */
export interface DiscordManagers {
  readonly role?: string | undefined;
}

/**
 * Who used a command or a button; undefined if Discord names nobody. The channel is the one where they did, or the one that they
 * chose. Managing is a right in the whole server.
 */
export function composeAsker(
  interaction: APIInteraction,
  { role }: DiscordManagers,
  chosen?: ChosenChannel,
): Asker | undefined {
  const { member, guild_id: team = '', channel, context } = interaction;
  const user = member?.user ?? interaction.user;
  if (!user) return undefined;
  const permissions = BigInt(member?.permissions ?? 0);
  const mayManage =
    (permissions & (PermissionFlagsBits.ManageGuild | PermissionFlagsBits.Administrator)) !== 0n ||
    (role !== undefined && member?.roles.includes(role));
  return {
    ...identify(user.id, team, chosen?.id ?? channel?.id ?? ''),
    locale: team ? findLocale([interaction.guild_locale]) : localeOf(interaction),
    // In somebody else's conversation, the bot can answer but not post by itself.
    direct: !team && context !== InteractionContextType.PrivateChannel,
    mayManage: async () => mayManage ?? false,
    obstacle: async () => (team ? findObstacle(interaction, chosen) : undefined),
  };
}

function findObstacle(interaction: APIInteraction, chosen: ChosenChannel | undefined): string | undefined {
  const words = wordsOf({ locale: localeOf(interaction) });
  const { authorizing_integration_owners: owners, channel, app_permissions: allowed } = interaction;
  if (!owners?.[ApplicationIntegrationType.GuildInstall]) {
    return words('obstacle.user-install');
  }
  if (!chosen) return describeMissing('here', listMissing(channel?.type, BigInt(allowed ?? 0)), words);
  // Below an answer about another channel there are buttons. What the bot may do there was known when it was chosen.
  if (chosen.type === undefined) return undefined;
  // https://docs.discord.com/developers/change-log#resolved-channel-app_permissions-in-interactions
  if (chosen.app_permissions === undefined) {
    return words('obstacle.no-member', { platform: 'Discord' });
  }
  return describeMissing('there', listMissing(chosen.type, BigInt(chosen.app_permissions)), words);
}

function describeMissing(where: 'here' | 'there', missing: readonly string[], words: Words): string | undefined {
  return missing.length > 0 ? words('obstacle.permissions', { where, permissions: missing.join(', ') }) : undefined;
}

/** Who wrote a message. Discord gives the author's roles, but not their permissions. */
export function composeAuthor(
  message: APIMessage & { guild_id?: string; member?: { roles: readonly string[] } },
  { role }: DiscordManagers,
): Asker {
  const { author, guild_id: team = '', channel_id: channel, member } = message;
  return {
    ...identify(author.id, team, channel),
    direct: !team,
    mayManage: async () => (role !== undefined && member?.roles.includes(role)) ?? false,
  };
}

const NOTHING_KNOWN = { obstacle: async () => undefined, timeZone: async () => undefined };

function identify(user: string, team: string, channel: string) {
  return { key: `discord:${user}`, platform: 'discord', user, team, channel, ...NOTHING_KNOWN };
}
