import { getDocumentProxy } from 'unpdf';
import { UserError } from '../../core/errors.ts';
import { clean } from '../blocks.ts';
import { composeMetadata } from '../metadata.ts';
import type { ReadText } from '../read-article.ts';
import { joinLines } from './join-lines.ts';
import { orderLines, type Piece } from './page-lines.ts';

/** An article with more pages is a book. */
const MOST_PAGES = 100;
/** Pieces of text on all pages. */
const MOST_PIECES = 100_000;

/**
 * The text of a PDF, column by column. Nothing in it runs. Throws UserError, which names `file`, if it is locked, damaged, too
 * long, or holds pictures of text.
 */
export async function readPdf(file: string, bytes: Uint8Array): Promise<ReadText> {
  const pdf = await getDocumentProxy(Uint8Array.from(bytes), { useSystemFonts: false, verbosity: 0 }).catch(
    ({ name }: Error) => {
      throw name === 'PasswordException'
        ? new UserError(`${file} is locked with a password`, 'Save it without one, and import that.')
        : new UserError(
            `${file} can't be read as a PDF`,
            'Open it and save it again, or copy its text into a .txt file.',
          );
    },
  );
  if (pdf.numPages > MOST_PAGES) {
    throw new UserError(
      `${file} has ${pdf.numPages} pages, more than ${MOST_PAGES}`,
      'Save the pages that hold the article as a PDF of their own.',
    );
  }
  const pages: Piece[][] = [];
  let total = 0;
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const page = await readPage(pdf, number);
    total += page.length;
    if (total > MOST_PIECES) {
      throw new UserError(`${file} holds too much text`, 'Copy the article’s text into a .txt file, and import that.');
    }
    pages.push(page);
  }
  const { info } = await pdf.getMetadata().catch(() => ({ info: {} }));
  await pdf.loadingTask.destroy();
  if (total === 0) {
    throw new UserError(
      `${file} holds no text, only pictures of it`,
      'Copy the text into a .txt file, and import that.',
    );
  }
  const written = dropMarks(pages);
  const { title, blocks } = joinLines(written.filter((page) => page.length > 0).map(orderLines));
  const named = clean(String((info as { Title?: unknown }).Title ?? ''));
  return { metadata: composeMetadata({ title: title || named }), blocks };
}

type Pdf = Awaited<ReturnType<typeof getDocumentProxy>>;

async function readPage(pdf: Pdf, number: number): Promise<Piece[]> {
  const page = await pdf.getPage(number);
  const [, , , top = 0] = page.view;
  const { items } = await page.getTextContent();
  page.cleanup();
  return items.flatMap((item): Piece[] => {
    if (!('str' in item) || !item.str.trim()) return [];
    const [a, b, , , x, y] = item.transform as number[];
    // Text that runs up or down the page isn't the article's.
    if (a === undefined || x === undefined || y === undefined || b === undefined || Math.abs(b) > Math.abs(a))
      return [];
    return [
      {
        text: item.str,
        x,
        y: top - y,
        width: item.width,
        size: Math.round(Math.abs(a) * 10) / 10,
        font: item.fontName,
      },
    ];
  });
}

/** Numbers that lead to footnotes are much smaller than the text that they stand in. */
function dropMarks(pages: readonly (readonly Piece[])[]): Piece[][] {
  return pages.map((page) =>
    page.filter((mark) => {
      if (!/^\s*[\d*†‡]{1,3}\s*$/.test(mark.text)) return true;
      const beside = page.find(
        ({ x, y, width, size }) =>
          mark.size < size * 0.8 &&
          y - mark.y > size * 0.1 &&
          y - mark.y < size &&
          Math.abs(x + width - mark.x) < size * 0.5,
      );
      return beside === undefined;
    }),
  );
}
