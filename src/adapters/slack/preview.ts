import { html } from 'hono/html';
import type { Bot } from '../../core/bot.ts';
import type { Preview } from '../../core/preview.ts';
import { wordsOf } from '../../i18n/words.ts';
import { drawSlack } from './draw-message.ts';
import { renderSlack } from './render-reply.ts';
import { createSlashNames } from './slash-names.ts';

/** The message that answers a command in a channel. A slash command takes no picture, so a digest is shown as it is posted. */
export function createSlackPreview(bot: Bot, prefix: string): Preview {
  const names = createSlashNames(() => bot.commands, prefix);
  return {
    style: new URL('preview.css', import.meta.url),
    async draw(reply, { shared }, drawing) {
      const words = wordsOf(reply.question);
      const named = names.applyTo(reply);
      const shown = shared ? { sharedBy: words('shared-by.you') } : { sharable: true };
      const payload = renderSlack(named, named.image ? { fileId: 'attached' } : shown);
      const drawn = await html`<div class="slack-message" lang="${words.locale}">
        <img class="avatar" src="/favicon.svg" alt="" width="36" height="36">
        <div class="slack-body">
          <p class="slack-author">Briefing Bot <span class="slack-tag">APP</span></p>
          ${drawSlack(payload, drawing, words)}
        </div>
      </div>`;
      return { payload, html: drawn.toString() };
    },
  };
}
