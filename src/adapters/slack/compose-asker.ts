import type { WebClient } from '@slack/web-api';
import type { Asker } from '../../core/asker.ts';
import { RefusedQuestion } from '../../core/errors.ts';
import type { Locale } from '../../i18n/locale.ts';
import { wordsOf } from '../../i18n/words.ts';
import type { DirectConversations } from './conversations.ts';
import { errorOf, explainError, remedyFor } from './explain-error.ts';
import { outwait } from './outwait.ts';

/** Who may change a channel's digests in addition to admins and its creator: the members of this user group, by its id. */
export interface SlackManagers {
  readonly group?: string | undefined;
}

export interface SlackPlace {
  readonly user: string;
  readonly team: string;
  readonly channel: string;
  /** The thread in it, if it is asked in one. */
  readonly thread?: string | undefined;
  /** The language of whoever asks. */
  readonly locale?: Locale | undefined;
}

/** Whether a conversation is one with the bot alone, or of few people: its id says so. */
export function isDirect(channel: string): boolean {
  return channel.startsWith('D');
}

/** Somebody in a channel. Slack is asked for more only if a command needs it. */
export function composeAsker(
  client: WebClient,
  { user, team, channel, locale }: SlackPlace,
  { group }: SlackManagers,
  conversations: DirectConversations,
): Asker {
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
        outwait(() => client.conversations.info({ channel })).catch(() => undefined),
      ]);
      if (place?.channel?.creator === user) return true;
      const isAdmin = person.user?.is_admin || person.user?.is_owner;
      if (isAdmin && isOf(person.user, team)) return true;
      if (!group) return false;
      const { users = [] } = await lookUp(() => client.usergroups.users.list({ usergroup: group }));
      return users.includes(user);
    },
    async obstacle() {
      if (channel === '') return undefined;
      if (isDirect(channel))
        return (await conversations.isOwn(client, channel)) === false
          ? wordsOf({ locale })('obstacle.not-own')
          : undefined;
      try {
        const { channel: place } = await outwait(() => client.conversations.info({ channel }));
        if (place?.is_archived) return remedyFor('is_archived');
        return place?.is_member === false ? remedyFor('not_in_channel') : undefined;
      } catch (error) {
        // Other problems have nothing to do with the channel; the digest itself will report them.
        return ['channel_not_found', 'missing_scope'].includes(errorOf(error) ?? '') ? explainError(error) : undefined;
      }
    },
    async timeZone() {
      const { user: person } = await lookUp(() => client.users.info({ user }));
      return person?.tz;
    },
  };
}

/** An admin of another workspace, in a shared channel, isn't an admin here. */
function isOf(user: { team_id?: string; enterprise_user?: { teams?: string[] } } | undefined, team: string): boolean {
  const { team_id: home = team, enterprise_user: { teams = [] } = {} } = user ?? {};
  return home === team || teams.includes(team);
}

/** Asks Slack. If it refuses and there is a remedy, the asker gets to read it. */
async function lookUp<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await outwait(work);
  } catch (error) {
    const remedy = explainError(error);
    throw remedy
      ? new RefusedQuestion((words) => ({ title: words('obstacle.unknown', { platform: 'Slack' }), remedy }))
      : error;
  }
}
