import type { Article, Paragraph } from './article.ts';

/** Characters of an address that a message has room for; Discord's buttons take 512. */
const MAX_ADDRESS = 250;

/**
 * Where a reader finds an article, or a paragraph of it if the record has an anchor: by an element's id, or by the
 * paragraph's first words as a text fragment, https://developer.mozilla.org/docs/Web/URI/Reference/Fragment/Text_fragments.
 * Falls back to the article's own address if that would be too long. Undefined if the editors do not know the address. None
 * of its characters has a meaning in a platform's markup.
 */
export function composeAddress(article: Article, paragraph?: Paragraph): string | undefined {
  const { url, anchors, textFragments } = article;
  if (url === undefined) return undefined;
  const whole = writeAddress(url);
  const anchor = paragraph === undefined ? undefined : anchors[String(paragraph)];
  if (anchor === undefined) return whole;
  const parsed = new URL(url);
  parsed.hash = '';
  // A hyphen separates the parts of a text fragment.
  const words = encodeURIComponent(anchor).replaceAll('-', '%2D');
  const exact = escapeMarkup(`${parsed.href}#${textFragments ? ':~:text=' : ''}${words}`);
  return exact.length <= MAX_ADDRESS ? exact : whole;
}

/** The address with none of its characters meaning anything in a platform's markup. Throws if it isn't a valid address. */
export function writeAddress(url: string): string {
  return escapeMarkup(new URL(url).href);
}

/** Brackets end a link on Discord, bars and angles one on Slack. */
function escapeMarkup(url: string): string {
  return url.replace(
    /[()<>|[\]\\*`"'\s]/g,
    (found) => `%${found.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}
