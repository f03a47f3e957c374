import { composeMessage, placeOf } from './adapters/discord/compose-message.ts';
import { renderSlack } from './adapters/slack/render-reply.ts';
import type { Renderers } from './adapters/web/playground.ts';

/**
 * What the page shows: the messages that answer a command in a channel of a server or workspace. A slash command of Slack
 * takes no picture, so what has one, a digest, is shown there as it is posted.
 */
export const pageRenderers: Renderers = {
  discord: (reply, hidden) => composeMessage(reply, placeOf(reply, hidden ? 'asker' : 'channel'), true),
  slack(reply, shared) {
    if (reply.image) return renderSlack(reply, { fileId: 'attached' });
    return renderSlack(reply, shared ? { sharedBy: 'you' } : { sharable: true });
  },
};
