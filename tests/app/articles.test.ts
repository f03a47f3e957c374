import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { renderDiscord } from '../../src/adapters/discord/render-reply.ts';
import { parseCommand } from '../../src/adapters/slack/parse-command.ts';
import { renderSlack } from '../../src/adapters/slack/render-reply.ts';
import { type Fault, formatFault } from '../../src/content/fault.ts';
import { checkContent, loadContent } from '../../src/content/load.ts';
import { writeNewTopic } from '../../src/content/new-topic.ts';
import type { Asker } from '../../src/core/asker.ts';
import type { Bot } from '../../src/core/bot.ts';
import type { Reply } from '../../src/core/reply.ts';
import { writeText } from '../../src/core/text.ts';
import { chooseTopic } from '../../src/digest/rotation.ts';
import { createChoices } from '../../src/store/choices.ts';
import { openStore, type Store } from '../../src/store/open-store.ts';
import { COMMAND_NAMES, HARBOUR, openTestBot } from '../support/content.ts';
import { checkBody } from '../support/discord-harness.ts';
import { checkSlackBody } from '../support/slack-limits.ts';

let directory: string;
let store: Store;
let bot: Bot;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'briefing-articles-'));
  await cp(HARBOUR, directory, { recursive: true });
  await cp('tests/fixtures/island', join(directory, 'island'), { recursive: true });
});
afterAll(() => rm(directory, { recursive: true }));
beforeEach(async () => {
  await store?.close();
  store = await openStore('sqlite::memory:');
  bot = await openTestBot(directory, undefined, { choices: createChoices(store.db) });
});
afterAll(() => store?.close());

const asker = (team: string, manages = true, channel = 'C1'): Asker => ({
  key: 'slack:U1',
  platform: 'slack',
  user: 'U1',
  team,
  channel,
  direct: false,
  mayManage: async () => manages,
  obstacle: async () => undefined,
  timeZone: async () => undefined,
});
const ask = (text: string, who?: Asker): Promise<Reply> =>
  bot.answer({ ...bot.parse(text), ...(who ? { asker: who } : {}) });
const textsOf = ({ entries }: Reply) =>
  entries.map((one) =>
    one.type === 'claim'
      ? one.claim.text
      : one.type === 'part'
        ? one.question
        : `${writeText(one.label ?? '')}: ${writeText(one.text)}`,
  );

