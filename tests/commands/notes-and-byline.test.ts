import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderDiscord } from '../../src/adapters/discord/render-reply.ts';
import { renderSlack } from '../../src/adapters/slack/render-reply.ts';
import { renderTerminal } from '../../src/adapters/terminal/render-reply.ts';
import type { Bot } from '../../src/core/bot.ts';
import { createQuestion, type Question } from '../../src/core/question.ts';
import { collectNotes, type Reply } from '../../src/core/reply.ts';
import { composeDigest } from '../../src/digest/compose-digest.ts';
import { takeTurn } from '../../src/digest/turn.ts';
import { CONTENT, openTestBot } from '../support/content.ts';
import { textsOf } from '../support/discord-limits.ts';

/** Every page of an answer. */
async function readPages(bot: Bot, question: Question): Promise<Reply[]> {
  const pages: Reply[] = [];
  for (let from = 0; ; ) {
    const page = await bot.answer(from > 0 ? { ...question, from } : question);
    pages.push(page);
    from += page.entries.length;
    if (page.entries.length === 0 || from >= page.total) return pages;
  }
}

/** Questions by which each command shows claims. */
function listQuestions({ library, commands }: Bot): Question[] {
  const claims = library.topics.flatMap((topic) => topic.claims);
  const people = new Set(claims.flatMap((claim) => claim.people));
  const first = claims[0]?.asks[0] ?? '';
  return [
    ...claims.map(({ id }) => createQuestion('brief', { topic: id })),
    ...claims.flatMap(({ asks }) => asks.slice(0, 1)).map((question) => createQuestion('ask', { question })),
    createQuestion('ask', { question: `${first} And who is it that says so?` }),
    ...library.topics.map(({ slug }) => createQuestion('brief', { topic: slug })),
    ...[...people].map((name) => createQuestion('people', { name })),
    ...commands.filter(({ name }) => name !== 'articles').map(({ name }) => createQuestion(name)),
  ];
}

/** Letters and digits alone: what escapes and line breaks leave as it is. */
const bare = (text: string) => text.replace(/&(amp|lt|gt);/g, '').replace(/[^\p{L}\p{N}]+/gu, '');

function checkNotes(reply: Reply): number {
  const due = reply.entries.flatMap((entry) =>
    entry.type === 'claim' ? [...entry.topic.notes, ...entry.claim.notes].map(({ text }) => text) : [],
  );
  const shown = collectNotes(reply).map(({ text }) => text);
  const { command, options } = reply.question;
  expect(shown, `${command} ${JSON.stringify(options)}`).toEqual(expect.arrayContaining(due));
  return due.length;
}

function checkRendered(reply: Reply): void {
  const written = [
    textsOf(renderDiscord(reply)).join('\n'),
    JSON.stringify(renderSlack(reply).blocks),
    renderTerminal(reply, 80, (_, text) => text),
  ].map(bare);
  for (const { text } of collectNotes(reply)) for (const one of written) expect(one).toContain(bare(text));
}

describe.each([
  ['several articles', 'tests/fixtures/articles'],
  ['one article', CONTENT],
])('of %s', (_, directory) => {
  let bot: Bot;
  beforeAll(async () => {
    bot = await openTestBot(directory);
  });

  it('every command shows a claim with its notes and those of its topic, on every page and platform', async () => {
    const shownBy = new Set<string>();
    const shown = new Set<string>();
    for (const question of listQuestions(bot)) {
      for (const page of await readPages(bot, question)) {
        const count = checkNotes(page);
        if (count > 0) shownBy.add(question.command);
        for (const entry of page.entries) if (entry.type === 'claim') shown.add(entry.claim.id);
        if (question.command === 'brief' || question.command === 'ask') checkRendered(page);
      }
    }
    const claims = bot.library.topics.flatMap((topic) => topic.claims);
    expect([...shown].sort()).toEqual(claims.map(({ id }) => id).sort());
    expect([...shownBy]).toEqual(expect.arrayContaining(['ask', 'brief', 'figures', 'people', 'timeline']));
  });

  it('so does every digest', () => {
    for (const topic of bot.library.topics) checkNotes(composeDigest(topic, takeTurn(topic).claims));
  });
});

describe('what the byline calls an article', () => {
  let directory: string;
  let bot: Bot;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'byline-'));
    await cp('tests/fixtures/content/harbour', join(directory, 'harbour'), { recursive: true });
    const record = join(directory, 'harbour/article.yaml');
    const text = await readFile(record, 'utf8');
    await writeFile(record, text.replace('kind: opinion\n', 'kind: opinion\ngenre: an essay that argues one side\n'));
    bot = await openTestBot(directory);
  });
  afterAll(() => rm(directory, { recursive: true }));

  const BYLINE = '“A Harbour Worth Keeping” by Mara Lindqvist · an essay that argues one side';

  it.each([
    '/cargo',
    '/figures',
    '/brief harbour/grain',
    'Is grain important there?',
    'Who is the king of Spain?',
    '/x',
  ])('stands on the answer to %s', async (text) => {
    const reply = await bot.answer(bot.parse(text));
    expect(reply.byline).toBe(BYLINE);
    for (const written of [
      textsOf(renderDiscord(reply)).join('\n'),
      JSON.stringify(renderSlack(reply).blocks),
      renderTerminal(reply, 200, (_, part) => part),
    ])
      expect(written).toContain('an essay that argues one side');
  });

  it('answers what sort of text it is, and stands on each digest', async () => {
    const reply = await bot.answer(bot.parse('What kind of article is it?'));
    expect(reply.entries).toContainEqual(
      expect.objectContaining({ label: 'Kind', text: 'It is an essay that argues one side.' }),
    );
    for (const topic of bot.library.topics) expect(composeDigest(topic, takeTurn(topic).claims).byline).toBe(BYLINE);
  });

  it('is its kind if the record does not say', async () => {
    const plain = await openTestBot();
    expect((await plain.answer(plain.parse('/cargo'))).byline).toMatch(/ · opinion$/);
  });
});
