import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ANY_REMARKS, HeldBack } from '../../src/desk/check-writes.ts';
import { createFileWriter, readVersion } from '../../src/desk/files.ts';
import { listInTheWay } from '../../src/desk/in-the-way.ts';
import { endClaim, type Publisher, setState } from '../../src/desk/publish.ts';
import { COMMAND_NAMES } from '../support/content.ts';
import { copyArticle, openTestDesk } from '../support/desk.ts';

let content: Awaited<ReturnType<typeof copyArticle>>;
let publisher: Publisher;
beforeEach(async () => {
  content = await copyArticle();
  const { directory } = content;
  publisher = { directory, commands: COMMAND_NAMES, writer: createFileWriter(directory) };
});
afterEach(() => content.remove());

const file = (name: string) => join(content.directory, 'tram-line', name);
const published = async () => (await openTestDesk(content.directory)).published();
const article = 'tram-line';

it('makes a topic a draft and publishes it again, as it was', async () => {
  const before = await readFile(file('topics/costs.md'), 'utf8');
  expect(await setState(publisher, { article, topic: 'costs' }, 'draft')).toEqual([]);
  expect((await published()).find('costs')).toBeUndefined();
  expect(await setState(publisher, { article, topic: 'costs' }, 'live')).toEqual([]);
  expect((await published()).find('costs')?.title).toBe('Costs');
  expect(await readFile(file('topics/costs.md'), 'utf8')).toBe(before);
});

it('tells an article with draft topics from a finished one', async () => {
  const states = async () => (await published()).articles.map(({ hasDrafts = false }) => hasDrafts);
  expect(await states()).toEqual([false]);
  await setState(publisher, { article, topic: 'costs' }, 'draft');
  expect(await states()).toEqual([true]);
  await setState(publisher, { article, topic: 'costs' }, 'live');
  expect(await states()).toEqual([false]);
});

it('publishes an article with all its topics, the record last', async () => {
  await setState(publisher, { article, all: true }, 'draft');
  expect((await published()).topics).toEqual([]);
  expect(await setState(publisher, { article }, 'live')).toEqual([]);
  expect((await published()).topics).toEqual([]);
  expect(await setState(publisher, { article, all: true }, 'live')).toEqual([]);
  expect((await published()).topics.length).toBeGreaterThan(3);
});

it('publishes nothing that has faults, and says which', async () => {
  await setState(publisher, { article, topic: 'costs' }, 'draft');
  const text = await readFile(file('topics/costs.md'), 'utf8');
  await writeFile(file('topics/costs.md'), text.replace('kind: figure', 'kind: fact'));
  const faults = await setState(publisher, { article, topic: 'costs' }, 'live');
  expect(faults.map(({ code }) => code)).toEqual(['choice-unknown']);
  expect(await readFile(file('topics/costs.md'), 'utf8')).toMatch(/^---\ndraft: true/);
  // A draft article hides no fault of a topic either.
  await setState(publisher, { article }, 'draft');
  expect(await setState(publisher, { article, topic: 'costs' }, 'live')).toHaveLength(1);
});

it('holds back what the article speaks against, also while its article is a draft, unless somebody insists', async () => {
  await setState(publisher, { article, topic: 'costs' }, 'draft');
  const text = await readFile(file('topics/costs.md'), 'utf8');
  await writeFile(file('topics/costs.md'), text.replace('has cost €468 million', 'has cost €486 million'));
  const publish = (topic?: string, inSpiteOf?: string) => setState(publisher, { article, topic }, 'live', inSpiteOf);
  const held = await publish('costs').catch((error: unknown) => error);
  expect(held).toBeInstanceOf(HeldBack);
  const { key, remarks } = held as HeldBack;
  expect(remarks.map(({ code }) => code)).toEqual(['source-number']);
  expect(await readFile(file('topics/costs.md'), 'utf8')).toMatch(/^---\ndraft: true/);
  await expect(publish('costs', 'another key')).rejects.toThrow('486');
  // A draft article makes it no truer; once it is published, readers would see it.
  await setState(publisher, { article }, 'draft');
  await expect(publish('costs')).rejects.toThrow('486');
  expect(await publish('costs', key)).toEqual([]);
  await expect(publish()).rejects.toThrow('486');
  expect(await publish(undefined, ANY_REMARKS)).toEqual([]);
  // What is live already keeps no other topic back.
  expect(await setState(publisher, { article, topic: 'bridge' }, 'draft')).toEqual([]);
  expect(await publish('bridge')).toEqual([]);
});

