import { join } from 'node:path';
import type { Fault } from '../content/fault.ts';
import { checkFolders } from '../content/load.ts';
import { type Folder, readContent, show } from '../content/read.ts';
import { formatDate } from '../core/date.ts';
import { toSlug } from '../core/slug.ts';
import { checkWrites, holdBack, type InSpiteOf, listRemarks } from './check-writes.ts';
import { setClaim } from './edit/claims.ts';
import { setPageDraft, setRecordDraft } from './edit/draft.ts';
import { EditError } from './edit/edit-error.ts';
import { readPage } from './edit/read-page.ts';
import { type FileWriter, readVersion, type Write } from './files.ts';

/** What publishing works on. */
export interface Publisher {
  readonly directory: string;
  /** Names that no topic may take. */
  readonly commands: readonly string[];
  readonly writer: FileWriter;
}

/** An article's folder, one of its topics, or all of them. */
export interface Published {
  readonly article: string;
  readonly topic?: string | undefined;
  /** With the article, all its topics. */
  readonly all?: boolean | undefined;
}

/** What publishing something would write, and what stands in its way. */
export interface PublishingPlan {
  readonly writes: readonly Write[];
  /** The bot couldn't answer from it. */
  readonly faults: readonly Fault[];
  /** What the article's own text speaks against in what readers would see for the first time. */
  readonly remarks: readonly Fault[];
  /** The article's folder as it would be, which tells where the faults stand. */
  readonly folder: Folder;
}

/**
 * Publishes an article or a topic, or makes it a draft again. Returns the faults that speak against it: then nothing is written.
 * Throws EditError if there is no such thing, HeldBack if the article speaks against what it says, and ChangedMeanwhile.
 */
export async function setState(
  publisher: Publisher,
  published: Published,
  state: 'draft' | 'live',
  inSpiteOf?: InSpiteOf,
): Promise<readonly Fault[]> {
  const { writes, faults, remarks } = await planState(publisher, published, state);
  if (faults.length > 0) return faults;
  holdBack(remarks, inSpiteOf);
  const { article, topic } = published;
  const about = `${article}${topic === undefined ? '' : `/${topic}`}`;
  await publisher.writer.save(writes, { action: state === 'draft' ? 'content.unpublish' : 'content.publish', about });
  return [];
}

/** What would come of it, without writing anything. Throws EditError if there is no such thing. */
export async function planState(
  { directory, commands }: Pick<Publisher, 'directory' | 'commands'>,
  { article, topic, all = false }: Published,
  state: 'draft' | 'live',
): Promise<PublishingPlan> {
  const { folders } = await readContent(directory);
  const folder = findFolder(folders, article);
  if (!folder)
    throw new EditError(
      `there is no article ${article}`,
      `The articles are ${listNames(folders.map((one) => one.article.slug))}.`,
    );
  const names = folder.topics.map(({ slug }) => slug);
  if (topic !== undefined && !names.includes(topic))
    throw new EditError(`${article} has no topic ${topic}`, `Its topics are ${listNames(names)}.`);
  const draft = state === 'draft';
  const chosen = topic === undefined ? (all ? names : []) : [topic];
  const pages = await Promise.all(
    chosen.map((slug) => plan(join(folder.path, 'topics', `${slug}.md`), (text) => setPageDraft(text, draft))),
  );
  // The record comes last: until then, nobody sees half of it.
  const record =
    topic === undefined ? [await plan(join(folder.path, 'article.yaml'), (text) => setRecordDraft(text, draft))] : [];
  const writes = [...pages, ...record].filter(({ before, text }) => text !== before);
  if (draft) return { writes, faults: [], remarks: [], folder };
  const overlay = new Map(writes.map(({ path, text }) => [path, text]));
  const read = await readContent(directory, overlay);
  const next = checkFolders(read, commands);
  const touched = new Set(writes.map(({ path }) => show(path)));
  const after = findFolder(read.folders, folder.article.slug) ?? folder;
  // A topic is looked at as if its article were live: that it waits makes it no truer.
  const path = join(folder.path, 'article.yaml');
  const { text } = await plan(path, (before) => setRecordDraft(before, false));
  const seen = topic === undefined ? read : await readContent(directory, new Map([...overlay, [path, text]]));
  const was = new Set((await listRemarks({ folders, faults: [] }, commands)).map(nameRemark));
  const own = topic === undefined ? undefined : after.topics.find(({ slug }) => slug === topic)?.file;
  const remarks = (await listRemarks(seen, commands)).filter(
    (one) => !was.has(nameRemark(one)) && (own === undefined || own === one.file),
  );
  const isWaiting = topic !== undefined && folder.article.draft;
  const judged = isWaiting ? checkFolders(seen, commands) : next;
  const speaking = [...judged.faults, ...judged.drafts.faults.filter(({ file }) => touched.has(file))];
  return {
    writes,
    // What else the article lacks keeps a topic of it from nothing.
    faults: isWaiting ? speaking.filter(({ file }) => touched.has(file)) : speaking,
    remarks,
    folder: after,
  };
}

