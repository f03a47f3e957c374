/**
 * A text as Slack shows it letter by letter. Entities keep mentions and links from being made; a zero-width joiner keeps
 * marks of emphasis from pairing, for which Slack has no escape.
 * https://docs.slack.dev/messaging/formatting-message-text#escaping
 */
export function escapeSlack(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/[*_~`]/g, '\u2060$&\u2060')
    .replace(/:(?=\w+:)/g, ':\u2060');
}

/**
 * What somebody typed, from how Slack hands it over: links and channels by their names, mentions of people left out,
 * entities as the characters that they stand for.
 */
export function decodeSlack(text: string): string {
  return text
    .replace(/<[@!][^>]*>/g, ' ')
    .replace(/<#[^|>]*\|?([^>]*)>/g, '$1')
    .replace(/<[^|>]*\|([^>]*)>/g, '$1')
    .replace(/<([^>]*)>/g, '$1')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');
}
