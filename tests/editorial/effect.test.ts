import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { measureEffect } from '../../src/app/measure-effect.ts';
import { createLibrary } from '../../src/core/library.ts';
import type { Findings } from '../../src/core/search.ts';
import {
  describeEffect,
  type EffectQuestion,
  effectOf,
  MAX_EFFECT_QUESTIONS,
  questionsOf,
  toEffectQuestions,
  withWording,
} from '../../src/editorial/effect.ts';
import { parseQuestions } from '../../src/editorial/evaluate.ts';
import { readEffectQuestions } from '../../src/editorial/question-sets.ts';
import { ARTICLE, claimOf, topicOf } from '../support/content.ts';
import { partOf, passageOf } from '../support/scripted-search.ts';

const library = createLibrary(
  [ARTICLE],
  [
    topicOf('ports', {
      claims: [
        claimOf({ id: 'test/deep', text: 'The harbour is deep.', asks: ['How deep is the old harbour?'] }),
        claimOf({ id: 'test/grain', text: 'Grain is shipped.', paragraphs: [2], asks: ['What goods are shipped?'] }),
      ],
      unanswered: ['Who owns the harbour cranes?'],
    }),
  ],
);
const answered = (id: string): Findings => ({
  parts: [partOf('', { verdict: 'answered', passages: [passageOf(library, id)] })],
});
const near = (id: string): Findings => ({
  parts: [partOf('', { verdict: 'nearest', nearest: [passageOf(library, id)] })],
});
const declined: Findings = { parts: [partOf('', {})] };
const deep: EffectQuestion = { text: 'How deep?', wanted: 'answered', claims: ['test/deep'] };
const grain: EffectQuestion = { text: 'Which goods?', wanted: 'answered', paragraphs: [2] };
const open: EffectQuestion = { text: 'Who owns it?', wanted: 'open' };
const unknown: EffectQuestion = { text: 'How wide?', wanted: 'unknown' };

it('counts what is right before and after, and tells what changes, the worst first', async () => {
  const before: Record<string, Findings> = { [deep.text]: declined, [grain.text]: answered('test/grain') };
  const after: Record<string, Findings> = {
    [deep.text]: answered('test/deep'),
    [grain.text]: near('test/deep'),
    [unknown.text]: answered('test/deep'),
  };
  const ask = (script: Record<string, Findings>) => async (text: string) => script[text] ?? declined;
  const lost: EffectQuestion = { text: 'How old?', wanted: 'answered' };
  const effect = await effectOf(ask(before), ask(after), [deep, unknown, grain, open, lost]);
  expect(effect).toEqual({
    asked: 4,
    right: { before: 2, after: 2 },
    changes: [
      {
        question: 'Which goods?',
        before: 'answered with “Grain is shipped.”',
        after: 'not answered, nearest “The harbour is deep.”',
        better: false,
      },
      { question: 'How deep?', before: 'declined', after: 'answered with “The harbour is deep.”', better: true },
      { question: 'How wide?', before: 'declined', after: 'answered with “The harbour is deep.”' },
    ],
    wrong: [{ question: 'How old?', after: 'declined' }],
  });
  expect(describeEffect(effect)).toEqual([
    'Of 4 questions with a known answer, 2 are right, as before.',
    'These would go wrong:',
    '“Which goods?” was answered with “Grain is shipped.”, and would be not answered, nearest “The harbour is deep.”.',
    'These would come right:',
    '“How deep?” was declined, and would be answered with “The harbour is deep.”.',
    'These would change:',
    '“How wide?” was declined, and would be answered with “The harbour is deep.”.',
    'These are wrong, as before:',
    '“How old?” is declined.',
  ]);
  expect(describeEffect(await effectOf(ask({}), ask({}), []))).toEqual([
    'There is no question by which this could be judged.',
  ]);
});

it('a wrong claim, a refusal and an open question that is answered are wrong', async () => {
  const { right } = await effectOf(
    async () => answered('test/deep'),
    async () => ({ ...answered('test/deep'), refusal: 'side' }),
    [deep, grain, open],
  );
  expect(right).toEqual({ before: 1, after: 1 });
});

it('asks no more than it may', async () => {
  let asked = 0;
  const count = async () => {
    asked += 1;
    return declined;
  };
  const many = Array.from({ length: 3 * MAX_EFFECT_QUESTIONS }, () => open);
  expect((await effectOf(count, count, many)).asked).toBe(MAX_EFFECT_QUESTIONS);
  expect(asked).toBe(2 * MAX_EFFECT_QUESTIONS);
  asked = 0;
  expect((await effectOf(count, count, many, () => asked < 10)).asked).toBe(5);
});

it('the content’s own wordings are asked in their telling words', () => {
  expect(questionsOf(library, 10)).toEqual([
    { text: 'deep old harbour', wanted: 'answered', claims: ['test/deep'] },
    { text: 'goods shipped', wanted: 'answered', claims: ['test/grain'] },
    { text: 'owns harbour cranes', wanted: 'open' },
  ]);
  expect(questionsOf(library, 2).map(({ text }) => text)).toEqual(['deep old harbour', 'goods shipped']);
});

it('question sets of an article’s folder count too', async () => {
  const line = (parts: object) => JSON.stringify({ id: 'q', kind: 'k', question: 'Who?', ...parts });
  const text = [
    line({ verdict: 'answered', paragraphs: [2] }),
    line({ verdict: 'nearest' }),
    line({ verdict: 'record' }),
    line({ verdict: 'declined', before: 'And?' }),
  ].join('\n');
  const expected = [
    { text: 'Who?', wanted: 'answered', claims: undefined, paragraphs: [2] },
    { text: 'Who?', wanted: 'open' },
  ];
  expect(toEffectQuestions(parseQuestions('a', text))).toEqual(expected);
  const directory = mkdtempSync(join(tmpdir(), 'briefing-sets-'));
  try {
    expect(await readEffectQuestions(join(directory, 'none'))).toEqual([]);
    mkdirSync(join(directory, 'harbour/questions'), { recursive: true });
    writeFileSync(join(directory, 'harbour/questions/own.jsonl'), text);
    writeFileSync(join(directory, 'harbour/questions/notes.txt'), 'no set');
    expect(await readEffectQuestions(directory)).toEqual(expected);
  } finally {
    rmSync(directory, { recursive: true });
  }
});

it('one more wording answers what it asks, and one more open question declines it', async () => {
  const question = 'What is the draught alongside?';
  const asked: EffectQuestion = { text: question, wanted: 'answered', claims: ['test/deep'] };
  const worded = withWording(library, { claim: 'test/deep', question });
  expect((await measureEffect(library, worded, [asked], undefined)).right).toEqual({ before: 0, after: 1 });
  const left = withWording(worded, { topic: 'ports', question: 'How deep is the old harbour?' });
  expect(left.topics[0]?.unanswered).toEqual(['Who owns the harbour cranes?', 'How deep is the old harbour?']);
  expect(withWording(library, { claim: 'none', question }).topics).toEqual(library.topics);
});
