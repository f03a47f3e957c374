import { readdir, readFile } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import type { Article, Topic } from '../core/article.ts';
import { createLibrary, type Library } from '../core/library.ts';
import { MAX_SLUG, toSlug } from '../core/slug.ts';
import { type Checked, checkArticle, checkLocales, checkNames, checkSharedNames, listParagraphs } from './check.ts';
import { type Fault, FaultyContent } from './fault.ts';
import { parseTopic } from './parse-topic.ts';
import { parseYaml } from './parse-yaml.ts';
import { type ArticleFile, articleSchema, type TopicFile, topicSchema } from './schema.ts';
import { checkSource, type Source } from './source.ts';

/** Files that are read and parsed before other work gets a turn. */
const BATCH = 25;

/**
 * Reads and checks all content below `directory`: one folder per article. `commands` are the names that topics may not
 * take. Throws FaultyContent with every fault where there is any.
 */
export async function loadContent(directory: string, commands: readonly string[]): Promise<Library> {
  const faults: Fault[] = [];
  const loaded: Loaded[] = [];
  for (const folder of await listFolders(directory, faults))
    loaded.push(await loadArticle(join(directory, folder), faults));
  const topics = loaded.flatMap((one) => one.topics);
  const slugOf = nameTopics(loaded);
  faults.push(
    ...loaded.flatMap((one) => checkNames(one.topics, commands)),
    ...checkLocales(topics),
    ...checkSharedNames(topics, slugOf, commands),
  );
  if (faults.length > 0) throw new FaultyContent(faults.sort(byPlace));

  const finished = loaded.flatMap(({ article, topics: own }) =>
    article && !article.value.draft
      ? [{ article: toArticle(article), topics: own.filter(({ value }) => !value.draft) }]
      : [],
  );
  const known = finished.filter((one) => one.topics.length > 0);
  if (known.length === 0) {
    const message = 'everything is a draft; take "draft: true" out of what may be answered from';
    throw new FaultyContent([{ file: show(directory), line: 1, message }]);
  }
  return createLibrary(
    known.map(({ article }) => article),
    known.flatMap(({ article, topics: own }) => own.map((topic) => toTopic(topic, slugOf(topic), article))),
  );
}

/**
 * The slash command of each topic: the name of its file, and the article's short name after it where several articles have
 * a topic of that name.
 */
function nameTopics(loaded: readonly Loaded[]): (topic: Checked<TopicFile>) => string {
  const counts = new Map<string, number>();
  const published = loaded.filter(({ article }) => !article?.value.draft);
  const topics = published.flatMap((one) => one.topics.filter(({ value }) => !value.draft));
  for (const { slug } of topics) counts.set(slug, (counts.get(slug) ?? 0) + 1);
  const shortOf = new Map(
    loaded.flatMap(({ article, topics: own }) =>
      own.map((topic) => [topic, article?.value.short ?? article?.slug ?? ''] as const),
    ),
  );
  return (topic) =>
    (counts.get(topic.slug) ?? 0) > 1 ? `${topic.slug}-${toSlug(shortOf.get(topic) ?? '', MAX_SLUG)}` : topic.slug;
}

async function listFolders(directory: string, faults: Fault[]): Promise<string[]> {
  const entries = await readdir(directory, { withFileTypes: true }).catch(() => []);
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  if (folders.length === 0) {
    faults.push({
      file: show(directory),
      line: 1,
      message: 'there is no article; add a folder with an article.yaml and topics/',
    });
  }
  return folders.sort();
}

interface Loaded {
  readonly article: Checked<ArticleFile> | undefined;
  readonly topics: readonly Checked<TopicFile>[];
}

async function loadArticle(folder: string, faults: Fault[]): Promise<Loaded> {
  const article = await loadFile(join(folder, 'article.yaml'), basename(folder), faults, parseYaml, articleSchema);
  const names = await readdir(join(folder, 'topics')).catch(() => []);
  const files = names.filter((name) => name.endsWith('.md')).sort();
  if (files.length === 0) {
    faults.push({
      file: show(join(folder, 'topics')),
      line: 1,
      message: 'there is no topic; add one with "briefing new topic <name>"',
    });
  }
  const topics: Checked<TopicFile>[] = [];
  const before = faults.length;
  for (let start = 0; start < files.length; start += BATCH) {
    const batch = files
      .slice(start, start + BATCH)
      .map((name) => loadFile(join(folder, 'topics', name), basename(name, '.md'), faults, parseTopic, topicSchema));
    topics.push(...(await Promise.all(batch)).filter((topic) => topic !== undefined));
    await yieldToEventLoop();
  }
  // What a file with faults covers or is called cannot be known: faults between files would only mislead.
  if (article && faults.length === before) faults.push(...checkArticle(article, topics));
  return { article, topics };
}

async function loadFile<T>(
  path: string,
  slug: string,
  faults: Fault[],
  parse: (file: string, text: string) => Source & { faults: Fault[] },
  schema: Parameters<typeof checkSource<T>>[0],
): Promise<Checked<T> | undefined> {
  const file = show(path);
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) {
    faults.push({ file, line: 1, message: 'the file cannot be read; add it, or correct its permissions' });
    return undefined;
  }
  const source = parse(file, text);
  const { value, faults: found } = source.value === undefined ? { faults: [] } : checkSource(schema, source);
  faults.push(...source.faults, ...found);
  return value === undefined ? undefined : { file, slug, value: value as T, lines: source.lines };
}

function toArticle({ slug, value }: Checked<ArticleFile>): Article {
  const { short = slug, title, author, kind, publication, disclosure, synonyms } = value;
  return { slug, short, title, author, kind, publication, disclosure, synonyms, paragraphs: listParagraphs(value) };
}

function toTopic({ slug: name, value }: Checked<TopicFile>, slug: string, article: Article): Topic {
  const { title, summary, aliases, related, locales, unanswered, definitions } = value;
  const notes = (labels: readonly string[]) => labels.flatMap((label) => definitions[label] ?? []);
  return {
    slug,
    name,
    title,
    summary,
    aliases,
    related,
    locales,
    unanswered,
    article,
    notes: notes(value.notes),
    claims: value.claims.map(({ text, kind, paragraph, speaker, date, number, asks, notes: labels }, index) => ({
      id: `${slug}.${index + 1}`,
      text,
      kind,
      paragraphs: paragraph,
      speaker: speaker === 'author' ? article.author : speaker,
      asks,
      notes: notes(labels),
      ...(date === undefined ? {} : { date }),
      ...(number === undefined ? {} : { number }),
    })),
  };
}

function show(path: string): string {
  const short = relative(process.cwd(), path);
  return short.startsWith('..') ? path : short;
}

function byPlace(a: Fault, b: Fault): number {
  return a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line;
}
