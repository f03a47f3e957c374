import MarkdownIt, { type Token } from 'markdown-it';
import footnote from 'markdown-it-footnote';
import { NOTE_LABELS } from '../core/reply.ts';
import type { Fault } from './fault.ts';
import { parseYaml } from './parse-yaml.ts';
import type { Source } from './source.ts';

const markdown = new MarkdownIt('commonmark').use(footnote);

const SECTIONS = ['claims', 'not in the article', 'see also'];

interface Item {
  readonly line: number;
  readonly inline: Token | undefined;
  readonly items: readonly Item[];
}

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

  const value: Record<string, unknown> = {
    ...(yaml.value as object | undefined),
    notes: [],
    unanswered: [],
    related: [],
    definitions: {},
  };
  const definitions = readDefinitions(body, offset, lines, fault);
  const noteReferences = (inline: Token | undefined, line: number): string[] => {
    for (const [, label] of plainText(inline).matchAll(/\[\^([^\]]+)\]/g)) {
      fault(line, `note [^${label}] is not written; add "[^${label}]: **Context.** …" at the end of the file`);
    }
    return (inline?.children ?? []).flatMap(({ type, meta }) => (type === 'footnote_ref' ? [String(meta?.label)] : []));
  };

  let section = '';
  const tokens = markdown.parse(body, {});
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index] as Token;
    const line = (token.map?.[0] ?? 0) + 1 + offset;
    if (token.type === 'footnote_block_open') {
      readNotes(tokens.slice(index), value.definitions as Record<string, unknown>, definitions);
      break;
    }
    const inline = tokens[index + 1];
    if (token.type === 'heading_open' && token.tag === 'h1') {
      value.title = plainText(inline);
      lines.set('title', line);
      section = 'title';
    } else if (token.type === 'heading_open') {
      section = plainText(inline).toLowerCase();
      lines.set(section, line);
      if (!SECTIONS.includes(section)) {
        fault(
          line,
          `section "${plainText(inline)}" is unknown; the sections are "## Claims", "## Not in the article" and "## See also"`,
        );
      }
    } else if (token.type === 'paragraph_open' && section === 'title' && value.summary === undefined) {
      value.notes = noteReferences(inline, line);
      value.summary = plainText(inline);
      lines.set('summary', line);
      lines.set('notes', line);
    } else if (token.type === 'paragraph_open') {
      fault(line, `this text belongs to no part of a topic; make it a list item below "## Claims", or a note`);
    } else if (token.type === 'bullet_list_open' || token.type === 'ordered_list_open') {
      const end = closing(tokens, index);
      const items = readItems(tokens.slice(index + 1, end), offset);
      if (section === 'claims') {
        const before = (value.claims as unknown[] | undefined) ?? [];
        value.claims = [
          ...before,
          ...items.map((item, at) => readClaim(item, `claims.${before.length + at}`, lines, fault, noteReferences)),
        ];
      } else if (section === 'not in the article') {
        for (const item of items) {
          lines.set(`unanswered.${(value.unanswered as string[]).length}`, item.line);
          (value.unanswered as string[]).push(plainText(item.inline));
        }
      } else if (section === 'see also') {
        for (const item of items) {
          lines.set(`related.${(value.related as string[]).length}`, item.line);
          (value.related as string[]).push(readLink(item, fault));
        }
      } else {
        fault(line, 'this list stands in no section; put claims below "## Claims"');
      }
      index = end;
      continue;
    } else if (token.type !== 'hr') {
      fault(line, 'only headings, a summary, lists and notes belong in a topic; remove this');
    }
    index = token.type.endsWith('_open') ? closing(tokens, index) : index;
  }
  return { file, value: yaml.value === undefined ? undefined : value, lines, faults };
}

function splitHeader(text: string): { header: string; body: string; offset: number } {
  const [whole, header] =
    /^---\r?\n([\s\S]*?)(?:^|\n)---[ \t]*(?:\r?\n|$)/m.exec(text.startsWith('---') ? text : '') ?? [];
  if (whole === undefined || header === undefined) return { header: '', body: text, offset: 0 };
  return { header, body: text.slice(whole.length), offset: whole.split('\n').length - 1 };
}

/** The index of the token that closes the one at `index`. */
function closing(tokens: readonly Token[], index: number): number {
  let depth = 0;
  for (let at = index; at < tokens.length; at += 1) {
    depth += tokens[at]?.nesting ?? 0;
    if (depth === 0) return at;
  }
  return tokens.length - 1;
}

