import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openMissed } from '../../src/app/open-missed.ts';
import type { Gap } from '../../src/core/gaps.ts';
import { createLibrary } from '../../src/core/library.ts';
import { anonymize, tidyQuestion } from '../../src/editorial/tidy-question.ts';
import type { Semantics } from '../../src/search/semantic.ts';
import { createFeedback } from '../../src/store/feedback.ts';
import { countGaps, createGaps, FOR_GOOD, findSettled, listMissed, settleQuestions } from '../../src/store/gaps.ts';
import { openStore, type Store } from '../../src/store/open-store.ts';
import { forgetPerson } from '../../src/store/people.ts';
import { ARTICLE, claimOf, topicOf } from '../support/content.ts';
import { createDatabase } from '../support/shared-postgres.ts';

const DAY = 24 * 3_600_000;

describe.each(['sqlite', 'postgres'] as const)('missed questions in %s', (kind) => {
  let store: Store;
  let time: number;
  const failures: string[] = [];
  beforeEach(async () => {
    time = 20_000 * DAY + 5000;
    failures.length = 0;
    store = await openStore(kind === 'sqlite' ? 'sqlite::memory:' : await createDatabase());
  });
  afterEach(() => store?.close());

  const note = (parts: Partial<Gap> = {}) =>
    createGaps(store.db, {
      now: () => time,
      retentionMs: 90 * DAY,
      tidy: tidyQuestion,
      log: { warn: (_, message) => failures.push(message) },
    }).note([{ question: 'What does a berth cost?', verdict: 'declined', person: 'discord:1', ...parts }]);
  const vote = (question: string, wanted?: string) =>
    createFeedback(store.db, { now: () => time, retentionMs: 90 * DAY, anonymize }).rate({
      vote: 'unhelpful',
      question,
      person: 'discord:1',
      ...(wanted ? { wanted } : {}),
    });

  it('are listed with their days, the claim that came nearest last, and how many readers asked', async () => {
    await note({ article: 'harbour', claim: 'harbour/grain' });
    time += DAY;
    await note({ person: 'slack:1', verdict: 'nearest', article: 'harbour', claim: 'harbour/tonnage' });
    await note({ person: 'slack:1', verdict: 'nearest', article: 'harbour', claim: 'harbour/tonnage' });
    await note({ question: 'Who owns it?' });
    await vote('/cargo', 'the price');
    expect(await listMissed(store.db)).toEqual([
      {
        text: 'What does a berth cost?',
        verdict: 'nearest',
        count: 2,
        first: 20_000 * DAY,
        last: 20_001 * DAY,
        article: 'harbour',
        claim: 'harbour/tonnage',
        wanted: [],
      },
      { text: 'Who owns it?', verdict: 'declined', count: 1, first: 20_001 * DAY, last: 20_001 * DAY, wanted: [] },
      {
        text: 'cargo',
        verdict: 'unhelpful',
        count: 1,
        first: 20_001 * DAY,
        last: 20_001 * DAY,
        wanted: ['the price'],
      },
    ]);
    expect((await listMissed(store.db, 20_002 * DAY)).length).toBe(0);
  });

  it('hold nobody’s name, and nothing that tells one person’s questions to be one person’s', async () => {
    await note({ person: 'slack:U0SECRET', question: 'Write to ada@example.org or 0123 456 789' });
    await note({ person: 'slack:U0SECRET', question: 'What does it cost?' });
    const rows = await store.db.selectFrom('gaps').selectAll().execute();
    // A hash may hold any three digits by chance.
    expect(rows.map(({ question }) => question).sort()).toEqual(['What does it cost?', 'Write to or']);
    expect(JSON.stringify(rows)).not.toMatch(/U0SECRET|slack/);
    expect(new Set(rows.map(({ asker }) => asker)).size).toBe(2);
  });

  it('are gone after their time, and when their person is forgotten', async () => {
    await note();
    await note({ person: 'discord:2' });
    await note({ question: 'Who owns it?', person: 'discord:2' });
    expect((await forgetPerson(store.db, 'discord', '2', time)).gaps).toBe(2);
    expect((await listMissed(store.db)).map(({ count }) => count)).toEqual([1]);
    time += 91 * DAY;
    await note({ question: 'Who owns it?' });
    expect((await listMissed(store.db)).map(({ text }) => text)).toEqual(['Who owns it?']);
    expect(await countGaps(store.db)).toBe(1);
  });

  it('that were settled stay hidden until they are asked again, or for good, and only a hash of them is kept', async () => {
    await settleQuestions(store.db, ['what does a berth cost'], time);
    await settleQuestions(store.db, ['who owns it'], FOR_GOOD);
    await settleQuestions(store.db, ['what does a berth cost'], time + DAY);
    expect(await findSettled(store.db, ['what does a berth cost', 'who owns it', 'x'])).toEqual(
      new Map([
        ['what does a berth cost', time + DAY],
        ['who owns it', FOR_GOOD],
      ]),
    );
    const rows = await store.db.selectFrom('settled').selectAll().execute();
    expect(JSON.stringify(rows)).not.toMatch(/berth|owns/);
  });

  it('are grouped for editors, and leave the list when they are settled', async () => {
    const claim = claimOf({ asks: ['How deep is it?'] });
    let topics = [topicOf('ports', { claims: [claim], unanswered: ['How wide is it?'] })];
    const missed = openMissed({
      db: store.db,
      library: () => createLibrary([ARTICLE], topics),
      search: () => ({
        ask: async () => ({
          parts: [
            {
              text: '',
              verdict: 'answered',
              passages: [{ claim, topic: topicOf('ports'), score: 1 }],
              nearest: [],
              topics: [],
              considered: [],
            },
          ],
        }),
      }),
      now: () => time,
    });
    await note({ question: 'what does a BERTH cost', person: 'slack:1' });
    await note();
    await note({ question: 'Berth costs?', person: 'slack:2' });
    await note({ question: 'how deep is it' });
    await note({ question: 'How wide is it' });
    await note({ question: 'Who owns the cranes?' });
    await vote('Is the harbour master elected?');
    const list = await missed.list();
    expect(list.map(({ texts, count }) => [texts, count])).toEqual([
      [['What does a berth cost?', 'Berth costs?'], 3],
      [['Who owns the cranes?'], 1],
      [['is the harbour master elected'], 1],
    ]);
    expect(list[2]).toMatchObject({ verdict: 'unhelpful', nearest: ['test/x'], first: '2024-10-04' });
    await missed.settle(list[0]?.id ?? '', 'answers');
    await missed.settle(list[1]?.id ?? '', 'dismiss');
    await missed.settle('none', 'dismiss');
    expect((await missed.list()).map(({ texts }) => texts[0])).toEqual(['is the harbour master elected']);
    time += DAY;
    await note();
    await note({ question: 'Who owns the cranes?' });
    expect((await missed.list()).map(({ texts }) => texts[0])).toEqual([
      'What does a berth cost?',
      'is the harbour master elected',
    ]);
    topics = [topicOf('ports', { claims: [claim], unanswered: ['How wide is it?', 'What does a berth cost?'] })];
    expect((await missed.list()).map(({ texts }) => texts[0])).toEqual(['is the harbour master elected']);
  });

  it('are grouped by meaning too, if they have a subject in common', async () => {
    const texts = ['What does a berth cost?', 'How dear is a berth at night?', 'How dear is Test?'];
    for (const [index, question] of texts.entries()) await note({ question, person: `slack:${index}` });
    const party = { adjectives: [], also: [], people: [] };
    const library = createLibrary([{ ...ARTICLE, parties: { Test: party } }], [topicOf('ports')]);
    const list = (pairs: Semantics['pairs']) =>
      openMissed({
        db: store.db,
        library: () => library,
        semantics: { pairs, index: () => expect.unreachable(), close: async () => undefined },
        now: () => time,
      }).list();
    const all = await list(async (given) => given.flatMap((_, a) => given.map((_one, b) => [a, b] as const)));
    expect(all.map((group) => group.texts.length).sort()).toEqual([1, 2]);
    expect(await list(() => Promise.reject(new Error('no model')))).toHaveLength(3);
  });

  it('that can’t be noted cost nobody an answer', async () => {
    await store.close();
    await note();
    expect(failures).toEqual(['a question without an answer could not be noted']);
  });
});
