import type { Article, Claim, Note, Topic } from '../core/article.ts';
import { createLibrary, type Library } from '../core/library.ts';
import { MAX_SLUG, toSlug } from '../core/slug.ts';
import {
  checkArticle,
  checkIds,
  checkLocales,
  checkNames,
  checkNotes,
  checkSharedNames,
  checkShortNames,
  checkTranslations,
  checkWordings,
  listParagraphs,
  shortOf,
} from './check.ts';
import { PLACEHOLDER } from './draft.ts';
import { type Fault, FaultyContent, formatFault } from './fault.ts';
import { known } from './known.ts';
import { type Checked, type ContentFile, type Folder, type ReadContent, readContent } from './read.ts';
import type { ArticleFile, TopicFile, TranslationsFile, WordingsFile } from './schema.ts';

/** All content, checked. */
export interface CheckedContent {
  /** What the bot answers from, which is empty if everything is a draft; absent if `faults` keep it from answering. */
  readonly library?: Library;
  /** Faults of what is published. */
  readonly faults: readonly Fault[];
  /** Drafts, which are not used in answers, with the faults they would have if they were published as they are. */
  readonly drafts: { readonly articles: number; readonly topics: number; readonly faults: readonly Fault[] };
}

/**
 * Reads what is published below `directory`: one folder per article. `commands` are the names that topics may not take.
 * Throws FaultyContent with every fault if there is any; a draft's are not among them.
 */
export async function loadContent(directory: string, commands: readonly string[]): Promise<Library> {
  const { library, faults } = await checkContent(directory, commands);
  if (!library) throw new FaultyContent(faults);
  return library;
}

/** Reads and checks all content below `directory`, drafts too. Never throws. */
export async function checkContent(directory: string, commands: readonly string[]): Promise<CheckedContent> {
  return checkFolders(await readContent(directory), commands);
}

/** Checks content that was read. */
export function checkFolders({ folders, faults: missing }: ReadContent, commands: readonly string[]): CheckedContent {
  const slugOf = nameTopics(folders);
  const published = folders.filter(({ article }) => !article.draft);
  const parts = published.map((folder) => ({
    ...folder,
    topics: folder.topics.filter(({ draft }) => !draft),
    wordings: folder.wordings.filter(({ draft }) => !draft),
    translations: folder.translations.filter(({ draft }) => !draft),
  }));
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

  const unfinished = new Set(
    published.filter(({ topics }) => topics.some(({ draft }) => draft)).map(({ article }) => article.slug),
  );
  return { library: toLibrary(parts, slugOf, unfinished), faults, drafts };
}

/**
 * Faults of an article's files and between them. `all` are its topics with those that are left out: links may lead to them,
 * and what they cover is not forgotten.
 */
