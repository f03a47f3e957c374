import { describe, expect, it } from 'vitest';
import { composeRemark } from '../../commands/remark.ts';
import { renderDiscord } from '../../src/adapters/discord/render-reply.ts';
import { renderSlack } from '../../src/adapters/slack/render-reply.ts';
import { answerJson } from '../../src/adapters/terminal/json.ts';
import { renderTerminal } from '../../src/adapters/terminal/render-reply.ts';
import type { Claim } from '../../src/core/article.ts';
import type { Bot } from '../../src/core/bot.ts';
import { createQuestion } from '../../src/core/question.ts';
import {
  collectActions,
  composeClaimEntry,
  createReply,
  PAGE_LIMITS,
  paginate,
  type Reply,
} from '../../src/core/reply.ts';
import { type Part, RECORD_PARTS, recordPart } from '../../src/core/search.ts';
import { writeText } from '../../src/core/text.ts';
import { english } from '../../src/i18n/words.ts';
import { createMetrics } from '../../src/observe/metrics.ts';
import { ARTICLE, claimOf, topicOf } from '../support/content.ts';
import { checkDiscordMessage, textsOf } from '../support/discord-limits.ts';
import { partOf, passageOf, scriptedBot } from '../support/scripted-search.ts';
import { checkSlackMessage } from '../support/slack-limits.ts';

const oil = topicOf('oil', {
  claims: [
    claimOf({ id: 'oil-buyers', text: 'France buys the oil.', asks: ['Who buys the oil?'], kind: 'figure' }),
    claimOf({
      id: 'oil-price',
      text: 'Oil is dear, the mayor holds.',
      asks: [`Is the oil ${'very '.repeat(20)}dear?`, 'Price of oil', 'How much is the oil?'],
      kind: 'opinion',
      speaker: 'the mayor',
      notes: [{ kind: 'contested', text: 'Others call it cheap.' }],
    }),
  ],
});
const grain = topicOf('grain', { claims: [claimOf({ id: 'grain-buyers', text: 'Spain buys the grain.' })] });
const summary = topicOf('thesis', {
  aliases: ['summary'],
  notes: [{ kind: 'framing', text: 'The essay is advocacy.' }],
});
const topics = [oil, grain, summary];
const passage = (id: string, ask?: string) => passageOf({ topics }, id, ask);

const answered = (text: string, ...ids: string[]) =>
  partOf(text, { verdict: 'answered', passages: ids.map((id) => passage(id)), topics: [oil] });
const nearest = (text: string, ...ids: string[]) =>
  partOf(text, { verdict: 'nearest', nearest: ids.map((id) => passage(id)), topics: [oil] });

const botThatFinds = (...parts: Part[]): Promise<Bot> => scriptedBot(topics, () => ({ parts }));
const replyTo = async (text: string, ...parts: Part[]): Promise<Reply> => {
  const bot = await botThatFinds(...parts);
  const reply = await bot.answer(bot.parse(text));
  checkDiscordMessage(renderDiscord(reply));
  checkSlackMessage(renderSlack(reply, { sharable: true }));
  return reply;
};
const labelsOf = (reply: Reply) => collectActions(reply).map(({ label }) => label);
const plain = (reply: Reply) => renderTerminal(reply, 200, (_, text) => text);

describe('an answer', () => {
  it('shows the claims as such, and their topics', async () => {
    const reply = await replyTo('who buys the oil?', answered('who buys the oil?', 'oil-buyers'));
    expect(reply).toMatchObject({
      outcome: 'answered',
      title: 'What the article says',
      asked: { text: 'who buys the oil?' },
      untitled: true,
      entries: [{ type: 'claim', claim: { id: 'oil-buyers' } }],
    });
    expect(reply.entries[0]).not.toHaveProperty('nearest');
    expect(labelsOf(reply)).toEqual(['How much is the oil?', 'oil', 'Sources']);
  });

  it('as long as a list goes on page by page, if a button can carry its question', async () => {
    const many = topicOf('many', {
      claims: Array.from({ length: 20 }, (_, index) => claimOf({ id: `many-${index}`, text: `Official ${index}.` })),
    });
    const found = (text: string) =>
      partOf(text, { verdict: 'answered', passages: many.claims.map(({ id }) => passageOf({ topics: [many] }, id)) });
    const bot = await scriptedBot([many], (text) => ({ parts: [found(text)] }));
    const { claims } = await answerJson(bot, 'list all officials');
    expect(claims.map(({ id }) => id)).toEqual(many.claims.map(({ id }) => id));
    const long = await bot.answer(bot.parse(`list all officials ${'and people '.repeat(12)}`));
    expect(long.entries.length).toBeLessThan(20);
    expect(labelsOf(long)).not.toContain('More');
    expect(writeText(long.lead ?? '')).toContain(
      'These are the first 8 of 20 lines. To read the rest, ask a shorter question.',
    );
  });
});

