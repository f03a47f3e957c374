import type { WebClient } from '@slack/web-api';
import type { Asker } from '../../core/asker.ts';
import { RefusedQuestion } from '../../core/errors.ts';
import { errorOf, explainError, remedyFor } from './explain-error.ts';

/** Who may change a channel's digests beside admins and the channel's creator: the members of this user group, by its id. */
export interface Managers {
  readonly group?: string | undefined;
}

export interface Place {
  readonly user: string;
  readonly team: string;
  readonly channel: string;
}

/** Whether a conversation is one with the bot alone, or of few people: its id says so. */
export function isDirect(channel: string): boolean {
  return channel.startsWith('D');
}

/** Somebody in a channel. Slack is asked for more only where a command needs it. */
export function composeAsker(client: WebClient, { user, team, channel }: Place, { group }: Managers): Asker {
  return {
    key: `slack:${user}`,
    platform: 'slack',
    user,
    team,
    channel,
    // The home tab, which is no channel, shows what its reader owns.
    direct: channel === '' || isDirect(channel),
    async mayManage() {
      const [person, place] = await Promise.all([
        lookUp(() => client.users.info({ user })),
        client.conversations.info({ channel }).catch(() => undefined),
      ]);
      if (person.user?.is_admin || person.user?.is_owner || place?.channel?.creator === user) return true;
      if (!group) return false;
      const { users = [] } = await lookUp(() => client.usergroups.users.list({ usergroup: group }));
      return users.includes(user);
    },
    async obstacle() {
      if (channel === '' || isDirect(channel)) return undefined;
      try {
        const { channel: place } = await client.conversations.info({ channel });
        if (place?.is_archived) return remedyFor('is_archived');
        return place?.is_member === false ? remedyFor('not_in_channel') : undefined;
      } catch (error) {
        // Any other trouble is not the channel's: the digest itself will tell.
        return errorOf(error) === 'channel_not_found' ? explainError(error) : undefined;
      }
    },
    async timeZone() {
      const { user: person } = await lookUp(() => client.users.info({ user }));
      return person?.tz;
    },
  };
}

/** Asks Slack. Where it refuses and there is a remedy, whoever asked reads it. */
async function lookUp<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const remedy = explainError(error);
    throw remedy ? new RefusedQuestion('Slack does not tell the bot enough', remedy) : error;
  }
}
