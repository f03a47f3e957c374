import MarkdownIt, { type Token } from 'markdown-it';
import footnote from 'markdown-it-footnote';

const markdown = new MarkdownIt('commonmark').use(footnote);

/** A list's item. */
export interface Item {
  /** Lines count from 0, as in the text that was parsed; the item ends before `end`. */
  readonly start: number;
  readonly end: number;
  readonly inline: Token | undefined;
  readonly items: readonly Item[];
  /** HTML comments in it, outside its items. */
  readonly comments: readonly string[];
}

export function parseMarkdown(text: string): Token[] {
  return markdown.parse(text, {});
}

/** The index of the token that closes the one at `index`. */
export function closing(tokens: readonly Token[], index: number): number {
  let depth = 0;
  for (let at = index; at < tokens.length; at += 1) {
    depth += tokens[at]?.nesting ?? 0;
    if (depth === 0) return at;
  }
  return tokens.length - 1;
}

/** An inline's text, line by line, without emphasis, links, comments and references to notes. */
export function textLines(inline: Token | undefined): string[] {
  const lines = [''];
  for (const token of inline?.children ?? []) {
    if (token.type === 'softbreak' || token.type === 'hardbreak') lines.push('');
    else if (token.type !== 'footnote_ref' && commentOf(token) === undefined) {
      lines[lines.length - 1] += token.content;
    }
  }
  return lines.map((line) => line.trim());
}

/** The same in one line. */
export function plainText(inline: Token | undefined): string {
  return textLines(inline).join(' ').trim();
}

/** What an HTML comment says; undefined if the token is something else. */
export function commentOf({ type, content }: Token): string | undefined {
  return type.startsWith('html_') ? /^\s*<!--([\s\S]*?)-->\s*$/.exec(content)?.[1]?.trim() : undefined;
}

export function isList({ type }: Token): boolean {
  return type === 'bullet_list_open' || type === 'ordered_list_open';
}

/** The items of the lists among the tokens, with what stands below each. */
export function readItems(tokens: readonly Token[]): Item[] {
  const items: Item[] = [];
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index];
    if (token?.type !== 'list_item_open') continue;
    const end = closing(tokens, index);
    const content = tokens.slice(index + 1, end);
    const below = readItems(content);
    const own = content.filter(
      ({ map }) => map === null || !below.some(({ start, end: last }) => map[0] >= start && map[0] < last),
    );
    items.push({
      start: token.map?.[0] ?? 0,
      end: token.map?.[1] ?? 0,
      inline: content[0]?.type === 'paragraph_open' ? content[1] : undefined,
      items: below,
      comments: own.flatMap((one) => [one, ...(one.children ?? [])]).flatMap((one) => commentOf(one) ?? []),
    });
    index = end;
  }
  return items;
}