describe('commands of equal name', () => {
  it('are told apart by the article’s short name; others keep theirs', () => {
    const names = bot.commands.filter(({ topic }) => topic).map(({ name }) => name);
    expect(names.toSorted()).toEqual(['cargo', 'ferries-harbour', 'ferries-island', 'lighthouse']);
    expect(bot.commands.map(({ name }) => name)).toContain('ferries');
    expect(bot.commands.map(({ name }) => name)).toContain('articles');
    expect(new Set(bot.commands.map(({ name }) => name)).size).toBe(bot.commands.length);
  });

  it.each(['/ferries', 'ferries', '/brief ferries', '/brief boats'])(
    '%s shows both with their bylines',
    async (text) => {
      const reply = await ask(text);
      expect(reply.outcome).toBe('listed');
      expect(reply.byline).toMatch(
        /“A Harbour Worth Keeping” by Mara Lindqvist · opinion\n“An Island Without Bridges” by Tomas Okafor · report/,
      );
      expect(textsOf(reply)).toEqual([
        expect.stringContaining('/ferries-harbour'),
        expect.stringContaining('/ferries-island'),
      ]);
      expect(reply.actions.map(({ label }) => label)).toEqual(['Ferries (harbour)', 'Ferries (island)']);
    },
  );

  it('lead to one article each, with its own byline, its own next topic and its own related ones', async () => {
    const reply = await ask('/ferries-island');
    expect(reply).toMatchObject({
      outcome: 'answered',
      byline: '“An Island Without Bridges” by Tomas Okafor · report',
    });
    expect(reply.actions.map(({ label }) => label)).toEqual([
      expect.stringMatching(/\?$/),
      'Sources',
      'Lighthouse',
      'All topics',
    ]);
    expect((await ask('/brief topic:ferries')).outcome).toBe('listed');
    const chosen = await bot.answer({
      command: 'brief',
      options: { topic: 'ferries', article: 'island' },
      private: false,
    });
    expect(chosen.byline).toContain('Tomas');
  });

  it.each([
    '/brief topic:ferries article:island',
    '/brief ferries article:Island',
    '/brief ferries island',
    '/brief boats island',
    '/brief Ferries an-island-without-bridges',
    '/ferries island',
    '/brief ferries-island',
  ])('%s shows that of the article', async (text) => {
    expect(await ask(text)).toMatchObject({ title: 'Ferries', byline: expect.stringMatching(/^“An Island[^\n]*$/) });
  });

  it.each([
    ['ferries island', '/brief ferries island'],
    ['lighthouse island', '/brief lighthouse island'],
    ['/lighthouse island', '/brief lighthouse island'],
    ['lighthouse who built it?', '/lighthouse who built it?'],
    ['ferries', '/ferries'],
    ['topic:ferries article:island', '/brief topic:ferries article:island'],
    ['ask ferries island', '/ask ferries island'],
  ])('on Slack, /brief %s is %s', (text, same) => {
    expect(parseCommand(bot, '/brief', text, '')).toEqual(bot.parse(same));
  });

  it('an article’s name after a topic’s own command is a question, as all words there are', () => {
    expect(bot.parse('/lighthouse island')).toMatchObject({ command: 'ask' });
  });

  it('/brief with an article that is not there names those that are', async () => {
    expect(await ask('/brief ferries article:moon')).toMatchObject({ lead: 'The articles are harbour, island.' });
    expect(await ask('/brief ferries moon')).toMatchObject({ outcome: 'refused', title: 'There is no such topic' });
  });

  it('say where they are in figures, timeline and topics', async () => {
    const headings = (reply: Reply) => reply.entries.map((one) => (one.type === 'claim' ? one.heading : one.text));
    expect(headings(await ask('/figures'))).toContainEqual(expect.stringMatching(/412 crossings · island/));
    const timeline = headings(await ask('/timeline'));
    expect(timeline[0]).toBe('1888 · island');
    expect(timeline.at(-1)).toBe('3 May (no year given) · harbour');
    expect(headings(await ask('/topics'))).toContainEqual(expect.stringContaining('(island)'));
  });

  it('keep a subscription that named the topic before the other article came', async () => {
    expect(chooseTopic(bot.library, ['ferries'], [])?.name).toBe('ferries');
    expect(chooseTopic(bot.library.only(['island']), ['ferries'], [])?.slug).toBe('ferries-island');
  });
});

describe('a question', () => {
  it('that two articles answer shows them side by side under their bylines', async () => {
    const reply = await ask('how often does the boat sail?');
    expect(reply).toMatchObject({ outcome: 'answered', title: 'What the articles say' });
    const texts = textsOf(reply);
    const first = texts.findIndex((text) => text.startsWith('harbour: “A Harbour'));
    const second = texts.findIndex((text) => text.startsWith('island: “An Island'));
    expect(Math.min(first, second)).toBe(0);
    expect(texts).toContainEqual(expect.stringContaining('sail every hour'));
    expect(texts).toContainEqual(expect.stringContaining('412 times'));
    expect(reply.byline.split('\n')).toHaveLength(2);
    checkBody('create-message', renderDiscord(reply));
    checkSlackBody('message', { ...renderSlack(reply) });
  });

  it('that one answers names that one alone', async () => {
    const reply = await ask('when was the lighthouse built?');
    expect(reply).toMatchObject({
      outcome: 'answered',
      title: 'What the article says',
      byline: expect.not.stringContaining('\n'),
    });
    expect(reply.byline).toContain('An Island');
  });

  it('that none answers is declined by all', async () => {
    expect(await ask('who is the president of France?')).toMatchObject({
      outcome: 'declined',
      // A topic of one of them is a draft.
      title: 'The editors’ claims so far do not say',
    });
  });
});

