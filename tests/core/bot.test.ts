import { beforeAll, describe, expect, it } from 'vitest';
import { type Bot, createBot } from '../../src/core/bot.ts';
import { completeText } from '../../src/core/complete-text.ts';
import { createQuestion } from '../../src/core/question.ts';
import { writeText } from '../../src/core/text.ts';
import { botOn, claimOf, openContent, openTestBot, topicOf } from '../support/content.ts';

let bot: Bot;
beforeAll(async () => {
  bot = await openTestBot();
});

const answer = (text: string) => bot.answer(bot.parse(text));

describe('reading a message', () => {
  it.each([
    ['/cargo', 'cargo', {}],
    ['cargo', 'cargo', {}],
    ['  CARGO! ', 'cargo', {}],
    ['freight', 'ask', { question: 'freight' }],
    ['/brief freight', 'brief', { topic: 'freight' }],
    ['/brief cargo', 'brief', { topic: 'cargo' }],
    ['/brief topic:cargo', 'brief', { topic: 'cargo' }],
    ['/brief topic:cargo article:harbour', 'brief', { topic: 'cargo', article: 'harbour' }],
    ['/brief article: the harbour TOPIC:old cargo', 'brief', { article: 'the harbour', topic: 'old cargo' }],
    ['/brief old cargo article:harbour', 'brief', { topic: 'old cargo', article: 'harbour' }],
    ['/ask who asks a question:the mayor?', 'ask', { question: 'who asks a question:the mayor?' }],
    ['/ask question: why: because?', 'ask', { question: 'why: because?' }],
    ['/brief topic:', 'brief', { topic: '' }],
    ['help', 'help', {}],
    ['/ask how busy is it?', 'ask', { question: 'how busy is it?' }],
    ['how busy is it?', 'ask', { question: 'how busy is it?' }],
    ['/cargo how much?', 'ask', { question: 'Cargo: how much?' }],
    ['/digest subscribe 8:00 cargo ferries', 'digest', { action: 'subscribe', time: '8:00', topics: 'cargo,ferries' }],
    ['', 'ask', { question: '' }],
    ['/', 'help', {}],
    [' / ', 'help', {}],
    ['1/2', 'ask', { question: '1/2' }],
  ])('%j is /%s', (text, command, options) => {
    expect(bot.parse(text)).toEqual(createQuestion(command, options));
  });
});

describe('answering', () => {
  it('gives every claim of a topic with its trace, and the byline', async () => {
    const reply = await answer('/cargo');
    expect(reply.outcome).toBe('answered');
    expect(reply.byline).toBe('“A Harbour Worth Keeping” by Mara Lindqvist · opinion');
    expect(reply.entries.map((entry) => entry.type === 'claim' && entry.claim.speaker)).toEqual([
      'Port Authority',
      'Mara Lindqvist',
      'Mara Lindqvist',
    ]);
  });

  it('/help names the topics first, then the other commands, and no article if there is only one', async () => {
    const { entries, total } = await answer('/help');
    expect(total).toBe(entries.length);
    const labels = entries.map((entry) => entry.type === 'line' && writeText(entry.label ?? ''));
    expect(labels).toEqual([
      'One command for each topic',
      '/ask question:…',
      '/brief topic:…',
      ...['/figures', '/timeline', '/sources', '/digest', '/people name:…'],
    ]);
  });

  it('sends a topic’s notes along with its claim wherever that is shown', async () => {
    const reply = await answer('/timeline');
    const ship = reply.entries.find((entry) => entry.type === 'claim' && entry.claim.date === '--05-03');
    expect(ship?.type === 'claim' && ship.notes.map(({ kind }) => kind)).toEqual(['framing', 'outdated']);
  });

  it('composes what depends on the content alone once, page by page, and anew with other content', async () => {
    const own = await openTestBot();
    const ask = (text: string, from?: number) => own.answer({ ...own.parse(text), ...(from ? { from } : {}) });
    const first = await ask('/timeline');
    expect(await ask('/timeline')).toBe(first);
    expect(await ask('/timeline', 1)).not.toBe(first);
    expect(await ask('/brief cargo')).not.toBe(await ask('/cargo'));
    own.load(await openContent(own.library));
    const again = await ask('/timeline');
    expect(again).not.toBe(first);
    expect(again).toEqual(first);
  });

  it('orders the timeline by date, days without a year last', async () => {
    const reply = await answer('/timeline');
    expect(reply.entries.map((entry) => entry.type === 'claim' && entry.heading)).toEqual([
      '2001–2004',
      '2019',
      '3 May (no year given)',
    ]);
  });

  it('lists figures with who claims them', async () => {
    const [entry] = (await answer('/figures')).entries;
    expect(entry).toMatchObject({ heading: 'over 4 million tonnes', claim: { speaker: 'Port Authority' } });
  });

  it('says so if the article does not answer, and offers topics', async () => {
    const reply = await answer('who won the football match?');
    expect(reply).toMatchObject({ outcome: 'declined', title: 'The article does not say', entries: [] });
    expect(reply.actions.at(-1)?.question.command).toBe('topics');
  });

  it.each([
    ['/carg', 'There is no such command or topic', ['cargo']],
    ['/feries', 'There is no such command or topic', ['ferries']],
    ['/brief carog', 'There is no such topic', ['cargo']],
    ['/brief', 'Which topic?', ['cargo', 'ferries']],
  ])('%j is answered with the nearest names', async (text, title, slugs) => {
    const reply = await answer(text);
    expect(reply).toMatchObject({ outcome: 'refused', title });
    expect(reply.suggestions.map(({ slug }) => slug)).toEqual(slugs);
  });

  it.each(['', '   ', '\u0000', '/ask'])('%j is answered', async (text) => {
    expect(['refused', 'declined']).toContain((await answer(text)).outcome);
  });

  it('refuses 10,000 characters', async () => {
    expect(await answer('word '.repeat(2000))).toMatchObject({ outcome: 'refused', title: 'That is too long' });
  });

  it('turns a fault of its own into an apology and one line in the log', async () => {
    const logged: string[] = [];
    const content = await openContent(bot.library);
    const broken = {
      name: 'broken',
      description: '',
      options: [],
      run: () => Promise.reject(new Error('secret detail')),
    };
    const faulty = createBot({ ...content, commands: [broken] }, { error: (_, message) => logged.push(message) });
    const reply = await faulty.answer(createQuestion('broken'));
    expect(reply.outcome).toBe('failed');
    expect(JSON.stringify(reply)).not.toContain('secret');
    expect(logged).toHaveLength(1);
  });

  it('answers from new content once that is loaded', async () => {
    const changing = await botOn([topicOf('one')]);
    changing.load(await openContent((await botOn([topicOf('two')])).library));
    expect((await changing.answer(createQuestion('two'))).outcome).toBe('answered');
    expect((await changing.answer(createQuestion('one'))).outcome).toBe('refused');
  });
});

