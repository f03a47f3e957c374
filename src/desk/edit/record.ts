import { isDeepStrictEqual } from 'node:util';
import { isMap, isScalar, isSeq, type Pair, parseDocument, Scalar, stringify, type YAMLMap, type YAMLSeq } from 'yaml';
import { EditError } from './edit-error.ts';

/** A longer text is folded below its key. */
const LONGEST_LINE = 110;
const STEP = '  ';

/** A value of a record: a text, a number, a switch, a list, or a table of these. Undefined and an empty table remove it. */
export type RecordValue = unknown;

/** What a record holds as it is written, unchecked. Throws EditError if it isn't a table of YAML. */
export function readRecord(yaml: string): Readonly<Record<string, unknown>> {
  const document = parseDocument(yaml, { schema: 'core', prettyErrors: false });
  const [error] = document.errors;
  if (error) throw unreadable(error.message.split('\n')[0] ?? '');
  let value: unknown;
  try {
    value = document.toJS() ?? {};
  } catch (problem) {
    throw unreadable((problem as Error).message);
  }
  if (typeof value !== 'object' || Array.isArray(value)) throw unreadable('it isn’t a table of settings');
  return value as Record<string, unknown>;
}

/**
 * Changes values of an article's record by their keys; `order` is where a new one goes. Lines and comments of what stays the
 * same are kept to the byte. Throws EditError if it can't be written so that exactly this is read back.
 */
export function setRecord(
  yaml: string,
  values: Readonly<Record<string, RecordValue>>,
  order: readonly string[],
): string {
  const before = readRecord(yaml);
  let next = yaml.trim() === '' ? '' : yaml;
  const given = Object.fromEntries(Object.entries(values).map(([key, value]) => [key, withoutNothing(value)]));
  for (const [key, value] of Object.entries(given)) {
    if (isDeepStrictEqual(before[key], value)) continue;
    next = setOne(next, key, value, order);
  }
  const wanted: Record<string, unknown> = { ...before, ...given };
  for (const [key, value] of Object.entries(wanted)) if (isNothing(value)) delete wanted[key];
  const read = Object.fromEntries(Object.entries(readRecord(next)).filter(([, value]) => !isNothing(value)));
  if (!isDeepStrictEqual(read, wanted))
    throw new EditError('this can’t be written into the record safely', 'Make the change in the record as text.');
  return next;
}

function unreadable(why: string): EditError {
  return new EditError(`the record can’t be read (${why})`, 'Mend it as text.');
}

function isNothing(value: unknown): boolean {
  return value === undefined || (isTable(value) && Object.keys(value).length === 0);
}

/** A table without the entries that are to go. */
function withoutNothing(value: unknown): unknown {
  if (!isTable(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined));
}

function isTable(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function setOne(yaml: string, key: string, value: unknown, order: readonly string[]): string {
  const { contents } = parseDocument(yaml, { schema: 'core' });
  const root = isMap(contents) ? contents : undefined;
  if (root?.flow) throw new EditError('this record is written in one line', 'Make the change in the record as text.');
  const pair = root && pairOf(root, key);
  if (!pair) {
    if (isNothing(value)) return yaml;
    const at = order.indexOf(key);
    const earlier = root?.items.findLast((one) => {
      const place = order.indexOf(keyOf(one));
      return keyOf(one) === 'format' || keyOf(one) === 'draft' || (place >= 0 && place < at);
    });
    return insertAfter(yaml, earlier, compose(key, value, ''));
  }
  if (isNothing(value)) return removeLines(yaml, pair);
  const { value: node } = pair;
  if (isTable(value) && isMap(node) && !node.flow && node.items.length > 0) return setEntries(yaml, key, node, value);
  if (Array.isArray(value) && isSeq(node) && !node.flow && node.items.every(isScalar))
    return replaceValue(yaml, pair, composeItems(yaml, key, node, value));
  return replaceValue(yaml, pair, compose(key, value, ''));
}

/** Changes the entries of a table that differ, one after the other. */
function setEntries(yaml: string, key: string, node: YAMLMap, value: Readonly<Record<string, unknown>>): string {
  const indent = indentOf(yaml, node.items[0]);
  const before = (readRecord(yaml)[key] ?? {}) as Record<string, unknown>;
  let next = yaml;
  const table = () => (parseDocument(next, { schema: 'core' }).contents as YAMLMap).get(key, true);
  for (const name of new Set([...Object.keys(before), ...Object.keys(value)])) {
    if (isDeepStrictEqual(before[name], value[name])) continue;
    const now = table();
    if (!isMap(now)) throw new EditError('this table can’t be changed here', 'Change it in the record as text.');
    const pair = pairOf(now, name);
    if (value[name] === undefined) next = pair ? removeLines(next, pair) : next;
    else if (pair) next = replaceValue(next, pair, compose(name, value[name], indent));
    else next = insertAfter(next, now.items.at(-1), compose(name, value[name], indent));
  }
  return next;
}

/** A list with the lines of the items that stay, and the comments above them. */
function composeItems(yaml: string, key: string, node: YAMLSeq, texts: readonly unknown[]): string {
  const places = node.items.map((item) => (item as Scalar).range as [number, number, number]);
  const starts = places.map((_, index) =>
    lineEnd(yaml, index === 0 ? lineBefore(yaml, places[0]?.[0] ?? 0) : (places[index - 1]?.[1] ?? 0)),
  );
  const known = node.items.map((item, index) => ({
    value: (item as Scalar).value,
    text: yaml.slice(starts[index], trimmed(yaml, places[index]?.[1] ?? 0)).replace(/^\r?\n/, ''),
  }));
  const indent = /^\s*/.exec(known[0]?.text.split('\n').at(-1) ?? '')?.[0] ?? STEP;
  const lines = texts.map((text) => known.find(({ value }) => value === text)?.text ?? `${indent}- ${scalar(text)}`);
  return [`${writeKey(key)}:`, ...lines].join('\n');
}

/** Where the line before this place ends. */
function lineBefore(yaml: string, at: number): number {
  return Math.max(0, yaml.lastIndexOf('\n', at) - 1);
}

function compose(key: string, value: unknown, indent: string): string {
  const name = `${indent}${writeKey(key)}:`;
  if (Array.isArray(value)) {
    if (indent || value.length === 0 || value.every((one) => String(one).length < 30)) return `${name} ${flow(value)}`;
    return [name, ...value.map((one) => `${STEP}- ${scalar(one)}`)].join('\n');
  }
  if (isTable(value)) {
    if (indent) return `${name} ${flow(value)}`;
    return [name, ...Object.entries(value).map(([one, entry]) => compose(one, entry, STEP))].join('\n');
  }
  if (typeof value === 'string' && value.length > LONGEST_LINE && !indent) {
    const folded = new Scalar(value);
    folded.type = Scalar.BLOCK_FOLDED;
    return stringify({ [key]: folded }, { lineWidth: LONGEST_LINE }).trimEnd();
  }
  return `${name} ${scalar(value)}`;
}

/** A value in one line. */
function flow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  if (!isTable(value)) return scalar(value);
  const entries = Object.entries(value).map(([key, one]) => `${writeKey(key)}: ${flow(one)}`);
  return entries.length > 0 ? `{ ${entries.join(', ')} }` : '{}';
}

