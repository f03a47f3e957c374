/** Who wrote an article and when, as a line of it says. */
export interface Byline {
  readonly author?: string;
  /** As written, such as `2025-10-07` or `October 2025`. */
  readonly published?: string;
}

const WORD = String.raw`\p{Lu}[\p{L}\p{M}.'’-]*`;
const PARTICLE = '(?:and|&|y|de|da|di|do|dos|del|der|den|van|von|zu|la|le|al|el|bin|ibn|ter|ten)';
/** `By Jane Roe and Ali bin Omar, 14 March 2025`: names, then perhaps a comma or the like and a date or an office. */
const BYLINE = new RegExp(
  String.raw`^(?:[Ww]ritten )?(?:[Bb]y|BY):?\s+(${WORD}(?:,?\s+(?:${PARTICLE}\s+)*${WORD}){0,11})(?:\s*[,|·•–—]\s*(.{1,60}[^.!?:,]))?$`,
  'u',
);

const MONTH = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\\.?';
const DAY = `(?:\\d{1,2}(?:st|nd|rd|th)? ${MONTH}|${MONTH}(?: \\d{1,2},?)?) \\d{4}|\\d{4}-\\d{2}-\\d{2}`;
const DATE = new RegExp(`^(?:published(?: on)?:?\\s+)?(${DAY})$`, 'i');
const DATE_WITHIN = new RegExp(`\\b(${DAY})\\b`, 'i');

/** The first date in a line that tells author and date. */
export function findDate(line: string): Byline {
  const [, published] = DATE_WITHIN.exec(line.slice(0, 300)) ?? [];
  return published ? { published } : {};
}

/** What a line says of author and date; undefined if it is neither, and so belongs to the article. */
export function readByline(line: string): Byline | undefined {
  const [, dated] = DATE.exec(line) ?? [];
  if (dated) return { published: dated };
  const [, author, rest = ''] = BYLINE.exec(line) ?? [];
  // "By Christmas." is a sentence.
  if (!author || /\p{Ll}{3}\.$/u.test(line)) return undefined;
  const [, published] = DATE.exec(rest.trim()) ?? [];
  return { author, ...(published ? { published } : {}) };
}