describe('completing', () => {
  it('a command', async () => {
    expect((await completeText(bot, '/fe')).map(({ value }) => value)).toEqual(['/ferries']);
    const all = (await completeText(bot, '/')).map(({ value }) => value);
    expect(all).toHaveLength(bot.commands.length);
    expect(all.slice(0, 3)).toEqual(['/cargo', '/ferries', '/ask ']);
    expect((await completeText(bot, '/BR')).map(({ value }) => value)).toEqual(['/brief ']);
    expect(await completeText(bot, 'fe')).toEqual([]);
  });

  it('a topic, by alias and with a typing error', async () => {
    expect((await completeText(bot, '/brief boa')).map(({ value }) => value)).toEqual(['/brief ferries']);
    expect((await completeText(bot, '/brief carog')).map(({ value }) => value)).toEqual(['/brief cargo']);
    expect((await completeText(bot, '/brief ')).map(({ value }) => value)).toEqual(['/brief cargo', '/brief ferries']);
    expect(await completeText(bot, '/help x')).toEqual([]);
  });

  it('a subcommand, its options and their values, each once', async () => {
    const values = async (line: string) => (await completeText(bot, line)).map(({ value }) => value);
    expect(await values('/digest s')).toEqual(['/digest subscribe ', '/digest status', '/digest send ']);
    expect((await completeText(bot, '/digest st')).map(({ name }) => name)).toEqual([
      'status: This channel’s digests and when the next one is due',
    ]);
    expect(await values('/digest subscribe ')).toEqual(
      ['time:', 'zone:', 'days:', 'topics:'].map((option) => `/digest subscribe ${option}`),
    );
    expect(await values('/digest subscribe 8:00 zone:UTC t')).toEqual([
      '/digest subscribe 8:00 zone:UTC time:',
      '/digest subscribe 8:00 zone:UTC topics:',
    ]);
    expect(await values('/digest subscribe zone:UTC z')).toEqual([]);
    expect(await values('/digest subscribe 8:00 zone:oslo')).toEqual(['/digest subscribe 8:00 zone:Europe/Oslo']);
    expect(await values('/digest subscribe Days:we')).toEqual([
      '/digest subscribe days:weekdays',
      '/digest subscribe days:wednesday',
    ]);
    expect(await values('/digest subscribe topics:cargo,fer')).toEqual(['/digest subscribe topics:cargo,ferries']);
    for (const line of ['/digest dance ', '/digest subscribe time:8', '/digest subscribe colour:red']) {
      expect(await values(line)).toEqual([]);
    }
  });

  it('offers at most 25', async () => {
    const many = await botOn(Array.from({ length: 60 }, (_, index) => topicOf(`port-${index}`)));
    expect(await many.complete('brief', 'topic', '')).toHaveLength(25);
    expect(await many.complete('brief', 'topic', 'port')).toHaveLength(25);
  });
});

describe('paging', () => {
  it('walks through all claims once, forward and back, and loses none', async () => {
    const claims = Array.from({ length: 30 }, (_, index) =>
      claimOf({ text: `Claim ${index}. ${'word '.repeat(index * 3)}` }),
    );
    const paged = await botOn([topicOf('long', { claims })]);
    const seen: string[] = [];
    const starts: number[] = [];
    let reply = await paged.answer(createQuestion('long'));
    for (;;) {
      starts.push(reply.from);
      expect(reply.previous).toBe(starts.at(-2));
      seen.push(...reply.entries.map((entry) => (entry.type === 'claim' ? entry.claim.text : '')));
      const end = reply.from + reply.entries.length;
      if (end >= reply.total) break;
      reply = await paged.answer({ ...reply.question, from: end });
    }
    expect(seen).toEqual(claims.map(({ text }) => text));
    expect(starts.length).toBeGreaterThan(3);
  });

  it('starts anew if the page is no longer there', async () => {
    const reply = await bot.answer(createQuestion('cargo', {}, { from: 99 }));
    expect(reply.from).toBe(0);
    expect(reply.entries).toHaveLength(3);
  });
});
