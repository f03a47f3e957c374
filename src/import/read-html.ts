import { Readability } from '@mozilla/readability';
import { clean, fold, type TextBlock } from './blocks.ts';
import { checkPage } from './check-page.ts';
import { collectBlocks } from './collect-blocks.ts';
import { markPage } from './mark-page.ts';
import type { Metadata } from './metadata.ts';
import { type Page, parsePage } from './page.ts';
import type { ReadText } from './read-article.ts';
import { readMetadata } from './read-metadata.ts';

/** Below this many characters a text is hardly an article, and a line hardly a paragraph of it. */
const SHORTEST = 100;
const SHORTEST_LINE = 25;
/** An alternative text, and the longest caption, in characters. */
const SHORTEST_ALT = 20;
const LONGEST_CAPTION = 400;

/**
 * The text of a page without its menus; what is set apart by its markup has its role. `address` is where the page was found.
 * No script of it runs, and nothing is loaded. Throws UserError, which names `file`, if the page is too large or nested too
 * deeply to be read.
 */
export function readHtml(file: string, html: string, address?: string): ReadText {
  checkPage(file, html);
  const page = parsePage(html);
  const metadata = readMetadata(page, address);
  const named = chooseTitle(page, metadata);
  const pictured = listPictured(page);
  markPage(page);
  const all = collectBlocks(page.body).map(
    (block): TextBlock =>
      block.role === 'paragraph' && isPictured(block, pictured) ? { ...block, role: 'caption' } : block,
  );
  // As people see it: a page's data often have plain quotation marks.
  const title = all.find(({ text }) => fold(text) === fold(named))?.text ?? named;
  // It takes the page apart, so it comes last.
  const found = new Readability(page as never, { charThreshold: SHORTEST }).parse();
  return {
    metadata: {
      ...metadata,
      ...(title ? { title } : {}),
      ...(metadata.author || !found?.byline ? {} : { author: clean(found.byline).replace(/^by\s/i, '') }),
    },
    blocks: found?.textContent ? takeArticle(all, found.textContent, title) : [],
  };
}

/**
 * The blocks of a page that are its article: from the title, or the first paragraph that `content` holds, to the last, and
 * what belongs to it after that. A paragraph between them that `content` lacks is left out, and stays visible as that.
 */
function takeArticle(all: readonly TextBlock[], content: string, title: string): TextBlock[] {
  const text = fold(content).replaceAll(' ', '');
  // A table's caption may stand above or below its rows.
  const holds = (block: TextBlock): boolean =>
    block.text.split('\n').every((line) => text.includes(fold(line).replaceAll(' ', '')));
  const isLine = (block: TextBlock): boolean =>
    block.role === 'paragraph' && (block.text.length >= SHORTEST_LINE || block.table === true) && holds(block);
  const first = all.findIndex(isLine);
  if (first < 0) return [];
  const last = all.findLastIndex(isLine);
  const headline = all.slice(0, first).findLastIndex((block) => fold(block.text) === fold(title));
  return all.flatMap((block, index): TextBlock[] => {
    if (index < first) return headline >= 0 && index > headline ? [tell(block, holds)] : before(block);
    if (index > last) return AFTER.has(block.role) ? [block] : [];
    return [tell(block, holds)];
  });
}

const AFTER: ReadonlySet<TextBlock['role']> = new Set(['correction', 'author bio', 'footnote']);

/** Before a title that cannot be told there are only lines of the page. */
function before(block: TextBlock): TextBlock[] {
  return block.role === 'standfirst' || block.role === 'byline' ? [block] : [];
}

function tell(block: TextBlock, holds: (block: TextBlock) => boolean): TextBlock {
  return block.role === 'paragraph' && !holds(block) ? { ...block, role: 'left out' } : block;
}

/** The heading that people see, if the page's data agree; they often name the site too, or word the title otherwise. */
function chooseTitle(page: Page, { title = '', publisher = '' }: Metadata): string {
  const headings = [...page.querySelectorAll('h1')].map((heading) => clean(heading.textContent ?? '')).filter(Boolean);
  const tag = clean(page.querySelector('title')?.textContent ?? '');
  const named = fold(`${title} ${tag}`);
  const [agreed] = headings
    .filter((heading) => named.includes(fold(heading)) && fold(heading) !== fold(publisher))
    .sort((a, b) => b.length - a.length);
  if (agreed) return agreed;
  const inArticle = clean(page.querySelector('article h1, main h1')?.textContent ?? '');
  // The longest part of "Harbour Gazette - Old lock keeper’s house for sale" is the article's.
  const [longest = ''] = tag.split(/ [|–—»-] /).sort((a, b) => b.length - a.length);
  return inArticle || title || headings[0] || longest;
}

/** What pictures show, by their own account. */
function listPictured(page: Page): string[] {
  return [...page.querySelectorAll('img[alt]')]
    .map((image) => fold(image.getAttribute('alt') ?? ''))
    .filter((alt) => alt.length >= SHORTEST_ALT);
}

/** A caption often says the same as its picture's alternative text, or the beginning of it. */
function isPictured({ text }: TextBlock, pictured: readonly string[]): boolean {
  if (text.length > LONGEST_CAPTION) return false;
  const words = fold(text);
  return words.length >= SHORTEST_ALT && pictured.some((alt) => alt.startsWith(words) || words.startsWith(alt));
}
