import type { Context } from 'hono';
import { PLACEHOLDER } from '../content/draft.ts';
import { parseYaml } from '../content/parse-yaml.ts';
import type { Library } from '../core/library.ts';
import { toSlug } from '../core/slug.ts';
import { splitSentences } from '../import/split-sentences.ts';
import { type ClaimDraft, FIELDS } from './claim-fields.ts';
import { NotThere } from './desk.ts';
import { addClaim, renameClaim, setClaim } from './edit/claims.ts';
import { EditError } from './edit/edit-error.ts';
import { readPage, readSharedNotes, type WrittenBlock, type WrittenPage } from './edit/read-page.ts';
import { readAsks, renameAsks, setAsks } from './edit/wordings.ts';
import { type Version, versionOf } from './files.ts';
import { listLines, type SentForm } from './form.ts';
import { type PlacedFaults, placeFaults } from './place-faults.ts';
import { chooseSentence, nameClaim, prefillClaim } from './prefill.ts';
import type { DeskArticle, DeskTopic } from './read-desk.ts';

/** A topic's two files as they are now. */
export interface OpenedTopic {
  readonly library: Library;
  readonly article: DeskArticle;
  readonly topic: DeskTopic;
  readonly page: Version;
  readonly wordings: Version;
  readonly notes: Version;
}

/** The claim that an address asks to edit: one there is, or a new one on a sentence. */
export function chooseDraft(opened: OpenedTopic, context: Context): ClaimDraft | undefined {
  const id = context.req.query('claim');
  if (id !== undefined) {
    const draft = draftOf(opened, id);
    if (!draft) throw new NotThere('There is no such claim', 'It may have been removed.');
    return offerId(opened, draft);
  }
  const paragraph = context.req.query('paragraph');
  if (paragraph === undefined && context.req.query('new') === undefined) return undefined;
  const { article, topic, page } = opened;
  const name = article.paragraphs.map(String).find((one) => one === paragraph) ?? '';
  const sentence = sentenceOf(article, name, context);
  const fields = {
    ...prefillClaim(article.source ?? new Map(), name, sentence, article.folder.article.value),
    paragraph: name,
  };
  const free = freeId(opened, nameClaim(sentence) || `${topic.slug}-${name}`);
  const stub = topic.state === 'live' ? undefined : findStub(readPage(page.text), name, topic.slug);
  const known = stub && draftOf(opened, stub);
  // A question that readers missed.
  const asks = [context.req.query('ask') ?? ''].filter(Boolean);
  // What an import or a new topic has prepared is filled in: a second claim beside it would say the same.
  if (known) return { ...known, nextId: free, fields: { ...known.fields, ...fields }, asks: [...known.asks, ...asks] };
  return { id: free, isNew: true, text: '', fields, notes: [], asks };
}

/** The sentence that an address is about. */
export function sentenceOf({ source }: DeskArticle, paragraph: string, context: Context): string {
  return chooseSentence(source?.get(paragraph) ?? '', context.req.query('sentence'), context.req.query('text'));
}

/** A claim that nobody has worded: the one that an import made of this paragraph, or the one with which a topic begins. */
function findStub(page: WrittenPage | undefined, paragraph: string, topic: string): string | undefined {
  const stubs = page?.claims.filter(({ text }) => text.startsWith(PLACEHOLDER)) ?? [];
  const found =
    stubs.find(({ fields }) => fields.paragraph === paragraph) ?? stubs.find(({ fields }) => fields.id === topic);
  return found?.fields.id;
}

/** An id that no claim of the article has. */
export function freeId({ article, page }: OpenedTopic, wanted: string): string {
  const all = article.folder.topics.flatMap(({ value }) => value?.claims.map(({ id }) => id) ?? []);
  const taken = new Set([...all, ...(readPage(page.text)?.claims.map(({ fields }) => fields.id) ?? [])]);
  const base = toSlug(wanted, 36);
  for (let count = 1; ; count += 1) {
    const id = count === 1 ? base : `${base}-${count}`;
    if (!taken.has(id)) return id;
  }
}

