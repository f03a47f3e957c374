import { type Item, textLines } from './markdown.ts';
import type { Sheet } from './sheet.ts';

/** A line such as `kind: figure` below a claim or a note, as written. */
export interface Written {
  /** Counted from 0. */
  readonly start: number;
  readonly text: string;
}

/** Fields by the names that the program uses, each with the name that the file uses. */
type Fields = Readonly<Record<string, string>>;

/** The name of a field that a text begins with, as the file writes it; undefined if it begins with none of them. */
export function fieldOf(text: string, fields: Fields): string | undefined {
  const [, name] = /^([A-Za-z]+(?: [A-Za-z]+)?):/.exec(text) ?? [];
  return name && Object.values(fields).includes(name.toLowerCase()) ? name : undefined;
}

/**
 * An item's own text and its fields. Fields that are indented too far, and so are part of its text or of another field, are
 * among them, with the first of these apart.
 */
export function divideItem(item: Item, fields: Fields) {
  const lines = textLines(item.inline);
  const cut = lines.findIndex((line, at) => at > 0 && fieldOf(line.replace(/^[-*+]\s+/, ''), fields));
  const own = cut < 0 ? lines : lines.slice(0, cut);
  const glued =
    cut < 0
      ? []
      : lines.slice(cut).map((text, at) => ({ start: item.start + cut + at, text: text.replace(/^[-*+]\s+/, '') }));
  const below = item.items.map((one) => ({
    start: one.start,
    text: textLines(one.inline).join(' ').trim(),
    items: one.items,
  }));
  const nested = below.flatMap(({ items }) => flatten(items)).filter(({ text }) => fieldOf(text, fields));
  const [slip] = [...glued, ...nested].filter(({ text }) => fieldOf(text, fields));
  return { text: own.join(' ').trim(), written: [...glued, ...below, ...nested], slip };
}

function flatten(items: readonly Item[]): Written[] {
  return items.flatMap(({ start, inline, items: below }) => [
    { start, text: textLines(inline).join(' ').trim() },
    ...flatten(below),
  ]);
}

/** The values of fields, by the names that the program uses. `path` says in the sheet where they belong. */
export function readFields(
  written: readonly Written[],
  fields: Fields,
  path: string,
  sheet: Sheet,
): Record<string, unknown> {
  const names = new Map(Object.entries(fields).map(([name, one]) => [one, name]));
  const values: Record<string, unknown> = {};
  for (const { start, text } of written) {
    const [, name, value = ''] = /^([A-Za-z]+(?: [A-Za-z]+)?):\s*(.*)$/s.exec(text) ?? [];
    if (!name) {
      sheet.report(start, 'field-without-key', text.slice(0, 40));
      continue;
    }
    const key = names.get(name.toLowerCase()) ?? name;
    if (key in values) sheet.report(start, 'field-twice', name);
    sheet.mark(`${path}.${key}`, start);
    values[key] = value;
  }
  return values;
}
