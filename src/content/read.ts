import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import { FORMAT } from './draft.ts';
import { createFault, type Fault } from './fault.ts';
import { MAX_FILE_BYTES } from './limits.ts';
import { parseNotes } from './parse-notes.ts';
import { parseTopic } from './parse-topic.ts';
import { parseYaml } from './parse-yaml.ts';
import { type Obstacle, readText } from './read-file.ts';
import {
  type ArticleFile,
  articleSchema,
  type NotesFile,
  notesSchema,
  type TopicFile,
  type TranslationsFile,
  topicSchema,
  translationsSchema,
  type WordingsFile,
  wordingsSchema,
} from './schema.ts';
import { checkSource, type Lines, lineOf, type Source } from './source.ts';

/** How many files are read and parsed before other work gets a turn. */
const BATCH = 25;

/** A file as read. */
export interface ContentFile<T> {
  /** Path as the user would type it. */
  readonly file: string;
  readonly slug: string;
  /** It is not used in answers. False if the file is too broken to tell. */
  readonly draft: boolean;
  /** What is wrong in the file itself. */
  readonly faults: readonly Fault[];
  /** Absent if the faults leave none. */
  readonly value?: T;
  /** What stands in it, unchecked, if the faults leave no value. */
  readonly written?: unknown;
  /** Of a topic: its article alone keeps it a draft. */
  readonly waits?: boolean;
  readonly lines: Lines;
}

/** A file whose value is known. */
export type Checked<T> = ContentFile<T> & { readonly value: T };

/** An article's folder. All topics of a draft article are drafts. */
export interface Folder {
  /** Where it is, for reading more of it. */
  readonly path: string;
  readonly article: ContentFile<ArticleFile>;
  readonly topics: readonly ContentFile<TopicFile>[];
  /** How people ask, by the topics' names. A topic may be without. */
  readonly wordings: readonly ContentFile<WordingsFile>[];
  /** What people read in other languages, by the topics' names. A topic may be without. */
  readonly translations: readonly ContentFile<TranslationsFile>[];
  /** Notes that several topics share. */
  readonly notes?: ContentFile<NotesFile>;
  /** What is wrong with the folder, apart from its files. */
  readonly faults: readonly Fault[];
}

/** All content as read. */
export interface ReadContent {
  readonly folders: readonly Folder[];
  /** What is wrong with the content folder itself. */
  readonly faults: readonly Fault[];
}

/** Texts by their files' paths that are read in place of what the files hold, such as what an editor has not saved yet. */
export type Overlay = ReadonlyMap<string, string>;

/**
 * Reads all content below `directory`, each file checked by itself. Never throws: what is wrong is among the faults. The paths
 * of `overlay` begin with `directory`.
 */
export async function readContent(directory: string, overlay: Overlay = new Map()): Promise<ReadContent> {
  const { entries, faults } = await list(directory, 'no-article');
  const names: string[] = [];
  for (const entry of entries) {
    const kind = await kindOf(directory, entry);
    if (kind === 'directory') names.push(entry.name);
    else if (kind === 'broken')
      faults.push(createFault({ file: show(join(directory, entry.name)), line: 1 }, 'folder-broken-link'));
  }
  if (names.length === 0 && faults.length === 0)
    faults.push(createFault({ file: show(directory), line: 1 }, 'no-article'));
  const folders: Folder[] = [];
  for (const name of names.sort()) folders.push(await readFolder(join(directory, name), overlay));
  return { folders, faults };
}

async function readFolder(path: string, overlay: Overlay): Promise<Folder> {
  const article = await readOne(join(path, 'article.yaml'), basename(path), overlay, parseYaml, checkRecord);
  if (article.faults.some(({ code }) => code === 'format-old' || code === 'format-new')) {
    return { path, article, topics: [], wordings: [], translations: [], faults: [] };
  }
  const pages = await list(join(path, 'topics'), 'no-topic');
  const names = namesOf(join(path, 'topics'), pages.entries, '.md', overlay);
  if (names.length === 0 && pages.faults.length === 0)
    pages.faults.push(createFault({ file: show(join(path, 'topics')), line: 1 }, 'no-topic'));
  const topics = await readAll(join(path, 'topics'), '.md', names, overlay, parseTopic, checkedBy(topicSchema));
  const asked = await list(join(path, 'wordings'));
  const files = namesOf(join(path, 'wordings'), asked.entries, '.yaml', overlay);
  const wordings = await readAll(join(path, 'wordings'), '.yaml', files, overlay, parseYaml, checkedBy(wordingsSchema));
  const spoken = await list(join(path, 'translations'));
  const translations = await readAll(
    join(path, 'translations'),
    '.yaml',
    namesOf(join(path, 'translations'), spoken.entries, '.yaml', overlay),
    overlay,
    parseYaml,
    checkedBy(translationsSchema),
  );
  const notes = await readOne(join(path, 'notes.md'), 'notes', overlay, parseNotes, checkedBy(notesSchema));
  const drafts = new Map(topics.map(({ slug, draft }) => [slug, draft || article.draft]));
  return {
    path,
    article,
    topics: topics.map((topic) => ({
      ...topic,
      draft: topic.draft || article.draft,
      waits: article.draft && !topic.draft,
    })),
    wordings: wordings.map((one) => ({ ...one, draft: drafts.get(one.slug) ?? article.draft })),
    translations: translations.map((one) => ({ ...one, draft: drafts.get(one.slug) ?? article.draft })),
    ...(isMissing(notes) ? {} : { notes: { ...notes, draft: article.draft } }),
    faults: [...pages.faults, ...asked.faults, ...spoken.faults],
  };
}

