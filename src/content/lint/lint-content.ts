import { join } from 'node:path';
import type { Fault } from '../fault.ts';
import { byPlace, type CheckedContent, checkFolders, isChecked } from '../load.ts';
import { PARAGRAPHS_FILE, type Paragraphs, parseParagraphs } from '../paragraphs.ts';
import { type Folder, faultOf, type ReadContent, readContent, show } from '../read.ts';
import { readText } from '../read-file.ts';
import { lintArticle } from './lint.ts';

/** All content, checked and looked through. */
export interface LintedContent extends CheckedContent {
  /** What an editor should mend in published content, though the bot answers from it. */
  readonly advice: readonly Fault[];
  /** The folders of the articles that were compared with their own text. */
  readonly compared: readonly string[];
}

/**
 * Reads, checks and looks through all content below `directory`, drafts too. Claims are compared with the article's text if
 * it lies in `paragraphs.md` beside them. Never throws.
 */
export async function lintContent(directory: string, commands: readonly string[]): Promise<LintedContent> {
  return lintFolders(await readContent(directory), commands);
}

/** Checks and looks through content that was read. */
export async function lintFolders(read: ReadContent, commands: readonly string[]): Promise<LintedContent> {
  const checked = checkFolders(read, commands);
  const linted = await Promise.all(read.folders.map(lintFolder));
  const advice = linted.flatMap(({ faults }) => faults);
  const isDraft = new Set(
    read.folders
      .flatMap(({ article, topics, wordings, translations }) => [article, ...topics, ...wordings, ...translations])
      .filter(({ draft }) => draft)
      .map(({ file }) => file),
  );
  return {
    ...checked,
    drafts: {
      ...checked.drafts,
      faults: [...checked.drafts.faults, ...advice.filter(({ file }) => isDraft.has(file))].sort(byPlace),
    },
    advice: advice.filter(({ file }) => !isDraft.has(file)).sort(byPlace),
    compared: linted.flatMap(({ compared }, index) => (compared ? [read.folders[index]?.article.slug ?? ''] : [])),
  };
}

async function lintFolder({
  path,
  article,
  topics,
  wordings,
  translations,
  notes,
}: Folder): Promise<{ faults: Fault[]; compared: boolean }> {
  if (!isChecked(article)) return { faults: [], compared: false };
  const { source, faults } = await readSource(join(path, PARAGRAPHS_FILE));
  const found = lintArticle({
    article,
    topics: topics.filter(isChecked),
    wordings: wordings.filter(isChecked),
    translations: translations.filter(isChecked),
    ...(notes && isChecked(notes) ? { notes } : {}),
    ...(source ? { source } : {}),
  });
  return { faults: [...faults, ...found], compared: source !== undefined };
}

async function readSource(path: string): Promise<{ source?: Paragraphs; faults: Fault[] }> {
  const read = await readText(path);
  if ('text' in read) return { source: parseParagraphs(read.text), faults: [] };
  return { faults: read.reason === 'missing' ? [] : [faultOf(show(path), read)] };
}
