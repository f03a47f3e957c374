import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { createFault } from './fault.ts';
import type { Source } from './source.ts';

/**
 * Reads YAML with the line of every value. `offset` is how many lines of the file come before the text. A text that is not
 * a YAML table gives faults and an undefined value; an empty one is an empty table.
 */
export function parseYaml(file: string, text: string, offset = 0): Source {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, schema: 'core', prettyErrors: false });
  const lineAt = (position: number) => counter.linePos(position).line + offset;
  const lines = new Map<string, number>();
  const locate = (node: unknown, path: readonly PropertyKey[], start?: number): void => {
    const position = start ?? (node as Node | null)?.range?.[0];
    if (path.length > 0 && position !== undefined) lines.set(path.join('.'), lineAt(position));
    if (isSeq(node)) for (const [index, item] of node.items.entries()) locate(item, [...path, index]);
    if (isMap(node)) {
      for (const { key, value } of node.items) {
        if (isScalar(key)) locate(value, [...path, String(key.value)], key.range?.[0]);
      }
    }
  };
  locate(document.contents, []);
  const broken = (faults: Source['faults']) => ({ file, value: undefined, lines, faults });
  const [first] = document.errors;
  if (first) {
    // One slip makes the parser stumble over the lines that follow: the first error is the one to mend.
    const place = { file, line: lineAt(first.pos[0]) };
    return broken([createFault(place, 'yaml', first.message.split('\n')[0] ?? '')]);
  }
  try {
    const value: unknown = document.toJS() ?? {};
    const isTable = typeof value === 'object' && !Array.isArray(value);
    return isTable
      ? { file, value, lines, faults: [] }
      : broken([createFault({ file, line: 1 + offset }, 'yaml-table')]);
  } catch (error) {
    // An alias such as *name whose anchor is missing, or too many of them, shows only now.
    return broken([createFault({ file, line: 1 + offset }, 'yaml-alias', (error as Error).message)]);
  }
}
