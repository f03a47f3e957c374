/**
 * A text as Discord shows it letter by letter: no emphasis, no mention, no link, no heading or list at a line's start.
 * https://docs.discord.com/developers/reference#message-formatting
 */
export function escapeDiscord(text: string): string {
  return text
    .replace(/[\\*_~`|<>@[\]]/g, '\\$&')
    .replace(/:(?=\/\/)/g, '\\:')
    .replace(/^([^\S\r\n\u2028\u2029]*)(#|-|\+|\d+(?=[.)]))/gm, (_, space: string, mark: string) =>
      /\d/.test(mark) ? `${space}${mark}\u200B` : `${space}\\${mark}`,
    );
}
