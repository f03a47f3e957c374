import { Readability } from '@mozilla/readability';
import { parseHTML } from 'linkedom';
import { readByline } from './byline.ts';
import { checkPage } from './check-page.ts';
import type { ReadArticle } from './read-article.ts';
import { clean, composeTable, createSections } from './sections.ts';

/**
 * The text of a page without its menus and advertisements; undefined if there is none. No script of it runs, and nothing
 * is loaded. Throws UserError, which names `file`, if the page is too large or nested too deeply to be read.
 */
export function readHtml(file: string, html: string): ReadArticle | undefined {
  checkPage(file, html);
  const { document } = parseHTML(html.includes('<html') ? html : `<html><body>${html}</body></html>`);
  // Before Readability takes the page apart.
  const heading = clean(document.querySelector('h1')?.textContent ?? '');
  const found = new Readability(document as never, { charThreshold: 100 }).parse();
  if (!found?.content) return undefined;
  const content = parseHTML(`<html><body>${found.content}</body></html>`).document;
  const named = clean(found.byline ?? '').replace(/^by /i, '');
  const { author = named, published } = readByline(`By ${named}`) ?? {};
  const sections = createSections();
  for (const element of content.querySelectorAll('h1, h2, h3, p, li, blockquote, table')) {
    // A paragraph within a quotation, a list or a table that lays out the page counts once.
    if (element.tagName !== 'P' && element.querySelector('p')) continue;
    if (element.tagName === 'TABLE') {
      const rows = [...element.querySelectorAll('tr')].map((row) =>
        [...row.querySelectorAll('th, td')].map((cell) => clean(cell.textContent ?? '')),
      );
      sections.add(composeTable(rows));
      continue;
    }
    if (element.closest('table') && !element.closest('table')?.querySelector('p')) continue;
    const text = clean(element.textContent ?? '');
    if (named && text.replace(/^by /i, '') === named) continue;
    if (/^H\d$/.test(element.tagName)) sections.open(text);
    else sections.add(text);
  }
  const title = clean(found.title ?? '');
  const date = clean(found.publishedTime ?? '') || published;
  return {
    // A page's title often has the site's name after the article's.
    title: heading && (!title || title.includes(heading)) ? heading : title,
    ...(author ? { author } : {}),
    ...(date ? { published: date } : {}),
    sections: sections.list(),
  };
}
