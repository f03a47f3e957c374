import { describe, expect, it } from 'vitest';
import { answerJson } from '../../src/adapters/terminal/json.ts';
import { CONVERSATION_MS, createConversations } from '../../src/conversation/conversations.ts';
import type { Bot } from '../../src/core/bot.ts';
import { collectActions, type Reply } from '../../src/core/reply.ts';
import { type AskOptions, type Part, recordPart } from '../../src/core/search.ts';
import { openStore } from '../../src/store/open-store.ts';
import { forgetPerson, wasForgotten } from '../../src/store/people.ts';
import { askerOf, claimOf, topicOf } from '../support/content.ts';
import { partOf, passageOf, scriptedBot } from '../support/scripted-search.ts';

const oil = topicOf('oil', {
  title: 'Oil',
  claims: [
    claimOf({ id: 'oil-buyers', text: 'France buys the oil.' }),
    claimOf({ id: 'oil-share', text: 'Half of it is French.', kind: 'figure' }),
    ...Array.from({ length: 10 }, (_, index) => claimOf({ id: `oil-${index}`, text: `More on oil ${index}.` })),
  ],
});
const reasons = topicOf('reasons', { title: 'Reasons', claims: [claimOf({ id: 'reasons-1', text: 'It is near.' })] });
const topics = [oil, reasons];
const answered = (text: string, ...ids: string[]): Part =>
  partOf(text, { verdict: 'answered', passages: ids.map((id) => passageOf({ topics }, id)) });

/** What the search finds, and everything that it was asked. */
async function open(now = () => 0, parts: Partial<Parameters<typeof createConversations>[0]> = {}) {
  const asked: { text: string; options: AskOptions }[] = [];
  const conversations = createConversations({ now, ...parts });
  const bot = await scriptedBot(
    topics,
    (words, options) => {
      const text = [words, options.follows?.subject].filter(Boolean).join(' ');
      asked.push({ text, options });
      if (text === 'who buys it all?') return { parts: [answered(text, 'oil-buyers')] };
      if (text === 'who buys half of it?') return { parts: [answered(text, 'oil-buyers', 'oil-share')] };
      if (/^why buys it all/.test(text)) return { parts: [answered(text, 'reasons-1')] };
      if (/^where/.test(text)) return { parts: [answered(text, 'oil-buyers')] };
      if (text === 'who buys it in France?') return { parts: [answered(text, 'oil-buyers')] };
      if (text === 'who buys it in Spain?') return { parts: [partOf(text)] };
      if (/Spain/.test(text)) return { parts: [answered(text, 'reasons-1', 'oil-share')] };
      if (text === 'who steals it?')
        return { parts: [partOf(text, { verdict: 'nearest', nearest: answered(text, 'oil-buyers').passages })] };
      if (text === 'is Portugal guilty of the war?') return { parts: [partOf(text)], refusal: 'side' };
      if (text === 'any sources?') return { parts: [recordPart(text, ['sources'])] };
      return { parts: [partOf(text)] };
    },
    { conversations },
  );
  return { bot, conversations, asked };
}

const say = (bot: Bot, text: string, conversation: string | undefined = 'here', user = 'ada'): Promise<Reply> =>
  bot.answer({
    ...bot.parse(text),
    asker: askerOf({ key: `test:${user}`, user }),
    ...(conversation ? { conversation } : {}),
  });
const idsOf = ({ entries }: Reply) => entries.map((entry) => (entry.type === 'claim' ? entry.claim.id : entry.type));

