import { html } from 'hono/html';
import type { Preview } from '../../core/preview.ts';
import { wordsOf } from '../../i18n/words.ts';
import { composeMessage, placeOf } from './compose-message.ts';
import { drawDiscord } from './draw-message.ts';

/** The message that answers a command in a channel of a server. */
export const previewDiscord: Preview = {
  style: new URL('preview.css', import.meta.url),
  async draw(reply, { hidden }, drawing) {
    const words = wordsOf(reply.question);
    const payload = composeMessage(reply, placeOf(reply, hidden ? 'asker' : 'channel'), true);
    const drawn = await html`<div class="discord-message" lang="${words.locale}">
      <img class="avatar" src="/favicon.svg" alt="" width="40" height="40">
      <div class="discord-body">
        <p class="discord-author">Briefing Bot <span class="discord-tag">APP</span></p>
        ${drawDiscord(payload, drawing, words)}
      </div>
    </div>`;
    return { payload, html: drawn.toString() };
  },
};
