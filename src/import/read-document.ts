import { UserError } from '../core/errors.ts';
import { decodeText } from './decode-text.ts';
import { composeArticle, type ReadArticle, type ReadText } from './read-article.ts';
import { readHtml } from './read-html.ts';
import { readMarkdown } from './read-markdown.ts';
import { readText } from './read-text.ts';

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

/** Reads an article in any format. Throws UserError, which names the document and says what to do. */
export async function readDocument(document: Document): Promise<ReadArticle> {
  const { name, format, bytes, address, charset } = document;
  if (format === 'pdf') {
    const { readPdf } = await import('./pdf/read-pdf.ts');
    return composeArticle(name, await readPdf(name, bytes));
  }
  if (format === 'docx') {
    const { readDocx } = await import('./read-docx.ts');
    return composeArticle(name, await readDocx(name, bytes));
  }
  return readArticle(name, format, decodeText(name, bytes, { isPage: format === 'html', charset }), address);
}

/** Reads an article from a text in one of these formats. Throws as `readDocument`. */
export function readArticle(
  name: string,
  format: 'html' | 'markdown' | 'text',
  text: string,
  address?: string,
): ReadArticle {
  return composeArticle(name, readBy(format, name, text, address));
}

function readBy(format: 'html' | 'markdown' | 'text', name: string, text: string, address?: string): ReadText {
  if (format === 'html') return readHtml(name, text, address);
  return format === 'markdown' ? readMarkdown(name, text) : readText(text);
}
