import { cleanText } from '../core/question.ts';

/** What stands in an article's text and isn't one of its paragraphs. */
export const APART = [
  'standfirst',
  'byline',
  'advertisement',
  'pull quote',
  'caption',
  'correction',
  'author bio',
  'footnote',
  'fact box',
  // Within the article, and clearly not part of it.
  'left out',
] as const;
export type Apart = (typeof APART)[number];

/** A piece of an article's text, in the order of the page. */
export interface TextBlock {
  readonly role: 'heading' | 'paragraph' | Apart;
  /** In one line; only a table has a line for each row. */
  readonly text: string;
  /** Of a heading, from 1. */
  readonly level?: number;
  readonly table?: boolean;
  /** Set as a quotation. */
  readonly quoted?: boolean;
  /** In bold or italics from its first letter to its last. */
  readonly emphasised?: boolean;
  /** A link from its first letter to its last. */
  readonly linked?: boolean;
  /** Comes right after a picture. */
  readonly afterPicture?: boolean;
  /** The id of its element in the page. */
  readonly anchor?: string;
}

/** What stands below one heading. */
export interface Section {
  /** Absent before the first heading. */
  readonly heading?: string;
  readonly paragraphs: readonly TextBlock[];
}

/** The paragraphs below their headings, in the order of the text; headings without a paragraph are left out. */
export function divideBlocks(blocks: readonly TextBlock[]): Section[] {
  const sections: { heading?: string; paragraphs: TextBlock[] }[] = [{ paragraphs: [] }];
  for (const block of blocks) {
    if (block.role === 'heading') sections.push({ heading: block.text, paragraphs: [] });
    else if (block.role === 'paragraph') sections.at(-1)?.paragraphs.push(block);
  }
  return sections.filter(({ paragraphs }) => paragraphs.length > 0);
}

/** A table as one paragraph: its caption, then a line for each row. */
export function composeTable(rows: readonly (readonly string[])[], caption = ''): string {
  return [caption, ...rows.map((cells) => cells.filter(Boolean).join(' | '))].filter(Boolean).join('\n');
}

/** A text in one line, without characters that could disturb a terminal. */
export function clean(text: string): string {
  return cleanText(text);
}

/** Letters and digits alone, in lower case, for comparing texts whatever their quotation marks. */
export function fold(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
