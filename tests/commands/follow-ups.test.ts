import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOffered, isWellFormed, suggestFollowUps } from '../../commands/follow-ups.ts';
import { createLibrary } from '../../src/core/library.ts';
import { fitsButton } from '../../src/core/question.ts';
import { arbitraryTopics } from '../support/arbitrary-content.ts';
import { ARTICLE, botOn, CONTENT, claimOf, openTestBot, topicOf } from '../support/content.ts';

const loaded = { ...ARTICLE, loaded: ['occupation'] };

describe('an ask', () => {
  it.each([
    ['Which drones does Azerbaijan buy?', true],
    ['In which country are the drones made?', true],
    ['israeli drones', false],
    ['List the aircraft without pilots', false],
    ['who buys the oil?', false],
    ['Who buys it?', false],
    ['Who said that about them?', false],
  ])('%s: is a question that stands alone: %s', (ask, expected) => {
    expect(isWellFormed(ask)).toBe(expected);
  });

  it.each([
    'Were Israeli drones used in the war?',
    'Who is to blame for the war?',
    'Who was in the right there?',
    'When did the occupation of the region end?',
  ])('%s is never put forward: it judges, suggests its answer or holds a loaded word', (ask) => {
    expect(isOffered(ask, loaded)).toBe(false);
  });
});

describe('follow-ups', () => {
  const shown = claimOf({ id: 'sold', asks: ['Who sells the grain abroad?'], people: ['Ada'] });
  const same = claimOf({ id: 'price', asks: ['grain price', 'What does the grain cost?'] });
  const ada = claimOf({
    id: 'ada',
    asks: ['What did Ada promise?', 'What does the author say of Ada?'],
    people: ['Ada'],
  });
  const far = claimOf({ id: 'far', asks: ['How deep is the harbour?'] });
  const topics = [
    topicOf('grain', { claims: [shown, same] }),
    topicOf('people', { claims: [ada] }),
    topicOf('harbour', { claims: [far] }),
  ];

  it('are asks of claims on the topic or with the same names, never of what was shown or has nothing to do with it', () => {
    const [topic] = topics;
    const found = suggestFollowUps(topic ? [{ claim: shown, topic }] : [], createLibrary([ARTICLE], topics));
    expect(found.map(({ label }) => label)).toEqual(['What does the grain cost?', 'What does the author say of Ada?']);
    expect(found[0]?.question).toMatchObject({ command: 'ask', options: { question: 'What does the grain cost?' } });
  });

  it('of any content are at most three, short enough for every button, and well formed', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryTopics, async (some) => {
        const library = createLibrary([ARTICLE], some);
        for (const topic of some) {
          const read = topic.claims.map((claim) => ({ claim, topic }));
          const found = suggestFollowUps(read.slice(0, 1), library);
          expect(found.length).toBeLessThanOrEqual(3);
          for (const { label, question } of found) {
            expect(label.length).toBeLessThanOrEqual(75);
            expect(isWellFormed(label) && fitsButton(question)).toBe(true);
            expect(read[0]?.claim.asks).not.toContain(label);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('stand after every topic of the article, and no topic is next by its place alone', async () => {
    const bot = await openTestBot(CONTENT);
    for (const topic of bot.library.topics) {
      const { actions } = await bot.answer({ command: topic.slug, options: {}, private: false });
      const asks = actions.filter(({ question }) => question.command === 'ask').map(({ label }) => label);
      expect(asks).toHaveLength(3);
      expect(topic.claims.flatMap((claim) => claim.asks)).not.toEqual(expect.arrayContaining([asks[0]]));
      expect(actions.some(({ label }) => label.startsWith('Next'))).toBe(false);
    }
  });
});

describe('/ask completes', () => {
  const complete = async (typed: string) => {
    const bot = await openTestBot(CONTENT);
    return (await bot.complete('ask', 'question', typed)).map(({ value }) => value);
  };

  it('what is typed to the content’s own questions, those that begin with it first', async () => {
    const found = await complete('how many');
    expect(found.length).toBeGreaterThan(1);
    expect(found[0]).toMatch(/^How many/);
    for (const one of found) expect(one.length).toBeLessThanOrEqual(100);
    expect(await complete('stinger supplied')).toEqual([expect.stringMatching(/Stinger/)]);
  });

  it('nothing to a question of each topic, at most 25', async () => {
    const found = await complete('');
    expect(found.length).toBeGreaterThan(10);
    expect(found.length).toBeLessThanOrEqual(25);
    expect(found.every(isWellFormed)).toBe(true);
  });

  it('and offers nothing for what nobody asks', async () => {
    expect(await complete('zzzz')).toEqual([]);
    const bot = await botOn([topicOf('a', { claims: [claimOf({ asks: ['keyword only'] })] })]);
    expect(await bot.complete('ask', 'question', 'keyword')).toEqual([]);
  });
});
