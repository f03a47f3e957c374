import { Document, isMap, isSeq, parseDocument } from 'yaml';
import { UserError } from '../core/errors.ts';
import { toSlug } from '../core/slug.ts';
import { FORMAT } from './draft.ts';
import { OLD_FORMAT } from './keywords.ts';
import { TEXT_LIMITS } from './limits.ts';
import { closing, commentOf, type Item, isList, parseMarkdown, plainText, readItems } from './markdown.ts';
import { splitHeader } from './split-header.ts';

/** An article's files by their paths below its folder, such as `topics/drones.md`. */
export type Files = ReadonlyMap<string, string>;

/**
 * Turns an article's files of format 1 into format 2 and returns those that change. Gives each claim an id made from its
 * words; moves its questions, and those that the article leaves open, from the page into wordings. Comments, order and
 * everything else stay as they are. Files of format 2 are left alone, so that a second run changes nothing. Throws
 * UserError if the files are in a newer format.
 */
export function upgradeArticle(files: Files): Files {
  const record = files.get('article.yaml');
  const { format = 1 } = (parseDocument(record ?? '').toJS({ maxAliasCount: 0 }) ?? {}) as { format?: unknown };
  if (typeof format === 'number' && format > FORMAT) {
    throw new UserError(
      `article.yaml names format ${format}, and this program writes format ${FORMAT}; update the program`,
    );
  }
  const upgraded = new Map<string, string>();
  const pages = [...files]
    .filter(([path]) => /^topics\/[^/]+\.md$/.test(path))
    .map(([path, text]) => readPage(path, text));
  const taken = new Set(pages.flatMap(({ claims }) => claims.flatMap(({ id }) => id ?? [])));
  for (const page of pages) {
    const named = page.claims.map((claim) => ({ ...claim, id: claim.id ?? makeId(claim.text, taken) }));
    const slug = page.path.slice('topics/'.length, -'.md'.length);
    const wordings = `wordings/${slug}.yaml`;
    if (named.some(({ asks }) => asks) || page.open) {
      upgraded.set(wordings, composeWordings(files.get(wordings) ?? '', named, page.open ?? NONE));
    }
    upgraded.set(page.path, composePage(page, named));
  }
  if (record !== undefined) upgraded.set('article.yaml', setFormat(record));
  return new Map([...upgraded].filter(([path, text]) => files.get(path) !== text));
}

interface Questions {
  readonly texts: readonly { readonly text: string; readonly comments: readonly string[] }[];
  /** Lines of the page that hold them, from `start` and before `end`. */
  readonly lines: readonly [start: number, end: number];
  readonly comments: readonly string[];
}

interface OldClaim {
  readonly text: string;
  readonly id?: string | undefined;
  /** The line before which its id belongs, and how that line is indented. */
  readonly fields: number;
  readonly indent: string;
  readonly asks?: Questions | undefined;
}

interface Page {
  readonly path: string;
  readonly lines: readonly string[];
  readonly end: string;
  readonly claims: readonly OldClaim[];
  readonly open?: Questions | undefined;
}

const NONE: Questions = { texts: [], lines: [0, 0], comments: [] };

function readPage(path: string, text: string): Page {
  const { body, offset } = splitHeader(text);
  const lines = text.split(/\r?\n/);
  const tokens = parseMarkdown(body);
  const claims: OldClaim[] = [];
  let open: Questions | undefined;
  let section = '';
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index];
    if (!token || token.type === 'footnote_block_open') break;
    if (token.type === 'heading_open') {
      section = plainText(tokens[index + 1]).toLowerCase();
      if (section === OLD_FORMAT.section) open = readOpen(lines, (token.map?.[0] ?? 0) + offset);
    }
    const end = closing(tokens, index);
    const comment = commentOf(token);
    if (open && section === OLD_FORMAT.section && comment !== undefined) {
      open = { ...open, comments: [...open.comments, comment] };
    }
    if (isList(token)) {
      const items = readItems(tokens.slice(index, end + 1));
      if (section === 'claims') claims.push(...items.map((item) => readClaim(item, lines, offset)));
      else if (open && section === OLD_FORMAT.section) open = { ...open, texts: [...open.texts, ...readTexts(items)] };
    }
    index = token.nesting === 1 ? end : index;
  }
  return { path, lines, end: text.includes('\r\n') ? '\r\n' : '\n', claims, open };
}

