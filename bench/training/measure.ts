// Measures strangers' questions, and each article's own, for what fits and tests the weights of the search.
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadContent } from '../../src/content/load.ts';
import { parseQuestions } from '../../src/editorial/evaluate.ts';
import {
  answerExamples,
  type Known,
  type Measured,
  measureKnown,
  measureOwn,
  WEIGHTS,
} from '../../src/search/fit/examples.ts';
import type { Semantics } from '../../src/search/semantic.ts';

interface Source {
  readonly slug: string;
  readonly folder: string;
  /** How much its strangers' questions count: more if the article has as many wordings as the guide asks for. */
  readonly times: number;
}

const SOURCES: readonly Source[] = [
  { slug: 'azerbaijan-israel', folder: 'content', times: 3 },
  { slug: 'tram-line', folder: 'tests/fixtures/articles', times: 1 },
  { slug: 'kelp-farms', folder: 'tests/fixtures/articles', times: 1 },
  { slug: 'phone-ban', folder: 'tests/fixtures/articles', times: 1 },
];
/** Kinds that the models decide; rules decide the others. */
const KINDS: ReadonlySet<string> = new Set(['plain', 'paraphrase', 'terse', 'near-miss', 'turned', 'unrelated']);
/** How much more strangers' questions count for whether a claim answers: the content's own are many and like one another. */
const STRANGERS = 20;

export interface MeasuredArticle {
  readonly slug: string;
  readonly own: readonly Measured[];
  readonly written: readonly Measured[];
  readonly times: number;
}

/** Measures all questions to tune by, article by article. */
export async function measureArticles(semantics: Semantics | undefined): Promise<MeasuredArticle[]> {
  const articles: MeasuredArticle[] = [];
  for (const { slug, folder, times } of SOURCES) {
    const alone = await mkdtemp(join(tmpdir(), 'fit-'));
    await cp(join(folder, slug), join(alone, slug), { recursive: true });
    const library = await loadContent(alone, []);
    const own = await measureOwn(library, semantics);
    const written = await measureKnown(library, await readKnown(slug), semantics);
    articles.push({ slug, own, written, times });
    await rm(alone, { recursive: true });
    process.stderr.write(`measured ${slug}\n`);
  }
  return articles;
}

/** What the model of answers learns from some articles. */
export function examplesOf(articles: readonly MeasuredArticle[]) {
  return articles.flatMap(({ own, written, times }) => [
    ...answerExamples(own),
    ...answerExamples(written, STRANGERS * times),
  ]);
}

async function readKnown(slug: string): Promise<Known[]> {
  const file = `tests/questions/${slug}.tune.jsonl`;
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
