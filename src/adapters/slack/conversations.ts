import type { WebClient } from '@slack/web-api';
import { LRUCache } from 'lru-cache';
import { errorOf } from './explain-error.ts';

const REMEMBERED = 10_000;

/** Tells the bot's own direct conversations from those of two people, in which its commands work too. */
export interface DirectConversations {
  /** Notes that a conversation is the bot's own: Slack tells the bot of no others. */
  remember(channel: string): void;
  /** Whether the bot is in a direct conversation; undefined if Slack doesn't say. Slack is asked once. */
  isOwn(client: WebClient, channel: string): Promise<boolean | undefined>;
}

/**
 * A bot's token reads the history of conversations that the bot is in. Apps that are distributed outside Slack's Marketplace
 * may look once a minute in each workspace, https://docs.slack.dev/reference/methods/conversations.history
 */
export function createDirectConversations(): DirectConversations {
  const known = new LRUCache<string, boolean>({ max: REMEMBERED });
  return {
    remember: (channel) => void known.set(channel, true),
    async isOwn(client, channel) {
      const found = known.get(channel);
      if (found !== undefined) return found;
      try {
        await client.conversations.history({ channel, limit: 1 });
        known.set(channel, true);
        return true;
      } catch (error) {
        if (!['channel_not_found', 'not_in_channel'].includes(errorOf(error) ?? '')) return undefined;
        known.set(channel, false);
        return false;
      }
    },
  };
}
