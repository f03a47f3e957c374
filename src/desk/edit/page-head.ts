import { isSeq, parseDocument } from 'yaml';
import { parseMarkdown } from '../../content/markdown.ts';
import { splitHeader } from '../../content/split-header.ts';
import { referTo } from './block.ts';
import { EditError } from './edit-error.ts';
import { escapeMarkdown } from './escape-markdown.ts';
import { joinLines, replaceLines, splitLines } from './lines.ts';
import { readPage } from './read-page.ts';

/** A topic's title, what it is about in a sentence, and its other names. */
export interface PageHead {
  readonly title: string;
  readonly summary: string;
  readonly aliases: readonly string[];
}

/** Changes the head of a topic's page and nothing else. Throws EditError if the page has no title. */
export function setHead(text: string, head: PageHead): string {
  const before = readPage(text);
  if (!before) throw new EditError('this page can’t be read', 'Fix it in the file itself.');
  const { body, offset } = splitHeader(text);
  const tokens = parseMarkdown(body);
  const title = tokens.find(({ type, tag }) => type === 'heading_open' && tag === 'h1')?.map;
  const summary = tokens.find(({ type, map }) => type === 'paragraph_open' && title && map && map[0] >= title[1])?.map;
  if (!title || !summary) throw new EditError('this page has no title or no summary', 'Add them in the file itself.');
  let lines = splitLines(text);
  // From the end, so that the lines before it keep their numbers.
  if (before.summary !== head.summary.trim()) {
    const said = `${escapeMarkdown(head.summary)}${referTo(before.notes)}`;
    lines = replaceLines(lines, summary[0] + offset, summary[1] + offset, [said]);
  }
  if (before.title !== head.title.trim()) {
    lines = replaceLines(lines, title[0] + offset, title[1] + offset, [`# ${escapeMarkdown(head.title)}`]);
  }
  const after = setAliases(joinLines(lines), head.aliases);
  const now = readPage(after);
  const same = JSON.stringify(before.claims) === JSON.stringify(now?.claims);
  if (!now || !same) throw new EditError('this can’t be written into the page safely', 'Make the change in the file.');
  return after;
}

function setAliases(text: string, aliases: readonly string[]): string {
  const { header, body } = splitHeader(text);
  const document = parseDocument(header || '{}');
  const before = document.toJS() as { aliases?: readonly string[] } | null;
  const wanted = aliases.map((one) => one.trim()).filter(Boolean);
  if (JSON.stringify(before?.aliases ?? []) === JSON.stringify(wanted)) return text;
  if (!header) return `---\naliases: ${writeFlow(wanted)}\n---\n\n${text}`;
  const list = document.createNode(wanted);
  if (isSeq(list)) list.flow = true;
  document.set('aliases', list);
  return `---\n${document.toString({ lineWidth: 0, flowCollectionPadding: false })}---\n${body}`;
}

function writeFlow(words: readonly string[]): string {
  const document = parseDocument('');
  const list = document.createNode(words);
  if (isSeq(list)) list.flow = true;
  document.contents = list as typeof document.contents;
  return document.toString({ lineWidth: 0, flowCollectionPadding: false }).trim();
}
