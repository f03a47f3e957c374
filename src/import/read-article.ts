import { basename, extname } from 'node:path';
import { Readability } from '@mozilla/readability';
import { parseHTML } from 'linkedom';
import MarkdownIt from 'markdown-it';
import { UserError } from '../core/errors.ts';

/** An article as its file gives it. */
export interface ReadArticle {
  readonly title: string;
  readonly author?: string;
  /** As written, such as `2025-10-07` or `October 2025`. */
  readonly published?: string;
  readonly sections: readonly Section[];
}

/** What stands below one heading. */
export interface Section {
  /** Absent before the first heading. */
  readonly heading?: string;
  readonly paragraphs: readonly string[];
}

const KINDS = ['.html', '.htm', '.md', '.markdown', '.txt'];

/** Reads an article from a file's text, by the ending of its name. Throws UserError where there is none in it. */
export function readArticle(file: string, text: string): ReadArticle {
  const kind = extname(file).toLowerCase();
  if (!KINDS.includes(kind)) {
    throw new UserError(`${file} is no file that can be imported; give one that ends in ${KINDS.join(', ')}`);
  }
  const article = kind.startsWith('.h') ? readHtml(text) : kind === '.txt' ? readText(text) : readMarkdown(text);
  if (!article || article.sections.length === 0) {
    throw new UserError(
      `${file} holds no article that can be told from the rest of the page; copy its text into a .txt file, one empty line between paragraphs`,
    );
  }
  return { ...article, title: article.title || clean(basename(file, kind).replace(/[-_]+/g, ' ')) };
}

/** The text of a page without its menus and advertisements. No script of it runs, and nothing is loaded. */
function readHtml(html: string): ReadArticle | undefined {
  const { document } = parseHTML(html.includes('<html') ? html : `<html><body>${html}</body></html>`);
  // Before Readability takes the page apart.
  const heading = clean(document.querySelector('h1')?.textContent ?? '');
  const found = new Readability(document as never, { charThreshold: 100 }).parse();
  if (!found?.content) return undefined;
  const content = parseHTML(`<html><body>${found.content}</body></html>`).document;
  const author = clean(found.byline ?? '').replace(/^by /i, '');
  const sections = createSections();
  for (const element of content.querySelectorAll('h1, h2, h3, p, li, blockquote')) {
    // A paragraph within a quotation or a list counts once.
    if (element.tagName !== 'P' && element.querySelector('p')) continue;
    const text = clean(element.textContent ?? '');
    if (author && text.replace(/^by /i, '') === author) continue;
    if (/^H\d$/.test(element.tagName)) sections.open(text);
    else sections.add(text);
  }
  return {
    // A page's title often has the site's name after the article's.
    title: heading && clean(found.title ?? '').includes(heading) ? heading : clean(found.title ?? ''),
    ...(author ? { author } : {}),
    ...(found.publishedTime ? { published: clean(found.publishedTime) } : {}),
    sections: sections.list(),
  };
}

function readMarkdown(text: string): ReadArticle {
  const tokens = new MarkdownIt('commonmark').parse(text.replace(/^---\n.*?\n---\n/s, ''), {});
  const sections = createSections();
  let title = '';
  for (const [index, { type, content }] of tokens.entries()) {
    if (type !== 'inline') continue;
    const opened = tokens[index - 1];
    const plain = clean(
      (tokens[index]?.children ?? []).map((child) => (child.type === 'softbreak' ? ' ' : child.content)).join('') ||
        content,
    );
    if (opened?.type !== 'heading_open') sections.add(plain);
    else if (opened.tag === 'h1' && !title) title = plain;
    else sections.open(plain);
  }
  return { title, sections: sections.list() };
}

/** The first paragraph is the title where it is one short line. */
function readText(text: string): ReadArticle {
  const paragraphs = text
    .replace(/\r\n?/g, '\n')
    .split(/\n\s*\n/)
    .map(clean)
    .filter(Boolean);
  const [first = ''] = paragraphs;
  const titled = first.length <= 150 && !/[.!?]$/.test(first) && paragraphs.length > 1;
  const sections = createSections();
  for (const paragraph of titled ? paragraphs.slice(1) : paragraphs) sections.add(paragraph);
  return { title: titled ? first : '', sections: sections.list() };
}

function createSections() {
  const list: { heading?: string; paragraphs: string[] }[] = [];
  return {
    open(heading: string): void {
      if (heading) list.push({ heading, paragraphs: [] });
    },
    add(paragraph: string): void {
      if (!paragraph) return;
      if (list.length === 0) list.push({ paragraphs: [] });
      list.at(-1)?.paragraphs.push(paragraph);
    },
    list: (): Section[] => list.filter(({ paragraphs }) => paragraphs.length > 0),
  };
}

function clean(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