describe('the nearest', () => {
  const text = 'what does the oil cost in Peru?';

  it('is said to be no answer, and offers what its claims do answer, in the editors’ words', async () => {
    const part = {
      ...nearest(text, 'oil-price'),
      nearest: [passage('oil-buyers', 'Who buys the oil?'), passage('oil-price')],
    };
    const reply = await replyTo(text, part);
    expect(reply).toMatchObject({
      outcome: 'nearest',
      title: 'Not answered directly',
      asked: { text },
      lead: 'The article does not answer that directly. The nearest it comes:',
      entries: [
        { nearest: true, claim: { id: 'oil-buyers' } },
        { nearest: true, claim: { id: 'oil-price' } },
      ],
    });
    expect(labelsOf(reply)).toEqual([
      'Did you mean: Who buys the oil?',
      'Did you mean: How much is the oil?',
      'All topics',
    ]);
    expect(reply.actions[0]?.question).toMatchObject({ command: 'ask', options: { question: 'Who buys the oil?' } });
  });

  it('offers the topic if no ask is short enough for a button', async () => {
    const long = topicOf('long', { claims: [claimOf({ id: 'long-1', asks: [`Is it ${'very '.repeat(20)}long?`] })] });
    const part = partOf(text, { verdict: 'nearest', nearest: [passageOf({ topics: [long] }, 'long-1')] });
    const bot = await scriptedBot([long], () => ({ parts: [part] }));
    expect(labelsOf(await bot.answer(bot.parse(text)))).toEqual(['long', 'All topics']);
  });

  it('offers no wording with a word that may stand only as somebody’s', async () => {
    const asks = ['Who drove out the thieves?', 'What did the Thieves’ guild do?', 'Who owns the mill?'];
    const article = { ...ARTICLE, loaded: ['thieves'] };
    const mill = topicOf('mill', { article, claims: [claimOf({ id: 'mill-1', asks })] });
    const passage = passageOf({ topics: [mill] }, 'mill-1', asks[0]);
    const bot = await scriptedBot([mill], () => ({
      parts: [partOf(text, { verdict: 'nearest', nearest: [passage] })],
    }));
    expect(labelsOf(await bot.answer(bot.parse(text)))).toEqual(['Did you mean: Who owns the mill?', 'All topics']);
  });

  it('is weaker than an answer on every platform, and keeps its trace and notes', async () => {
    const weak = await replyTo(text, nearest(text, 'oil-price'));
    const strong = await replyTo(text, answered(text, 'oil-price'));
    expect(textsOf(renderDiscord(weak))).toContain(
      '> -# Oil is dear, the mayor holds. [1]\n> -# **Opinion** · paragraph 1 · the mayor',
    );
    expect(textsOf(renderDiscord(strong))).toContain(
      'Oil is dear, the mayor holds. [1]\n-# **Opinion** · paragraph 1 · the mayor',
    );
    const blockOf = (reply: Reply) =>
      renderSlack(reply).blocks.find((block) => JSON.stringify(block).includes('Oil is dear'))?.type;
    expect([blockOf(weak), blockOf(strong)]).toEqual(['context', 'section']);
    const styled = (reply: Reply) => renderTerminal(reply, 200, (style, shown) => `<${style}>${shown}</${style}>`);
    expect(styled(weak)).toContain('<dim>Oil is dear');
    expect(styled(strong)).not.toContain('<dim>Oil is dear');
    expect(plain(weak)).toContain('  ~ Oil is dear');
    for (const reply of [weak, strong]) expect(plain(reply)).toContain('Contested: Others call it cheap.');
  });

  it('has a colour of its own on Discord', async () => {
    const colourOf = (reply: Reply) =>
      JSON.stringify(renderDiscord(reply).components[0]).match(/"accent_color":(\d+)/)?.[1];
    const replies = [
      await replyTo(text, answered(text, 'oil-price')),
      await replyTo(text, nearest(text, 'oil-price')),
      await replyTo(text, partOf(text)),
    ];
    expect(new Set(replies.map(colourOf)).size).toBe(3);
  });
});

