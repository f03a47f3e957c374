import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { formatFault } from '../../src/content/fault.ts';
import { FAULT_TEXTS } from '../../src/content/fault-texts.ts';
import { lintContent } from '../../src/content/lint/lint-content.ts';
import { readNumbers } from '../../src/content/lint/numbers.ts';
import { tokenize } from '../../src/content/lint/tokens.ts';
import { parseParagraphs } from '../../src/content/paragraphs.ts';
import { COMMAND_NAMES, CONTENT } from '../support/content.ts';
import { composeParagraphsFile } from '../support/source-text.ts';
import { PLANTED_ADVICE } from './planted-advice.ts';
import { PLANTED, swap } from './planted-faults.ts';

const ARTICLES = ['kelp-farms', 'phone-ban', 'tram-line'];
const FIXTURES = 'tests/fixtures/articles';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'lint-'));
  await cp(join(FIXTURES, 'tram-line'), join(directory, 'tram-line'), { recursive: true });
  await writeFile(join(directory, 'tram-line/paragraphs.md'), await composeParagraphsFile('tram-line'));
});
afterEach(() => rm(directory, { recursive: true }));

const lint = () => lintContent(directory, COMMAND_NAMES);

async function edit(file: string, change: (text: string) => string): Promise<string> {
  const path = join(directory, file);
  const text = change(await readFile(path, 'utf8').catch(() => ''));
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
  return text;
}

describe('no false alarm', () => {
  it.each(ARTICLES)('on %s, compared with its text', async (article) => {
    await cp(join(FIXTURES, article), join(directory, article), { recursive: true });
    await writeFile(join(directory, article, 'paragraphs.md'), await composeParagraphsFile(article));
    const { advice, faults, compared } = await lint();
    expect(compared).toContain(article);
    expect([...faults, ...advice].map(formatFault)).toEqual([]);
  });

  it('on articles without their text', async () => {
    for (const folder of [FIXTURES, CONTENT]) {
      const { advice, faults } = await lintContent(folder, COMMAND_NAMES);
      expect([...faults, ...advice].map(formatFault)).toEqual([]);
    }
  });
});

describe('lint names file, line and remedy of', () => {
  it.each(PLANTED_ADVICE)('$name', async ({ file, change, code, at = '', blamed = file }) => {
    const changed = await edit(file, change);
    const text = blamed === file ? changed : await readFile(join(directory, blamed), 'utf8');
    const { advice, faults, library } = await lint();
    expect(faults.map(formatFault)).toEqual([]);
    expect(library).toBeDefined();
    const [found] = advice.filter((one) => one.code === code && one.file.endsWith(blamed));
    if (!text.toLowerCase().includes(at.toLowerCase())) throw new Error(`${blamed} has no ${at}`);
    const line = text.slice(0, text.toLowerCase().indexOf(at.toLowerCase())).split('\n').length;
    expect(found, advice.map(formatFault).join('\n')).toMatchObject({ line, remedy: expect.stringMatching(/./) });
  });
});

it.each([
  ['Ms Oszek', 'Mirela Oszek', []],
  // Two people of one surname: which of them is it?
  ['Ms Oszek', 'Mirela Oszek', ['source-name-elsewhere', 'source-name-elsewhere'], 'Jan Oszek: {}'],
])('takes a surname, %s, for %s of the record, unless two share it', async (said, _, codes, other = '') => {
  await edit('tram-line/article.yaml', swap(', also: [Oszek, the auditor]', ''));
  if (other) await edit('tram-line/article.yaml', swap('people:\n  Ilse', `people:\n  ${other}\n  Ilse`));
  const inPages = /(\*\*4\.\*\*[^*]*?)Mirela Oszek/;
  await edit('tram-line/paragraphs.md', (text) =>
    text.replace(inPages, `$1${said}`).replace('**1.**', '**1.** Mirela Oszek came.'),
  );
  expect((await lint()).advice.map(({ code }) => code)).toEqual(codes);
});

