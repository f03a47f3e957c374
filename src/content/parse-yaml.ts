import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { Fault } from './fault.ts';
import type { Source } from './source.ts';

/**
 * Reads YAML with the line of every value. `offset` is how many lines of the file come before the text. A text that is
 * not YAML gives faults and an undefined value.
 */
export function parseYaml(file: string, text: string, offset = 0): Source & { faults: Fault[] } {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, schema: 'core', prettyErrors: false });
  const lineAt = (position: number) => counter.linePos(position).line + offset;
  const faults = document.errors.map((error) => ({
    file,
    line: lineAt(error.pos[0]),
    message: `this is not YAML (${error.message.split('\n')[0]}); put a text with a colon or a quote in "quotation marks"`,
  }));

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
  if (faults.length > 0) return { file, value: undefined, lines, faults };
  try {
    return { file, value: document.toJS() ?? {}, lines, faults };
  } catch (error) {
    // An alias such as *name whose anchor is missing, or too many of them, shows only now.
    const message = `this is not YAML (${(error as Error).message}); put a text with an asterisk in "quotation marks"`;
    return { file, value: undefined, lines, faults: [{ file, line: 1 + offset, message }] };
  }
}
