import { Readability } from '@mozilla/readability';
import { clean, fold, type TextBlock } from './blocks.ts';
import { checkPage } from './check-page.ts';
import { collectBlocks } from './collect-blocks.ts';
import { markPage } from './mark-page.ts';
import type { Metadata } from './metadata.ts';
import { type Page, parsePage } from './page.ts';
import type { ReadText } from './read-article.ts';
import { readMetadata } from './read-metadata.ts';

/** Below this many characters a text is hardly an article. */
const SHORTEST = 100;

/**
 * The text of a page without its menus; what is set apart by its markup has its role. `address` is where the page was found.
 * No script of it runs, and nothing is loaded. Throws UserError, which names `file`, if the page is too large or nested too
 * deeply to be read.
 */
export function readHtml(file: string, html: string, address?: string): ReadText {
  checkPage(file, html);
  const page = parsePage(html);
  const metadata = readMetadata(page, address);
  const title = chooseTitle(page, metadata);
  const pictured = listPictured(page);
  markPage(page);
  const all = collectBlocks(page.body);
  const found = new Readability(page as never, { charThreshold: SHORTEST }).parse();
  const blocks = (found?.content ? collectBlocks(parsePage(found.content).body) : []).map((block) =>
    block.role === 'paragraph' && isPictured(block, pictured) ? { ...block, role: 'caption' as const } : block,
  );
  return {
    metadata: {
      ...metadata,
      ...(title ? { title } : {}),
      ...(metadata.author || !found?.byline ? {} : { author: clean(found.byline).replace(/^by\s/i, '') }),
    },
    blocks: addMissing(blocks, all, title),
  };
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
  return inArticle || title || headings[0] || tag.replace(/\s[|–—-]\s[^|–—-]{1,40}$/, '');
}

/** What pictures show, by their own account. */
function listPictured(page: Page): string[] {
  return [...page.querySelectorAll('img[alt]')]
    .map((image) => fold(image.getAttribute('alt') ?? ''))
    .filter((alt) => alt.length >= SHORTEST_ALT);
}

const SHORTEST_ALT = 20;

/** A caption often says the same as its picture's alternative text, or the beginning of it. */
function isPictured({ text }: TextBlock, pictured: readonly string[]): boolean {
  const words = fold(text.slice(0, 500));
  return words.length >= SHORTEST_ALT && pictured.some((alt) => alt.startsWith(words) || words.startsWith(alt));
}

/**
 * The article's pieces with those that belong to it and stand outside its text: a standfirst between the title and the first
 * paragraph; a correction, a bio or a footnote after that. `all` is the whole page.
 */
function addMissing(blocks: readonly TextBlock[], all: readonly TextBlock[], title: string): TextBlock[] {
  const seen = new Set(blocks.map(({ text }) => fold(text)));
  const isTitle = fold(title);
  const start = all.findIndex(({ text, role }) => role === 'heading' && fold(text) === isTitle);
  const first = all.findIndex(({ text, role }) => role === 'paragraph' && seen.has(fold(text)));
  const missing = all.flatMap((block, index) => (seen.has(fold(block.text)) ? [] : [{ ...block, index }]));
  const choose = (fits: (block: TextBlock, index: number) => boolean): TextBlock[] =>
    missing.filter(({ index, ...block }) => fits(block, index)).map(({ index, ...block }) => block);
  const before = choose(({ role }, index) => role === 'standfirst' && index > start && index < first && start >= 0);
  const after = choose(({ role }, index) => AFTER.has(role) && index > first);
  return blocks.length > 0 ? [...before, ...blocks, ...after] : [];
}

const AFTER: ReadonlySet<TextBlock['role']> = new Set(['correction', 'author bio', 'footnote']);