export function draftOf({ page, wordings }: OpenedTopic, id: string): ClaimDraft | undefined {
  const claim = readPage(page.text)?.claims.find(({ fields }) => fields.id === id);
  if (!claim) return undefined;
  const fields = Object.fromEntries(FIELDS.map(({ name, key }) => [name, worded(claim.fields[key] ?? '')]));
  return { id, isNew: false, text: worded(claim.text), fields, notes: claim.notes, asks: tryAsks(wordings.text, id) };
}

/** The ids of a topic's claims, which tell later what was added or renamed meanwhile. */
export function idsOf({ page }: Pick<OpenedTopic, 'page'>): string[] {
  return readPage(page.text)?.claims.flatMap(({ fields }) => fields.id ?? []) ?? [];
}

/**
 * The claim that a form is about, as it is now. Somebody who words a claim that an import prepared renames it: then it is the one
 * that has the id this form would have given, or the only other new one of its paragraph. `known` are the ids that there were.
 */
export function currentOf(opened: OpenedTopic, draft: ClaimDraft, known: readonly string[]): ClaimDraft | undefined {
  const own = draftOf(opened, draft.id);
  if (own) return own;
  const added = idsOf(opened).flatMap((id) => (known.includes(id) ? [] : (draftOf(opened, id) ?? [])));
  const near = added.filter(({ fields }) => fields.paragraph === draft.fields.paragraph);
  return added.find(({ id }) => id === draft.nextId) ?? (near.length === 1 ? near[0] : undefined);
}

/** The same for the form: a claim that nobody has worded yet is offered an id that says what it is about. */
function offerId(opened: OpenedTopic, draft: ClaimDraft): ClaimDraft {
  const { article, topic } = opened;
  if (draft.text !== '' || topic.state === 'live') return draft;
  const [sentence = ''] = splitSentences(article.source?.get(draft.fields.paragraph ?? '') ?? '');
  const name = nameClaim(sentence);
  return { ...draft, nextId: name ? freeId(opened, name) : draft.id };
}

/** A text that somebody has worded; empty if it only holds its place. */
export function worded(text: string): string {
  return text.startsWith(PLACEHOLDER) ? '' : text;
}

/** No questions if the file can't be read: its faults are shown beside. */
function tryAsks(yaml: string, id: string): string[] {
  try {
    return readAsks(yaml, id);
  } catch {
    return [];
  }
}

/** Tells whether a claim and its wordings are still the same. */
export function versionOfDraft(draft: ClaimDraft | undefined): string {
  return versionOf(JSON.stringify(draft ?? null));
}

/** Tells whether a claim as it is written is still the same, with what readers were told about it. */
export function versionOfBlock(block: WrittenBlock | undefined): string {
  return versionOf(JSON.stringify(block ?? null));
}

export function readDraft(form: SentForm, { page }: OpenedTopic): ClaimDraft {
  const id = form.get('id').trim();
  const known = readPage(page.text)?.claims.find(({ fields }) => fields.id === id);
  const chosen = form.all('note');
  return {
    id,
    isNew: form.get('new') !== '',
    nextId: form.get('next-id').trim() || undefined,
    text: form.get('text'),
    fields: Object.fromEntries(FIELDS.map(({ name }) => [name, form.get(name)])),
    // In the order in which they were, the new ones last.
    notes: [
      ...(known?.notes.filter((one) => chosen.includes(one)) ?? []),
      ...chosen.filter((one) => !known?.notes.includes(one)),
    ],
    asks: listLines(form.get('asks')),
  };
}

