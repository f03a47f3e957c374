import type { Token } from 'markdown-it';
import type { Fault } from './fault.ts';
import { CLAIM_FIELDS, NOTE_FIELDS, NOTE_KEYWORDS, SECTIONS } from './keywords.ts';
import { closing, commentOf, type Item, isList, parseMarkdown, plainText, readItems } from './markdown.ts';
import { parseYaml } from './parse-yaml.ts';
import type { Source } from './source.ts';
import { splitHeader } from './split-header.ts';

const [CLAIMS, RELATED] = [SECTIONS.claims.toLowerCase(), SECTIONS.related.toLowerCase()];

/**
 * Reads a topic file: its header, title, summary, claims, links and notes, as written and with the line of each. What is
 * no part of the format is a fault; whether the values are right is for the schema to say.
 */
export function parseTopic(file: string, text: string): Source & { faults: Fault[] } {
  const { header, body, offset } = splitHeader(text);
  const yaml = parseYaml(file, header, 1);
  const faults = [...yaml.faults];
  const lines = new Map<string, number>(yaml.lines);
  const fault = (line: number, message: string) => faults.push({ file, line, message });

  const { tokens, definitions } = parseBody(body, offset, lines, fault);
  const value: Record<string, unknown> = {
    ...(yaml.value as object | undefined),
    notes: [],
    related: [],
    definitions,
  };
  let section = '';
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index] as Token;
    const line = (token.map?.[0] ?? 0) + 1 + offset;
    const inline = tokens[index + 1];
    if (token.type === 'heading_open' && token.tag === 'h1') {
      value.title = plainText(inline);
      lines.set('title', line);
      section = 'title';
    } else if (token.type === 'heading_open') {
      section = plainText(inline).toLowerCase();
      lines.set(section, line);
      if (section !== CLAIMS && section !== RELATED) {
        fault(
          line,
          `section "${plainText(inline)}" is unknown; the sections are "## ${SECTIONS.claims}" and "## ${SECTIONS.related}"`,
        );
      }
    } else if (token.type === 'paragraph_open' && section === 'title' && value.summary === undefined) {
      value.notes = noteReferences(inline);
      value.summary = plainText(inline);
      lines.set('summary', line);
      lines.set('notes', line);
    } else if (token.type === 'paragraph_open') {
      fault(line, `this text belongs to no part of a topic; make it a list item below "## Claims", or a note`);
    } else if (isList(token)) {
      const end = closing(tokens, index);
      const items = readItems(tokens.slice(index + 1, end));
      if (section === CLAIMS) {
        const before = (value.claims as unknown[] | undefined) ?? [];
        value.claims = [
          ...before,
          ...items.map((item, at) => readClaim(item, `claims.${before.length + at}`, offset, lines, fault)),
        ];
      } else if (section === RELATED) {
        for (const item of items) {
          lines.set(`related.${(value.related as string[]).length}`, item.start + 1 + offset);
          (value.related as string[]).push(readLink(item, offset, fault));
        }
      } else {
        fault(line, 'this list stands in no section; put claims below "## Claims"');
      }
      index = end;
      continue;
    } else if (token.type !== 'hr' && commentOf(token) === undefined) {
      fault(line, 'only headings, a summary, lists and notes belong in a topic; remove this');
    }
    index = token.type.endsWith('_open') ? closing(tokens, index) : index;
  }
  return { file, value: yaml.value === undefined ? undefined : value, lines, faults };
}

type Report = (line: number, message: string) => void;

function readClaim(item: Item, path: string, offset: number, lines: Map<string, number>, fault: Report): unknown {
  lines.set(path, item.start + 1 + offset);
  return {
    notes: noteReferences(item.inline),
    text: plainText(item.inline),
    ...readFields(item.items, CLAIM_FIELDS, path, offset, lines, fault),
  };
}

/** What stands below a claim or a note: `- review by: 2027-06-01`, by the names that the program uses. */
function readFields(
  items: readonly Item[],
  fields: Readonly<Record<string, string>>,
  path: string,
  offset: number,
  lines: Map<string, number>,
  fault: Report,
): Record<string, unknown> {
  const names = new Map(Object.entries(fields).map(([name, written]) => [written, name]));
  const values: Record<string, unknown> = {};
  for (const { start, inline } of items) {
    const line = start + 1 + offset;
    const [, written, rest = ''] = /^([A-Za-z]+(?: [A-Za-z]+)?):\s*(.*)$/s.exec(plainText(inline)) ?? [];
    if (!written) {
      fault(line, `"${plainText(inline).slice(0, 40)}" has no key; write it as "- kind: figure"`);
      continue;
    }
    const key = names.get(written.toLowerCase()) ?? written;
    if (key in values) fault(line, `"${written}" is here twice; remove one`);
    lines.set(`${path}.${key}`, line);
    values[key] = rest;
  }
  return values;
}

