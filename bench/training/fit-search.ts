// Fits src/search/decide/weights.ts on the content's own questions, each asked of content without it, and on the questions of
// tests/questions/*.tune.jsonl. Prints the weights, those without meaning with --words. Reading 10,000 sentences by meaning takes
// some minutes. Run with: npx node bench/training/fit-search.ts
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadContent } from '../../src/content/load.ts';
import { parseQuestions } from '../../src/editorial/evaluate.ts';
import { type Examples, type Known, measureKnown, measureOwn, WEIGHTS } from '../../src/search/fit/examples.ts';
import { type Example, fitLogistic } from '../../src/search/fit/logistic-regression.ts';
import { type Semantics, startSemantics } from '../../src/search/semantic.ts';

const ARTICLES = {
  'azerbaijan-israel': 'content',
  'tram-line': 'tests/fixtures/articles',
  'kelp-farms': 'tests/fixtures/articles',
  'phone-ban': 'tests/fixtures/articles',
};
/** Kinds that the models decide; rules decide the others. */
const KINDS = new Set(['plain', 'paraphrase', 'terse', 'near-miss', 'turned', 'unrelated']);
/** How much more strangers' questions count for whether a claim answers: the content's own are many and like one another. */
const STRANGERS = 20;

const print = (line: string) => process.stdout.write(`${line}\n`);

async function readKnown(slug: string): Promise<Known[]> {
  const file = `tests/questions/${slug}.tune.jsonl`;
  const questions = parseQuestions(file, await readFile(file, 'utf8'));
  return questions
    .filter(({ kind }) => KINDS.has(kind))
    .map(({ question, verdict, paragraphs }) => ({
      text: question,
      answers: (claim) => verdict === 'answered' && claim.paragraphs.some((one) => paragraphs.includes(one)),
      about: verdict !== 'declined',
      weight: WEIGHTS.written,
    }));
}

async function measureAll(semantics: Semantics | undefined): Promise<{ own: Examples; written: Examples }> {
  const all = { own: { answer: [], about: [] } as Examples, written: { answer: [], about: [] } as Examples };
  const add = (to: Examples, { answer, about }: Examples) => {
    to.answer.push(...answer);
    to.about.push(...about);
  };
  for (const [slug, folder] of Object.entries(ARTICLES)) {
    const alone = await mkdtemp(join(tmpdir(), 'fit-'));
    await cp(join(folder, slug), join(alone, slug), { recursive: true });
    const library = await loadContent(alone, []);
    add(all.own, await measureOwn(library, semantics));
    add(all.written, await measureKnown(library, await readKnown(slug), semantics));
    await rm(alone, { recursive: true });
    print(`measured ${slug}`);
  }
  return all;
}

const more = <Features>(examples: readonly Example<Features>[]) =>
  examples.map((one) => ({ ...one, weight: one.weight * STRANGERS }));

const words = process.argv.includes('--words');
const semantics = words ? undefined : startSemantics('data/fit-embeddings.bin');
const { own, written } = await measureAll(semantics);
const weights = {
  answer: fitLogistic([...own.answer, ...more(written.answer)]),
  about: fitLogistic([...own.about, ...written.about]),
};
print(`${words ? 'LEXICAL_WEIGHTS' : 'SEMANTIC_WEIGHTS'}: ${JSON.stringify(weights, null, 2)}`);
await semantics?.close();