describe('a follow-up', () => {
  it('is read with the question before, and says so', async () => {
    const { bot, asked } = await open();
    await say(bot, 'who buys it all?');
    const reply = await say(bot, 'and why?');
    expect(reply).toMatchObject({
      outcome: 'answered',
      asked: { text: 'and why?', after: 'who buys it all?' },
      entries: [{ claim: { id: 'reasons-1' } }],
    });
    expect(asked.at(-1)).toEqual({
      text: 'why buys it all',
      options: {
        before: { question: 'who buys it all?', claims: ['oil-buyers'], topic: 'oil' },
        // The claims of the same topic and of the same paragraph.
        follows: {
          subject: 'buys it all',
          claims: new Set([...oil.claims, ...reasons.claims].map(({ id }) => id)),
        },
      },
    });
    // A button or another person who opens it later has the question in full.
    expect(reply.question.options).toEqual({ question: 'why (buys it all)?' });
  });

  it('follows on what the follow-up before it showed, and on the question that began the talk', async () => {
    const { bot } = await open();
    await say(bot, 'who buys it all?');
    await say(bot, 'and why?');
    expect(await say(bot, 'who says so?')).toMatchObject({
      asked: { after: 'who buys it all?' },
      entries: [{ claim: { id: 'reasons-1' } }],
    });
    expect((await say(bot, 'and how?')).lead).toContain('after “who buys it all?”');
  });

  it('is not answered by the claim that was just shown: that only comes near', async () => {
    const { bot } = await open();
    await say(bot, 'who buys it all?');
    expect(await say(bot, 'where was that?')).toMatchObject({ outcome: 'nearest', entries: [{ nearest: true }] });
  });

  it('stays on the topic if claims of several answer', async () => {
    const { bot } = await open();
    await say(bot, 'who buys it all?');
    expect(idsOf(await say(bot, 'what about Spain?'))).toEqual(['oil-share', 'reasons-1']);
  });

  it('is answered by the shown claim that holds the figure', async () => {
    const { bot } = await open();
    await say(bot, 'who buys half of it?');
    expect(idsOf(await say(bot, 'how much was that?'))).toEqual(['oil-share']);
  });

  it('on who says so is answered with the trace of what was shown', async () => {
    const { bot } = await open();
    await say(bot, 'who buys it all?');
    expect(await say(bot, 'is that true?')).toMatchObject({
      lead: expect.stringContaining('The author states this as a fact and names no other source for it.'),
      entries: [{ claim: { id: 'oil-buyers' } }],
    });
  });

  it('on who says so is not answered, if what was shown only came near', async () => {
    const { bot } = await open();
    await say(bot, 'who steals it?');
    const reply = await say(bot, 'who says so?');
    expect(reply).toMatchObject({ outcome: 'nearest', entries: [{ claim: { id: 'oil-buyers' }, nearest: true }] });
    expect(reply.lead).not.toContain('The author states');
  });

  it('needs its usual certainty, if what was shown only came near', async () => {
    const { bot, asked } = await open();
    await say(bot, 'who steals it?');
    await say(bot, 'and why?');
    expect(asked.at(-1)?.options.follows ?? asked.at(1)?.options.follows).toMatchObject({ near: true });
    await say(bot, 'who buys it all?');
    asked.length = 0;
    await say(bot, 'and why?');
    expect(asked[0]?.options.follows).not.toHaveProperty('near');
  });

  it('of another place is not answered by what only names both', async () => {
    const { bot } = await open();
    await say(bot, 'who buys it in France?');
    const shown = await say(bot, 'and in Spain?');
    expect(shown).toMatchObject({ outcome: 'nearest', entries: [{ nearest: true }, { nearest: true }] });
  });

  it('that wants more gets the topic, page by page, and then hears that that is all', async () => {
    const { bot } = await open();
    await say(bot, 'who buys it all?');
    const seen: string[] = [];
    for (let page = 0; page < 2; page += 1) seen.push(...idsOf(await say(bot, 'tell me more')));
    expect(seen).toEqual(oil.claims.map(({ id }) => id));
    const end = await say(bot, 'tell me more');
    expect(end).toMatchObject({ outcome: 'declined', title: 'That is all on Oil', entries: [] });
    expect(collectActions(end).map(({ label }) => label)).toContain('Reasons');
  });

  it('follows on a topic that was opened with a command or a button', async () => {
    const { bot, asked } = await open();
    await say(bot, '/reasons');
    await say(bot, 'and where?');
    expect(asked.at(-1)).toMatchObject({ text: 'where Reasons', options: { before: { claims: ['reasons-1'] } } });
  });
});

it('a follow-up on the longest question can still be carried by a path', async () => {
  const { bot } = await open();
  const long = `why ${'does it rain '.repeat(76)}?`.slice(0, 1000);
  const conversations = createConversations({ now: () => 0 });
  const patient = await scriptedBot(topics, (text) => ({ parts: [answered(text, 'oil-buyers')] }), { conversations });
  await say(patient, long);
  const { question } = await say(patient, 'and when?');
  expect(question.options.question?.length).toBeLessThanOrEqual(1000);
  expect((await bot.answer(question)).outcome).not.toBe('refused');
});

