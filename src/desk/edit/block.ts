import { escapeMarkdown, inline } from './escape-markdown.ts';

/** A claim or a note in its file: lines of its text, and of each field below it. Lines count from 0, ends are not included. */
export interface LineBlock {
  readonly start: number;
  readonly end: number;
  /** Where its text ends and its fields begin. */
  readonly fieldsFrom: number;
  readonly fields: readonly { readonly name: string; readonly start: number; readonly end: number }[];
}

/** What an editor makes of a block. What is left out stays as it is. */
export interface BlockChange {
  readonly text?: string;
  /** Labels of the notes that its text refers to. */
  readonly notes?: readonly string[];
  /** Fields by their names in the file; an empty one is removed. */
  readonly fields?: Readonly<Record<string, string>>;
}

/** The lines of a block after a change: those of what stays the same are not touched. */
export function changeBlock(
  lines: readonly string[],
  block: LineBlock,
  head: string | undefined,
  fields: Readonly<Record<string, string>>,
  order: readonly string[],
  indent: string,
): string[] {
  const own = lines.slice(block.start, block.fieldsFrom);
  const comments = listComments(own.join(' '));
  const top = head === undefined ? own : [[head, ...comments].join(' ')];
  const kept = block.fields.map(({ name, start, end }) => ({ name, lines: lines.slice(start, end) }));
  const fieldIndent = /^\s*/.exec(kept[0]?.lines[0] ?? '')?.[0] || indent;
  for (const name of order) {
    const wanted = fields[name];
    if (wanted === undefined) continue;
    const at = kept.findIndex((one) => one.name === name);
    const line = `${fieldIndent}- ${name}: ${escapeValue(wanted)}`;
    if (!inline(wanted)) {
      if (at >= 0) kept.splice(at, 1);
    } else if (at >= 0) kept.splice(at, 1, { name, lines: [line] });
    else {
      const before = new Set(order.slice(0, order.indexOf(name)));
      const last = kept.findLastIndex((one) => before.has(one.name));
      kept.splice(last + 1, 0, { name, lines: [line] });
    }
  }
  return [...top, ...kept.flatMap((one) => one.lines)];
}

/** The HTML comments in a text. */
function listComments(text: string): string[] {
  const [, ...begun] = text.split('<!--');
  return begun.flatMap((one) => (one.includes('-->') ? [`<!--${one.slice(0, one.indexOf('-->'))}-->`] : []));
}

/** A field's value: it follows its name, so nothing in it begins a line. */
export function escapeValue(value: string): string {
  return escapeMarkdown(`x ${inline(value)}`).slice(2);
}

export function referTo(labels: readonly string[]): string {
  return labels.map((label) => `[^${label}]`).join('');
}
