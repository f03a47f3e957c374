import { describe, expect, it } from 'vitest';
import { loadContent } from '../../src/content/load.ts';
import { createLibrary } from '../../src/core/library.ts';
import { composeCard } from '../../src/digest/compose-digest.ts';
import { chooseTopic, fingerprintOf } from '../../src/digest/rotation.ts';
import type { Shown } from '../../src/store/ledger.ts';
import { ARTICLE, COMMAND_NAMES, CONTENT, claimOf, topicOf } from '../support/content.ts';
import { expectDigest } from '../support/digest-contract.ts';

const libraryOf = (...slugs: string[]) =>
  createLibrary(
    [ARTICLE],
    slugs.map((slug) => topicOf(slug)),
  );

/** What a subscription gets, one after the other. */
function goThrough(
  library: ReturnType<typeof libraryOf>,
  wanted: readonly string[],
  count: number,
  before: Shown[] = [],
) {
  const history = new Map(before.map((one) => [one.topic, one]));
  const got: string[] = [];
  const start = Math.max(0, ...before.map(({ shownAt }) => shownAt));
  for (let turn = 0; turn < count; turn += 1) {
    const topic = chooseTopic(library, wanted, [...history.values()]);
    if (!topic) break;
    got.push(topic.slug);
    history.set(topic.slug, { topic: topic.slug, fingerprint: fingerprintOf(topic), shownAt: start + turn + 1 });
  }
  return { got, history: [...history.values()] };
}

describe('the rotation', () => {
  it('goes through all topics before any comes again', () => {
    const { got } = goThrough(libraryOf('a', 'b', 'c', 'd'), [], 12);
    expect(got).toEqual([...'abcdabcdabcd']);
  });

  it('keeps to the topics asked for, and to all if none of them is left', () => {
    expect(goThrough(libraryOf('a', 'b', 'c'), ['c', 'b', 'gone'], 4).got).toEqual([...'cbcb']);
    expect(goThrough(libraryOf('a', 'b'), ['gone'], 2).got).toEqual(['a', 'b']);
  });

  it('takes new and changed topics first, but not the one just shown', () => {
    const { history } = goThrough(libraryOf('a', 'b', 'c'), [], 4);
    const changed = createLibrary(
      [ARTICLE],
      ['a', 'b', 'c', 'new'].map((slug) => topicOf(slug, slug === 'new' ? {} : { summary: `Anew on ${slug}.` })),
    );
    expect(history.map(({ topic }) => topic)).toContain('a');
    expect(goThrough(changed, [], 4, history).got).toEqual(['new', 'b', 'c', 'a']);
  });

  it('has nothing if there is no topic', () => {
    expect(chooseTopic(libraryOf(), [], [])).toBeUndefined();
  });

  it('sees a change of anything that is said', () => {
    const before = topicOf('a');
    expect(fingerprintOf(topicOf('a'))).toBe(fingerprintOf(before));
    for (const parts of [
      { claims: [claimOf({ text: 'Another claim.' })] },
      { claims: [claimOf({ speaker: 'Somebody else' })] },
      { claims: [claimOf({ paragraphs: [2] })] },
      { notes: [{ kind: 'context' as const, text: 'A note.' }] },
    ]) {
      expect(fingerprintOf(topicOf('a', parts))).not.toBe(fingerprintOf(before));
    }
  });
});

describe('a digest', () => {
  it('of every topic has a headline, claims with their traces, notes, a byline and ways on', async () => {
    const { topics } = await loadContent(CONTENT, COMMAND_NAMES);
    for (const topic of topics) expectDigest(topic);
  });

  it('prefers a figure for its headline', () => {
    const figure = claimOf({ id: 'x.2', kind: 'figure', text: 'Sixty.', number: { value: 60, unit: 'per cent' } });
    const topic = topicOf('x', { claims: [claimOf(), figure] });
    expect(composeCard(topic)).toMatchObject({ figure: '60 per cent', text: 'Sixty.' });
    expect(composeCard(topicOf('x', { claims: [] }))).toBeUndefined();
  });
});