describe('with nothing before it', () => {
  it('a refused question counts as nothing: what comes next isn’t taken for a reply to the answer before', async () => {
    const { bot } = await open();
    await say(bot, 'who buys it all?');
    expect(await say(bot, 'is Portugal guilty of the war?')).toMatchObject({
      outcome: 'refused',
      title: 'This bot takes no side',
    });
    expect(await say(bot, 'and why?')).toMatchObject({ title: 'About what?' });
  });

  it.each(['and why?', 'tell me more', 'who says so?'])('%j is asked back, with topics', async (text) => {
    const { bot } = await open();
    const reply = await say(bot, text);
    expect(reply).toMatchObject({ outcome: 'refused', title: 'About what?', suggestions: [oil, reasons], entries: [] });
    expect(collectActions(reply).map(({ label }) => label)).toEqual(['Oil', 'Reasons', 'All topics']);
  });

  it('what the article’s record answers is answered all the same', async () => {
    const { bot } = await open();
    expect(await say(bot, 'any sources?')).toMatchObject({ outcome: 'answered', title: 'About the article' });
  });

  it('after a decline it is asked back too', async () => {
    const { bot } = await open();
    await say(bot, 'who buys it all?');
    await say(bot, 'what of the moon?');
    expect(await say(bot, 'and why?')).toMatchObject({ title: 'About what?' });
  });
});

describe('what is kept', () => {
  it('is apart for every person and every place', async () => {
    const { bot } = await open();
    await say(bot, 'who buys it all?');
    expect(await say(bot, 'and why?', 'there')).toMatchObject({ title: 'About what?' });
    expect(await say(bot, 'and why?', 'here', 'bob')).toMatchObject({ title: 'About what?' });
    expect(await say(bot, 'and why?')).toMatchObject({ outcome: 'answered' });
  });

  it('is nothing if no conversation goes on', async () => {
    const { bot } = await open();
    await say(bot, 'who buys it all?', '');
    expect(await say(bot, 'and why?', '')).toMatchObject({ title: 'About what?' });
  });

  it('ends after half an hour', async () => {
    let time = 0;
    const { bot } = await open(() => time);
    await say(bot, 'who buys it all?');
    time = CONVERSATION_MS;
    expect(await say(bot, 'and why?')).toMatchObject({ outcome: 'answered' });
    time = 2 * CONVERSATION_MS + 1;
    expect(await say(bot, 'and why?')).toMatchObject({ title: 'About what?' });
  });

  it('is bounded: the conversation that rested longest is forgotten first', async () => {
    const { bot } = await open();
    await say(bot, 'who buys it all?');
    for (let index = 0; index < 5000; index += 1) await say(bot, 'who buys it all?', `place ${index}`);
    expect(await say(bot, 'and why?')).toMatchObject({ title: 'About what?' });
    expect(await say(bot, 'and why?', 'place 4999')).toMatchObject({ outcome: 'answered' });
  });

  it('is forgotten with its person, and no other', async () => {
    const { bot, conversations } = await open();
    await say(bot, 'who buys it all?');
    await say(bot, 'who buys it all?', 'here', 'bob');
    conversations.forget('test:ada');
    expect(await say(bot, 'and why?')).toMatchObject({ title: 'About what?' });
    expect(await say(bot, 'and why?', 'here', 'bob')).toMatchObject({ outcome: 'answered' });
  });

  it('is forgotten when another process forgets the person, and a later answer is kept again', async () => {
    const store = await openStore('sqlite::memory:');
    try {
      let time = 1000;
      const { bot } = await open(() => time, {
        wasForgotten: (person, since) => wasForgotten(store.db, person, since),
      });
      await say(bot, 'who buys it all?');
      await say(bot, 'who buys it all?', 'here', 'bob');
      time = 2000;
      await forgetPerson(store.db, 'test', 'ada', time);
      expect(await say(bot, 'and why?')).toMatchObject({ title: 'About what?' });
      expect(await say(bot, 'and why?', 'here', 'bob')).toMatchObject({ outcome: 'answered' });
      time = 3000;
      await say(bot, 'who buys it all?');
      expect(await say(bot, 'and why?')).toMatchObject({ outcome: 'answered' });
    } finally {
      await store.close();
    }
  });

  it('never comes to a reply that is given to everybody', async () => {
    const { bot } = await open();
    const first = await say(bot, '/reasons', 'here');
    expect(await say(bot, '/reasons', 'there', 'bob')).toBe(first);
    expect(first.question).not.toHaveProperty('conversation');
  });
});

it('JSON reads lines as one conversation if it is told so', async () => {
  const { bot } = await open();
  await answerJson(bot, 'who buys it all?', 'json');
  expect(await answerJson(bot, 'and why?', 'json')).toMatchObject({
    question: 'and why?',
    verdict: 'answered',
    claims: [{ id: 'reasons-1' }],
  });
  await answerJson(bot, 'who buys it all?');
  expect(await answerJson(bot, 'and why?')).toMatchObject({
    verdict: 'declined',
    claims: [],
    suggestions: ['oil', 'reasons'],
  });
});
