import type { Token } from 'markdown-it';
import { divideItem, fieldOf, readFields, type Written } from './fields-below.ts';
import { NOTE_FIELDS, NOTE_KEYWORDS } from './keywords.ts';
import { closing, isList, parseMarkdown, plainText, readItems } from './markdown.ts';
import type { Sheet } from './sheet.ts';

/** How far the fields of a note are indented, so that Markdown keeps them in it. */
export const NOTE_INDENT = 4;

/**
 * The tokens of a page's Markdown, and its notes by their labels. The Markdown parser drops notes that nothing refers to,
 * and takes references to notes of another file for text: both are added below the text, and left out of the tokens again.
 */
export function parseBody(
  body: string,
  sheet: Sheet,
): { tokens: readonly Token[]; definitions: Record<string, unknown> } {
  const lines = body.split('\n');
  const written = readLabels(lines, sheet);
  // Piece by piece: a pattern that looks for `[^label]` from each of a million brackets would take hours.
  const referred = body.split('[^').flatMap((piece, at) => (at > 0 ? (/^([^\]\s]+)\]/.exec(piece)?.[1] ?? []) : []));
  const elsewhere = [...new Set(referred)].filter((label) => !written.has(label));
  const added = [...[...written.keys()].map((label) => `[^${label}]`), ...elsewhere.map((label) => `[^${label}]: .`)];
  const tokens = parseMarkdown(`${body}\n\n${added.join('\n\n')}\n`);
  const block = tokens.findIndex(({ type }) => type === 'footnote_block_open');
  const below = tokens.findIndex(({ map }) => map !== null && map[0] >= lines.length);
  const end = [block, below].filter((at) => at >= 0);
  const { kept, slipped } = takeSlips(tokens.slice(0, Math.min(...end, tokens.length)), lines, sheet);
  const definitions = block < 0 ? {} : readNotes(tokens.slice(block), written, slipped, sheet);
  return { tokens: kept, definitions };
}

/** Where each note begins, by its label; lines count from 0. */
function readLabels(lines: readonly string[], sheet: Sheet): ReadonlyMap<string, number> {
  const labels = new Map<string, number>();
  for (const [start, line] of lines.entries()) {
    const label = labelOf(line);
    if (label === undefined) continue;
    if (labels.has(label)) sheet.report(start, 'note-twice', label);
    labels.set(label, start);
    sheet.mark(`definitions.${label}`, start);
  }
  return labels;
}

function labelOf(line: string): string | undefined {
  return /^\[\^([^\]\s]+)\]:/.exec(line)?.[1];
}

/** Lists that are a note's fields but for their indentation, by the note's label; and all other tokens. */
function takeSlips(tokens: readonly Token[], lines: readonly string[], sheet: Sheet) {
  const owners: (string | undefined)[] = [];
  for (const line of lines) owners.push(/^\S/.test(line) ? labelOf(line) : owners.at(-1));
  const kept: Token[] = [];
  const slipped = new Map<string, Written[]>();
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index] as Token;
    const end = closing(tokens, index);
    const start = token.map?.[0] ?? 0;
    const label = isList(token) ? owners[start - 1] : undefined;
    const items =
      label === undefined ? [] : readItems(tokens.slice(index + 1, end)).map((item) => divideItem(item, NOTE_FIELDS));
    const [name] = items.flatMap(({ text }) => fieldOf(text, NOTE_FIELDS) ?? []);
    if (label !== undefined && name !== undefined) {
      sheet.report(start, 'indentation', name, NOTE_INDENT, `note [^${label}]`);
      slipped.set(
        label,
        items.map(({ text }, at) => ({ start: start + at, text })),
      );
    } else kept.push(...tokens.slice(index, token.nesting === 1 ? end + 1 : index + 1));
    index = token.nesting === 1 ? end : index;
  }
  return { kept, slipped };
}

const KIND_OF = new Map(Object.entries(NOTE_KEYWORDS).map(([kind, keyword]) => [keyword.toLowerCase(), kind]));

function readNotes(
  tokens: readonly Token[],
  labels: ReadonlyMap<string, number>,
  slipped: ReadonlyMap<string, readonly Written[]>,
  sheet: Sheet,
): Record<string, unknown> {
  const notes: Record<string, unknown> = {};
  for (const [index, token] of tokens.entries()) {
    const label = String(token.meta?.label);
    if (token.type !== 'footnote_open' || !labels.has(label)) continue;
    const own = tokens.slice(index + 1, closing(tokens, index));
    const inline = own[0]?.type === 'paragraph_open' ? own[1] : undefined;
    const lists = own.findIndex(isList);
    const start = labels.get(label) ?? 0;
    const { text, written, slip } = divideItem(
      { start, end: start, inline, items: lists < 0 ? [] : readItems(own.slice(lists)), comments: [] },
      NOTE_FIELDS,
    );
    if (slip)
      sheet.report(slip.start, 'indentation', fieldOf(slip.text, NOTE_FIELDS) ?? '', NOTE_INDENT, `note [^${label}]`);
    const lead = leadOf(inline);
    const keyword = lead.replace(/[.:]$/, '').replace("'", '’').toLowerCase();
    notes[label] = {
      kind: lead ? (KIND_OF.get(keyword) ?? lead) : undefined,
      text: text.slice(lead.length).trim(),
      ...readFields([...written, ...(slipped.get(label) ?? [])], NOTE_FIELDS, `definitions.${label}`, sheet),
    };
  }
  return notes;
}

/** The bold words with which a note begins. */
function leadOf(inline: Token | undefined): string {
  const children = inline?.children ?? [];
  const start = children.findIndex(({ type }) => type === 'strong_open');
  return start < 0 || children.slice(0, start).some(({ content }) => content)
    ? ''
    : plainText({ ...inline, children: children.slice(start + 1, start + 2) } as Token);
}
