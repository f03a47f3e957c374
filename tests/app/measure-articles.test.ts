import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { examplesOf, measureArticles } from '../../src/app/measure-articles.ts';
import { WEIGHTS } from '../../src/search/decide/weights.ts';
import { aboutExamples } from '../../src/search/fit/examples.ts';
import { fitLogistic } from '../../src/search/fit/logistic-regression.ts';

const FOLDERS = ['tests/fixtures/articles'];
const QUESTIONS = [
  { kind: 'plain', question: 'How many kelp farms are there?', verdict: 'answered', paragraphs: [1] },
  { kind: 'near-miss', question: 'What colour is the kelp?', verdict: 'nearest' },
  { kind: 'unrelated', question: 'How do I boil an egg?', verdict: 'declined' },
  { kind: 'conversation', question: 'and why?', before: 'Who grows it?', verdict: 'answered', paragraphs: [2] },
];

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'fit-'));
});
afterAll(() => rm(directory, { recursive: true }));

async function writeSet(name: string): Promise<string> {
  const file = join(directory, name);
  await writeFile(file, QUESTIONS.map((one, id) => JSON.stringify({ id: String(id), ...one })).join('\n'));
  return file;
}

it('measures the questions of a set against the article that it is named after, and fits weights on them', async () => {
  const file = await writeSet('kelp-farms.tune.jsonl');
  const [article, ...others] = await measureArticles(FOLDERS, [file], () => undefined);
  expect(others).toEqual([]);
  // Rules decide a follow-up, so it isn't measured.
  expect(article?.written.map(({ known: { text } }) => text)).toEqual(QUESTIONS.slice(0, 3).map((one) => one.question));
  expect(article?.written.map(({ known: { about } }) => about)).toEqual([true, true, false]);
  expect(article?.own.length).toBeGreaterThan(100);
  const measured = article ? [article] : [];
  const answer = fitLogistic(examplesOf(measured), ['noOthers']);
  const about = fitLogistic(measured.flatMap(({ own, written }) => aboutExamples([...own, ...written])));
  // The search reads just these.
  expect(Object.keys(answer).sort()).toEqual(Object.keys(WEIGHTS.lexical.answer).sort());
  expect(Object.keys(about).sort()).toEqual(Object.keys(WEIGHTS.lexical.about).sort());
  expect(answer.coverage).toBeGreaterThan(0);
  expect(about.coverage).toBeGreaterThan(0);
}, 60_000);

it('says which file belongs to no article', async () => {
  const file = await writeSet('no-such-article.tune.jsonl');
  await expect(measureArticles(FOLDERS, [file], () => undefined)).rejects.toThrow(
    /no-such-article.*name the file after/,
  );
});
