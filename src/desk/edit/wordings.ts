import { type Document, isMap, isScalar, isSeq, parseDocument, YAMLMap, YAMLSeq } from 'yaml';
import { EditError } from './edit-error.ts';
import { inline } from './escape-markdown.ts';

/** The questions under a claim, in the order in which they are written. */
export function readAsks(yaml: string, claim: string): string[] {
  return stringsOf(open(yaml), ['asks', claim]);
}

/** The questions that the article leaves open. */
export function readOpen(yaml: string): string[] {
  return stringsOf(open(yaml), ['open']);
}

/** Replaces the questions under a claim. Lines and comments of those that stay are kept. Throws EditError if it isn't YAML. */
export function setAsks(yaml: string, claim: string, asks: readonly string[]): string {
  return setList(yaml, ['asks', claim], asks);
}

/** Replaces the questions that the article leaves open. */
export function setOpen(yaml: string, questions: readonly string[]): string {
  return setList(yaml, ['open'], questions);
}

/** Takes a claim's questions away with it. */
export function removeAsks(yaml: string, claim: string): string {
  const document = open(yaml);
  if (!document.hasIn(['asks', claim])) return yaml;
  document.deleteIn(['asks', claim]);
  return write(document, yaml);
}

/** Puts a claim's questions under another id. */
export function renameAsks(yaml: string, claim: string, next: string): string {
  const document = open(yaml);
  const asks = document.get('asks');
  const pair = isMap(asks) ? asks.items.find(({ key }) => isScalar(key) && String(key.value) === claim) : undefined;
  if (!pair) return yaml;
  pair.key = document.createNode(next);
  return write(document, yaml);
}

function setList(yaml: string, path: readonly string[], texts: readonly string[]): string {
  const document = open(yaml);
  const wanted = texts.map(inline).filter(Boolean);
  if (JSON.stringify(stringsOf(document, path)) === JSON.stringify(wanted)) return yaml;
  if (!document.contents) document.contents = new YAMLMap() as unknown as typeof document.contents;
  if (path.length > 1 && !isMap(document.get(path[0]))) document.set(path[0], new YAMLMap());
  const list = document.getIn(path);
  const known = isSeq(list) ? list : new YAMLSeq();
  const nodes = known.items.filter(isScalar);
  known.items = wanted.map((text) => nodes.find(({ value }) => value === text) ?? document.createNode(text));
  known.flow = wanted.length === 0;
  document.setIn(path, known);
  const after = write(document, yaml);
  const read = open(after);
  if (JSON.stringify(stringsOf(read, path)) !== JSON.stringify(wanted))
    throw new EditError('these questions can’t be written into the file safely', 'Write them in the file itself.');
  return after;
}

function open(yaml: string): Document {
  const document = parseDocument(yaml, { schema: 'core' });
  const [error] = document.errors;
  if (error) throw new EditError(`the wordings aren't YAML: ${error.message.split('\n')[0]}`, 'Fix the file first.');
  return document;
}

function stringsOf(document: Document, path: readonly string[]): string[] {
  const list = document.getIn(path);
  return isSeq(list) ? list.items.flatMap((item) => (isScalar(item) ? [String(item.value)] : [])) : [];
}

function write(document: Document, before: string): string {
  // As the file has it, so that git shows only what has changed.
  const indentSeq = !/:[ \t]*\r?\n- /.test(before);
  const after = document.toString({ lineWidth: 0, indentSeq, flowCollectionPadding: false });
  return before.includes('\r\n') ? after.replaceAll(/\r?\n/g, '\r\n') : after;
}
