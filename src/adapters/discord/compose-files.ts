import type { RawFile } from 'discord.js';
import type { Reply } from '../../core/reply.ts';

/** The name by which a message points at its picture, https://docs.discord.com/developers/reference#uploading-files */
export const PICTURE = 'briefing.png';

/** The files that go with a rendered reply. */
export function composeFiles({ image }: Reply): RawFile[] {
  return image ? [{ name: PICTURE, data: Buffer.from(image.png), contentType: 'image/png' }] : [];
}
