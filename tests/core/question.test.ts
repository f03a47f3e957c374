import fc from 'fast-check';
import { expect, it } from 'vitest';
import { RefusedQuestion } from '../../src/core/errors.ts';
import {
  cleanQuestion,
  cleanText,
  composeQuestionPath,
  createQuestion,
  MAX_QUESTION_LENGTH,
  parseQuestionPath,
} from '../../src/core/question.ts';

it('a question survives the way through a button', () => {
  fc.assert(
    fc.property(
      fc.stringMatching(/^[a-z0-9-]{1,31}$/),
      fc.dictionary(fc.stringMatching(/^[a-z]{1,10}$/), fc.string({ unit: 'grapheme' })),
      fc.option(fc.nat(999_999_999), { nil: undefined }),
      fc.option(fc.stringMatching(/^[A-Za-z0-9]{1,40}$/), { nil: undefined }),
      fc.boolean(),
      (command, options, from, place, hidden) => {
        const about = { ...(from === undefined ? {} : { from }), ...(place === undefined ? {} : { place }) };
        const question = createQuestion(command, { ...options }, { ...about, private: hidden });
        expect(parseQuestionPath(composeQuestionPath(question))).toEqual(question);
      },
    ),
  );
});

it('a path that is none, or has a page or a place that is none, does no harm', () => {
  expect(parseQuestionPath('')).toBeUndefined();
  expect(parseQuestionPath('drones')).toBeUndefined();
  expect(parseQuestionPath('/drones?~from=-7')).toEqual(createQuestion('drones', {}, { from: 0 }));
  expect(parseQuestionPath('/drones?~from=many')).toEqual(createQuestion('drones', {}, { from: 0 }));
  for (const place of ['', '1>', '<#1>', ' 1', 'x'.repeat(41)]) {
    expect(parseQuestionPath(`/drones?~place=${encodeURIComponent(place)}`)).toBeUndefined();
  }
});

it.each([
  ['control characters', 'dro\u0000nes\u0007 \u001b[31mred', 'dro nes [31mred'],
  ['white space', '  many \n\n\t words  ', 'many words'],
  ['direction overrides', 'abc\u202Edef\u2066ghi\u200F', 'abcdefghi'],
  ['right-to-left letters stay', 'מי מוכר נשק?', 'מי מוכר נשק?'],
  ['joined emoji stay', '👩‍🚀 drones', '👩‍🚀 drones'],
  ['a lone surrogate', 'a\uD800b', 'ab'],
])('cleans %s', (_, text, clean) => {
  expect(cleanText(text)).toBe(clean);
});

it('refuses what is too long, and says how long it may be', () => {
  const long = createQuestion('ask', { question: 'x'.repeat(MAX_QUESTION_LENGTH + 1) });
  expect(() => cleanQuestion(long)).toThrow(RefusedQuestion);
  expect(() => cleanQuestion(long)).toThrow('1001 characters. The limit is 1000');
  expect(cleanQuestion(createQuestion('ask', { question: 'x'.repeat(MAX_QUESTION_LENGTH) }))).toBeDefined();
});
