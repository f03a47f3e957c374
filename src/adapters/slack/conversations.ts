import type { WebClient } from '@slack/web-api';
import { LRUCache } from 'lru-cache';
import { errorOf } from './explain-error.ts';

const REMEMBERED = 10_000;

/** Tells the bot's own direct conversations from those of two people, in which its commands work too. */
export interface DirectConversations {
  /** Whether the bot is in a direct conversation. Slack is asked once; if it doesn't say, the conversation counts as the bot's. */
  isOwn(client: WebClient, channel: string): Promise<boolean>;
}

/** A bot's token reads the history of conversations that the bot is in, https://docs.slack.dev/reference/methods/conversations.history */
export function createDirectConversations(): DirectConversations {
  const known = new LRUCache<string, boolean>({ max: REMEMBERED });
  return {
    async isOwn(client, channel) {
      const found = known.get(channel);
      if (found !== undefined) return found;
      try {
        await client.conversations.history({ channel, limit: 1 });
        known.set(channel, true);
        return true;
      } catch (error) {
        const isOthers = ['channel_not_found', 'not_in_channel'].includes(errorOf(error) ?? '');
        if (isOthers) known.set(channel, false);
        return !isOthers;
      }
    },
  };
}
