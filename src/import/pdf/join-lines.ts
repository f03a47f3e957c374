import type { TextBlock } from '../blocks.ts';
import { clean } from '../blocks.ts';
import { type Line, median } from './page-lines.ts';

/** The lines of each page, in the order in which people read them. */
export type Pages = readonly (readonly Line[])[];

/** Shares of the size of the text's letters: from this on it is a heading, a title; below this it is small print. */
const HEADING = 1.08;
const TITLE = 1.25;
const SMALL = 0.92;
/** Lines further apart than this share of the usual belong to two paragraphs. */
const APART = 1.25;
/** In letters' sizes. */
const INDENT = 0.7;
/** A line that ends this far from its column's edge is the last of its paragraph, as a share of the column. */
const SHORT = 0.12;
/** One that ends this far from it and with a full stop surely is. */
const VERY_SHORT = 0.35;
/** Where running heads and feet stand, as a share of the height that the page's lines take. */
const MARGIN = 0.07;

/** A paragraph, a heading or a note, and what it takes to join it with the next. */
interface Part {
  text: string;
  readonly size: number;
  readonly font: string;
  readonly page: number;
  readonly y: number;
  readonly indented: boolean;
}

/** The paragraphs, headings and notes of a document, and its title if there is a large line on its first page. */
export function joinLines(pages: Pages): { readonly title: string; readonly blocks: readonly TextBlock[] } {
  const kept = dropFurniture(pages);
  const lines = kept.flat();
  const size = usual(lines, (line) => line.size);
  const font = usual(lines, (line) => line.font);
  const parts = joinOverBreaks(kept.flatMap(joinParagraphs), size);
  const largest = Math.max(...parts.filter(({ page }) => page === 0).map((part) => part.size));
  const title = largest >= size * TITLE ? parts.find((part) => part.page === 0 && part.size === largest) : undefined;
  const bottom = kept.map((page) => Math.max(...page.map(({ y }) => y)));
  return {
    title: title ? clean(title.text) : '',
    blocks: parts.flatMap((part, index) => {
      if (part === title) return [];
      const block = toBlock(part, size, font, bottom[part.page] ?? 0);
      // The name of the paper, above the title.
      return title && index < parts.indexOf(title) ? [{ ...block, role: 'left out' }] : [block];
    }),
  };
}

function toBlock(part: Part, size: number, font: string, bottom: number): TextBlock {
  const text = clean(part.text);
  const own = part.font === font ? {} : { emphasised: true };
  if (part.size < size * SMALL) {
    return { role: /^[\d*†‡]/.test(text) || part.y > bottom * 0.8 ? 'footnote' : 'caption', text };
  }
  const isSet = part.size >= size * HEADING || (part.font !== font && !/[.,;:]$/.test(text));
  return isSet && text.length < 200 && !/^by\s/i.test(text)
    ? { role: 'heading', level: 2, text, ...own }
    : { role: 'paragraph', text, ...own };
}

/** Pages without their numbers and running heads. */
function dropFurniture(pages: Pages): Line[][] {
  const edge = pages.map((lines) => {
    const ys = lines.map(({ y }) => y);
    const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
    const margin = (bottom - top) * MARGIN;
    return lines.filter(({ y }) => y <= top + margin || y >= bottom - margin);
  });
  const key = ({ text }: Line): string => text.replace(/\d+/g, '#').trim();
  const seen = Map.groupBy(
    edge.flatMap((lines) => [...new Set(lines.map(key))]),
    (text) => text,
  );
  return pages.map((lines, page) =>
    lines.filter((line) => {
      if (!edge[page]?.includes(line)) return true;
      return !/^\W*(page )?\d{1,4}\W*$/i.test(line.text) && (seen.get(key(line))?.length ?? 0) < 2;
    }),
  );
}

function joinParagraphs(lines: readonly Line[], page: number): Part[] {
  const gaps = lines.slice(1).map((line, index) => line.y - (lines[index]?.y ?? 0));
  const leading = median(gaps.filter((gap) => gap > 0));
  const parts: Part[] = [];
  for (const [index, line] of lines.entries()) {
    const last = lines[index - 1];
    const part = parts.at(-1);
    if (part && last && !isBreak(last, line, leading)) part.text = joinText(part.text, line.text);
    else {
      const { text, size, font, y } = line;
      parts.push({ text, size, font, page, y, indented: isIndented(line) });
    }
  }
  return parts;
}

function isBreak(last: Line, line: Line, leading: number): boolean {
  if (Math.abs(line.size - last.size) > last.size * 0.06) return true;
  // The short last line of what runs across the page looks like the first of a column.
  const isBelow = line.y > last.y && line.y - last.y < last.size * 1.6 && Math.abs(line.x - last.x) < last.size;
  if (line.first && !isBelow) return true;
  const own = Math.max(leading, last.size * 1.1);
  if (line.y - last.y > own * APART && line.y - last.y > last.size * 1.5) return true;
  if (isIndented(line) && !isIndented(last)) return true;
  const rest = (last.right - last.x - last.width) / (last.right - last.left);
  if (rest > VERY_SHORT && /[.!?][”"’)]*$/.test(last.text.trim()) && /^[^\p{Ll}]/u.test(line.text)) return true;
  return last.font !== line.font && rest > SHORT;
}

function isIndented({ x, left, size }: Line): boolean {
  return x - left > INDENT * size;
}

/** A paragraph goes on in the next column or on the next page if nothing ends it. */
function joinOverBreaks(parts: readonly Part[], size: number): Part[] {
  const joined: Part[] = [];
  const isText = (part: Part): boolean => part.size >= size * SMALL && part.size < size * HEADING;
  for (const part of parts) {
    const open = joined.findLast(isText);
    const goesOn = open && isText(part) && !part.indented && !/[.!?:][”"’')\]]*$/.test(open.text.trim());
    const between = open ? joined.slice(joined.indexOf(open) + 1) : [];
    const isNear =
      open && between.every((one) => one.size < size * SMALL) && (part.page !== open.page || part.y < open.y + size);
    if (goesOn && isNear && open.font === part.font && open.text.length > 40)
      open.text = joinText(open.text, part.text);
    else joined.push(part);
  }
  return joined;
}

/** Two lines as one text; a word that a hyphen divides is whole again. */
function joinText(text: string, next: string): string {
  const [before, after] = [text.trimEnd(), next.trimStart()];
  if (/\u00AD$/.test(before)) return before.slice(0, -1) + after;
  if (/\p{Ll}-$/u.test(before) && /^\p{Ll}/u.test(after)) return before.slice(0, -1) + after;
  return /[-–—/]$/.test(before) && /\S[-–—/]$/.test(before) ? before + after : `${before} ${after}`;
}

function usual<T>(lines: readonly Line[], read: (line: Line) => T): T {
  const weights = new Map<T, number>();
  for (const line of lines) weights.set(read(line), (weights.get(read(line)) ?? 0) + line.text.length);
  return [...weights].sort(([, a], [, b]) => b - a)[0]?.[0] as T;
}
