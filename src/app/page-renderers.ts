import { composeMessage, placeOf } from '../adapters/discord/compose-message.ts';
import { drawDiscord } from '../adapters/discord/draw-message.ts';
import { drawSlack } from '../adapters/slack/draw-message.ts';
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
    discord(reply, hidden, drawing) {
      const payload = composeMessage(reply, placeOf(reply, hidden ? 'asker' : 'channel'), true);
      return { payload, html: drawDiscord(payload, drawing) };
    },
    slack(reply, shared, drawing) {
      const named = names.applyTo(reply);
      const payload = renderSlack(
        named,
        named.image ? { fileId: 'attached' } : shared ? { sharedBy: 'you' } : { sharable: true },
      );
      return { payload, html: drawSlack(payload, drawing) };
    },
  };
}
