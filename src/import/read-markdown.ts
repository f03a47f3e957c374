import MarkdownIt from 'markdown-it';
import footnotes from 'markdown-it-footnote';
import { type Document, LineCounter, parseDocument } from 'yaml';
import { UserError } from '../core/errors.ts';
import { clean } from './blocks.ts';
import { checkPage } from './check-page.ts';
import { collectBlocks } from './collect-blocks.ts';
import { composeMetadata, readValue } from './metadata.ts';
import { parsePage } from './page.ts';
import type { ReadText } from './read-article.ts';

const markdown = new MarkdownIt('commonmark', { html: true }).enable('table').use(footnotes);

/**
 * An article in Markdown, with what its front matter says. It is read as the page that it makes, so that both have the same
 * paragraphs. Throws UserError if the front matter is not valid YAML, or the text too much to be read.
 */
export function readMarkdown(file: string, text: string): ReadText {
  const { front, body } = splitFrontMatter(file, text);
  const html = markdown.render(body);
  checkPage(file, html);
  const blocks = collectBlocks(parsePage(html).body);
  const heading = blocks.find(({ role, level }) => role === 'heading' && level === 1)?.text;
  return {
    metadata: composeMetadata({
      title: readValue(front.title) ?? heading,
      author: readValue(front.author ?? front.authors ?? front.by),
      published: readValue(front.date ?? front.published),
      modified: readValue(front.updated ?? front.lastmod),
      publisher: readValue(front.publisher ?? front.source),
      url: readValue(front.canonical ?? front.canonicalURL ?? front.canonical_url ?? front.url),
      section: readValue(front.section ?? front.category ?? front.categories),
      language: readValue(front.language ?? front.lang),
      licence: readValue(front.licence ?? front.license),
      description: readValue(front.description ?? front.summary ?? front.subtitle),
    }),
    blocks,
  };
}

/** The YAML at the top of a file, and what comes after it; lines between two rules that hold no keys are text. */
function splitFrontMatter(file: string, text: string): { front: Readonly<Record<string, unknown>>; body: string } {
  const [whole = '', header = ''] = /^---\n(.*?\n)?---(?:\n|$)/s.exec(text) ?? [];
  const counter = new LineCounter();
  const document = parseDocument(header, { lineCounter: counter, schema: 'core', prettyErrors: false });
  const [error] = document.errors;
  if (error) {
    const line = counter.linePos(error.pos[0]).line + 1;
    throw new UserError(
      `${file}:${line}: the front matter is not valid YAML (${clean(error.message)}); put a text with a colon in "quotation marks", or remove it`,
    );
  }
  const front = readValues(file, document);
  const isTable = typeof front === 'object' && front !== null && !Array.isArray(front);
  return isTable ? { front: { ...front }, body: text.slice(whole.length) } : { front: {}, body: text };
}

/** Aliases of aliases may stand for a billion values; the parser refuses them only here. */
function readValues(file: string, document: Document): unknown {
  try {
    return document.toJS();
  } catch (error) {
    throw new UserError(
      `${file}:1: the front matter is not valid YAML (${(error as Error).message}); write its values out, or remove it`,
    );
  }
}
