import { readdir, readFile } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import type { Fault } from './fault.ts';
import { parseTopic } from './parse-topic.ts';
import { parseYaml } from './parse-yaml.ts';
import { type ArticleFile, articleSchema, type TopicFile, topicSchema } from './schema.ts';
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
  const article = await readOne(join(folder, 'article.yaml'), basename(folder), parseYaml, articleSchema);
  const directory = join(folder, 'topics');
  const { entries, error } = await list(directory);
  const files = entries
    .map(({ name }) => name)
    .filter((name) => name.endsWith('.md'))
    .sort();
  const remedy = 'add one with "briefing new topic <name>"';
  const faults = error || files.length === 0 ? [absence(directory, error, 'topic', remedy)] : [];
  const topics: ContentFile<TopicFile>[] = [];
  for (let start = 0; start < files.length; start += BATCH) {
    const batch = files
      .slice(start, start + BATCH)
      .map((name) => readOne(join(directory, name), basename(name, '.md'), parseTopic, topicSchema));
    for (const topic of await Promise.all(batch)) topics.push({ ...topic, draft: topic.draft || article.draft });
    await yieldToEventLoop();
  }
  return { article, topics, faults };
}

async function readOne<T>(
  path: string,
  slug: string,
  parse: (file: string, text: string) => Source & { faults: Fault[] },
  schema: Parameters<typeof checkSource<T>>[0],
): Promise<ContentFile<T>> {
  const file = show(path);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const message = `the file cannot be read (${codeOf(error)}); add it, or correct its permissions`;
    return { file, slug, draft: false, faults: [{ file, line: 1, message }], lines: new Map() };
  }
  const source = parse(file, text);
  const { value, faults } = source.value === undefined ? { faults: [] } : checkSource(schema, source);
  const draft = (source.value as { draft?: unknown } | null | undefined)?.draft === true;
  return {
    file,
    slug,
    draft,
    faults: [...source.faults, ...faults],
    ...(value === undefined ? {} : { value }),
    lines: source.lines,
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
