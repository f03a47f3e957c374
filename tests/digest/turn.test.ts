import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Claim, Topic } from '../../src/core/article.ts';
import { createLibrary } from '../../src/core/library.ts';
import { composeDigest } from '../../src/digest/compose-digest.ts';
import { chooseTurn } from '../../src/digest/rotation.ts';
import { takeTurn } from '../../src/digest/turn.ts';
import type { Shown } from '../../src/store/ledger.ts';
import { ARTICLE, claimOf, topicOf } from '../support/content.ts';

const claims = (...names: string[]) => names.map((name) => claimOf({ id: `x/${name}`, text: `Says ${name}.` }));
const topicWith = (list: readonly Claim[], slug = 'x') => topicOf(slug, { claims: list });
const namesOf = (list: readonly Claim[]) => list.map(({ id }) => id.slice(2)).join('');

/** What each of so many digests of a topic brings, one after the other. */
function follow(topic: Topic, count: number, remembered?: string) {
  const got: string[] = [];
  let memory = remembered;
  for (let turn = 0; turn < count; turn += 1) {
    const next = takeTurn(topic, memory);
    got.push(namesOf(next.claims));
    memory = next.memory;
  }
  return { got, memory };
}

describe('a topic’s turns', () => {
  it('bring what its subscription hasn’t had, then begin anew', () => {
    expect(follow(topicWith(claims(...'abcdefghij')), 5).got).toEqual(['abcd', 'efgh', 'ijab', 'abcd', 'efgh']);
    expect(follow(topicWith(claims('a', 'b')), 2).got).toEqual(['ab', 'ab']);
    expect(follow(topicWith([]), 2).got).toEqual(['', '']);
  });

  it('have a figure among what is new as their headline', () => {
    const list = claims(...'abcdef');
    const figure = claimOf({ id: 'x/F', kind: 'figure', number: { value: 60, unit: 'per cent' } });
    const topic = topicWith([...list, figure]);
    expect(follow(topic, 2).got).toEqual(['Fabc', 'defa']);
    const reply = composeDigest(topic, takeTurn(topic).claims);
    expect(reply.entries[0]).toMatchObject({ heading: '60 per cent' });
  });

  it('begin with a claim that came since, and with one that was corrected', () => {
    const before = claims(...'abcdefgh');
    const { memory } = follow(topicWith(before), 1);
    expect(namesOf(takeTurn(topicWith([...before, ...claims('z')]), memory).claims)).toBe('zefg');
    const corrected = before.map((claim) =>
      claim.id === 'x/b' ? { ...claim, corrected: { date: '2026-11-24', what: 'the sum' } } : claim,
    );
    expect(namesOf(takeTurn(topicWith(corrected), memory).claims)).toBe('befg');
  });

  it('are the same if claims are worded anew', () => {
    const { memory } = follow(topicWith(claims(...'abcdef')), 1);
    const reworded = claims(...'abcdef').map((claim) => ({ ...claim, text: 'In other words.', speaker: 'Ada' }));
    expect(namesOf(takeTurn(topicWith(reworded), memory).claims)).toBe('efab');
  });

  it('count a claim that didn’t fit into the message as not had', () => {
    const long = claims(...'abcd').map((claim) => ({ ...claim, text: `${'word '.repeat(190)}.` }));
    const topic = topicWith(long);
    const first = takeTurn(topic);
    const shown = composeDigest(topic, first.claims).entries.length;
    expect(shown).toBeLessThan(4);
    expect(namesOf(takeTurn(topic, first.memory).claims)[0]).toBe('abcd'[shown]);
  });

  it.each(['', 'Ab3-_xyzAb3-_xyz', '2:abc.', '2:'])(
    'remember nothing of what was kept before, such as “%s”',
    (text) => {
      expect(follow(topicWith(claims(...'abcde')), 1, text).got).toEqual(['abcd']);
    },
  );
});

const content = fc.uniqueArray(fc.constantFrom(...'abcdefghijkl'), { minLength: 1 });

describe('whatever the content', () => {
  it('each claim comes once before any comes again', () => {
    fc.assert(
      fc.property(content, fc.integer({ min: 0, max: 3 }), (names, before) => {
        const topic = topicWith(claims(...names));
        const turns = Math.ceil(names.length / 4);
        const { memory } = follow(topic, before * turns);
        const { got } = follow(topic, turns, memory);
        expect([...new Set(got.join(''))].sort()).toEqual(names.toSorted());
        // Only the last is filled up with what came before.
        const whole = got.slice(0, -1).join('');
        expect(new Set(whole).size).toBe(whole.length);
      }),
    );
  });

  it('a new claim is the next headline of its topic, and nothing else makes a topic new', () => {
    fc.assert(
      fc.property(content, fc.integer({ min: 1, max: 6 }), (names, turns) => {
        const topic = topicWith(claims(...names));
        const { memory } = follow(topic, turns);
        const grown = topicWith([...claims(...names), ...claims('z')]);
        expect(namesOf(takeTurn(grown, memory).claims)[0]).toBe('z');
        // A claim that is gone, and order, are no news.
        const other = topicWith(claims(...names.slice(1).toReversed(), names[0] ?? 'a').slice(1), 'x');
        const last: Shown = { topic: 'last', fingerprint: takeTurn(topicOf('last')).memory, shownAt: 9 };
        const history: Shown[] = [{ topic: 'x', fingerprint: memory ?? '', shownAt: 5 }, last];
        const older: Shown = { topic: 'older', fingerprint: takeTurn(topicOf('older')).memory, shownAt: 1 };
        const next = (list: Topic[]) => chooseTurn(createLibrary([ARTICLE], list), [], [...history, older])?.topic.slug;
        expect(next([other, topicOf('last'), topicOf('older')])).toBe('older');
        expect(next([grown, topicOf('last'), topicOf('older')])).toBe('x');
      }),
    );
  });

  it('what is remembered stays as small as the topic', () => {
    fc.assert(
      fc.property(fc.array(content, { minLength: 1, maxLength: 8 }), (versions) => {
        let memory: string | undefined;
        for (const names of versions) {
          memory = takeTurn(topicWith(claims(...names)), memory).memory;
          expect(memory).toHaveLength(3 + 4 * names.length);
        }
      }),
    );
  });

  it('every topic comes before any comes again, as long as nothing is new', () => {
    fc.assert(
      fc.property(fc.array(content, { minLength: 1, maxLength: 6 }), fc.integer({ min: 1, max: 20 }), (all, count) => {
        const library = createLibrary(
          [ARTICLE],
          all.map((names, index) => topicWith(claims(...names), `t${index}`)),
        );
        const history = new Map<string, Shown>();
        const got: string[] = [];
        for (let turn = 0; turn < count; turn += 1) {
          const chosen = chooseTurn(library, [], [...history.values()]);
          if (!chosen) throw new Error('no topic');
          const { slug } = chosen.topic;
          got.push(slug);
          history.set(slug, { topic: slug, fingerprint: chosen.memory, shownAt: turn });
        }
        for (let from = 0; from < got.length; from += all.length) {
          const round = got.slice(from, from + all.length);
          expect(new Set(round).size).toBe(round.length);
        }
      }),
    );
  });
});
