import type { Article, Topic } from '../core/article.ts';
import { createLibrary, type Library } from '../core/library.ts';
import { MAX_SLUG, toSlug } from '../core/slug.ts';
import {
  checkArticle,
  checkLocales,
  checkNames,
  checkSharedNames,
  checkShortNames,
  listParagraphs,
  shortOf,
} from './check.ts';
import { type Fault, FaultyContent, formatFault } from './fault.ts';
import { type Checked, type ContentFile, type Folder, readContent, show } from './read.ts';
import type { ArticleFile, TopicFile } from './schema.ts';

/** All content, checked. */
export interface CheckedContent {
  /** What the bot answers from; absent where `faults` keep it from answering. */
  readonly library?: Library;
  /** Faults of what is published. */
  readonly faults: readonly Fault[];
  /** What nothing is answered from, with the faults that it would have if it were published as it is. */
  readonly drafts: { readonly articles: number; readonly topics: number; readonly faults: readonly Fault[] };
}

/**
 * Reads what is published below `directory`: one folder per article. `commands` are the names that topics may not take.
 * Throws FaultyContent with every fault where there is any; a draft's are not among them.
 */
export async function loadContent(directory: string, commands: readonly string[]): Promise<Library> {
  const { library, faults } = await checkContent(directory, commands);
  if (!library) throw new FaultyContent(faults);
  return library;
}

/** Reads and checks all content below `directory`, drafts too. Never throws. */
export async function checkContent(directory: string, commands: readonly string[]): Promise<CheckedContent> {
  const { folders, faults: missing } = await readContent(directory);
  const slugOf = nameTopics(folders);
  const published = folders.filter(({ article }) => !article.draft);
  const parts = published.map((folder) => ({ ...folder, topics: folder.topics.filter(({ draft }) => !draft) }));
  const faults = [
    ...missing,
    ...parts.flatMap((part, index) => checkFolder(part, commands, published[index]?.topics)),
    ...checkTogether(parts, commands, slugOf),
  ];
  const known = new Set(faults.map(formatFault));
  const all = [
    ...folders.flatMap((folder) => checkFolder(folder, commands)),
    ...checkTogether(folders, commands, slugOf),
  ];
  const drafts = {
    articles: folders.filter(({ article }) => article.draft).length,
    topics: folders.flatMap(({ topics }) => topics.filter(({ draft }) => draft)).length,
    faults: all.filter((fault) => !known.has(formatFault(fault))).sort(byPlace),
  };
  if (faults.length > 0) return { faults: faults.sort(byPlace), drafts };

  const library = toLibrary(parts, slugOf);
  if (library.topics.length > 0) return { library, faults, drafts };
  const message = 'everything is a draft; take "draft: true" out of what may be answered from';
  return { faults: [{ file: show(directory), line: 1, message }], drafts };
}

/**
 * Faults of an article's files and between them. `all` are its topics with those that are left out: links may lead to them,
 * and what they cover is not forgotten.
 */
function checkFolder(
  { article, topics, faults }: Folder,
  commands: readonly string[],
  all: readonly ContentFile<TopicFile>[] = topics,
): Fault[] {
  const files = [article, ...topics];
  const own = [...faults, ...files.flatMap((one) => one.faults)];
  const sound = topics.filter(isChecked).sort(publishedFirst);
  const names = checkNames(sound, commands);
  // What a file with faults covers or is called cannot be known: faults between files would only mislead.
  const between = isChecked(article) && files.every((one) => one.faults.length === 0);
  return [...own, ...names, ...(between ? checkArticle(article, sound, all) : [])];
}

/** Faults between articles. */
function checkTogether(folders: readonly Folder[], commands: readonly string[], slugOf: NameTopic): Fault[] {
  const topics = folders.flatMap((folder) => folder.topics.filter(isChecked)).sort(publishedFirst);
  const articles = folders.map(({ article }) => article).filter(isChecked);
  return [
    ...checkLocales(topics),
    ...checkSharedNames(topics, slugOf, commands),
    ...checkShortNames(articles.sort(publishedFirst)),
  ];
}

type NameTopic = (topic: Checked<TopicFile>) => string;

/**
 * The slash command of each topic: the name of its file, and the article's short name after it where several articles have
 * published a topic of that name.
 */
function nameTopics(folders: readonly Folder[]): NameTopic {
  const counts = new Map<string, number>();
  for (const { slug, draft, value } of folders.flatMap(({ topics }) => topics))
    if (value && !draft) counts.set(slug, (counts.get(slug) ?? 0) + 1);
  const shorts = new Map(folders.flatMap(({ article, topics }) => topics.map(({ file }) => [file, shortOf(article)])));
  return ({ slug, file }) =>
    (counts.get(slug) ?? 0) > 1 ? `${slug}-${toSlug(shorts.get(file) ?? '', MAX_SLUG)}` : slug;
}

function toLibrary(published: readonly Folder[], slugOf: NameTopic): Library {
  const known = published.flatMap(({ article, topics }) =>
    isChecked(article) && topics.length > 0 ? [{ article: toArticle(article), topics: topics.filter(isChecked) }] : [],
  );
  return createLibrary(
    known.map(({ article }) => article),
    known.flatMap(({ article, topics }) => topics.map((topic) => toTopic(topic, slugOf(topic), article))),
  );
}

function toArticle(file: Checked<ArticleFile>): Article {
  const { slug, value } = file;
  const { title, author, kind, publication, disclosure, synonyms } = value;
  const short = shortOf(file);
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

function isChecked<T>(file: ContentFile<T>): file is Checked<T> {
  return file.value !== undefined;
}

/** So that of two files that share a name the draft is the one to blame. */
function publishedFirst(a: ContentFile<unknown>, b: ContentFile<unknown>): number {
  return Number(a.draft) - Number(b.draft);
}

function byPlace(a: Fault, b: Fault): number {
  return a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line;
}