describe('a choice of articles', () => {
  it('holds in its workspace for every command, for questions, for what is offered while typing, and nowhere else', async () => {
    expect(await ask('/articles choose island', asker('T1'))).toMatchObject({
      outcome: 'listed',
      title: 'Articles from now on',
    });
    const here = asker('T1', false);
    expect(textsOf(await ask('/articles', here))).toEqual([
      expect.stringMatching(/^harbour: .*not chosen here/),
      expect.stringMatching(/^island: .*answers here/),
    ]);
    expect((await ask('/ferries', here)).byline).toBe('“An Island Without Bridges” by Tomas Okafor · report');
    expect(await ask('/cargo', here)).toMatchObject({ outcome: 'refused', title: 'Another article answers here' });
    expect(textsOf(await ask('how often does the boat sail?', here)).join()).not.toContain('every hour');
    expect((await ask('how much freight does the harbour handle?', here)).outcome).toBe('declined');
    expect(textsOf(await ask('/topics', here))).toHaveLength(2);
    expect((await ask('/figures', here)).byline).not.toContain('Mara');
    const community = { platform: 'slack', team: 'T1' };
    expect(await bot.complete('brief', 'topic', '', community)).toHaveLength(2);
    expect(await bot.complete('brief', 'topic', 'cargo', community)).toEqual([]);
    expect((await bot.libraryOf(community)).articles).toHaveLength(1);

    const elsewhere = asker('T2', false);
    expect((await ask('/cargo', elsewhere)).outcome).toBe('answered');
    expect((await ask('/cargo')).outcome).toBe('answered');
    expect(await bot.complete('brief', 'topic', '')).toHaveLength(4);

    await ask('/articles all', asker('T1'));
    expect((await ask('/cargo', here)).outcome).toBe('answered');
  });

  it('is made by those who manage the place, with names that there are', async () => {
    expect(await ask('/articles choose island', asker('T1', false))).toMatchObject({ outcome: 'refused' });
    expect(await ask('/articles choose nonsense', asker('T1'))).toMatchObject({ title: 'There is no such article' });
    expect(await ask('/articles choose', asker('T1'))).toMatchObject({ title: 'Which articles?' });
    expect(await ask('/articles choose island', asker(''))).toMatchObject({ title: 'All articles answer here' });
    expect(await ask('/articles choose island')).toMatchObject({ title: 'Nothing to choose here' });
    expect(await ask('/articles what', asker('T1'))).toMatchObject({ title: 'There is no such action' });
    expect((await ask('/cargo', asker('T1'))).outcome).toBe('answered');
    expect(await bot.complete('articles', 'articles', 'harbour,isl')).toEqual([
      { name: 'harbour, An Island Without Bridges', value: 'harbour,island' },
    ]);
  });

  it('of an article that is gone counts as none', async () => {
    await createChoices(store.db).choose({ platform: 'slack', team: 'T1', user: 'U1' }, ['gone']);
    expect((await ask('/cargo', asker('T1'))).outcome).toBe('answered');
  });
});

