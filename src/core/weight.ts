/** Characters that have a meaning in a platform's markup, so that rendering one may take two. */
const MARKUP = /[\\*_~`|<>&#@:[\]]/g;

/**
 * A text's length as a platform may count it: UTF-16 units, characters of markup twice, since escaping doubles them.
 * Limits on content are in this measure, so that any valid content fits every platform.
 */
export function weightOf(text: string): number {
  return text.length + (text.match(MARKUP)?.length ?? 0);
}
