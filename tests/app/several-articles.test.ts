import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bot } from '../../src/core/bot.ts';
import type { Reply } from '../../src/core/reply.ts';
import { writeText } from '../../src/core/text.ts';
import { openTestBot } from '../support/content.ts';

let directory: string;
let bot: Bot;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'several-'));
  await cp('tests/fixtures/content/harbour', join(directory, 'harbour'), { recursive: true });
  await cp('tests/fixtures/island', join(directory, 'island'), { recursive: true });
  const edit = async (file: string, from: RegExp, to: string) => {
    const text = await readFile(join(directory, file), 'utf8');
    if (!from.test(text)) throw new Error(`${file} has no ${from}`);
    await writeFile(join(directory, file), text.replace(from, to));
  };
  await edit('harbour/topics/cargo.md', /freight/, 'gatehouse, freight');
  await edit('island/topics/lighthouse.md', /^/, '---\naliases: [gatehouse, beacon]\n---\n\n');
  // The same word, for different things.
  await edit('harbour/article.yaml', /synonyms:\n/, 'synonyms:\n  grain: [gubbins]\n');
  await edit('island/article.yaml', /synonyms:\n/, 'synonyms:\n  lighthouse: [gubbins]\n');
  bot = await openTestBot(directory);
});
afterAll(() => rm(directory, { recursive: true }));

const ask = (text: string) => bot.answer(bot.parse(text));
const labelsOf = ({ entries }: Reply) =>
  entries.flatMap((entry) => (entry.type === 'line' ? [writeText(entry.label ?? '')] : []));
const articlesOf = ({ entries }: Reply) =>
  new Set(entries.flatMap((entry) => (entry.type === 'claim' ? [entry.topic.article.slug] : [])));

describe('an alias that two articles have', () => {
  it.each(['/gatehouse', '/brief gatehouse'])('asks which is meant: %s', async (text) => {
    const reply = await ask(text);
    expect(reply).toMatchObject({ outcome: 'listed', lead: expect.stringContaining('Which one do you want?') });
    expect(labelsOf(reply)).toEqual(['/cargo', '/lighthouse']);
    expect(reply.actions.map(({ question }) => question.command)).toEqual(['cargo', 'lighthouse']);
  });

  it('means one with the article’s name after it', async () => {
    expect((await ask('/gatehouse island')).title).toBe('Lighthouse');
    expect((await ask('/brief gatehouse harbour')).title).toBe('Cargo');
  });

  it('that one article has opens its topic', async () => {
    expect((await ask('/beacon')).title).toBe('Lighthouse');
    expect((await ask('/nonsense')).outcome).toBe('refused');
  });
});

it('a synonym belongs to the article that has it', async () => {
  const grain = await ask('Is gubbins important there?');
  const tower = await ask('When was the gubbins built?');
  expect([grain.outcome, [...articlesOf(grain)][0]]).toEqual(['answered', 'harbour']);
  expect([tower.outcome, [...articlesOf(tower)][0]]).toEqual(['answered', 'island']);
});

it.each(['Who wrote it?', 'Who is the author?', 'Who wrote the essay?'])('%s names each author', async (text) => {
  const { entries } = await ask(text);
  expect(entries.map((entry) => (entry.type === 'line' ? writeText(entry.text) : ''))).toEqual([
    'Mara Lindqvist wrote “A Harbour Worth Keeping”.',
    'Tomas Okafor wrote “An Island Without Bridges”.',
  ]);
});

it('Who wrote it? is answered from an article’s claims if it answers alone', async () => {
  const alone = await openTestBot();
  const { entries } = await alone.answer(alone.parse('Who wrote it?'));
  expect(entries).toMatchObject([{ type: 'claim', claim: { id: 'harbour/sails-herself' } }]);
});

it.each(['sources', 'topics'])('/%s takes an article by any of its names', async (command) => {
  for (const name of ['island', 'An Island Without Bridges']) {
    expect((await ask(`/${command} ${name}`)).byline).toMatch(/^“An Island Without Bridges”[^\n]*$/);
  }
  expect((await ask(`/${command}`)).byline.split('\n')).toHaveLength(2);
});