it('a decline is one sentence without claims, and topics to read', async () => {
  const reply = await replyTo('how do I boil an egg?', partOf('how do I boil an egg?', { topics: [oil, grain] }));
  expect(reply).toMatchObject({
    outcome: 'declined',
    title: 'The article does not say',
    lead: 'The article has nothing on “how do I boil an egg?”; here is what it does cover.',
    entries: [],
    suggestions: [oil, grain],
  });
  expect(labelsOf(reply)).toEqual(['oil', 'grain', 'All topics']);
});

describe('while some topics are drafts', () => {
  const unfinished = { ...ARTICLE, hasDrafts: true };
  const some = [{ ...oil, article: unfinished }];
  const replyOf = async (part: Part) => {
    const bot = await scriptedBot(some, () => ({ parts: [part] }));
    return bot.answer(bot.parse(part.text));
  };

  it('a decline speaks of the editors’ claims, on every platform', async () => {
    const reply = await replyOf(partOf('how do I boil an egg?', { topics: some }));
    expect(reply).toMatchObject({
      title: 'The editors’ claims so far do not say',
      lead: 'The editors’ claims so far have nothing on “how do I boil an egg?”; here is what they do cover.',
    });
    const shown = [textsOf(renderDiscord(reply)).join('\n'), JSON.stringify(renderSlack(reply)), plain(reply)];
    for (const one of shown) {
      expect(one).toContain('The editors’ claims so far have nothing on');
      expect(one).not.toMatch(/the article (does not|has nothing)/i);
    }
  });

  it('so does what only comes near', async () => {
    const near = passageOf({ topics: some }, 'oil-price');
    const reply = await replyOf(partOf('why is oil dear?', { verdict: 'nearest', nearest: [near], topics: some }));
    expect(reply.lead).toBe('The editors’ claims so far do not answer that directly. The nearest they come:');
  });
});

it('metrics tell the verdicts apart', async () => {
  const metrics = createMetrics({ platforms: [], deliveries: undefined });
  const found = [answered('q', 'oil-buyers'), nearest('q', 'oil-price'), partOf('q')].values();
  const bot = await scriptedBot(topics, () => ({ parts: [found.next().value ?? partOf('q')] }), {
    observer: metrics.observer,
  });
  for (const text of ['one?', 'two?', 'three?']) await bot.answer(bot.parse(text));
  const { body } = await metrics.read();
  for (const outcome of ['answered', 'nearest', 'declined']) {
    expect(body).toContain(`briefing_answers_total{platform="page",command="ask",outcome="${outcome}"} 1`);
  }
});