/** An inline's text without marks of emphasis, links and references to notes. */
function plainText(inline: Token | undefined): string {
  return (inline?.children ?? [])
    .map(({ type, content }) =>
      type === 'softbreak' || type === 'hardbreak' ? ' ' : type === 'footnote_ref' ? '' : content,
    )
    .join('')
    .trim();
}

function readItems(tokens: readonly Token[], offset: number): Item[] {
  const items: Item[] = [];
  for (let index = 0; index < tokens.length; index += 1) {
    if (tokens[index]?.type !== 'list_item_open') continue;
    const end = closing(tokens, index);
    const content = tokens.slice(index + 1, end);
    const list = content.findIndex(({ type }) => type === 'bullet_list_open' || type === 'ordered_list_open');
    items.push({
      line: (tokens[index]?.map?.[0] ?? 0) + 1 + offset,
      inline: content[0]?.type === 'paragraph_open' ? content[1] : undefined,
      items: list < 0 ? [] : readItems(content.slice(list + 1, closing(content, list)), offset),
    });
    index = end;
  }
  return items;
}

type Report = (line: number, message: string) => void;

function readClaim(
  item: Item,
  path: string,
  lines: Map<string, number>,
  fault: Report,
  noteReferences: (inline: Token | undefined, line: number) => string[],
): unknown {
  lines.set(path, item.line);
  const claim: Record<string, unknown> = {
    notes: noteReferences(item.inline, item.line),
    text: plainText(item.inline),
  };
  for (const { line, inline, items } of item.items) {
    const [, key, rest = ''] = /^([A-Za-z]+):\s*(.*)$/s.exec(plainText(inline)) ?? [];
    if (!key) {
      fault(line, `"${plainText(inline).slice(0, 40)}" has no key; write it as "- kind: figure"`);
      continue;
    }
    if (key in claim) fault(line, `"${key}" is here twice; remove one`);
    lines.set(`${path}.${key}`, line);
    claim[key] = items.length > 0 ? items.map((entry) => plainText(entry.inline)) : rest;
    for (const [at, entry] of items.entries()) lines.set(`${path}.${key}.${at}`, entry.line);
  }
  return claim;
}

/** The slug of the topic that an item links to. */
function readLink({ inline, line }: Item, fault: Report): string {
  const href = inline?.children?.find(({ type }) => type === 'link_open')?.attrGet('href');
  const [, slug] = /^(?:\.\/)?([^/]+)\.md$/.exec(String(href ?? '')) ?? [];
  if (!slug) fault(line, 'this is no link to a topic; write it as "[Title](slug.md)"');
  return slug ?? '';
}

/** The line of each note, by the text of the file: the parser moves notes to the end and drops those not referred to. */
function readDefinitions(body: string, offset: number, lines: Map<string, number>, fault: Report): ReadonlySet<string> {
  const labels = new Set<string>();
  for (const [index, text] of body.split('\n').entries()) {
    const [, label] = /^\[\^([^\]\s]+)\]:/.exec(text) ?? [];
    if (!label) continue;
    const line = index + 1 + offset;
    if (labels.has(label)) fault(line, `note [^${label}] is written twice; rename one`);
    else if (!body.replace(text, '').includes(`[^${label}]`)) {
      fault(line, `note [^${label}] belongs to no claim; put [^${label}] after the claim, or remove the note`);
    }
    labels.add(label);
    lines.set(`definitions.${label}`, line);
  }
  return labels;
}

const NOTE_KIND_OF = new Map(Object.entries(NOTE_LABELS).map(([kind, label]) => [label.toLowerCase(), kind]));

function readNotes(tokens: readonly Token[], notes: Record<string, unknown>, labels: ReadonlySet<string>): void {
  for (const [index, token] of tokens.entries()) {
    const label = String(token.meta?.label);
    if (token.type !== 'footnote_open' || !labels.has(label)) continue;
    const inline = tokens.slice(index, closing(tokens, index)).find(({ type }) => type === 'inline');
    const children = inline?.children ?? [];
    const start = children.findIndex(({ type }) => type === 'strong_open');
    const lead =
      start < 0 || children.slice(0, start).some(({ content }) => content) ? '' : (children[start + 1]?.content ?? '');
    const kind = lead.replace(/[.:]$/, '').replace("'", '’').toLowerCase();
    notes[label] = {
      kind: lead ? (NOTE_KIND_OF.get(kind) ?? lead) : undefined,
      text: plainText(inline).slice(lead.length).trim(),
    };
  }
}
