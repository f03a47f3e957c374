import { NOTE_FIELDS, NOTE_KEYWORDS } from '../../content/keywords.ts';
import type { NoteKind } from '../../core/article.ts';
import { changeBlock, type LineBlock } from './block.ts';
import { EditError } from './edit-error.ts';
import { escapeMarkdown } from './escape-markdown.ts';
import { joinLines, replaceLines, splitLines, trimEnd } from './lines.ts';
import { readPage, readSharedNotes, type WrittenPage } from './read-page.ts';
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

/** Removes a note, and what refers to it on the page. Throws EditError if there is none. */
export function removeNote(text: string, label: string, shared: boolean): string {
  const found = splitLines(text);
  const block = findNote(found.lines, label);
  if (!block) throw new EditError(`there is no note ${label}`, 'Reload the page: it may have been removed.');
  const stop = found.lines[block.end]?.trim() === '' ? block.end + 1 : block.end;
  const without = joinLines(replaceLines(found, block.start, stop, []));
  return expectOnly(text, `${drop(without, label).trimEnd()}${found.end}`, label, shared);
}

/** A topic's page without references to a note, which then stands nowhere on it; the same if there are none. */
export function dropReferences(page: string, label: string): string {
  return expectOnly(page, drop(page, label), label, false);
}

function drop(text: string, label: string): string {
  return text.replaceAll(`[^${label}]`, '');
}

/** Throws EditError unless a page differs from what it was by one note alone. */
function expectOnly(before: string, after: string, label: string, shared: boolean): string {
  const read = shared ? readSharedNotes : readPage;
  const rest = (page: WrittenPage | undefined) => {
    if (!page) return undefined;
    const keep = (one: string) => one !== label;
    const claims = page.claims.map((claim) => ({ ...claim, notes: claim.notes.filter(keep) }));
    const definitions = Object.entries(page.definitions)
      .filter(([name]) => keep(name))
      .sort(([a], [b]) => (a < b ? -1 : 1));
    return JSON.stringify({ ...page, places: undefined, notes: page.notes.filter(keep), claims, definitions });
  };
  const wanted = rest(read(before));
  if (wanted !== undefined && wanted === rest(read(after))) return after;
  throw new EditError('this note can’t be removed without changing something else', 'Remove it in the file itself.');
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
    name: (lines[at] ?? '').trim().slice(1).split(':')[0]?.trim().toLowerCase() ?? '',
    start: at,
    end: starts[index + 1] ?? end,
  }));
  return { start, end, fieldsFrom: starts[0] ?? end, fields };
}
