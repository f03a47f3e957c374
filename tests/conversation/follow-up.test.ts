import { describe, expect, it } from 'vitest';
import { readFollowUp } from '../../src/conversation/follow-up.ts';
import { createLibrary } from '../../src/core/library.ts';
import type { Before } from '../../src/core/search.ts';
import { ARTICLE, claimOf, topicOf } from '../support/content.ts';

const library = createLibrary(
  [ARTICLE],
  [
    topicOf('oil', {
      claims: [
        claimOf({ id: 'oil-buyers', text: 'France buys the oil.' }),
        claimOf({ id: 'oil-share', kind: 'figure', date: '2019' }),
      ],
    }),
  ],
);
const before: Before = { question: 'Who buys the oil in France?', claims: ['oil-buyers', 'oil-share'], topic: 'oil' };
const read = (text: string, last: Before | undefined = before) => readFollowUp(text, last, library);

describe('with nothing before it', () => {
  it.each([
    'and why?',
    'why',
    'Why not?',
    'and?',
    'so?',
    'Tell me more',
    'go on',
    'how much was that?',
    'when was it',
    'who says so?',
    'is that true?',
    'who is he?',
    'what do you mean?',
    'where did that happen?',
    'what about them?',
  ])('%j points at nothing', (text) => {
    expect(readFollowUp(text, undefined, library)).toMatchObject({ kind: 'unclear' });
  });

  it.each([
    'why does France buy the oil?',
    'what about Turkey?',
    'and Turkey?',
    'tell me more about the oil',
    'how much did it cost?',
    'who says that France buys oil?',
    'is it true that France buys oil?',
    'oil',
    'Türkiye?',
    'Wer kauft das Öl?',
  ])('%j stands alone', (text) => {
    expect(readFollowUp(text, undefined, library)).toEqual({ kind: 'alone' });
  });
});

it.each([
  ['who says so?', false],
  ['is that true?', false],
  ['is this fact or opinion?', true],
  ['any sources?', true],
  ['and why?', true],
])('%j may mean the article as a whole: %s', (text, mayMeanArticle) => {
  expect(readFollowUp(text, undefined, library)).toEqual({ kind: 'unclear', mayMeanArticle });
});

describe('after an answer', () => {
  it.each([
    'tell me more',
    'Go on!',
    'and?',
    'what else?',
    'anything else',
    'more about that, please',
    'can you elaborate?',
  ])('%j wants more on the topic', (text) => {
    expect(read(text)).toEqual({ kind: 'more', before });
  });

  it.each([
    'who says so?',
    'says who?',
    'who said that?',
    'is that true?',
    'Really?',
    'is that fact or opinion?',
    'is this his own number',
    'how does he know?',
    'does he give a source for that?',
    'does the author prove it?',
    'any evidence?',
    'And where does that number come from?',
  ])('%j asks who says so', (text) => {
    expect(read(text)).toEqual({ kind: 'trace', ids: before.claims, before });
  });

  it.each([
    ['how much was that?', ['oil-share']],
    ['how many?', ['oil-share']],
    ['when was that?', ['oil-share']],
    ['and in which year?', ['oil-share']],
  ])('%j is answered by the claims that hold it', (text, ids) => {
    expect(read(text)).toEqual({ kind: 'claims', ids, before });
  });

  it.each([
    ['and why?', 'why'],
    ['how come', 'how come'],
    ['where is that?', 'where'],
    ['who is that', 'who'],
  ])('%j asks that of the question before, or of the topic', (text, asked) => {
    const meant = ['buys the oil in France', 'oil'].map((subject) => ({ text: asked, subject }));
    expect(read(text)).toEqual({
      kind: 'follow-up',
      meant,
      before,
      asksFurther: true,
      mayStandAlone: false,
      mayRepeat: false,
    });
  });

  it('asks it of the question before if no claim holds it', () => {
    const last = { ...before, claims: ['oil-buyers'] };
    expect(read('how much was that?', last)).toEqual({
      kind: 'follow-up',
      meant: ['buys the oil in France', 'oil'].map((subject) => ({ text: 'how much', subject })),
      before: last,
      asksFurther: true,
      mayStandAlone: false,
      mayRepeat: false,
    });
  });

  it.each([
    ['what about Turkey?', 'Who buys the oil in Turkey?', 'Turkey'],
    ['and Turkey?', 'Who buys the oil in Turkey?', 'Turkey'],
    ['how about the grain?', 'Who buys the oil in the grain?', 'the grain'],
  ])('%j puts the new words into the question before, or adds them', (text, replaced, named) => {
    const meant = [
      { text: replaced, subject: '' },
      { text: named, subject: 'buys the oil in France' },
      { text, subject: '' },
    ];
    expect(read(text)).toMatchObject({ kind: 'follow-up', meant, before, asksFurther: false, mayRepeat: false });
  });

  it('puts another year in place of the one that was asked about', () => {
    const last = { ...before, question: 'how much oil was sold in 2019?' };
    expect(read('and in 2020?', last)).toMatchObject({
      meant: [{ text: 'how much oil was sold in 2020?' }, { text: 'in 2020' }, { text: 'and in 2020?' }],
    });
  });

  it.each(['How much did it cost?', 'When did they sell it?', 'Who refused?', 'And what did he answer to that?'])(
    '%j is put together with what was talked about, and tried as it is at last',
    (text) => {
      const rest = text.toLowerCase().replace(/^and |\?$/g, '');
      expect(read(text)).toEqual({
        kind: 'follow-up',
        meant: [
          { text: rest, subject: 'buys the oil in France' },
          { text: rest, subject: 'oil' },
          { text, subject: '' },
        ],
        before,
        asksFurther: false,
        mayStandAlone: false,
        mayRepeat: true,
      });
    },
  );

  it('that may say all that it means is first tried as it stands', () => {
    expect(read('and who sells the grain of the northern ports?')).toMatchObject({ mayStandAlone: true });
  });

  it.each([
    'does the author mention the embassy in Baku?',
    'who wrote the article?',
    'why does France buy the oil?',
    'who sells the grain of the northern ports?',
    'grain',
  ])('%j stands alone', (text) => {
    expect(read(text)).toEqual({ kind: 'alone', before });
  });
});

describe('what a follow-up points at', () => {
  it('is nothing, if somebody only greets', () => {
    expect(read('Hi there! Who is the mayor of Calais, please :)')).toMatchObject({ kind: 'alone' });
  });

  it('is nothing, if something only is there', () => {
    expect(read('Are there any churches in Calais?')).toMatchObject({ kind: 'alone' });
    expect(read('are they there?')).toMatchObject({ kind: 'follow-up' });
  });

  it('is the question before without its greeting, as one subject', () => {
    const last = { ...before, question: 'Hello! Who buys the oil? In France? Thanks!' };
    expect(read('how did it start?', last)).toMatchObject({
      meant: [{ subject: 'buys the oil, In France' }, { subject: 'oil' }, { subject: '' }],
    });
  });
});

it('“and in Spain?” is answered by nothing but the same question of Spain', () => {
  expect(read('and in Spain?')).toMatchObject({
    kind: 'follow-up',
    meant: [
      { text: 'Who buys the oil in Spain?', subject: '' },
      { text: 'in Spain', loose: true },
      { text: 'and in Spain?', loose: true },
    ],
  });
});