/** The labels of the notes that a text refers to. */
function noteReferences(inline: Token | undefined): string[] {
  return (inline?.children ?? []).flatMap(({ type, meta }) => (type === 'footnote_ref' ? [String(meta?.label)] : []));
}

/** The slug of the topic that an item links to. */
function readLink({ inline, start }: Item, offset: number, fault: Report): string {
  const href = inline?.children?.find(({ type }) => type === 'link_open')?.attrGet('href');
  const [, slug] = /^(?:\.\/)?([^/]+)\.md$/.exec(String(href ?? '')) ?? [];
  if (!slug) fault(start + 1 + offset, 'this is no link to a topic; write it as "[Title](slug.md)"');
  return slug ?? '';
}

/**
 * The line of each note, by the text of the file: the Markdown parser moves notes to the end, and drops those that nothing
 * refers to.
 */
function readDefinitions(
  body: string,
  offset: number,
  lines: Map<string, number>,
  fault: Report,
): ReadonlyMap<string, number> {
  const labels = new Map<string, number>();
  for (const [index, text] of body.split('\n').entries()) {
    const [, label] = /^\[\^([^\]\s]+)\]:/.exec(text) ?? [];
    if (!label) continue;
    const line = index + 1 + offset;
    if (labels.has(label)) fault(line, `note [^${label}] is written twice; rename one`);
    labels.set(label, line);
    lines.set(`definitions.${label}`, line);
  }
  return labels;
}

/**
 * The tokens of a text, and its notes by their labels. The Markdown parser drops notes that nothing refers to, and takes
 * references to notes of another file for text: both are added below the text, and left out of the tokens again.
 */
function parseBody(
  body: string,
  offset: number,
  lines: Map<string, number>,
  fault: Report,
): { readonly tokens: readonly Token[]; readonly definitions: Record<string, unknown> } {
  const written = readDefinitions(body, offset, lines, fault);
  const referred = [...body.matchAll(/\[\^([^\]\s]+)\]/g)].map(([, label]) => String(label));
  const elsewhere = [...new Set(referred)].filter((label) => !written.has(label));
  const added = [...[...written.keys()].map((label) => `[^${label}]`), ...elsewhere.map((label) => `[^${label}]: .`)];
  const tokens = parseMarkdown(`${body}\n\n${added.join('\n\n')}\n`);
  const end = body.split('\n').length;
  const below = tokens.findIndex(({ type, map }) => type === 'footnote_block_open' || (map !== null && map[0] >= end));
  const notes = tokens.slice(tokens.findIndex(({ type }) => type === 'footnote_block_open'));
  return {
    tokens: below < 0 ? tokens : tokens.slice(0, below),
    definitions: written.size > 0 ? readNotes(notes, written, offset, lines, fault) : {},
  };
}

const NOTE_KIND_OF = new Map(Object.entries(NOTE_KEYWORDS).map(([kind, keyword]) => [keyword.toLowerCase(), kind]));

function readNotes(
  tokens: readonly Token[],
  labels: ReadonlyMap<string, number>,
  offset: number,
  lines: Map<string, number>,
  fault: Report,
): Record<string, unknown> {
  const notes: Record<string, unknown> = {};
  for (const [index, token] of tokens.entries()) {
    const label = String(token.meta?.label);
    if (token.type !== 'footnote_open' || !labels.has(label)) continue;
    const own = tokens.slice(index + 1, closing(tokens, index));
    const inline = own[0]?.type === 'paragraph_open' ? own[1] : undefined;
    const children = inline?.children ?? [];
    const start = children.findIndex(({ type }) => type === 'strong_open');
    const lead =
      start < 0 || children.slice(0, start).some(({ content }) => content) ? '' : (children[start + 1]?.content ?? '');
    const kind = lead.replace(/[.:]$/, '').replace("'", '’').toLowerCase();
    const list = own.findIndex(isList);
    const items = list < 0 ? [] : readItems(own.slice(list + 1, closing(own, list)));
    notes[label] = {
      kind: lead ? (NOTE_KIND_OF.get(kind) ?? lead) : undefined,
      text: plainText(inline).slice(lead.length).trim(),
      ...readFields(items, NOTE_FIELDS, `definitions.${label}`, offset, lines, fault),
    };
  }
  return notes;
}

/** Reads notes.md: a heading, and notes that topics refer to by their labels. */
export function parseNotes(file: string, text: string): Source & { faults: Fault[] } {
  const faults: Fault[] = [];
  const lines = new Map<string, number>();
  const fault = (line: number, message: string) => faults.push({ file, line, message });
  const { tokens, definitions } = parseBody(text, 0, lines, fault);
  for (const token of tokens) {
    const line = (token.map?.[0] ?? 0) + 1;
    if (token.level > 0 || token.nesting < 0 || token.type === 'heading_open' || commentOf(token) !== undefined)
      continue;
    fault(
      line,
      'only a heading and notes belong here; write each as "[^label]: **Context.** …", and indent its list by four spaces',
    );
  }
  return { file, value: { definitions }, lines, faults };
}
