import { join } from 'node:path';
import type { Fault } from '../content/fault.ts';
import { checkFolders } from '../content/load.ts';
import { readContent, show } from '../content/read.ts';
import { checkWrites, type InSpiteOf } from './check-writes.ts';
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

/**
 * Publishes an article or a topic, or makes it a draft again. Returns the faults that speak against it: then nothing is written.
 * Throws EditError if there is no such thing, and ChangedMeanwhile.
 */
export async function setState(
  { directory, commands, writer }: Publisher,
  { article, topic, all = false }: Published,
  state: 'draft' | 'live',
): Promise<readonly Fault[]> {
  const { folders } = await readContent(directory);
  const folder = folders.find((one) => one.article.slug === article);
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
  if (!draft) {
    const next = checkFolders(
      await readContent(directory, new Map(writes.map(({ path, text }) => [path, text]))),
      commands,
    );
    const touched = new Set(writes.map(({ path }) => show(path)));
    const speaking = [...next.faults, ...next.drafts.faults.filter(({ file }) => touched.has(file))];
    if (speaking.length > 0) return speaking;
  }
  const about = `${article}${topic === undefined ? '' : `/${topic}`}`;
  await writer.save(writes, { action: draft ? 'content.unpublish' : 'content.publish', about });
  return [];
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
  const folder = folders.find((one) => one.article.slug === article);
  for (const { slug } of folder?.topics ?? []) {
    const path = join(folder?.path ?? '', 'topics', `${slug}.md`);
    const { text: before, version: now } = await readVersion(path);
    if (!readPage(before)?.claims.some(({ fields }) => fields.id === claim)) continue;
    const fields = { [how]: `${today}; ${why}` };
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