function checkFolder(
  { article, topics, wordings, translations, notes, faults }: Folder,
  commands: readonly string[],
  all: readonly ContentFile<TopicFile>[] = topics,
): Fault[] {
  const files = [article, ...topics, ...wordings, ...translations, ...(notes ? [notes] : [])];
  const own = [...faults, ...files.flatMap((one) => one.faults)];
  const sound = topics.filter(isChecked).sort(publishedFirst);
  const names = checkNames(sound, commands);
  // We can't know what a file with faults covers or is called, so faults between files would only mislead.
  const between = isChecked(article) && files.every((one) => one.faults.length === 0);
  const named = new Set(files.map(({ file }) => file));
  // A note on a page that is left out is that page's concern.
  const references = (
    !notes || isChecked(notes) ? checkNotes(all.filter(isChecked), notes, all.every(isChecked)) : []
  ).filter(({ file }) => named.has(file));
  if (!between) return [...own, ...names, ...references];
  return [
    ...own,
    ...names,
    ...references,
    ...checkArticle(article, sound, all),
    ...checkIds(sound),
    ...checkWordings(sound, wordings.filter(isChecked)),
    ...checkTranslations(sound, translations.filter(isChecked), Object.keys(notes?.value?.definitions ?? {})),
  ];
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

/**
 * What the bot would answer from if all drafts were published as they are. Files with faults of their own are left out, and what
 * is wrong between files does not matter.
 */
export function toDraftLibrary({ folders }: ReadContent): Library {
  const published = folders.map(
    (folder): Folder => ({
      ...folder,
      article: { ...folder.article, draft: false },
      topics: folder.topics.map((topic) => ({ ...topic, draft: false })),
    }),
  );
  // What nobody has worded yet is missing, whatever is published.
  const unworded = folders.filter(({ topics }) =>
    topics.some(({ value }) => value?.claims.some(({ text }) => text.startsWith(PLACEHOLDER))),
  );
  return toLibrary(published, nameTopics(published), new Set(unworded.map(({ article }) => article.slug)));
}

type NameTopic = (topic: Checked<TopicFile>) => string;

/**
 * The slash command of each topic: the name of its file, and the article's short name after it if several articles have
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

/** `unfinished` are the articles of which topics are left out. */
function toLibrary(
  published: readonly Folder[],
  slugOf: NameTopic,
  unfinished: ReadonlySet<string> = new Set(),
): Library {
  const articles = published.flatMap((folder) =>
    isChecked(folder.article) && folder.topics.length > 0
      ? [{ folder, article: toArticle(folder.article, unfinished.has(folder.article.slug)) }]
      : [],
  );
  return createLibrary(
    articles.map(({ article }) => article),
    articles.flatMap(({ folder, article }) => {
      const wordings = new Map(folder.wordings.map(({ slug, value }) => [slug, value]));
      const translations = new Map(folder.translations.map(({ slug, value }) => [slug, value]));
      const shared = folder.notes?.value?.definitions ?? {};
      return folder.topics
        .filter(isChecked)
        .map((topic) =>
          toTopic(topic, slugOf(topic), article, wordings.get(topic.slug), translations.get(topic.slug), shared),
        );
    }),
  );
}

function toArticle(file: Checked<ArticleFile>, hasDrafts: boolean): Article {
  const { format: _, draft: _draft, authorNote: _note, ...value } = file.value;
  const people = Object.fromEntries(Object.entries(value.people).map(([name, person]) => [name, known(person)]));
  return known({
    ...value,
    ...(hasDrafts ? { hasDrafts } : {}),
    slug: file.slug,
    short: shortOf(file),
    paragraphs: listParagraphs(file.value),
    people,
  });
}

function toTopic(
  { slug: name, value }: Checked<TopicFile>,
  slug: string,
  article: Article,
  wordings: WordingsFile | undefined,
  translations: TranslationsFile | undefined,
  shared: TopicFile['definitions'],
): Topic {
  const { title, summary, aliases, related, locales } = value;
  const definitions = { ...shared, ...value.definitions };
  const notes = (labels: readonly string[]): Note[] =>
    labels.flatMap((label) => {
      const note = definitions[label];
      return note ? [known({ ...note, ...textsOf(translations, (one) => one.notes[label]) })] : [];
    });
  const claims = value.claims.map(({ paragraph: paragraphs, allowed: _, ...claim }): Claim => {
    const { asks = {} } = wordings ?? {};
    return known({
      ...claim,
      id: `${article.slug}/${claim.id}`,
      paragraphs,
      speaker: claim.speaker === 'author' ? article.author : claim.speaker,
      asks: asks[claim.id] ?? [],
      ...textsOf(translations, (one) => one.claims[claim.id]),
      notes: notes(claim.notes),
    });
  });
  return {
    slug,
    name,
    title,
    summary,
    aliases,
    related,
    locales,
    article,
    ...textsOf(translations, ({ title: own, summary: said }) =>
      own || said ? { title: own, summary: said } : undefined,
    ),
    unanswered: wordings?.open ?? [],
    notes: notes(value.notes),
    claims: claims.filter(({ withdrawn }) => !withdrawn),
    withdrawn: claims.filter(({ withdrawn }) => withdrawn),
  };
}

/** What there is of one thing in other languages; nothing if there is none in any. */
function textsOf<Text>(
  translations: TranslationsFile | undefined,
  find: (one: TranslationsFile[string]) => Text | undefined,
): { texts?: Readonly<Record<string, Text>> } {
  const found = Object.entries(translations ?? {}).flatMap(([language, one]) => {
    const text = find(one);
    return text === undefined ? [] : [[language, text] as const];
  });
  return found.length > 0 ? { texts: Object.fromEntries(found) } : {};
}

export function isChecked<T>(file: ContentFile<T>): file is Checked<T> {
  return file.value !== undefined;
}

/** If two files share a name, the draft gets the blame. */
function publishedFirst(a: ContentFile<unknown>, b: ContentFile<unknown>): number {
  return Number(a.draft) - Number(b.draft);
}

export function byPlace(a: Fault, b: Fault): number {
  return a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line;
}
