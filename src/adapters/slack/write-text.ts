import { type Moment, type Text, writeMoment, writeText } from '../../core/text.ts';
import { escapeSlack } from './escape.ts';

/** A text of the bot's own as Slack shows it, each time in its reader's own zone. */
export function writeSlack(text: Text): string {
  return writeText(text, { plain: escapeSlack, moment: writeDate });
}

/**
 * What stands behind the bar is shown by clients that do not know such dates.
 * https://docs.slack.dev/messaging/formatting-message-text#date-formatting
 */
export function writeDate(moment: Moment): string {
  const seconds = Math.floor(moment.moment / 1000);
  return `<!date^${seconds}^{date_short_pretty} at {time}|${escapeSlack(writeMoment(moment))}>`;
}
