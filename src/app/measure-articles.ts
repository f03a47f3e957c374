import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { loadContent } from '../content/load.ts';
import type { Article } from '../core/article.ts';
import { UserError } from '../core/errors.ts';
import { createLibrary, type Library } from '../core/library.ts';
import { parseQuestions } from '../editorial/evaluate.ts';
import {
  answerExamples,
  type Known,
  type Measured,
  measureKnown,
  measureOwn,
  WEIGHTS,
} from '../search/fit/examples.ts';
import type { Semantics } from '../search/semantic.ts';
import { commandNames } from './open-content.ts';

/** Kinds of question that the models decide; rules decide the others. */
const KINDS: ReadonlySet<string> = new Set(['plain', 'paraphrase', 'terse', 'near-miss', 'turned', 'unrelated']);
/** How much more strangers' questions count for whether a claim answers: the content's own are many and like one another. */
const STRANGERS = 20;
/** How many wordings a claim has on the average if its article is as full as the guide asks for. Such an article's questions count more. */
const MANY_WORDINGS = 35;
const FULL = 3;

/** An article's own questions and strangers' questions on it, measured. */
export interface MeasuredArticle {
  readonly slug: string;
  readonly own: readonly Measured[];
  readonly written: readonly Measured[];
  /** How much its strangers' questions count. */
  readonly times: number;
}

/**
 * Measures the questions of some files, each named after its article's folder, such as `kelp-farms.tune.jsonl`, against that
 * article in one of the content folders, by words alone if `openSemantics` gives no model. Closes the models. Throws UserError if
 * there is no such article.
 */
export async function measureArticles(
  folders: readonly string[],
  files: readonly string[],
  openSemantics: (slug: string) => Semantics | undefined,
  onMeasured: (slug: string) => void = () => undefined,
): Promise<MeasuredArticle[]> {
  const libraries = await Promise.all(folders.map((folder) => loadContent(folder, commandNames)));
  const measured: MeasuredArticle[] = [];
  for (const file of files) {
    const [slug = ''] = basename(file).split('.');
    const library = libraries.flatMap((one) => only(one, slug) ?? [])[0];
    if (!library) {
      throw new UserError(
        `${file} belongs to an article in a folder ${slug}, which none of ${folders.join(', ')} has; name the file after its article`,
      );
    }
    const known = await readKnown(file);
    const semantics = openSemantics(slug);
    try {
      const own = await measureOwn(library, semantics);
      const written = await measureKnown(library, known, semantics);
      measured.push({ slug, own, written, times: isFull(library) ? FULL : 1 });
    } finally {
      await semantics?.close();
    }
    onMeasured(slug);
  }
  return measured;
}

/** What the model of answers learns from some articles. */
export function examplesOf(articles: readonly MeasuredArticle[]) {
  return articles.flatMap(({ own, written, times }) => [
    ...answerExamples(own),
    ...answerExamples(written, STRANGERS * times),
  ]);
}

/** The part of a library that belongs to one article. */
function only({ articles, topics }: Library, slug: string): Library | undefined {
  const article = articles.find((one: Article) => one.slug === slug);
  return (
    article &&
    createLibrary(
      [article],
      topics.filter((topic) => topic.article === article),
    )
  );
}

function isFull({ topics }: Library): boolean {
  const claims = topics.flatMap((topic) => topic.claims);
  return claims.reduce((sum, { asks }) => sum + asks.length, 0) >= MANY_WORDINGS * claims.length;
}

async function readKnown(file: string): Promise<Known[]> {
  const questions = parseQuestions(file, await readFile(file, 'utf8'));
  return questions
    .filter(({ kind }) => KINDS.has(kind))
    .map(({ question, kind, verdict, paragraphs }) => ({
      text: question,
      kind,
      answers: (claim) => verdict === 'answered' && claim.paragraphs.some((one) => paragraphs.includes(one)),
      about: verdict !== 'declined',
      weight: WEIGHTS.written,
    }));
}