async function readAll<T>(
  directory: string,
  ending: string,
  names: readonly string[],
  overlay: Overlay,
  parse: Parse,
  check: Check<T>,
): Promise<ContentFile<T>[]> {
  const files: ContentFile<T>[] = [];
  for (let start = 0; start < names.length; start += BATCH) {
    const batch = names.slice(start, start + BATCH);
    files.push(
      ...(await Promise.all(
        batch.map((name) => readOne(join(directory, `${name}${ending}`), name, overlay, parse, check)),
      )),
    );
    await yieldToEventLoop();
  }
  return files;
}

type Parse = (file: string, text: string) => Source;
type Check<T> = (source: Source) => { value?: T; faults: readonly Fault[] };

function checkedBy<T>(schema: Parameters<typeof checkSource<T>>[0]): Check<T> {
  return (source) => checkSource(schema, source);
}

/** If content has another format, only the fault about the format helps; the others would mislead. */
const checkRecord: Check<ArticleFile> = (source) => {
  const { file, value, lines } = source;
  const { format = 1 } = value as { format?: unknown };
  if (typeof format !== 'number' || format === FORMAT) return checkSource(articleSchema, source);
  const place = { file, line: lineOf(lines, ['format']) };
  return { faults: [createFault(place, format > FORMAT ? 'format-new' : 'format-old', format, FORMAT)] };
};

async function readOne<T>(
  path: string,
  slug: string,
  overlay: Overlay,
  parse: Parse,
  check: Check<T>,
): Promise<ContentFile<T>> {
  const file = show(path);
  const unsaved = overlay.get(path);
  const found = unsaved === undefined ? await readText(path) : { text: unsaved };
  if (!('text' in found)) return { file, slug, draft: false, faults: [faultOf(file, found)], lines: new Map() };
  const source = parse(file, found.text);
  const { draft } = (source.value ?? {}) as { draft?: unknown };
  const { value, faults } = source.value === undefined ? { faults: [] } : check(source);
  return {
    file,
    slug,
    draft: draft === true,
    faults: [...source.faults, ...faults],
    ...(value === undefined ? { written: source.value } : { value }),
    lines: source.lines,
  };
}

export function faultOf(file: string, obstacle: Obstacle): Fault {
  const place = { file, line: 1 };
  switch (obstacle.reason) {
    case 'missing':
      return createFault(place, 'file-missing');
    case 'kind':
      return createFault(place, 'file-kind');
    case 'size':
      return createFault(place, 'file-size', `${MAX_FILE_BYTES / 1024 / 1024} MB`);
    case 'encoding':
      return createFault(place, 'file-encoding');
    case 'unreadable':
      return createFault(place, 'file-unreadable', obstacle.code);
  }
}

function isMissing({ faults }: ContentFile<unknown>): boolean {
  return faults.some(({ code }) => code === 'file-missing');
}

/** What a folder holds, in no order, without hidden files and those that editors leave beside a file. */
async function list(
  path: string,
  ifMissing?: 'no-article' | 'no-topic',
): Promise<{ entries: Dirent[]; faults: Fault[] }> {
  const place = { file: show(path), line: 1 };
  try {
    const entries = await readdir(path, { withFileTypes: true });
    return { entries: entries.filter(({ name }) => !/^\.|~$/.test(name)), faults: [] };
  } catch (error) {
    const { code = String(error) } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT') return { entries: [], faults: [createFault(place, 'folder-unreadable', code)] };
    return { entries: [], faults: ifMissing ? [createFault(place, ifMissing)] : [] };
  }
}

/** Whether an entry is a folder, through a link, too; a link may also lead nowhere. */
async function kindOf(directory: string, entry: Dirent): Promise<'directory' | 'other' | 'broken'> {
  if (!entry.isSymbolicLink()) return entry.isDirectory() ? 'directory' : 'other';
  const found = await stat(join(directory, entry.name)).catch(() => undefined);
  if (!found) return 'broken';
  return found.isDirectory() ? 'directory' : 'other';
}

/** The names of a folder's files of one sort, without their ending. */
function namesOf(folder: string, entries: readonly Dirent[], ending: string, overlay: Overlay): string[] {
  const unsaved = [...overlay.keys()].filter((path) => dirname(path) === folder).map((path) => basename(path));
  return [...new Set([...entries.map(({ name }) => name), ...unsaved])]
    .filter((name) => name.endsWith(ending))
    .map((name) => basename(name, ending))
    .sort();
}

/** The path as the user would type it. */
export function show(path: string): string {
  const short = relative(process.cwd(), path);
  return short.startsWith('..') ? path : short;
}
