import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { composeVoteId, parseVoteId, VOTES } from '../../src/core/feedback.ts';
import type { Markup } from '../../src/core/note.ts';
import { findFigures } from '../../src/core/quantity.ts';
import { composeClaimEntry, shareTrace, writeOwnTrace, writeSharedTrace } from '../../src/core/reply.ts';
import { english } from '../../src/i18n/words.ts';
import { claimOf, topicOf } from '../support/content.ts';

const PLAIN: Markup = { text: (text) => text, link: (shown) => shown };

describe('what most claims share', () => {
  const entryOf = (parts: Parameters<typeof claimOf>[0]) => composeClaimEntry(claimOf(parts), topicOf('a'));
  const say = (entries: ReturnType<typeof entryOf>[]) => {
    const shared = shareTrace(entries, english);
    return [
      shared && writeSharedTrace(shared, PLAIN, english),
      ...entries.map((entry) => writeOwnTrace(entry, shared, PLAIN, english).join(' · ')),
    ];
  };

  it('is said once, and a claim says only what is different', () => {
    expect(say([entryOf({}), entryOf({}), entryOf({ speaker: 'the mayor' })])).toEqual([
      'From paragraph 1, said by Ada Example, unless a line says otherwise',
      '',
      '',
      'the mayor',
    ]);
    expect(say([entryOf({ paragraphs: [1] }), entryOf({ paragraphs: [2] })])).toEqual([
      'Said by Ada Example',
      'paragraph 1',
      'paragraph 2',
    ]);
  });

  it('is nothing for one claim, for halves, and for claims of several articles', () => {
    expect(say([entryOf({})])).toEqual([undefined, 'paragraph 1 · Ada Example']);
    const halves = [entryOf({}), entryOf({ paragraphs: [2], speaker: 'the mayor' })];
    expect(say(halves)).toEqual([undefined, 'paragraph 1 · Ada Example', 'paragraph 2 · the mayor']);
    expect(shareTrace([...halves, ...halves], english)).toBeUndefined();
    const { article } = topicOf('a');
    const other = composeClaimEntry(claimOf(), topicOf('b', { article: { ...article, slug: 'other' } }));
    expect(shareTrace([entryOf({}), other], english)).toBeUndefined();
  });
});

describe('figures', () => {
  const mark = (text: string, ...values: number[]) =>
    findFigures(
      text,
      values.map((value) => ({ value, unit: '' })),
    )
      .map((run) => (run.isFigure ? `<${run.text}>` : run.text))
      .join('');

  it.each([
    ['More than 30,000 people live there.', [30_000], 'More than <30,000> people live there.'],
    ['It cost £38 million in 2020.', [38], 'It cost <£38 million> in 2020.'],
    ['Over 60 % and 60% and 60 per cent.', [60], 'Over <60 %> and <60%> and <60 per cent>.'],
    ['The Hermes 900 of paragraph 8.', [4], 'The Hermes 900 of paragraph 8.'],
    ['The 21st of 21.', [21], 'The 21st of <21>.'],
    ['4.5 of 4,500 and 45.', [4.5], '<4.5> of 4,500 and 45.'],
  ])('%s', (text, values, expected) => {
    expect(mark(text, ...values)).toBe(expected);
  });

  it('of any text lose no letter of it', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.nat()), (text, values) => {
        const quantities = values.map((value) => ({ value, unit: '' }));
        expect(
          findFigures(text, quantities)
            .map((run) => run.text)
            .join(''),
        ).toBe(text);
      }),
    );
  });
});

describe('a vote', () => {
  it('is read back from a button of every platform, for any question, both votes on the same words', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 300, size: 'max' }), (question) => {
        const ids = VOTES.map((vote) => composeVoteId(vote, question));
        for (const id of ids) expect(id.length).toBeLessThanOrEqual(100);
        const [helpful, unhelpful] = ids.map(parseVoteId);
        expect([helpful?.vote, unhelpful?.vote]).toEqual(VOTES);
        expect(helpful?.question).toBe(unhelpful?.question);
      }),
    );
  });

  it('is nothing else', () => {
    for (const id of ['', '/drones', 'rate:helpful:', 'rate:maybe:x']) expect(parseVoteId(id)).toBeUndefined();
  });
});
