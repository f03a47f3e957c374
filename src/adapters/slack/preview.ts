import type { Bot } from '../../core/bot.ts';
import { composePictureUrl, type Preview } from '../../core/preview.ts';
import { drawMessage } from './draw-message.ts';
import { renderSlack } from './render-reply.ts';
import { createSlashNames } from './slash-names.ts';

/** The message that answers a command in a channel. A slash command takes no picture, so a digest is shown as it is posted. */
export function createSlackPreview(bot: Bot, prefix: string): Preview {
  const names = createSlashNames(() => bot.commands, prefix);
  return {
    style: new URL('preview.css', import.meta.url),
    async draw(reply, { shared }) {
      const named = names.applyTo(reply);
      const options = named.image ? { fileId: 'attached' } : shared ? { sharedBy: 'you' } : { sharable: true };
      const payload = renderSlack(named, options);
      return { payload, html: await drawMessage(payload, composePictureUrl(named)) };
    },
  };
}
