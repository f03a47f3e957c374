import { beforeAll, describe, expect, it } from 'vitest';
import type { Bot } from '../../src/core/bot.ts';
import { createQuestion } from '../../src/core/question.ts';
import type { Reply } from '../../src/core/reply.ts';
import { writeText } from '../../src/core/text.ts';
import { ARTICLE, botOn, claimOf, openTestBot, topicOf } from '../support/content.ts';

let bot: Bot;
beforeAll(async () => {
  bot = await openTestBot('tests/fixtures/articles');
});

const linesOf = ({ entries }: Reply) =>
  entries.flatMap((entry) =>
    entry.type === 'line' ? [`${writeText(entry.label ?? '')}: ${writeText(entry.text)}`] : [],
  );
const claimsOf = ({ entries }: Reply) =>
  entries.flatMap((entry) => (entry.type === 'claim' ? [`${entry.heading}: ${entry.claim.id}`] : []));

describe('/people', () => {
  it('lists everybody whom claims name, with role, claims and article, page by page', async () => {
    let from = 0;
    const lines: string[] = [];
    for (let page = await bot.answer(createQuestion('people')); ; page = await bot.answer({ ...page.question, from })) {
      expect(page.outcome).toBe('listed');
      expect(page.actions.map(({ label }) => `${label}: `)).toEqual(
        linesOf(page).map((line) => line.replace(/: .*/, ': ')),
      );
      lines.push(...linesOf(page));
      from += page.entries.length;
      if (from >= page.total) break;
    }
    expect(lines).toContain(
      'Aldo Brisch: chief executive of Steinmaar; speaks in 1 claim and is named in 1 other (tram-line).',
    );
    expect(lines).toContain(
      'Gregor Aumann: former Mayor of Halmbruck; speaks in 1 claim and is named in 1 other (tram-line).',
    );
    expect(new Set(lines).size).toBe(lines.length);
  });

  it('shows what somebody says, then what is said about them', async () => {
    const reply = await bot.answer(bot.parse('/people brisch'));
    expect(reply).toMatchObject({ title: 'Aldo Brisch', lead: 'chief executive of Steinmaar.', outcome: 'answered' });
    expect(claimsOf(reply)).toEqual([
      'Says · tram-line: tram-line/brisch-taunt',
      'Is named · tram-line: tram-line/molan-offer',
    ]);
  });

  it('takes a group by its name', async () => {
    expect(linesOf(await bot.answer(bot.parse('/people mayors'))).map((line) => line.split(':')[0])).toEqual([
      'Ilse Tavernik',
      'Gregor Aumann',
    ]);
  });

  it('says who is named if nobody has the name, and completes names while they are typed', async () => {
    expect(await bot.answer(bot.parse('/people Nobody'))).toMatchObject({
      outcome: 'refused',
      lead: expect.stringMatching(/^Among those named are /),
    });
    expect(await bot.complete('people', 'name', 'tavern')).toEqual([{ name: 'Ilse Tavernik', value: 'Ilse Tavernik' }]);
    const nobody = await botOn([topicOf('a')]);
    expect(linesOf(await nobody.answer(createQuestion('people')))).toEqual([]);
  });

  it('does not give everything to the author, who says whatever nobody else does', async () => {
    const topics = [topicOf('a', { claims: [claimOf(), claimOf({ id: 'test/y', people: [ARTICLE.author] })] })];
    const own = await botOn(topics);
    expect(claimsOf(await own.answer(createQuestion('people', { name: ARTICLE.author })))).toEqual([
      'Is named: test/y',
    ]);
  });
});

it('/figures puts every number of a claim over it, the one that it is about first', async () => {
  const reply = await bot.answer(createQuestion('figures'));
  const headings = new Map(
    reply.entries.flatMap((entry) => (entry.type === 'claim' ? [[entry.claim.id, entry.heading] as const] : [])),
  );
  expect(headings.size).toBeGreaterThan(3);
  const number = { value: 2, unit: 'x'.repeat(70) };
  const own = await botOn([
    topicOf('a', {
      claims: [
        claimOf({
          number: { value: 19, unit: 'shops' },
          numbers: [
            { value: 140, unit: 'shops' },
            { value: 26, unit: 'months' },
          ],
        }),
        claimOf({ id: 'test/y', numbers: [number, number] }),
      ],
    }),
  ]);
  const { entries } = await own.answer(createQuestion('figures'));
  expect(entries.map((entry) => (entry.type === 'claim' ? entry.heading : ''))).toEqual([
    '19 shops; 140 shops; 26 months',
    `2 ${'x'.repeat(70)}`,
  ]);
});

it('/timeline shows the dates of the claims, in order', async () => {
  const own = await botOn([
    topicOf('a', {
      claims: [claimOf({ date: '2021-05' }), claimOf({ id: 'test/y', date: '1991/2023' }), claimOf({ id: 'test/z' })],
    }),
  ]);
  const { entries } = await own.answer(createQuestion('timeline'));
  expect(entries.map((entry) => (entry.type === 'claim' ? entry.heading : ''))).toEqual(['1991–2023', 'May 2021']);
});

describe('a withdrawn claim', () => {
  const withdrawn = claimOf({
    id: 'test/old',
    text: 'Frogs rained on the harbour.',
    asks: ['Did frogs rain?'],
    withdrawn: { date: '2026-11-25', what: 'the article says nothing of it' },
    people: ['Ada'],
    number: { value: 3, unit: 'frogs' },
  });
  const said =
    'The editors withdrew a claim on 25 November 2026: the article says nothing of it. The bot no longer uses it in answers.';
  let own: Bot;
  beforeAll(async () => {
    own = await botOn([topicOf('a', { claims: [claimOf({ text: 'The harbour is old.' })], withdrawn: [withdrawn] })]);
  });

  it('is out of answers, lists and searches', async () => {
    for (const path of ['/figures', '/people', '/timeline', '/topics', '/a', 'frogs on the harbour', 'rained frogs?']) {
      const { entries } = await own.answer(own.parse(path));
      expect(entries.flatMap((entry) => (entry.type === 'claim' ? [entry.claim.id] : []))).not.toContain('test/old');
      expect(entries.flatMap((entry) => (entry.type === 'line' ? [writeText(entry.text)] : [])).join()).not.toContain(
        'Frogs',
      );
    }
  });

  it('says so if a link, a button or its own question still leads to it, and on its topic', async () => {
    for (const path of ['/brief test/old', 'Did frogs rain?', 'did frogs rain'])
      expect(await own.answer(own.parse(path))).toMatchObject({ title: 'This was withdrawn', lead: said, entries: [] });
    expect(linesOf(await own.answer(createQuestion('a')))).toEqual([`Withdrawn: ${said}`]);
  });

  it('gives way to what the editors say instead', async () => {
    const instead = claimOf({
      id: 'test/new',
      text: 'Rain fell, and no frogs.',
      asks: ['Did frogs rain on the harbour?'],
    });
    const bot = await botOn([topicOf('a', { claims: [instead], withdrawn: [withdrawn] })]);
    expect(claimsOf(await bot.answer(bot.parse('Did frogs rain?')))).toEqual(['undefined: test/new']);
  });

  it('leaves a link to a claim that stands as it was', async () => {
    expect(claimsOf(await own.answer(own.parse('/brief test/x')))).toEqual(['undefined: test/x']);
  });
});
