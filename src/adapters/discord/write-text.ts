import { type Moment, type Text, writeText } from '../../core/text.ts';
import { escapeDiscord } from './escape.ts';

/** A text of the bot's own as Discord shows it, each time in its reader's own zone. */
export function writeDiscord(text: Text): string {
  return writeText(text, { plain: escapeDiscord, moment: writeTimestamp });
}

/** https://docs.discord.com/developers/reference#message-formatting-timestamp-styles */
function writeTimestamp({ moment }: Moment): string {
  return `<t:${Math.floor(moment / 1000)}:F>`;
}
