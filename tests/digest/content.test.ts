import { describe, expect, it } from 'vitest';
import { loadContent } from '../../src/content/load.ts';
import { createLibrary } from '../../src/core/library.ts';
import { composeCard } from '../../src/digest/compose-digest.ts';
import { chooseTopic, chooseTurn } from '../../src/digest/rotation.ts';
import { takeTurn } from '../../src/digest/turn.ts';
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
    const chosen = chooseTurn(library, wanted, [...history.values()]);
    if (!chosen) break;
    const { slug } = chosen.topic;
    got.push(slug);
    history.set(slug, { topic: slug, fingerprint: chosen.memory, shownAt: start + turn + 1 });
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

  it('takes new topics, and those with a new or corrected claim, first, but not the one just shown', () => {
    const { history } = goThrough(libraryOf('a', 'b', 'c', 'd'), [], 5);
    const changed = createLibrary(
      [ARTICLE],
      [
        topicOf('a', { claims: [claimOf({ id: 'x/1' }), claimOf({ id: 'x/new' })] }),
        topicOf('b', { claims: [claimOf({ id: 'x/1', corrected: { date: '2026-11-24', what: 'the sum' } })] }),
        topicOf('c', { claims: [claimOf({ id: 'x/1' }), claimOf({ id: 'x/new' })] }),
        topicOf('d', { title: 'Anew', summary: 'Anew.', claims: [claimOf({ text: 'In other words.' })] }),
        topicOf('new'),
      ],
    );
    expect(history.map(({ topic }) => topic)).toContain('a');
    expect(goThrough(changed, [], 5, history).got).toEqual(['new', 'b', 'c', 'a', 'd']);
    const [justShown] = changed.topics;
    const onlyThat = createLibrary([ARTICLE], [...(justShown ? [justShown] : []), topicOf('b'), topicOf('c')]);
    expect(goThrough(onlyThat, [], 2, history).got).toEqual(['b', 'a']);
  });

  it('has nothing if there is no topic', () => {
    expect(chooseTopic(libraryOf(), [], [])).toBeUndefined();
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
    expect(composeCard(topic, takeTurn(topic).claims)).toMatchObject({ figure: '60 per cent', text: 'Sixty.' });
    expect(composeCard(topicOf('x', { claims: [] }), [])).toBeUndefined();
  });
});
