import MarkdownIt, { type Token } from 'markdown-it';
import { type Document, LineCounter, parseDocument } from 'yaml';
import { UserError } from '../core/errors.ts';
import type { ReadArticle } from './read-article.ts';
import { clean, composeTable, createSections } from './sections.ts';

const markdown = new MarkdownIt('commonmark').enable('table');

/** An article in Markdown, with what its front matter says. Throws UserError if that is not valid YAML. */
export function readMarkdown(file: string, text: string): ReadArticle {
  const { front, body } = splitFrontMatter(file, text);
  const sections = createSections();
  const tokens = markdown.parse(body, {});
  let heading = '';
  let rows: string[][] | undefined;
  for (const [index, token] of tokens.entries()) {
    if (token.type === 'table_open') rows = [];
    else if (token.type === 'tr_open') rows?.push([]);
    else if (token.type === 'table_close') {
      sections.add(composeTable(rows ?? []));
      rows = undefined;
    }
    if (token.type !== 'inline') continue;
    const plain = plainText(token);
    const opened = tokens[index - 1];
    if (rows) rows.at(-1)?.push(plain);
    else if (opened?.type !== 'heading_open') sections.add(plain);
    else if (opened.tag === 'h1' && !heading) heading = plain;
    else sections.open(plain);
  }
  const { title, author, published } = readFrontMatter(front);
  return {
    title: title ?? heading,
    ...(author ? { author } : {}),
    ...(published ? { published } : {}),
    sections: sections.list(),
  };
}

function plainText({ children, content }: Token): string {
  const texts = (children ?? []).map(({ type, content: own }) => (/^(soft|hard)break$/.test(type) ? '\n' : own));
  return clean(texts.join('') || content);
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
      `${file}:${line}: the front matter is not valid YAML (${error.message}); put a text with a colon in "quotation marks", or remove it`,
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

function readFrontMatter({ title, author, authors, date }: Readonly<Record<string, unknown>>) {
  return { title: readText(title), author: readText(author ?? authors), published: readText(date) };
}

/** A value as text: several with commas, and of a person the name. */
function readText(value: unknown): string | undefined {
  if (typeof value === 'string' || typeof value === 'number') return clean(String(value)) || undefined;
  if (Array.isArray(value)) return value.flatMap((one) => readText(one) ?? []).join(', ') || undefined;
  return typeof value === 'object' && value !== null ? readText((value as { name?: unknown }).name) : undefined;
}