describe('a short name', () => {
  it('stands for the article wherever people read it; its folder does, too', async () => {
    const copy = await mkdtemp(join(tmpdir(), 'briefing-short-'));
    await cp(join(directory, 'harbour'), join(copy, 'a-harbour-worth-keeping'), { recursive: true });
    await cp(join(directory, 'island'), join(copy, 'island'), { recursive: true });
    const record = join(copy, 'a-harbour-worth-keeping/article.yaml');
    await writeFile(record, `short: quay side\n${await readFile(record, 'utf8')}`);
    const own = await openTestBot(copy, undefined, { choices: createChoices(store.db) });
    const choose = (names: string, team: string) =>
      own.answer({ ...own.parse(`/articles choose ${names}`), asker: asker(team) });

    expect(textsOf(await own.answer(own.parse('/articles')))[0]).toMatch(/^quay side: /);
    expect(await choose('nonsense', 'S1')).toMatchObject({ lead: 'The articles are quay side, island.' });
    for (const [index, name] of [
      'quay side',
      'Quay-Side',
      'quay side, island',
      'island quay side',
      'island,A Harbour Worth Keeping',
      'a-harbour-worth-keeping',
    ].entries())
      expect(textsOf(await choose(name, `S2${index}`))[0]).toMatch(/^quay side: .* answers here\.$/);
    expect(await own.complete('articles', 'articles', 'island,qu')).toMatchObject([{ value: 'island,quay side' }]);
    expect(await own.complete('articles', 'articles', 'a-harbour-worth-keeping,')).toMatchObject([
      { value: 'a-harbour-worth-keeping,island' },
    ]);
    expect(await own.complete('brief', 'article', 'harb')).toMatchObject([{ value: 'quay side' }]);
    expect((await own.answer(own.parse('/brief ferries quay side'))).byline).toMatch(/^“A Harbour[^\n]*$/);

    await expect(writeNewTopic(copy, 'tides', COMMAND_NAMES)).rejects.toThrow(/the articles are: quay side, island$/);
    expect(await writeNewTopic(copy, 'tides', COMMAND_NAMES, 'quay side')).toEqual([
      join(copy, 'a-harbour-worth-keeping/topics/tides.md'),
      join(copy, 'a-harbour-worth-keeping/wordings/tides.yaml'),
    ]);
    expect((await writeNewTopic(copy, 'winds', COMMAND_NAMES, 'a-harbour-worth-keeping'))[0]).toMatch(/winds\.md$/);
    await rm(copy, { recursive: true });
  });
});

