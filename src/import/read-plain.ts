import { clean, type TextBlock } from './blocks.ts';
import { readByline } from './byline.ts';
import type { ReadText } from './read-article.ts';

/** Paragraphs with an empty line between them. The first is the title if it is one short line. */
export function readPlain(text: string): ReadText {
  const [top = [], second = [], ...others] = text
    .split(/\n\s*\n/)
    .map((block) => block.split('\n').map(clean).filter(Boolean))
    .filter((lines) => lines.length > 0);
  const [title = '', ...below] = top;
  const glued = below[0] !== undefined && readByline(below[0]) !== undefined;
  const beginning = glued ? [title, ...splitBylines(below)] : splitBylines(top);
  const paragraphs = [...beginning, ...splitBylines(second), ...others.map((lines) => lines.join(' '))];
  const [first = ''] = paragraphs;
  const titled = first.length <= 150 && !/[.!?]$/.test(first) && !readByline(first) && paragraphs.length > 1;
  return {
    metadata: titled ? { title: first } : {},
    blocks: (titled ? paragraphs.slice(1) : paragraphs).map((one): TextBlock => ({ role: 'paragraph', text: one })),
  };
}

/** Lines at the beginning that name author or date, each by itself, and the rest as one paragraph. */
function splitBylines(lines: readonly string[]): string[] {
  const end = lines.findIndex((line) => !readByline(line));
  const bylines = end < 0 ? lines : lines.slice(0, end);
  return [...bylines, lines.slice(bylines.length).join(' ')].filter(Boolean);
}
