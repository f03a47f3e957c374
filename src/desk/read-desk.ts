import { join } from 'node:path';
import { listParagraphs } from '../content/check.ts';
import { PLACEHOLDER } from '../content/draft.ts';
import type { Fault } from '../content/fault.ts';
import { lintFolders } from '../content/lint/lint-content.ts';
import { toDraftLibrary } from '../content/load.ts';
import { PARAGRAPHS_FILE, type Paragraphs, parseParagraphs, parseSetApart } from '../content/paragraphs.ts';
import { type Folder, type Overlay, readContent, show } from '../content/read.ts';
import { readText } from '../content/read-file.ts';
import { dueOn, listReviews } from '../content/review.ts';
import type { Paragraph } from '../core/article.ts';
import type { Library } from '../core/library.ts';
import { salvage } from './salvage.ts';

/** A topic as the desk lists it. */
export interface DeskTopic {
  readonly slug: string;
  readonly title: string;
  /** Ready: it isn’t a draft, but its article is. */
  readonly state: 'draft' | 'ready' | 'live';
  readonly claims: number;
  /** How many of these nobody has worded yet. */
  readonly unworded: number;
  /** Faults of its page and its wordings. */
  readonly faults: readonly Fault[];
  /** Claims and notes of it that are due for review. */
  readonly due: number;
  readonly page: string;
  readonly wordings: string;
}

/** An article as the desk lists it. */
export interface DeskArticle {
  readonly slug: string;
  readonly title: string;
  readonly state: 'draft' | 'live';
  readonly topics: readonly DeskTopic[];
  readonly paragraphs: readonly Paragraph[];
  /** By paragraph: the claims that cite it, with their topics' names, and whether somebody has worded them. */
  readonly cited: ReadonlyMap<
    string,
    readonly { readonly topic: string; readonly id: string; readonly isWorded: boolean }[]
  >;
  /** The article's own text; absent if it isn't at hand. */
  readonly source?: Paragraphs;
  /** What an import set apart and did not number. */
  readonly apart: readonly string[];
  /** Faults of its record, its shared notes and the folder itself. */
  readonly faults: readonly Fault[];
  readonly record: string;
  readonly notes: string;
  readonly folder: Folder;
}

/** All content as the desk sees it. */
export interface DeskContent {
  readonly articles: readonly DeskArticle[];
  /** Faults that belong to no article. */
  readonly faults: readonly Fault[];
  /** What the bot would answer from if all were published. */
  readonly draft: Library;
  /** What it answers from; absent if faults keep it from answering. */
  readonly live: Library | undefined;
}

/** Reads all content below `directory`, with what isn't saved yet in place of some files. `today` is an ISO day. */
export async function readDesk(
  directory: string,
  commands: readonly string[],
  today: string,
  overlay: Overlay = new Map(),
): Promise<DeskContent> {
  // One fault of a topic hides nothing else of it.
  const read = salvage(await readContent(directory, overlay));
  const { library, faults, advice, drafts } = await lintFolders(read, commands);
  const all = [...faults, ...drafts.faults, ...advice];
  const due = dueOn(await listReviews(directory), today);
  const articles = await Promise.all(read.folders.map((folder) => toArticle(folder, all, due)));
  const placed = new Set(articles.flatMap((one) => [...one.faults, ...one.topics.flatMap((topic) => topic.faults)]));
  return {
    articles,
    faults: all.filter((fault) => !placed.has(fault)),
    draft: toDraftLibrary(read),
    live: library,
  };
}

async function toArticle(
  folder: Folder,
  all: readonly Fault[],
  due: readonly { readonly file: string }[],
): Promise<DeskArticle> {
  const { path, article, topics } = folder;
  const source = await readText(join(path, PARAGRAPHS_FILE));
  const slugs = [...new Set([...topics, ...folder.wordings].map(({ slug }) => slug))];
  const listed = slugs.map((slug): DeskTopic => {
    const topic = topics.find((one) => one.slug === slug);
    const page = join(path, 'topics', `${slug}.md`);
    const wordings = join(path, 'wordings', `${slug}.yaml`);
    return {
      slug,
      title: topic?.value?.title ?? slug,
      state: topic && !topic.draft ? 'live' : topic?.waits ? 'ready' : 'draft',
      claims: topic?.value?.claims.filter(({ withdrawn }) => !withdrawn).length ?? 0,
      unworded: topic?.value?.claims.filter(({ text }) => text.startsWith(PLACEHOLDER)).length ?? 0,
      faults: all.filter(({ file }) => file === show(page) || file === show(wordings)),
      due: due.filter(({ file }) => file === show(page)).length,
      page,
      wordings,
    };
  });
  const cited = new Map<string, { topic: string; id: string; isWorded: boolean }[]>();
  for (const { slug, value } of topics)
    for (const { id, paragraph, withdrawn, text } of value?.claims ?? [])
      for (const one of withdrawn ? [] : paragraph)
        cited.set(String(one), [
          ...(cited.get(String(one)) ?? []),
          { topic: slug, id, isWorded: !text.startsWith(PLACEHOLDER) },
        ]);
  const own = new Set(listed.flatMap(({ faults }) => faults));
  return {
    slug: article.slug,
    title: article.value?.title ?? article.slug,
    state: article.draft ? 'draft' : 'live',
    topics: listed,
    paragraphs: article.value ? listParagraphs(article.value) : [],
    cited,
    ...('text' in source ? { source: parseParagraphs(source.text) } : {}),
    apart: 'text' in source ? parseSetApart(source.text) : [],
    faults: all.filter((fault) => fault.file.startsWith(`${show(path)}/`) && !own.has(fault)),
    record: join(path, 'article.yaml'),
    notes: join(path, 'notes.md'),
    folder,
  };
}

/** The paragraphs of which no topic says anything in words yet. */
export function uncovered({ paragraphs, cited }: DeskArticle): Paragraph[] {
  return paragraphs.filter((paragraph) => !cited.get(String(paragraph))?.some(({ isWorded }) => isWorded));
}
