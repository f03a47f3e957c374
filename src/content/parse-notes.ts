import { commentOf } from './markdown.ts';
import { parseBody } from './parse-body.ts';
import { checkLines, createSheet } from './sheet.ts';
import { brokenSource, type Source } from './source.ts';

/** Reads notes.md: a heading, and notes that topics refer to by their labels. */
export function parseNotes(file: string, text: string): Source {
  const long = checkLines(file, text);
  if (long.length > 0) return brokenSource(file, ...long);
  const sheet = createSheet(file);
  const { tokens, definitions } = parseBody(text, sheet);
  for (const token of tokens) {
    const belongs = token.type === 'heading_open' || commentOf(token) !== undefined;
    if (token.level === 0 && token.nesting >= 0 && !belongs) sheet.report(token.map?.[0] ?? 0, 'notes-stray');
  }
  return { file, value: { definitions }, lines: sheet.lines, faults: sheet.faults };
}