describe('several questions in one', () => {
  const text = 'who buys the oil, what does it cost in Peru, and how do I boil an egg?';
  const parts = [
    answered('who buys the oil', 'oil-buyers'),
    nearest('what does it cost in Peru', 'oil-price'),
    partOf('how do I boil an egg?'),
  ];

  it('are answered in turn, each under its own words, and what one lacks is said', async () => {
    const reply = await replyTo(text, ...parts);
    expect(reply).toMatchObject({
      outcome: 'answered',
      lead: 'You asked several questions. Here are the answers one by one.',
    });
    expect(reply.entries).toMatchObject([
      { type: 'part', question: 'who buys the oil', verdict: 'answered', text: '' },
      { type: 'claim', claim: { id: 'oil-buyers' } },
      { type: 'part', verdict: 'nearest', text: expect.stringContaining('The nearest it comes:') },
      { type: 'claim', claim: { id: 'oil-price' }, nearest: true },
      { type: 'part', verdict: 'declined', text: 'The article has nothing on that.' },
    ]);
    const shown = [textsOf(renderDiscord(reply)).join('\n'), JSON.stringify(renderSlack(reply)), plain(reply)];
    for (const one of shown) {
      const places = ['“who buys the oil”', 'France buys', 'in Peru”', 'Oil is dear', 'egg?”', 'has nothing on that'];
      const found = places.map((place) => one.indexOf(place));
      expect(found).toEqual(found.toSorted((a, b) => a - b));
      expect(found[0]).toBeGreaterThan(-1);
    }
    expect(labelsOf(reply)).toEqual(['Did you mean: How much is the oil?', 'oil', 'All topics']);
  });

  it('show fewer claims each rather than leave a part out', async () => {
    const long = topicOf('long', {
      claims: Array.from({ length: 3 }, (_, index) =>
        claimOf({ id: `long-${index}`, text: `${index} ${'word '.repeat(90)}` }),
      ),
    });
    const all = long.claims.map(({ id }) => passageOf({ topics: [long] }, id));
    const asked = `${'why '.repeat(30)}?`;
    const bot = await scriptedBot([long], () => ({
      parts: ['a', 'b', 'c'].map((one) => partOf(one, { verdict: 'answered', passages: all })),
    }));
    const { entries } = await bot.answer(bot.parse(asked));
    expect(entries.map(({ type }) => type)).toEqual(['part', 'claim', 'part', 'claim', 'part', 'claim']);
  });

  it('stand apart in JSON, and together in order', async () => {
    const answer = await answerJson(await botThatFinds(...parts), text);
    expect(answer).toMatchObject({ question: text, verdict: 'answered', answered: true, topic: 'oil', record: null });
    expect(answer.claims.map(({ id }) => id)).toEqual(['oil-buyers']);
    expect(answer.nearest.map(({ id }) => id)).toEqual(['oil-price']);
    expect(
      answer.parts.map(({ question, verdict, claims, nearest: near }) => [
        question,
        verdict,
        claims.length,
        near.length,
      ]),
    ).toEqual([
      ['who buys the oil', 'answered', 1, 0],
      ['what does it cost in Peru', 'nearest', 0, 1],
      ['how do I boil an egg?', 'declined', 0, 0],
    ]);
  });
});

describe('JSON', () => {
  it('has every field for each verdict', async () => {
    const ask = async (part: Part) => answerJson(await botThatFinds(part), 'q');
    const claim = {
      id: 'oil-buyers',
      text: 'France buys the oil.',
      paragraphs: [1],
      kind: 'figure',
      speaker: 'Ada Example',
      notes: [],
    };
    const part = {
      question: 'q',
      verdict: 'answered',
      answered: true,
      topic: 'oil',
      claims: [claim],
      nearest: [],
      record: null,
    };
    expect(await ask(answered('q', 'oil-buyers'))).toEqual({
      ...part,
      byline: '“A Test” by Ada Example · opinion',
      lead: 'You asked: “q”',
      suggestions: ['oil'],
      parts: [part],
    });
    expect(await ask(nearest('q', 'oil-buyers'))).toMatchObject({
      verdict: 'nearest',
      answered: false,
      claims: [],
      nearest: [claim],
      suggestions: ['oil'],
    });
    expect(await ask(partOf('q'))).toMatchObject({
      verdict: 'declined',
      answered: false,
      topic: null,
      claims: [],
      nearest: [],
    });
    expect(await ask(recordPart('q', ['sources']))).toMatchObject({
      verdict: 'answered',
      answered: true,
      claims: [],
      record: expect.stringContaining('Sources: Nowhere. Invented.'),
    });
  });
});

describe('an answer from the article’s record', () => {
  it.each(RECORD_PARTS)('has words for %s, and never says that the article does not', async (part) => {
    const reply = await replyTo('q', recordPart('q', [part]));
    expect(reply).toMatchObject({ outcome: 'answered', title: 'About the article' });
    expect(reply.entries.length).toBeGreaterThan(0);
    for (const entry of reply.entries) expect(entry).toMatchObject({ type: 'line', record: part });
    expect(plain(reply)).not.toContain('does not say');
  });

  it.each([
    ['author', 'Ada Example wrote “A Test”.'],
    ['genre', 'It is an opinion essay.'],
    ['bias', 'Invented.'],
    ['sources', '3 of the 4 claims here are the author’s own. The others come from the mayor.'],
    ['figures', 'The bot has not checked any figure in the article. /figures lists all 1'],
    ['omissions', '2 of the 4 claims here carry a note'],
  ] as const)('%s: %s', async (part, words) => {
    expect(plain(await replyTo('q', recordPart('q', [part])))).toContain(words);
  });

  it('brings the editors’ notes on the whole article, set apart', async () => {
    const text = plain(await replyTo('is it biased?', recordPart('is it biased?', ['bias'])));
    expect(text.indexOf('The essay is advocacy.')).toBeGreaterThan(
      text.indexOf('Editors’ notes, not from the article'),
    );
  });

  it('may be one of several', async () => {
    const reply = await replyTo(
      'who wrote it and who buys the oil?',
      recordPart('who wrote it', ['author']),
      answered('who buys the oil?', 'oil-buyers'),
    );
    expect(reply.entries.map(({ type }) => type)).toEqual(['part', 'line', 'part', 'claim']);
  });
});