/** A value that may stand in a line of its own as well as between brackets. */
function scalar(value: unknown): string {
  return stringify([value], { lineWidth: 0, collectionStyle: 'flow', flowCollectionPadding: false })
    .trim()
    .slice(1, -1);
}

function writeKey(key: string): string {
  return /^\d+$/.test(key) ? key : scalar(key);
}

function keyOf({ key }: Pair): string {
  return isScalar(key) ? String(key.value) : '';
}

function pairOf(map: YAMLMap, key: string): Pair | undefined {
  return map.items.find((pair) => keyOf(pair) === key);
}

function startOf({ key }: Pair): number {
  return (key as Scalar).range?.[0] ?? 0;
}

/** Where a pair's value ends, before a comment behind it. */
function endOf(yaml: string, { key, value }: Pair): number {
  const range = (value as Scalar | null)?.range ?? (key as Scalar).range;
  const end = isScalar(value) && value.value === null ? yaml.indexOf(':', (key as Scalar).range?.[1] ?? 0) + 1 : 0;
  return trimmed(yaml, Math.max(end, range?.[1] ?? 0));
}

function trimmed(yaml: string, at: number): number {
  let end = at;
  while (end > 0 && /\s/.test(yaml[end - 1] ?? '')) end -= 1;
  return end;
}

function lineStart(yaml: string, at: number): number {
  return yaml.lastIndexOf('\n', at - 1) + 1;
}

function lineEnd(yaml: string, at: number): number {
  const end = yaml.indexOf('\n', at);
  return end < 0 ? yaml.length : end;
}

function indentOf(yaml: string, pair: Pair | undefined): string {
  const start = pair ? startOf(pair) : 0;
  return yaml.slice(lineStart(yaml, start), start);
}

function replaceValue(yaml: string, pair: Pair, text: string): string {
  return `${yaml.slice(0, lineStart(yaml, startOf(pair)))}${withEnds(yaml, text)}${yaml.slice(endOf(yaml, pair))}`;
}

function removeLines(yaml: string, pair: Pair): string {
  return yaml.slice(0, lineStart(yaml, startOf(pair))) + yaml.slice(lineEnd(yaml, endOf(yaml, pair)) + 1);
}

function insertAfter(yaml: string, pair: Pair | undefined, text: string): string {
  const lines = withEnds(yaml, `${text}\n`);
  if (!pair) return lines + yaml;
  const end = lineEnd(yaml, endOf(yaml, pair));
  const head = yaml.slice(0, end + 1);
  return `${head}${head.endsWith('\n') ? '' : withEnds(yaml, '\n')}${lines}${yaml.slice(end + 1)}`;
}

/** A text with the line ends that the file has. */
function withEnds(yaml: string, text: string): string {
  return yaml.includes('\r\n') ? text.replaceAll(/\r?\n/g, '\r\n') : text;
}
