import type { Context } from 'hono';
import { PLACEHOLDER } from '../content/draft.ts';
import { parseYaml } from '../content/parse-yaml.ts';
import type { Library } from '../core/library.ts';
import { toSlug } from '../core/slug.ts';
import { type ClaimDraft, FIELDS } from './claim-fields.ts';
import { NotThere } from './desk.ts';
import { addClaim, setClaim } from './edit/claims.ts';
import { EditError } from './edit/edit-error.ts';
import { readPage, readSharedNotes, type WrittenBlock, type WrittenPage } from './edit/read-page.ts';
import { readAsks, setAsks } from './edit/wordings.ts';
import { type Version, versionOf } from './files.ts';
import { listLines, type SentForm } from './form.ts';
import { type PlacedFaults, placeFaults } from './place-faults.ts';
import { prefillClaim, splitSentences } from './prefill.ts';
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
    return draft;
  }
  const paragraph = context.req.query('paragraph');
  if (paragraph === undefined && context.req.query('new') === undefined) return undefined;
  const { article, topic, page } = opened;
  const name = article.paragraphs.map(String).find((one) => one === paragraph) ?? '';
  const sentence = splitSentences(article.source?.get(name) ?? '')[Number(context.req.query('sentence') ?? 0)] ?? '';
  return {
    id: freeId(topic.slug, name, readPage(page.text)),
    isNew: true,
    text: '',
    fields: {
      ...prefillClaim(article.source ?? new Map(), name, sentence, article.folder.article.value),
      paragraph: name,
    },
    notes: [],
    asks: [],
  };
}

function freeId(topic: string, paragraph: string, page: WrittenPage | undefined): string {
  const taken = new Set(page?.claims.map(({ fields }) => fields.id));
  const base = toSlug(`${topic}-${paragraph}`, 36);
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

/** The topic's files with the claim in them. Throws EditError. */
export function applyDraft({ page, wordings }: OpenedTopic, draft: ClaimDraft): { page: string; wordings: string } {
  const { id, isNew, text, notes } = draft;
  if (!text.trim()) throw new EditError('the claim has no text yet', 'Write what the article says, in your own words.');
  const next = isNew
    ? addClaim(page.text, { text, notes, fields: { id, ...draft.fields } })
    : setClaim(page.text, id, { text, notes, fields: draft.fields });
  const hasAsks = draft.asks.length > 0 || tryAsks(wordings.text, id).length > 0;
  return { page: next, wordings: hasAsks ? setAsks(wordings.text, id, draft.asks) : wordings.text };
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
