import type { WebClient } from '@slack/web-api';
import type { Asker } from '../../core/asker.ts';

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
        client.users.info({ user }),
        client.conversations.info({ channel }).catch(() => undefined),
      ]);
      if (person.user?.is_admin || person.user?.is_owner || place?.channel?.creator === user) return true;
      if (!group) return false;
      const { users = [] } = await client.usergroups.users.list({ usergroup: group });
      return users.includes(user);
    },
    async timeZone() {
      const { user: person } = await client.users.info({ user });
      return person?.tz;
    },
  };
}