it('names every loaded word of a claim, not the first alone', async () => {
  await edit(
    'tram-line/topics/costs.md',
    swap('has cost €468 million so far, the paper reports', 'is an insult and a crime of €468 million so far'),
  );
  const found = (await lint()).advice.filter(({ code }) => code === 'loaded-bare').map(({ what }) => what);
  expect(found).toEqual([expect.stringContaining('insult'), expect.stringContaining('crime')]);
});

it('has a trial for every fault that there is', () => {
  const tried = new Set([...PLANTED, ...PLANTED_ADVICE].map(({ code }) => code as string));
  const elsewhere = [
    ...['file-missing', 'file-unreadable', 'file-kind', 'file-size', 'file-encoding', 'line-length'],
    ...['folder-unreadable', 'folder-broken-link', 'no-article', 'no-topic'],
    // Tried in translations.test.ts.
    ...['translation-language', 'translation-note', 'translation-number'],
    ...['slug-taken', 'slug-shared', 'slug-long', 'short-taken', 'locale-taken', 'claims-empty'],
  ];
  expect(Object.keys(FAULT_TEXTS).filter((code) => !tried.has(code) && !elsewhere.includes(code))).toEqual([]);
});

it('finds nothing about the source if the source is not at hand', async () => {
  await rm(join(directory, 'tram-line/paragraphs.md'));
  await edit('tram-line/topics/costs.md', swap('has cost €468 million', 'has cost €486 million'));
  const { advice, compared } = await lint();
  expect(compared).toEqual([]);
  expect(advice.map(({ code }) => code)).toEqual(['data-number']);
});

it('leaves a claim alone that an editor has looked at', async () => {
  await edit('tram-line/topics/costs.md', swap('grew by half.', 'grew by half, to 999. <!-- lint: source-number -->'));
  expect((await lint()).advice).toEqual([]);
  await edit('tram-line/topics/costs.md', swap('lint: source-number', 'lint: source-name'));
  expect((await lint()).advice.map(({ code }) => code)).toEqual(['source-number']);
});

it('lists a draft’s faults apart, and says nothing of a withdrawn claim', async () => {
  await edit('tram-line/topics/costs.md', swap('has cost €468 million', 'has cost €486 million'));
  await edit('tram-line/topics/costs.md', swap('---\n', '---\ndraft: true\n'));
  const { advice, drafts } = await lint();
  expect(advice).toEqual([]);
  expect(drafts.faults.map(({ code }) => code)).toEqual(['source-number', 'data-number']);
  await edit(
    'tram-line/topics/costs.md',
    swap('id: cost-overrun', 'id: cost-overrun\n  - withdrawn: 2026-11-25; wrong sum'),
  );
  expect((await lint()).drafts.faults).toEqual([]);
});

it('says what is wrong with a source that cannot be read', async () => {
  await rm(join(directory, 'tram-line/paragraphs.md'));
  await mkdir(join(directory, 'tram-line/paragraphs.md'));
  expect((await lint()).advice.map(({ code }) => code)).toEqual(['file-kind']);
});

it('reads the paragraphs that import writes', () => {
  expect(
    parseParagraphs(
      '# T\n\nWords.\n\n## Part (x.md)\n\n**1.** One.\n\n**2.** Two\nlines.\n\n## Next\n\nNot this.\n\n**author.** She.\n',
    ),
  ).toEqual(
    new Map([
      ['1', 'One.\n'],
      ['2', 'Two\nlines.\n'],
      ['author', 'She.\n'],
    ]),
  );
});

it('tells tokens apart, so that no number is found in another', () => {
  expect(tokenize('Local 1172’s €3.1m, 55,000–60,000 of Türkiye.').map(({ key }) => key)).toEqual([
    'local',
    '1172',
    '3.1',
    'm',
    '55,000',
    '60,000',
    'of',
    'turkiye',
  ]);
});

it.each([
  ['twenty-three', [23]],
  ['1.2 million', [1.2, 1_200_000]],
  ['three hundred thousand', [3, 300, 300_000]],
  ['55,000', [55_000]],
  ['a dozen', [12]],
])('reads %s as a number', (text, values) => {
  expect(readNumbers(tokenize(text)).map((found) => found.values)).toEqual([values]);
});
