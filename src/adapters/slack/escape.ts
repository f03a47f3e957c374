import { MAX_TEXT_LENGTH } from '../../core/question.ts';

/**
 * A text as Slack shows it letter by letter. Entities keep mentions and links from being made; a word joiner (U+2060) keeps
 * emphasis marks from pairing, because Slack has no escape for them.
 * https://docs.slack.dev/messaging/formatting-message-text#escaping
 */
export function escapeSlack(text: string): string {
  // Most texts have nothing to escape, and every answer escapes many.
  if (!/[&<>*_~`:]/.test(text)) return text;
  return text.replace(/[&<>*_~`]|:(?=[^\s:]+:)/g, (found) => ESCAPES[found] ?? `\u2060${found}\u2060`);
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', ':': ':\u2060' };

/**
 * What somebody typed, from how Slack hands it over: links and channels by their names, mentions of people left out,
 * entities as the characters that they stand for. A text that is too long for a question stays as it is, to be refused.
 * https://docs.slack.dev/messaging/formatting-message-text#parsing
 */
export function decodeSlack(text: string): string {
  if (text.length > MAX_TEXT_LENGTH) return text;
  return text.replace(/<([^<>]*)>/g, (_, inside: string) => nameOf(inside)).replace(/&(lt|gt|amp);/g, readEntity);
}

/** What stands for `<…>`: nothing for a mention, the name or else the address for a link. */
function nameOf(inside: string): string {
  if (/^[@!]/.test(inside)) return ' ';
  const bar = inside.indexOf('|');
  if (bar >= 0) return inside.slice(bar + 1);
  return inside.startsWith('#') ? '' : inside;
}

function readEntity(_: string, name: string): string {
  return { lt: '<', gt: '>' }[name] ?? '&';
}
