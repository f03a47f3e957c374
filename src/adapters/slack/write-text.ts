import { type Moment, type Text, writeMoment, writeText } from '../../core/text.ts';
import type { Words } from '../../i18n/words.ts';
import { escapeSlack } from './escape.ts';

/** A text of the bot's own as Slack shows it, each time in its reader's own zone. */
export function writeSlack(text: Text, words: Words): string {
  return writeText(text, { plain: escapeSlack, moment: (moment) => writeDate(moment, words) });
}

/**
 * What stands behind the bar is shown by clients that do not know such dates.
 * https://docs.slack.dev/messaging/formatting-message-text#date-formatting
 */
export function writeDate(moment: Moment, words: Words): string {
  const seconds = Math.floor(moment.moment / 1000);
  return `<!date^${seconds}^{date_short_pretty}${words('date.at')}{time}|${escapeSlack(writeMoment(moment, words))}>`;
}
