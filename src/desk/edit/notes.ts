import { NOTE_FIELDS, NOTE_KEYWORDS } from '../../content/keywords.ts';
import type { NoteKind } from '../../core/article.ts';
import { changeBlock, type LineBlock } from './block.ts';
import { EditError } from './edit-error.ts';
import { escapeMarkdown } from './escape-markdown.ts';
import { joinLines, replaceLines, splitLines, trimEnd } from './lines.ts';
import { verify } from './verify.ts';

const ORDER = Object.values(NOTE_FIELDS);
const INDENT = '    ';

/** A note as an editor writes it. */
export interface NoteChange {
  readonly kind: NoteKind;
  readonly text: string;
  /** By their names in the file; an empty one is removed. */
  readonly fields: Readonly<Record<string, string>>;
}

/**
 * Changes a note of a page, or of a notes.md if `shared`, or adds it at the end. A label that isn't lower-case letters, digits
 * and hyphens throws EditError.
 */
export function setNote(
  text: string,
  label: string,
  { kind, text: said, fields }: NoteChange,
  shared: boolean,
): string {
  if (!/^[a-z0-9-]{1,40}$/.test(label))
    throw new EditError('a note’s label is of lower-case letters, digits and hyphens', 'Write one such as tonnage.');
  const found = splitLines(text);
  const block = findNote(found.lines, label);
  const head = `[^${label}]: **${NOTE_KEYWORDS[kind]}.** ${escapeMarkdown(`x ${said}`).slice(2)}`;
  const lines = changeBlock(block ? found.lines : [], block ?? EMPTY, head, fields, ORDER, INDENT);
  const end = trimEnd(found.lines, 0, found.lines.length);
  const after = block
    ? replaceLines(found, block.start, block.end, lines)
    : replaceLines(found, end, found.lines.length, ['', ...lines, '']);
  return verify(text, joinLines(after), { note: label, change: { text: said, fields: { ...fields } }, shared });
}

const EMPTY: LineBlock = { start: 0, end: 0, fieldsFrom: 0, fields: [] };

function findNote(lines: readonly string[], label: string): LineBlock | undefined {
  const start = lines.findIndex((line) => line.startsWith(`[^${label}]:`));
  if (start < 0) return undefined;
  const after = lines.findIndex((line, at) => at > start && /^\S/.test(line) && !lines[at - 1]?.trim());
  const next = lines.findIndex((line, at) => at > start && /^\[\^[^\]\s]+\]:/.test(line));
  const stops = [after, next, lines.length].filter((at) => at >= 0);
  const end = trimEnd(lines, start, Math.min(...stops));
  const starts = lines.flatMap((line, at) => (at > start && at < end && /^\s+[-*+]\s/.test(line) ? [at] : []));
  const fields = starts.map((at, index) => ({
    name: /^\s+[-*+]\s+([^:]+):/.exec(lines[at] ?? '')?.[1]?.toLowerCase() ?? '',
    start: at,
    end: starts[index + 1] ?? end,
  }));
  return { start, end, fieldsFrom: starts[0] ?? end, fields };
}