it('says beforehand what stands in the way, and where it is mended', async () => {
  await setState(publisher, { article, all: true }, 'draft');
  const record = await readFile(file('article.yaml'), 'utf8');
  await writeFile(
    file('article.yaml'),
    record.replace(/^disclosure: >-\n(.*\n){2}/m, 'disclosure: "TO BE WORDED: x"\n'),
  );
  const text = await readFile(file('topics/costs.md'), 'utf8');
  await writeFile(
    file('topics/costs.md'),
    text
      .replace('kind: figure', 'kind: fact')
      .replace('What Line 6 was to cost', 'TO BE WORDED: what it was to cost')
      .replace('- number: 45 % of the bill', '- number: 46 % of the bill'),
  );
  const found = async (topic?: string) =>
    (await listInTheWay(publisher, { article, topic, all: topic === undefined })).map(({ href }) => href);
  const costs = '/desk/a/tram-line/t/costs';
  expect(await found('costs')).toEqual([`${costs}?claim=cost-overrun#field-kind`]);
  await writeFile(
    file('topics/costs.md'),
    (await readFile(file('topics/costs.md'), 'utf8')).replace('kind: fact', 'kind: figure'),
  );
  expect(await found('costs')).toEqual([`${costs}/head#field-summary`, `${costs}?claim=who-pays#field-number`]);
  expect(await found()).toContain('/desk/a/tram-line/record#field-disclosure');
});

it('corrects and withdraws a claim, and readers are told', async () => {
  const today = '2026-11-25';
  await endClaim(publisher, {
    article,
    claim: 'cost-overrun',
    how: 'corrected',
    text: 'Line 6 has cost €468 million so far, the paper reports.',
    why: 'the sum of 2019 was missing',
    today,
  });
  const [claim] = (await published()).find('costs')?.claims ?? [];
  expect(claim).toMatchObject({
    text: 'Line 6 has cost €468 million so far, the paper reports.',
    corrected: { date: today, what: 'the sum of 2019 was missing' },
  });
  await endClaim(publisher, { article, claim: 'cost-overrun', how: 'withdrawn', why: 'the paper took it back', today });
  const topic = (await published()).find('costs');
  expect(topic?.withdrawn.map(({ id }) => id)).toEqual(['tram-line/cost-overrun']);
  await expect(endClaim(publisher, { article, claim: 'who-pays', how: 'withdrawn', why: ' ', today })).rejects.toThrow(
    'told why',
  );
});

it('names what there is if something isn’t there', async () => {
  await expect(setState(publisher, { article: 'none' }, 'live')).rejects.toThrow('The articles are tram-line.');
  await expect(setState(publisher, { article, topic: 'none' }, 'live')).rejects.toThrow(/Its topics are .*costs/);
  await expect(
    endClaim(publisher, { article, claim: 'none', how: 'withdrawn', why: 'x', today: '2026-11-25' }),
  ).rejects.toThrow('no claim tram-line/none');
});

it('tells what it did once it is saved, and nothing of what was not', async () => {
  const changes: object[] = [];
  const { directory } = content;
  const writer = createFileWriter(directory, async (change) => void changes.push(change));
  const recorded = { ...publisher, writer };
  await setState(recorded, { article, topic: 'costs' }, 'draft');
  await setState(recorded, { article, topic: 'costs' }, 'draft');
  await setState(recorded, { article, topic: 'costs' }, 'live');
  const ending = { article, claim: 'cost-overrun', why: 'the paper took it back', today: '2026-11-25' };
  await endClaim(recorded, { ...ending, how: 'withdrawn' });
  const stale = { path: file('topics/costs.md'), version: 'old', text: 'x' };
  await expect(writer.save([stale])).rejects.toThrow('changed meanwhile');
  await writer.save([{ ...(await readVersion(file('article.yaml'))), path: file('article.yaml') }]);
  expect(changes).toEqual([
    { action: 'content.unpublish', about: 'tram-line/costs' },
    { action: 'content.publish', about: 'tram-line/costs' },
    { action: 'content.withdraw', about: 'tram-line/cost-overrun' },
    { action: 'content.save', about: 'tram-line/article.yaml' },
  ]);
});