/** The topic's files with the claim in them, and `more` fields of it. Throws EditError. */
export function applyDraft(
  { page, wordings }: Pick<OpenedTopic, 'page' | 'wordings'>,
  draft: ClaimDraft,
  more: Readonly<Record<string, string>> = {},
): { page: string; wordings: string } {
  const { id, isNew, text, notes } = draft;
  if (!text.trim()) throw new EditError('the claim has no text yet', 'Write what the article says, in your own words.');
  const fields = { ...draft.fields, ...more };
  if (isNew) {
    const added = addClaim(page.text, { text, notes, fields: { id, ...fields } });
    return { page: added, wordings: withAsks(wordings.text, id, draft.asks) };
  }
  const now = idOf(draft);
  // Only what nobody has worded yet changes its id: nothing refers to it.
  const written = readPage(page.text)?.claims.find((one) => one.fields.id === id)?.text ?? '';
  if (now !== id && !written.startsWith(PLACEHOLDER))
    throw new EditError('the id of a claim never changes once it is worded', 'Leave it as it is.');
  const renamed = now === id ? page.text : renameClaim(page.text, id, now);
  const asked = now === id ? wordings.text : renameAsks(wordings.text, id, now);
  return {
    page: setClaim(renamed, now, { text, notes, fields }),
    wordings: withAsks(asked, now, draft.asks),
  };
}

/** The id that a claim has once it is saved. */
export function idOf({ id, isNew, nextId }: ClaimDraft): string {
  return isNew ? id : (nextId ?? id);
}

function withAsks(yaml: string, id: string, asks: readonly string[]): string {
  return asks.length > 0 || tryAsks(yaml, id).length > 0 ? setAsks(yaml, id, asks) : yaml;
}

/** The fields that readers see beside the text. */
const SAID = ['speaker', 'paragraph', 'kind', 'number', 'numbers', 'date'];

const plain = (text = '') => text.replace(/\s+/g, ' ').trim();

/** Whether a claim would say something else to readers. */
export function saysOtherwise(before: ClaimDraft, after: ClaimDraft): boolean {
  return (
    plain(before.text) !== plain(after.text) ||
    SAID.some((name) => plain(before.fields[name]) !== plain(after.fields[name]))
  );
}

/** What better words don't change, by its labels. What was empty may be filled in. */
export function saidBefore(before: ClaimDraft, after: ClaimDraft): string[] {
  return FIELDS.filter(
    ({ name }) =>
      SAID.includes(name) && plain(before.fields[name]) && plain(before.fields[name]) !== plain(after.fields[name]),
  ).map(({ label }) => label.toLowerCase());
}

/** The faults of a claim by the form's fields. */
export function faultsOf(
  { faults }: Pick<DeskTopic, 'faults'>,
  texts: { readonly page: string; readonly wordings: string },
  id: string,
): PlacedFaults {
  const page = readPage(texts.page);
  const index = page?.claims.findIndex(({ fields }) => fields.id === id) ?? -1;
  if (!page || index < 0) return {};
  const inPage = faults.filter(({ file }) => file.endsWith('.md'));
  const inWordings = faults.filter(({ file }) => file.endsWith('.yaml'));
  const { lines } = parseYaml('', texts.wordings);
  const asks = Object.values(placeFaults(inWordings, lines, `asks.${id}`)).flat();
  return { ...placeFaults(inPage, page.places, `claims.${index}`), ...(asks.length > 0 ? { asks } : {}) };
}

export function listLabels(page: WrittenPage | undefined, shared: string): string[] {
  const labels = [...Object.keys(page?.definitions ?? {}), ...Object.keys(readSharedNotes(shared)?.definitions ?? {})];
  return [...new Set(labels)];
}

/** The same of a claim as it is written. */
export function writeBlock({ text, fields }: WrittenBlock): string {
  return [text, ...Object.entries(fields).map(([name, value]) => `${name}: ${value}`)].join('\n');
}

/** A claim as people compare it. */
export function writeDraft({ text, fields, notes, asks }: ClaimDraft): string {
  const written = Object.entries(fields).flatMap(([name, value]) => (value ? [`${name}: ${value}`] : []));
  return [
    text,
    ...written,
    ...(notes.length > 0 ? [`notes: ${notes.join(', ')}`] : []),
    ...asks.map((ask) => `? ${ask}`),
  ].join('\n');
}