describe('who says so', () => {
  it('is the claim with one sentence that its kind and speaker give', async () => {
    const reply = await replyTo('is that his own number?', {
      ...answered('is that his own number?', 'oil-buyers'),
      trace: true,
    });
    expect(reply.lead).toBe('The author gives this figure and names no other source for it.');
    expect(reply.entries).toMatchObject([{ claim: { id: 'oil-buyers' } }]);
  });

  it('is said of each claim if it differs', async () => {
    const reply = await replyTo('who says so?', {
      ...answered('who says so?', 'oil-buyers', 'oil-price'),
      trace: true,
    });
    expect(reply.lead).toBeUndefined();
    expect(reply.entries).toMatchObject([
      { heading: expect.stringContaining('The author gives') },
      { heading: 'This is the opinion of the mayor, as the article reports it.' },
    ]);
  });

  it.each([
    ['figure', 'Ada Example', 'The author gives this figure and names no other source for it.'],
    ['figure', 'the port', 'The article attributes this figure to the port.'],
    ['reported', 'Ada Example', 'The author states this as a fact and names no other source for it.'],
    ['reported', 'the port', 'The article says that the port states this as a fact.'],
    ['attributed', 'the port', 'The article attributes this to the port.'],
    ['opinion', 'Ada Example', 'This is the author’s own opinion, not a reported fact.'],
    ['opinion', 'the port', 'This is the opinion of the port, as the article reports it.'],
  ] as const)('%s by %s: %s', (kind, speaker, sentence) => {
    expect(composeRemark(claimOf({ kind, speaker }), ARTICLE, english)).toBe(sentence);
  });
});

describe('a question in a language that the bot doesn’t read', () => {
  const open = () => scriptedBot(topics, (text) => ({ parts: [partOf(text)], refusal: 'language' }));

  it('is refused for its language, in the reader’s, without a verdict on the article', async () => {
    const bot = await open();
    const reply = await bot.answer({ ...bot.parse('Кто покупает нефть?'), locale: 'ru' });
    expect(reply).toMatchObject({
      outcome: 'refused',
      title: 'Этот бот читает вопросы только на английском языке',
      lead: 'Спросите ещё раз по-английски или выберите тему.',
    });
    for (const platform of [renderDiscord(reply), renderSlack(reply), renderTerminal(reply, 80, (_, text) => text)]) {
      expect(JSON.stringify(platform)).not.toContain('В статье об этом не говорится');
    }
  });

  it('is met with an English question to press', async () => {
    const bot = await open();
    const [first] = collectActions(await bot.answer(bot.parse('Кто покупает нефть?')));
    expect(first).toMatchObject({ label: 'Who buys the oil?', question: { command: 'ask' } });
  });

  it('tells programs so in the lead', async () => {
    expect(await answerJson(await open(), 'Кто покупает нефть?')).toMatchObject({
      verdict: 'declined',
      lead: 'This bot reads questions in English only. Ask again in English, or choose a topic.',
    });
  });
});

it('breaks no page between what leads in and its first line', () => {
  const claim = composeClaimEntry(grain.claims[0] as Claim, grain);
  const part = { type: 'part', question: 'And the grain?', verdict: 'nearest', text: 'The nearest it comes:' } as const;
  const entries = [...Array.from({ length: PAGE_LIMITS.entries - 1 }, () => claim), part, claim];
  const question = createQuestion('ask', { question: 'Who buys all of it?' });
  const reply = createReply(question, { outcome: 'answered', title: '', byline: '', entries });
  const first = paginate(reply).entries.length;
  expect(first).toBe(PAGE_LIMITS.entries - 1);
  expect(paginate({ ...reply, question: { ...question, from: first } }).entries).toEqual([part, claim]);
  // A part that has no line of its own may end a page.
  const last = paginate({ ...reply, entries: [...entries.slice(0, -1), { ...part, verdict: 'declined' }, claim] });
  expect(last.entries.length).toBe(PAGE_LIMITS.entries);
});
