import { readdir, readFile } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import type { Fault } from './fault.ts';
import { FORMAT } from './keywords.ts';
import { parseNotes, parseTopic } from './parse-topic.ts';
import { parseYaml } from './parse-yaml.ts';
import {
  type ArticleFile,
  articleSchema,
  type NotesFile,
  notesSchema,
  type TopicFile,
  topicSchema,
  type WordingsFile,
  wordingsSchema,
} from './schema.ts';
import { checkSource, type Lines, type Source } from './source.ts';

/** Files that are read and parsed before other work gets a turn. */
const BATCH = 25;

/** A file as read. */
export interface ContentFile<T> {
  /** Path as the user would type it. */
  readonly file: string;
  readonly slug: string;
  /** Nothing is answered from it. False where the file is too broken to say. */
  readonly draft: boolean;
  /** What is wrong in the file itself. */
  readonly faults: readonly Fault[];
  /** Absent where the faults leave none. */
  readonly value?: T;
  readonly lines: Lines;
}

/** A file whose value is known. */
export type Checked<T> = ContentFile<T> & { readonly value: T };

/** An article's folder. All topics of a draft article are drafts. */
export interface Folder {
  readonly article: ContentFile<ArticleFile>;
  readonly topics: readonly ContentFile<TopicFile>[];
  /** How people ask, by the topics' names. A topic may be without. */
  readonly wordings: readonly ContentFile<WordingsFile>[];
  /** Notes that several topics share. */
  readonly notes?: ContentFile<NotesFile>;
  /** What is wrong with the folder, apart from its files. */
  readonly faults: readonly Fault[];
}

/** Reads all content below `directory`, each file checked by itself. Never throws: what is wrong is among the faults. */
export async function readContent(directory: string): Promise<{ folders: Folder[]; faults: Fault[] }> {
  const { entries, error } = await list(directory);
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const remedy = 'add a folder with an article.yaml and topics/';
  const faults = error || names.length === 0 ? [absence(directory, error, 'article', remedy)] : [];
  const folders: Folder[] = [];
  for (const name of names.sort()) folders.push(await readFolder(join(directory, name)));
  return { folders, faults };
}

async function readFolder(folder: string): Promise<Folder> {
  const article = await readOne(join(folder, 'article.yaml'), basename(folder), parseRecord, articleSchema);
  if (article.format !== undefined && article.format !== FORMAT)
    return { article, topics: [], wordings: [], faults: [] };
  const pages = await list(join(folder, 'topics'));
  const remedy = 'add one with "briefing new topic <name>"';
  const names = namesOf(pages.entries, '.md');
  const faults =
    pages.error || names.length === 0 ? [absence(join(folder, 'topics'), pages.error, 'topic', remedy)] : [];
  const topics = await readAll(join(folder, 'topics'), '.md', names, parseTopic, topicSchema);
  const drafts = new Map(topics.map(({ slug, draft }) => [slug, draft || article.draft]));

  const asked = await list(join(folder, 'wordings'));
  if (asked.error && asked.error !== 'ENOENT')
    faults.push(absence(join(folder, 'wordings'), asked.error, 'wording', ''));
  const files = namesOf(asked.entries, '.yaml');
  const wordings = await readAll(join(folder, 'wordings'), '.yaml', files, parseYaml, wordingsSchema);

  const notes = await readOne(join(folder, 'notes.md'), 'notes', parseNotes, notesSchema);
  return {
    article,
    topics: topics.map((topic) => ({ ...topic, draft: drafts.get(topic.slug) === true })),
    wordings: wordings.map((one) => ({ ...one, draft: drafts.get(one.slug) ?? article.draft })),
    ...(notes.missing ? {} : { notes: { ...notes, draft: article.draft } }),
    faults,
  };
}

/** Reads article.yaml. Content of another format is refused by that one word, whatever else is wrong with it. */
function parseRecord(file: string, text: string): Parsed {
  const source = parseYaml(file, text);
  const { format = 1 } = (source.value ?? {}) as { format?: unknown };
  if (source.value === undefined || format === FORMAT || typeof format !== 'number') return source;
  const message =
    format > FORMAT
      ? `this content is written in format ${format} and this program reads format ${FORMAT}; update the program`
      : `this content is written in format ${format}; run "npx briefing content upgrade", which writes format ${FORMAT}`;
  return { ...source, format, faults: [{ file, line: source.lines.get('format') ?? 1, message }] };
}

function namesOf(entries: readonly { readonly name: string }[], ending: string): string[] {
  return entries
    .map(({ name }) => name)
    .filter((name) => name.endsWith(ending))
    .map((name) => basename(name, ending))
    .sort();
}

async function readAll<T>(
  directory: string,
  ending: string,
  names: readonly string[],
  parse: Parse,
  schema: Parameters<typeof checkSource<T>>[0],
): Promise<Read<T>[]> {
  const files: Read<T>[] = [];
  for (let start = 0; start < names.length; start += BATCH) {
    const batch = names.slice(start, start + BATCH);
    files.push(
      ...(await Promise.all(batch.map((name) => readOne(join(directory, `${name}${ending}`), name, parse, schema)))),
    );
    await yieldToEventLoop();
  }
  return files;
}

type Parsed = Source & { readonly faults: readonly Fault[]; readonly format?: number };
type Parse = (file: string, text: string) => Parsed;

type Read<T> = ContentFile<T> & {
  /** The file isn't there. */
  readonly missing?: boolean;
  /** The format that the file names, if it is another than this program's. */
  readonly format?: number | undefined;
};

async function readOne<T>(
  path: string,
  slug: string,
  parse: Parse,
  schema: Parameters<typeof checkSource<T>>[0],
): Promise<Read<T>> {
  const file = show(path);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const message = `the file cannot be read (${codeOf(error)}); add it, or correct its permissions`;
    const missing = codeOf(error) === 'ENOENT';
    return { file, slug, draft: false, faults: [{ file, line: 1, message }], lines: new Map(), missing };
  }
  const source = parse(file, text);
  const unread = source.value === undefined || source.format !== undefined;
  const { value, faults } = unread ? { faults: [] } : checkSource(schema, source);
  const draft = (source.value as { draft?: unknown } | null | undefined)?.draft === true;
  return {
    file,
    slug,
    draft,
    faults: [...source.faults, ...faults],
    ...(value === undefined ? {} : { value }),
    lines: source.lines,
    format: source.format,
  };
}

/** What stands in a folder, in no order; nothing, and the error's code, where it cannot be read. */
async function list(directory: string) {
  try {
    return { entries: await readdir(directory, { withFileTypes: true }) };
  } catch (error) {
    return { entries: [], error: codeOf(error) };
  }
}

function absence(directory: string, code: string | undefined, what: string, remedy: string): Fault {
  const message =
    code === undefined || code === 'ENOENT'
      ? `there is no ${what}; ${remedy}`
      : `the folder cannot be read (${code}); correct its permissions`;
  return { file: show(directory), line: 1, message };
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error);
}

/** The path as the user would type it. */
export function show(path: string): string {
  const short = relative(process.cwd(), path);
  return short.startsWith('..') ? path : short;
}
