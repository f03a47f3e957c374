import { basename, extname } from 'node:path';
import { UserError } from '../core/errors.ts';
import { type Byline, takeByline } from './byline.ts';
import { readHtml } from './read-html.ts';
import { readMarkdown } from './read-markdown.ts';
import { readText } from './read-text.ts';
import { clean, type Section } from './sections.ts';

/** An article as its file gives it. */
export interface ReadArticle extends Byline {
  readonly title: string;
  readonly sections: readonly Section[];
}

const KINDS = ['.html', '.htm', '.md', '.markdown', '.txt'];

/** Reads an article from a file's text, by the ending of its name. Throws UserError if there is none in it. */
export function readArticle(file: string, text: string): ReadArticle {
  const kind = extname(file).toLowerCase();
  if (!KINDS.includes(kind)) {
    throw new UserError(`${file} cannot be imported; give a file that ends in ${KINDS.join(', ')}`);
  }
  const found = kind.startsWith('.h')
    ? readHtml(file, text)
    : kind === '.txt'
      ? readText(text)
      : readMarkdown(file, text);
  const { sections, ...byline } = takeByline(found?.sections ?? []);
  if (!found || sections.length === 0) {
    throw new UserError(
      `no article was found in ${file}; copy its text into a .txt file, with an empty line between paragraphs`,
    );
  }
  // What a page or a header says about itself wins over what is read from a line.
  return { ...byline, ...found, sections, title: found.title || clean(basename(file, kind).replace(/[-_]+/g, ' ')) };
}
