import { UserError } from '../core/errors.ts';
import { decodeText } from './decode-text.ts';
import { type Counted, composeArticle, type ReadArticle, type ReadText } from './read-article.ts';
import { readHtml } from './read-html.ts';
import { readMarkdown } from './read-markdown.ts';
import { readPlain } from './read-plain.ts';

export const FORMATS = ['html', 'markdown', 'text', 'pdf', 'docx'] as const;
export type Format = (typeof FORMATS)[number];

/** A file or a page as it came. */
export interface Document {
  /** Its path or address, for messages. */
  readonly name: string;
  readonly format: Format;
  readonly bytes: Uint8Array;
  /** Where it was found, if it came from the web. */
  readonly address?: string;
  /** As the server says, such as `windows-1252`. */
  readonly charset?: string;
}

const ENDINGS: Readonly<Record<string, Format>> = {
  html: 'html',
  htm: 'html',
  xhtml: 'html',
  md: 'markdown',
  markdown: 'markdown',
  txt: 'text',
  text: 'text',
  pdf: 'pdf',
  docx: 'docx',
};

/** The format that a name's ending tells. Throws UserError with those that can be read. */
export function formatOf(name: string): Format {
  const [, ending = ''] = /\.([A-Za-z]+)$/.exec(name) ?? [];
  const format = ENDINGS[ending.toLowerCase()];
  if (!format) {
    throw new UserError(`${name} cannot be imported; give a file that ends in .html, .md, .txt, .pdf or .docx`);
  }
  return format;
}

/**
 * Reads an article in any format; `counted` are paragraphs, too. Throws UserError, which names the document and says what to do.
 */
export async function readDocument(document: Document, counted: Counted = []): Promise<ReadArticle> {
  const article = composeArticle(document.name, await readText(document), counted);
  return document.format === 'pdf' ? { ...article, hasGuessedParagraphs: true } : article;
}

/** The libraries for PDF and Word take a while to load. */
async function readText({ name, format, bytes, address, charset }: Document): Promise<ReadText> {
  if (format === 'pdf') return (await import('./pdf/read-pdf.ts')).readPdf(name, bytes);
  if (format === 'docx') return (await import('./read-docx.ts')).readDocx(name, bytes);
  const text = decodeText(name, bytes, { isPage: format === 'html', charset });
  if (format === 'html') return readHtml(name, text, address);
  return format === 'markdown' ? readMarkdown(name, text) : readPlain(text);
}
