import { composePictureUrl, type Preview } from '../../core/preview.ts';
import { composeMessage, placeOf } from './compose-message.ts';
import { drawMessage } from './draw-message.ts';

/** The message that answers a command in a channel of a server. */
export const previewDiscord: Preview = {
  style: new URL('preview.css', import.meta.url),
  async draw(reply, { hidden }) {
    const payload = composeMessage(reply, placeOf(reply, hidden ? 'asker' : 'channel'), true);
    return { payload, html: await drawMessage(payload, composePictureUrl(reply)) };
  },
};
