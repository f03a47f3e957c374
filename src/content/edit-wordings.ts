import {
  type Document,
  isMap,
  isScalar,
  isSeq,
  type Pair,
  parseDocument,
  stringify,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { UserError } from '../core/errors.ts';
import { capitalize } from '../core/text.ts';
import { weightOf } from '../core/weight.ts';
import { TEXT_LIMITS } from './limits.ts';

/** How far the parts of a wordings file are indented if it does not show otherwise. */
const STEP = '  ';

/**
 * A wordings file with one more question under a claim; `claim` is its id without the article. Everything else stays as it
 * is, to the byte. An empty text is a file without any. Throws UserError if the file can't be read.
 */
export function addAsk(yaml: string, claim: string, question: string): string {
  return add(yaml, ['asks', claim], question);
}

/** A wordings file with one more question that the article leaves open, like `addAsk`. */
export function addOpen(yaml: string, question: string): string {
  return add(yaml, ['open'], question);
}

/** Words with which an English question begins. */
const ASKING = new Set(
  (
    'who whose whom what which when where why how is are was were do does did has have had can could will would should may ' +
    'might isn aren wasn weren don doesn didn hasn haven won wouldn shouldn couldn'
  ).split(' '),
);

/** What somebody asked as an editor writes it: it begins with a capital, and ends with a question mark if it is a question. */
export function composeWording(text: string): string {
  const [first = '', second = ''] = tokenizeStart(text);
  const isQuestion = ASKING.has(/^(and|but|so)$/.test(first) ? second : first);
  const words = [...text.replace(/\s+/g, ' ').trim()];
  const end = isQuestion && !/[?!]$/.test(text.trim()) ? '?' : '';
  while (weightOf(words.join('')) + end.length > TEXT_LIMITS.ask) words.pop();
  const plain = words.join('').trim();
  const cut = end ? plain.replace(/(?<![.…,;:])[.…,;:]+$/, '') : plain;
  return `${capitalize(cut)}${end}`;
}

/** The first two words, in lower case; what follows an apostrophe is a word of its own. */
function tokenizeStart(text: string): string[] {
  return (
    text
      .slice(0, 100)
      .toLowerCase()
      .match(/\p{L}+/gu) ?? []
  ).slice(0, 2);
}

type Path = readonly [string] | readonly [string, string];

function add(yaml: string, path: Path, question: string): string {
  const text = question.replace(/\s+/g, ' ').trim();
  const document = read(yaml);
  if (list(document, path).includes(text)) return yaml;
  const edited = insert(yaml, document, path, text);
  // A layout that was not foreseen is left to the YAML library, which may change spaces and line breaks.
  return edited !== undefined && isRight(edited, document, path, text) ? edited : rewrite(document, path, text);
}

function read(yaml: string): Document.Parsed {
  const document = parseDocument(yaml, { schema: 'core', prettyErrors: false, keepSourceTokens: true });
  const [error] = document.errors;
  if (error) {
    throw new UserError(
      `The wordings can't be read (${error.message.split('\n')[0]})`,
      'Correct the file; npx briefing lint names the line.',
    );
  }
  const { contents } = document;
  const isEmpty = contents === null || (isScalar(contents) && contents.value === null);
  if (!isEmpty && !isMap(contents))
    throw new UserError("The wordings aren't a table", 'Write asks: and open: at the start of a line.');
  return document;
}

/** What stands under a path; empty if nothing does. */
function list(document: Document.Parsed, path: Path): readonly unknown[] {
  const { contents } = document;
  const found = isMap(contents) ? document.getIn(path) : undefined;
  return isSeq(found) ? (found.toJS(document) as unknown[]) : [];
}

/** The text with a line for the question; undefined if the file is laid out otherwise. */
function insert(yaml: string, document: Document.Parsed, path: Path, question: string): string | undefined {
  const eol = yaml.includes('\r\n') ? '\r\n' : '\n';
  const item = `- ${quoted(question)}`;
  const root = isMap(document.contents) ? document.contents : undefined;
  const [first, second] = path;
  const top = root && pairOf(root, first);
  if (!top) {
    const lines =
      second === undefined
        ? [`${first}:`, STEP + item]
        : [`${first}:`, `${STEP}${nameOf(second)}:`, STEP + STEP + item];
    const start = yaml.trim() === '' ? yaml.trimStart() : endLine(yaml, eol);
    return `${start}${lines.join(eol)}${eol}`;
  }
  const owner = second === undefined ? top : isMap(top.value) ? pairOf(top.value, second) : undefined;
  if (owner) {
    if (isSeq(owner.value) && !owner.value.flow && owner.value.items.length > 0) {
      return insertLine(yaml, endOf(owner.value), `${indentOf(yaml, owner.value)}${item}`, eol);
    }
    // The name stands there and nothing below it.
    if (isNothing(owner.value))
      return insertLine(yaml, keyEnd(owner), `${indentOfKey(yaml, owner)}${STEP}${item}`, eol);
    return undefined;
  }
  if (second === undefined) return undefined;
  if (isMap(top.value) && !top.value.flow && top.value.items.length > 0) {
    const indent = indentOfKey(yaml, top.value.items[0] as Pair);
    const lines = [`${indent}${nameOf(second)}:`, `${indent}${STEP}${item}`];
    return insertLine(yaml, endOf(top.value), lines.join(eol), eol);
  }
  if (!isNothing(top.value)) return undefined;
  return insertLine(yaml, keyEnd(top), [`${STEP}${nameOf(second)}:`, `${STEP}${STEP}${item}`].join(eol), eol);
}

function pairOf(map: YAMLMap, key: string): Pair | undefined {
  return map.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === key);
}

