import { CLAIM_FIELDS, SECTIONS } from '../../content/keywords.ts';
import { type Item, isList, parseMarkdown, plainText, readItems, textLines } from '../../content/markdown.ts';
import { splitHeader } from '../../content/split-header.ts';
import { type BlockChange, changeBlock, type LineBlock, referTo } from './block.ts';
import { EditError } from './edit-error.ts';
import { escapeMarkdown } from './escape-markdown.ts';
import { joinLines, replaceLines, splitLines, trimEnd } from './lines.ts';
import { readPage, type WrittenPage } from './read-page.ts';
import { verify } from './verify.ts';

const ORDER = Object.values(CLAIM_FIELDS);
const INDENT = '  ';

/** Changes one claim of a topic's page and nothing else. Throws EditError if the page has no such claim. */
export function setClaim(text: string, id: string, change: BlockChange): string {
  const before = readPage(text)?.claims.find(({ fields }) => fields.id === id);
  const block = before && findClaims(text).find((one) => one.id === id);
  if (!before || !block)
    throw new EditError(`this page has no claim ${id}`, 'Reload the page: it may have been removed.');
  const found = splitLines(text);
  const said = change.text ?? before.text;
  const notes = change.notes ?? before.notes;
  const isSame = escapeMarkdown(said) === escapeMarkdown(before.text) && notes.join() === before.notes.join();
  const marker = /^\s*[-*+]\s+/.exec(found.lines[block.start] ?? '')?.[0] ?? '- ';
  const head = isSame ? undefined : `${marker}${escapeMarkdown(said)}${referTo(notes)}`;
  const lines = changeBlock(found.lines, block, head, changed(before.fields, change.fields), ORDER, INDENT);
  const after = joinLines(replaceLines(found, block.start, block.end, lines));
  return verify(text, after, { claim: id, change });
}

/** Gives a claim another id. Throws EditError if the page has no such claim, or one of that id. */
export function renameClaim(text: string, id: string, next: string): string {
  const found = splitLines(text);
  const claims = findClaims(text);
  const block = claims.find((one) => one.id === id);
  if (!block) throw new EditError(`this page has no claim ${id}`, 'Reload the page: it may have been removed.');
  if (claims.some((one) => one.id === next))
    throw new EditError(`this page already has a claim ${next}`, 'Choose another id.');
  const lines = changeBlock(found.lines, block, undefined, { id: next }, ORDER, INDENT);
  const after = joinLines(replaceLines(found, block.start, block.end, lines));
  return verify(text, after, { claim: id, renamed: next, change: { fields: { id: next } } });
}

/** Moves a claim one place up or down; the page stays the same if it is the first or the last. Throws EditError. */
export function moveClaim(text: string, id: string, way: 'up' | 'down'): string {
  const claims = findClaims(text);
  const at = claims.findIndex((one) => one.id === id);
  if (at < 0) throw new EditError(`this page has no claim ${id}`, 'Reload the page: it may have been removed.');
  const [upper, lower] = way === 'up' ? [claims[at - 1], claims[at]] : [claims[at], claims[at + 1]];
  if (!upper || !lower) return text;
  const found = splitLines(text);
  const part = (start: number, end: number) => found.lines.slice(start, end);
  const after = joinLines(
    replaceLines(found, upper.start, lower.end, [
      ...part(lower.start, lower.end),
      ...part(upper.end, lower.start),
      ...part(upper.start, upper.end),
    ]),
  );
  const now = readPage(after);
  const order = (page: WrittenPage | undefined) => page?.claims.map((claim) => JSON.stringify(claim)) ?? [];
  const [before, moved] = [readPage(text), order(now)];
  const wanted = order(before);
  const first = before?.claims.findIndex(({ fields }) => fields.id === upper.id) ?? -1;
  [wanted[first], wanted[first + 1]] = [wanted[first + 1] ?? '', wanted[first] ?? ''];
  if (wanted.join('\n') !== moved.join('\n'))
    throw new EditError('this claim can’t be moved safely', 'Move it in the file itself.');
  return after;
}

/** The fields whose values differ from what is written, so that the lines of all others stay as they are. */
function changed(
  before: Readonly<Record<string, string>>,
  wanted: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const names = new Map(Object.entries(CLAIM_FIELDS).map(([name, written]) => [written as string, name]));
  return Object.fromEntries(
    Object.entries(wanted).filter(([written, value]) => (before[names.get(written) ?? ''] ?? '') !== value.trim()),
  );
}

/** Adds a claim at the end of a topic's claims. Throws EditError if its id is taken or the page has no list of claims. */
export function addClaim(text: string, claim: Required<BlockChange>): string {
  const found = splitLines(text);
  const claims = findClaims(text);
  const { id = '' } = claim.fields;
  if (claims.some((one) => one.id === id))
    throw new EditError(`this page already has a claim ${id}`, 'Choose another id.');
  const empty: LineBlock = { start: 0, end: 0, fieldsFrom: 0, fields: [] };
  const head = `- ${escapeMarkdown(claim.text)}${referTo(claim.notes)}`;
  const lines = changeBlock([], empty, head, claim.fields, ORDER, INDENT);
  const last = claims.at(-1);
  const heading = found.lines.findIndex((line) => line.toLowerCase() === `## ${SECTIONS.claims.toLowerCase()}`);
  if (!last && heading < 0)
    throw new EditError(
      'this page has no part for claims',
      'Add a line "## Claims" below the summary, in the file itself.',
    );
  const at = last ? last.end : heading + 1;
  const rest = found.lines[at]?.trim() ? [''] : [];
  const after = joinLines(replaceLines(found, at, at, ['', ...lines, ...rest]));
  return verify(text, after, { claim: id, change: claim });
}

/** Removes a claim that nobody has seen yet. Throws EditError if the page has no such claim. */
export function removeClaim(text: string, id: string): string {
  const block = findClaims(text).find((one) => one.id === id);
  if (!block) throw new EditError(`this page has no claim ${id}`, 'Reload the page: it may have been removed.');
  const found = splitLines(text);
  const stop = found.lines[block.end]?.trim() === '' ? block.end + 1 : block.end;
  return verify(text, joinLines(replaceLines(found, block.start, stop, [])), { claim: id });
}

/** The claims of a page that have an id, in order. */
function findClaims(text: string): (LineBlock & { readonly id: string })[] {
  const { body, offset } = splitHeader(text);
  const { lines } = splitLines(text);
  const tokens = parseMarkdown(body);
  let section = '';
  const items: Item[] = [];
  for (const [index, token] of tokens.entries()) {
    if (token.type === 'heading_open') section = plainText(tokens[index + 1]).toLowerCase();
    if (section !== SECTIONS.claims.toLowerCase() || token.level > 0 || !isList(token)) continue;
    const end = tokens.findIndex((one, at) => at > index && one.level === 0 && one.nesting < 0);
    items.push(...readItems(tokens.slice(index, end + 1)));
  }
  return items.flatMap((item) => {
    const fields = item.items.map((one) => ({
      text: textLines(one.inline).join(' '),
      start: one.start + offset,
      end: trimEnd(lines, one.start + offset, one.end + offset),
    }));
    const named = fields.map(({ text: field, ...place }) => ({
      ...place,
      name: field.split(':')[0]?.toLowerCase() ?? '',
    }));
    const id = fields
      .find(({ text: field }) => /^id:/i.test(field))
      ?.text.slice('id:'.length)
      .trim();
    const [start, end] = [item.start + offset, trimEnd(lines, item.start + offset, item.end + offset)];
    return id ? [{ id, start, end, fieldsFrom: named[0]?.start ?? end, fields: named }] : [];
  });
}
