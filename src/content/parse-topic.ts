import type { Token } from 'markdown-it';
import { divideItem, fieldOf, readFields, type Written } from './fields-below.ts';
import { CLAIM_FIELDS, OLD_FORMAT, SECTIONS } from './keywords.ts';
import { closing, commentOf, type Item, isList, plainText, readItems } from './markdown.ts';
import { parseBody } from './parse-body.ts';
import { parseYaml } from './parse-yaml.ts';
import { checkLines, createSheet, type Sheet } from './sheet.ts';
import { brokenSource, type Source } from './source.ts';
import { splitHeader } from './split-header.ts';

const [CLAIMS, RELATED] = [SECTIONS.claims.toLowerCase(), SECTIONS.related.toLowerCase()];
const HEADINGS = Object.values(SECTIONS).map((name) => `"## ${name}"`);

/** How far the fields of a claim are indented. */
const CLAIM_INDENT = 2;

/**
 * Reads a topic's page: its header, title, summary, claims, links and notes, as written and with the line of each. What
 * is not part of the format is a fault; whether the values are right is for the schema to say.
 */
export function parseTopic(file: string, text: string): Source {
  const long = checkLines(file, text);
  if (long.length > 0) return brokenSource(file, ...long);
  const { header, body, offset } = splitHeader(text);
  const yaml = parseYaml(file, header, 1);
  const sheet = createSheet(file, offset);
  for (const [path, line] of yaml.lines) sheet.lines.set(path, line);
  const { tokens, definitions } = parseBody(body, sheet);
  const value = { ...(yaml.value as object | undefined), ...readPage(tokens, sheet), definitions };
  return {
    file,
    value: yaml.value === undefined ? undefined : value,
    lines: sheet.lines,
    faults: [...yaml.faults, ...sheet.faults],
  };
}

function readPage(tokens: readonly Token[], sheet: Sheet): object {
  let title: string | undefined;
  let summary: string | undefined;
  let notes: string[] = [];
  let claims: Item[] | undefined;
  const related: string[] = [];
  let section = '';
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index] as Token;
    const start = token.map?.[0] ?? 0;
    const inline = tokens[index + 1];
    const end = token.nesting === 1 ? closing(tokens, index) : index;
    if (token.type === 'heading_open' && token.tag === 'h1') {
      title = plainText(inline);
      sheet.mark('title', start);
      section = 'title';
    } else if (token.type === 'heading_open') {
      section = plainText(inline).toLowerCase();
      sheet.mark(section, start);
      if (section === OLD_FORMAT.section) sheet.report(start, 'section-moved', plainText(inline), wordingsOf(sheet));
      else if (section !== CLAIMS && section !== RELATED)
        sheet.report(start, 'section-unknown', plainText(inline), HEADINGS.join(' and '));
    } else if (section === OLD_FORMAT.section) {
      // Reported with its heading.
    } else if (token.type === 'paragraph_open' && section === 'title' && summary === undefined) {
      summary = plainText(inline);
      notes = noteReferences(inline);
      sheet.mark('summary', start);
      sheet.mark('notes', start);
    } else if (token.type === 'paragraph_open') {
      sheet.report(start, 'text-stray');
    } else if (isList(token)) {
      const items = readItems(tokens.slice(index, end + 1));
      if (section === CLAIMS) claims = [...(claims ?? []), ...items];
      else if (section === RELATED)
        related.push(...items.map((item, at) => readLink(item, related.length + at, sheet)));
      else sheet.report(start, 'list-stray');
    } else if (token.type !== 'hr' && commentOf(token) === undefined) {
      sheet.report(start, 'block-stray');
    }
    index = end;
  }
  return {
    ...(title === undefined ? {} : { title }),
    ...(summary === undefined ? {} : { summary }),
    ...(claims === undefined ? {} : { claims: readClaims(claims, sheet) }),
    notes,
    related,
  };
}

/** Claims, with fields that are not indented enough given back to the claim above them. */
function readClaims(items: readonly Item[], sheet: Sheet): unknown[] {
  const claims: { item: Item; text: string; written: Written[]; slip: Written | undefined }[] = [];
  for (const item of items) {
    const divided = divideItem(item, CLAIM_FIELDS);
    const last = claims.at(-1);
    if (last && fieldOf(divided.text, CLAIM_FIELDS)) {
      const field = { start: item.start, text: divided.text };
      last.slip ??= field;
      last.written.push(field, ...divided.written);
    } else claims.push({ item, ...divided, written: [...divided.written] });
  }
  return claims.map(({ item, text, written, slip }, index) => {
    const path = `claims.${index}`;
    sheet.mark(path, item.start);
    if (slip)
      sheet.report(slip.start, 'indentation', fieldOf(slip.text, CLAIM_FIELDS) ?? '', CLAIM_INDENT, 'the claim above');
    const [old] = written.filter((one) => one.text.startsWith(`${OLD_FORMAT.field}:`));
    if (old) sheet.report(old.start, 'field-moved', OLD_FORMAT.field, wordingsOf(sheet));
    const fields = written.filter((one) => one !== old);
    const allowed = item.comments.flatMap(readAllowed);
    return { text, allowed, notes: noteReferences(item.inline), ...readFields(fields, CLAIM_FIELDS, path, sheet) };
  });
}

/** The checks that a comment such as `lint: source-number, source-name` turns off for its claim. */
function readAllowed(comment: string): string[] {
  const [, codes = ''] = /^lint:([\s\S]*)$/.exec(comment) ?? [];
  return codes.split(/[\s,]+/).filter(Boolean);
}

/** The labels of the notes that a text refers to. */
function noteReferences(inline: Token | undefined): string[] {
  return (inline?.children ?? []).flatMap(({ type, meta }) => (type === 'footnote_ref' ? [String(meta?.label)] : []));
}

/** The slug of the topic that an item links to. */
function readLink({ inline, start }: Item, index: number, sheet: Sheet): string {
  sheet.mark(`related.${index}`, start);
  const href = inline?.children?.find(({ type }) => type === 'link_open')?.attrGet('href');
  const [, slug] = /^(?:\.\/)?([^/]+)\.md$/.exec(String(href ?? '')) ?? [];
  if (!slug) sheet.report(start, 'link-foreign');
  return slug ?? '';
}

/** Where the questions of a page belong, as the user would type it. */
function wordingsOf({ file }: Sheet): string {
  return file.replace(/topics\/([^/]+)\.md$/, 'wordings/$1.yaml');
}
