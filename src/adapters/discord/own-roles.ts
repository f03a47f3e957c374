import { type REST, type RESTGetAPIGuildRolesResult, Routes } from 'discord.js';
import { LRUCache } from 'lru-cache';

const REMEMBERED = 10_000;
/** How long what is known of a server counts, in milliseconds. */
const REMEMBER_MS = 3_600_000;

/** Gives the role that a server made for the bot, by the server's id; undefined if there is none or Discord does not say. */
export type OwnRoleOf = (guild: string) => Promise<string | undefined>;

/**
 * Discord offers the role that a server made for a bot beside the bot itself when somebody types its name. The role's tags say
 * whose it is, https://docs.discord.com/developers/topics/permissions#role-object-role-tags-structure
 */
export function createOwnRoles(rest: Pick<REST, 'get'>, bot: () => string | undefined): OwnRoleOf {
  const known = new LRUCache<string, string>({ max: REMEMBERED, ttl: REMEMBER_MS });
  return async (guild) => {
    const found = known.get(guild);
    if (found !== undefined) return found || undefined;
    try {
      const roles = (await rest.get(Routes.guildRoles(guild))) as RESTGetAPIGuildRolesResult;
      const own = roles.find(({ tags }) => tags?.bot_id !== undefined && tags.bot_id === bot())?.id;
      known.set(guild, own ?? '');
      return own;
    } catch {
      return undefined;
    }
  };
}