/** The lines of the section that begins with a heading, to the next heading or note. */
function readOpen(lines: readonly string[], start: number): Questions {
  const length = lines.slice(start + 1).findIndex((line) => /^(#|\[\^[^\]\s]+\]:)/.test(line));
  return { ...NONE, lines: [start, length < 0 ? lines.length : start + 1 + length] };
}

function readTexts(items: readonly Item[]): Questions['texts'] {
  return items.map(({ inline, comments }) => ({ text: plainText(inline), comments }));
}

function readClaim({ inline, items, end }: Item, lines: readonly string[], offset: number): OldClaim {
  const fields = (items[0]?.start ?? end) + offset;
  const [indent = '  '] = items.length > 0 ? (/^\s*/.exec(lines[fields] ?? '') ?? []) : [];
  const asks = items.find((item) => plainText(item.inline) === `${OLD_FORMAT.field}:`);
  const id = items.map((item) => /^id:\s*(\S+)$/.exec(plainText(item.inline))?.[1]).find(Boolean);
  if (!asks) return { text: plainText(inline), id, fields, indent };
  let last = asks.end + offset;
  while (last > asks.start + offset && !lines[last - 1]?.trim()) last -= 1;
  return {
    text: plainText(inline),
    id,
    fields,
    indent,
    asks: { texts: readTexts(asks.items), lines: [asks.start + offset, last], comments: asks.comments },
  };
}

function composePage({ lines, end, open }: Page, claims: readonly (OldClaim & { readonly id: string })[]): string {
  const gone = [open, ...claims.map(({ asks }) => asks)].flatMap((one) => (one ? [one.lines] : []));
  const isGone = (at: number) => gone.some(([from, to]) => at >= from && at < to);
  const ids = new Map(
    claims
      .filter(({ fields, indent, id }) => !lines.slice(fields).includes(`${indent}- id: ${id}`))
      .map(({ fields, indent, id }) => [fields, `${indent}- id: ${id}`]),
  );
  return lines
    .flatMap((line, at) => [...(ids.has(at) ? [ids.get(at) as string] : []), ...(isGone(at) ? [] : [line])])
    .join(end)
    .trimEnd()
    .concat(end);
}

/** A wordings file with these questions; what an earlier run wrote into it stays, and nothing is written twice. */
function composeWordings(before: string, claims: readonly (OldClaim & { id: string })[], open: Questions): string {
  const document: Document = before.trim() ? parseDocument(before) : new Document({ asks: {}, open: [] });
  const add = (path: readonly string[], { texts, comments }: Questions): void => {
    const known = document.getIn(path);
    const written = isSeq(known) ? known.toJSON().map(String) : [];
    const nodes = texts
      .filter(({ text }) => !written.includes(text))
      .map(({ text, comments: own }) => withComments(document.createNode(text), own));
    const list = isSeq(known) && !isEmpty(known) ? known : document.createNode([]);
    list.items.push(...nodes);
    document.setIn(path, withComments(list, comments));
  };
  for (const { id, asks } of claims) if (asks) add(['asks', id], asks);
  add(['open'], open);
  for (const key of ['asks', 'open']) {
    const value = document.get(key);
    if ((isSeq(value) || isMap(value)) && value.items.length === 0) document.delete(key);
  }
  return document.toString({ lineWidth: 0 });
}

function isEmpty({ items }: { readonly items: readonly unknown[] }): boolean {
  return items.length === 0;
}

function withComments<T extends { commentBefore?: string | null }>(node: T, comments: readonly string[]): T {
  if (comments.length > 0) node.commentBefore = comments.map((comment) => comment.replace(/^/gm, ' ')).join('\n');
  return node;
}

function setFormat(record: string): string {
  const end = record.includes('\r\n') ? '\r\n' : '\n';
  const lines = record.split(/\r?\n/);
  const stated = lines.findIndex((line) => line.startsWith('format:'));
  const first = lines.findIndex((line) => /^["'A-Za-z]/.test(line));
  if (stated < 0) lines.splice(Math.max(0, first), 0, `format: ${FORMAT}`);
  else if (parseDocument(record).get('format') !== FORMAT) {
    const [, comment = ''] = /(#.*)$/.exec(lines[stated] ?? '') ?? [];
    lines[stated] = `format: ${FORMAT} ${comment}`.trimEnd();
  }
  return lines.join(end);
}

/** Words that say nothing of what a claim is about. */
const EMPTY_WORDS = new Set(
  (
    'a an and are as at author be been before both but by did do does for from had has have he her his holds in into is ' +
    'it its of on or own part reports says she some such than that the their them then there they this to was were ' +
    'what when which who whom whose will with would writes argues'
  ).split(' '),
);

const WORDS_IN_ID = 4;

function makeId(text: string, taken: Set<string>): string {
  const words = text
    .replace(/[’']s\b/g, '')
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => word && !EMPTY_WORDS.has(word.toLowerCase()));
  const base = toSlug(words.slice(0, WORDS_IN_ID).join(' '), TEXT_LIMITS.claimId - 3) || 'claim';
  let id = base;
  for (let count = 2; taken.has(id); count += 1) id = `${base}-${count}`;
  taken.add(id);
  return id;
}
