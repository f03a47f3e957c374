import type { RawFile } from 'discord.js';
// The flags without the rest of discord.js: the page draws messages where Discord is not in use, too.
import { MessageFlags, type RESTPatchAPIInteractionOriginalResponseJSONBody } from 'discord-api-types/v10';
import type { Reply } from '../../core/reply.ts';
import type { DiscordMessage } from './render-reply.ts';

/** The name by which a message points at its picture, https://docs.discord.com/developers/reference#uploading-files */
export const PICTURE = 'briefing.png';

/** The files that go with a rendered reply. */
export function composeFiles({ image }: Reply): RawFile[] {
  return image ? [{ name: PICTURE, data: Buffer.from(image.png), contentType: 'image/png' }] : [];
}

/**
 * A message as an edit takes it: with a list of every file that it has from now on, new ones too, and without the flag that
 * hides it, which an edit can't change. https://docs.discord.com/developers/resources/webhook#edit-webhook-message
 */
export function composeEdit(
  message: DiscordMessage,
  files: readonly RawFile[],
): RESTPatchAPIInteractionOriginalResponseJSONBody & DiscordMessage {
  return { ...message, flags: message.flags & ~MessageFlags.Ephemeral, attachments: listFiles(files) };
}

/** New files, by their places among those that are sent. */
export function listFiles(files: readonly RawFile[]): { readonly id: string; readonly filename: string }[] {
  return files.map(({ name }, index) => ({ id: String(index), filename: name }));
}
