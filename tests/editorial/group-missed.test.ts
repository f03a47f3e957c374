import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { MissedText } from '../../src/core/missed.ts';
import { createSubjectLikeness, groupMissed } from '../../src/editorial/group-missed.ts';

const DAY = 24 * 3_600_000;
const missed = (text: string, parts: Partial<MissedText> = {}): MissedText => ({
  text,
  verdict: 'declined',
  count: 1,
  first: DAY,
  last: DAY,
  wanted: [],
  ...parts,
});

it('questions in the same telling words are one, led by the most frequent', () => {
  const groups = groupMissed([
    missed('price of a berth'),
    missed('What is the price of a berth?', {
      count: 3,
      last: 3 * DAY,
      claim: 'a/x',
      article: 'a',
      verdict: 'nearest',
    }),
    missed('what is the PRICE of a berth', { claim: 'a/y', wanted: ['euros'] }),
    missed('Who owns the cranes?', { count: 2, first: 2 * DAY, last: 2 * DAY }),
  ]);
  expect(groups).toEqual([
    {
      id: groups[0]?.id,
      texts: ['What is the price of a berth?', 'price of a berth'],
      verdict: 'nearest',
      count: 5,
      first: '1970-01-02',
      last: '1970-01-04',
      article: 'a',
      nearest: ['a/x', 'a/y'],
      wanted: ['euros'],
    },
    {
      id: groups[1]?.id,
      texts: ['Who owns the cranes?'],
      verdict: 'declined',
      count: 2,
      first: '1970-01-03',
      last: '1970-01-03',
      nearest: [],
      wanted: [],
    },
  ]);
  expect(groups[0]?.id).toMatch(/^[a-z0-9]{12}$/);
});

it('likeness may be told otherwise', () => {
  const texts = ['How much is a berth?', 'What do moorings cost?', 'Who rules?'].map((text) => missed(text));
  expect(groupMissed(texts)).toHaveLength(3);
  expect(groupMissed(texts, (a, b) => !a.includes('rules') && !b.includes('rules'))).toHaveLength(2);
});

it('no question is lost, whatever was asked, and their order makes no difference', () => {
  const words = fc.array(fc.constantFrom('berth', 'price', 'crane', 'who', 'owns', 'the', '?'), { maxLength: 5 });
  const one = fc.record({ words, count: fc.integer({ min: 1, max: 9 }), day: fc.integer({ min: 1, max: 99 }) });
  fc.assert(
    fc.property(fc.array(one, { maxLength: 20 }), (list) => {
      const all = list.map(({ words: own, count, day }, index) =>
        missed(`${own.join(' ')} ${index}`, { count, first: day * DAY, last: day * DAY }),
      );
      const groups = groupMissed(all);
      const total = (counts: readonly { readonly count: number }[]) =>
        counts.reduce((sum, { count }) => sum + count, 0);
      expect(total(groups)).toBe(total(all));
      expect(new Set(groups.map(({ id }) => id)).size).toBe(groups.length);
      expect(groupMissed(all.toReversed())).toEqual(groups);
    }),
  );
});

it('a subject in common is a telling word that is nobody’s name', () => {
  const share = createSubjectLikeness(['Northland', 'Southland', 'Southlander']);
  expect(share('How much did the trams cost Northland?', 'What is the price of a tram?')).toBe(true);
  expect(share('How much did Northland pay Southland?', 'How much do Southlanders owe Northland?')).toBe(false);
  expect(share('', '')).toBe(false);
});