/** An article's folder by its name or by its short one. */
export function findFolder(folders: readonly Folder[], name: string): Folder | undefined {
  return (
    folders.find(({ article }) => article.slug === name) ??
    folders.find(({ article }) => toSlug(article.value?.short ?? '') === toSlug(name))
  );
}

function nameRemark({ code, file, what }: Fault): string {
  return `${code} ${file} ${what}`;
}

/** A correction with the one before it: readers are told of both. */
export function addCorrection(today: string, why: string, before = ''): string {
  const [date = '', ...what] = before.split(';');
  return before ? `${today}; ${why} (${formatDate(date.trim())}: ${what.join(';').trim()})` : `${today}; ${why}`;
}

/** A change to a claim that readers are told about. */
export interface ClaimEnding {
  readonly article: string;
  readonly claim: string;
  readonly how: 'corrected' | 'withdrawn';
  /** What was wrong, or why it is withdrawn. */
  readonly why: string;
  /** What is right, if it is corrected. */
  readonly text?: string | undefined;
  /** ISO. */
  readonly today: string;
  /** Of the topic's page as it was looked at; as it is now if left out. */
  readonly version?: string | undefined;
  readonly inSpiteOf?: InSpiteOf | undefined;
}

/**
 * Corrects or withdraws a claim. Throws EditError if there is no such claim or no reason, or if the bot couldn't answer from
 * it, HeldBack if the article speaks against it, and ChangedMeanwhile.
 */
export async function endClaim(publisher: Publisher, ending: ClaimEnding): Promise<void> {
  const { directory, writer } = publisher;
  const { article, claim, how, why, text, today, inSpiteOf } = ending;
  if (!why.trim()) throw new EditError('readers have to be told why', 'Write what was wrong, in a few words.');
  const { folders } = await readContent(directory);
  const folder = findFolder(folders, article);
  for (const { slug } of folder?.topics ?? []) {
    const path = join(folder?.path ?? '', 'topics', `${slug}.md`);
    const { text: before, version: now } = await readVersion(path);
    const current = readPage(before)?.claims.find(({ fields }) => fields.id === claim);
    if (!current) continue;
    const fields = {
      [how]: how === 'corrected' ? addCorrection(today, why, current.fields.corrected) : `${today}; ${why}`,
    };
    const next = setClaim(before, claim, { ...(text ? { text } : {}), fields });
    const writes = [{ path, version: ending.version ?? now, text: next }];
    await checkWrites(publisher, writes, inSpiteOf);
    const action = how === 'corrected' ? 'content.correct' : 'content.withdraw';
    await writer.save(writes, { action, about: `${article}/${claim}` });
    return;
  }
  throw new EditError(`there is no claim ${article}/${claim}`, 'npx briefing lint names all files.');
}

async function plan(path: string, edit: (text: string) => string): Promise<Write & { readonly before: string }> {
  const { text, version } = await readVersion(path);
  return { path, version, before: text, text: edit(text) };
}

function listNames(names: readonly string[]): string {
  return names.join(', ') || 'none';
}
