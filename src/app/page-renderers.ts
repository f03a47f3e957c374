import { composeMessage, placeOf } from '../adapters/discord/compose-message.ts';
import { renderSlack } from '../adapters/slack/render-reply.ts';
import { createSlashNames } from '../adapters/slack/slash-names.ts';
import type { Renderers } from '../adapters/web/playground.ts';
import type { Bot } from '../core/bot.ts';

/**
 * What the page shows: the messages that answer a command in a channel of a server or workspace. A slash command of Slack
 * takes no picture, so what has one, a digest, is shown there as it is posted.
 */
export function createPageRenderers(bot: Bot, slackPrefix: string): Renderers {
  const names = createSlashNames(() => bot.commands, slackPrefix);
  return {
    discord: (reply, hidden) => composeMessage(reply, placeOf(reply, hidden ? 'asker' : 'channel'), true),
    slack(reply, shared) {
      const named = names.applyTo(reply);
      if (named.image) return renderSlack(named, { fileId: 'attached' });
      return renderSlack(named, shared ? { sharedBy: 'you' } : { sharable: true });
    },
  };
}