function isNothing(value: unknown): boolean {
  return value === null || (isScalar(value) && value.value === null && !value.source);
}

/** Where the last value in it ends, before a comment behind it. */
function endOf(node: YAMLMap | YAMLSeq): number {
  const last = node.items.at(-1);
  const value = last && typeof last === 'object' && 'value' in last && 'key' in last ? (last as Pair).value : last;
  if ((isMap(value) || isSeq(value)) && !value.flow && value.items.length > 0) return endOf(value);
  const pair = last as Pair | undefined;
  if (isNothing(value) && pair && 'key' in pair) return keyEnd(pair);
  return (value as { range?: [number, number, number] }).range?.[1] ?? node.range?.[1] ?? 0;
}

function keyEnd({ key }: Pair): number {
  return (key as { range?: [number, number, number] }).range?.[1] ?? 0;
}

/** The white space before the hyphens of a list. */
function indentOf(yaml: string, { items }: YAMLSeq): string {
  const start = (items.at(-1) as { range?: [number, number, number] }).range?.[0] ?? 0;
  return /^ */.exec(yaml.slice(lineStart(yaml, start)))?.[0] ?? '';
}

function indentOfKey(yaml: string, { key }: Pair): string {
  const start = (key as { range?: [number, number, number] }).range?.[0] ?? 0;
  return /^ */.exec(yaml.slice(lineStart(yaml, start)))?.[0] ?? '';
}

function lineStart(yaml: string, at: number): number {
  return yaml.lastIndexOf('\n', at - 1) + 1;
}

/** The text with lines after the one on which `at` stands. */
function insertLine(yaml: string, at: number, lines: string, eol: string): string {
  // A block of text ends after its last line break.
  const from = at > 0 && yaml[at - 1] === '\n' ? at - 1 : at;
  const end = yaml.indexOf('\n', from);
  if (end < 0) return `${endLine(yaml, eol)}${lines}${eol}`;
  return `${yaml.slice(0, end + 1)}${lines}${eol}${yaml.slice(end + 1)}`;
}

function endLine(yaml: string, eol: string): string {
  return yaml.endsWith('\n') ? yaml : `${yaml}${eol}`;
}

/** One line of YAML that is read as this text. */
function quoted(text: string): string {
  return stringify(text, { lineWidth: 0 }).trimEnd().includes('\n')
    ? JSON.stringify(text)
    : stringify(text, { lineWidth: 0 }).trimEnd();
}

function nameOf(key: string): string {
  return quoted(key);
}

/** Whether a text holds what the document does, and the question at the end of its list. */
function isRight(edited: string, document: Document.Parsed, path: Path, question: string): boolean {
  const now = parseDocument(edited, { schema: 'core', prettyErrors: false });
  if (now.errors.length > 0) return false;
  return JSON.stringify(now.toJS()) === JSON.stringify(withQuestion(document, path, question).toJS());
}

function rewrite(document: Document.Parsed, path: Path, question: string): string {
  return withQuestion(document, path, question).toString({ lineWidth: 0 });
}

function withQuestion(document: Document.Parsed, path: Path, question: string): Document {
  const next = document.clone() as Document;
  if (!isMap(next.contents)) next.contents = next.createNode({}) as never;
  if (isSeq(next.getIn(path))) next.addIn(path, question);
  else {
    if (path.length > 1 && !isMap(next.get(path[0]))) next.set(path[0], next.createNode({}));
    next.setIn(path, next.createNode([question]));
  }
  return next;
}
