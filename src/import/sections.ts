import { cleanText } from '../core/question.ts';

/** What stands below one heading. */
export interface Section {
  /** Absent before the first heading. */
  readonly heading?: string;
  readonly paragraphs: readonly string[];
}

/** Collects sections in the order of the text; those without a paragraph are left out. */
export function createSections() {
  const list: { heading?: string; paragraphs: string[] }[] = [];
  return {
    open(heading: string): void {
      if (heading) list.push({ heading, paragraphs: [] });
    },
    add(paragraph: string): void {
      if (!paragraph) return;
      if (list.length === 0) list.push({ paragraphs: [] });
      list.at(-1)?.paragraphs.push(paragraph);
    },
    list: (): Section[] => list.filter(({ paragraphs }) => paragraphs.length > 0),
  };
}

/** A table as one paragraph, a line per row. */
export function composeTable(rows: readonly (readonly string[])[]): string {
  return rows
    .map((cells) => cells.filter(Boolean).join(' | '))
    .filter(Boolean)
    .join('\n');
}

/** A text in one line, without characters that could disturb a terminal. */
export function clean(text: string): string {
  return cleanText(text);
}