describe('a draft', () => {
  let copy: string;
  beforeEach(async () => {
    copy = await mkdtemp(join(tmpdir(), 'briefing-draft-'));
    await cp(directory, copy, { recursive: true });
  });
  afterEach(() => rm(copy, { recursive: true }));

  const change = async (file: string, by: (text: string) => string) =>
    writeFile(join(copy, file), by(await readFile(join(copy, file), 'utf8')));
  const draft = (article: string) => change(`${article}/article.yaml`, (text) => `draft: true\n${text}`);
  const check = () => checkContent(copy, COMMAND_NAMES);
  const messagesOf = (faults: readonly Fault[]) => faults.map(formatFault).join('\n');

  it('is checked, and never answered from', async () => {
    expect(bot.library.topics.map(({ name }) => name)).not.toContain('whales');
    expect(await ask('/whales')).toMatchObject({ outcome: 'refused' });
    expect(textsOf(await ask('when did the whales come back?')).join()).not.toContain('hales');
    expect((await check()).drafts).toEqual({ articles: 0, topics: 1, faults: [] });
    await change('island/topics/whales.md', (text) => `${text}\n[^alone]: **Context.** Nobody refers to it.\n`);
    expect((await check()).faults).toEqual([]);
    expect(messagesOf((await check()).drafts.faults)).toMatch(/whales\.md:\d+: note \[\^alone\] belongs to no claim/);
    await writeFile(join(copy, 'island/topics/whales.md'), '---\ndraft: perhaps\n---\n\n# Whales\n');
    await expect(loadContent(copy, COMMAND_NAMES)).rejects.toThrow(/whales\.md:\d+: draft is neither true nor false/);
  });

  it('of a whole article leaves it out, and if all is draft the bot says so', async () => {
    await draft('island');
    const library = await loadContent(copy, COMMAND_NAMES);
    expect(library.articles.map(({ slug }) => slug)).toEqual(['harbour']);
    expect(library.topics.map(({ slug }) => slug)).toEqual(['cargo', 'ferries']);
    expect((await check()).drafts).toMatchObject({ articles: 1, topics: 3 });
    await draft('harbour');
    const nothing = await openTestBot(copy);
    for (const text of ['/help', '/topics', 'when did the whales come back?'])
      expect(await nothing.answer(nothing.parse(text))).toMatchObject({
        outcome: 'refused',
        title: 'Nothing is published yet',
        byline: 'No article is published yet',
      });
  });

  it.each<[string, string, (text: string) => string, RegExp]>([
    [
      'a paragraph that no topic covers',
      'island/article.yaml',
      (text) => text.replace('paragraphs: 3', 'paragraphs: 9'),
      /article\.yaml:\d+: no topic covers/,
    ],
    ['no author', 'island/article.yaml', (text) => text.replace(/author: .*\n/, ''), /author is missing/],
    ['a topic that is no YAML', 'island/topics/ferries.md', () => '---\na: [b\n---\n', /ferries\.md:\d+: this is not/],
    ['a topic without claims', 'island/topics/whales.md', () => '# Whales\n', /whales\.md:\d+: .*claim/],
    ['an alias that is a command', 'island/topics/whales.md', (text) => alias(text, 'help'), /the command \/help/],
  ])('article with %s keeps nothing else from being answered from, and lint names it', async (_, file, by, fault) => {
    await draft('island');
    await change(file, by);
    expect((await loadContent(copy, COMMAND_NAMES)).articles.map(({ slug }) => slug)).toEqual(['harbour']);
    const { faults, drafts } = await check();
    expect(faults).toEqual([]);
    expect(messagesOf(drafts.faults)).toMatch(fault);
  });

  it.each<[string, (text: string) => string, RegExp]>([
    ['no claims', (text) => text.slice(0, text.indexOf('## Claims')), /whales\.md:\d+: there is no list of claims/],
    ['a name of a published topic', (text) => alias(text, 'lighthouse'), /alias "lighthouse" is taken by/],
    ['a dead link', (text) => `${text}\n## See also\n\n- [No](no.md)\n`, /no topic no\.md/],
  ])('topic with %s leaves its article answering', async (_, by, fault) => {
    await change('island/topics/whales.md', by);
    expect((await loadContent(copy, COMMAND_NAMES)).topics.map(({ slug }) => slug)).toContain('lighthouse');
    expect(messagesOf((await check()).drafts.faults)).toMatch(fault);
  });

  it('topic that takes a published one’s name is the one to blame, whichever comes first', async () => {
    const whales = await readFile(join(copy, 'island/topics/whales.md'), 'utf8');
    await writeFile(join(copy, 'harbour/topics/a-draft.md'), alias(whales, 'freight'));
    const { faults, drafts } = await check();
    expect(faults).toEqual([]);
    expect(messagesOf(drafts.faults)).toMatch(/^\S+a-draft\.md:\d+: alias "freight" is taken by \S+cargo\.md; [^\n]+$/);
  });

  it('topic covers paragraphs, and if it is faulty what is covered is not known', async () => {
    await change('island/topics/whales.md', (text) => text.replace(/paragraph: \d/, 'paragraph: 4'));
    await change('island/article.yaml', (text) => text.replace('paragraphs: 3', 'paragraphs: 4'));
    expect((await check()).faults).toEqual([]);
    await change('island/topics/whales.md', (text) => text.replace('paragraph: 4', 'page: 4'));
    expect((await check()).faults).toEqual([]);
    await rm(join(copy, 'island/topics/whales.md'));
    expect(messagesOf((await check()).faults)).toMatch(/no topic covers paragraph (3, )?4/);
  });

  it('keeps no fault of what is published from being one', async () => {
    await draft('island');
    await change('harbour/topics/cargo.md', (text) => text.replace('kind: figure', 'kind: wrong'));
    await expect(loadContent(copy, COMMAND_NAMES)).rejects.toThrow(/cargo\.md:\d+: kind "wrong"/);
    expect((await check()).drafts.faults).toEqual([]);
  });
});

function alias(text: string, name: string): string {
  return text.replace('draft: true', `draft: true\naliases: [${name}]`);
}
