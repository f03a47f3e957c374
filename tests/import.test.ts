import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { loadContent } from '../src/content/load.ts';
import { guessKind } from '../src/import/compose-draft.ts';
import { readArticle } from '../src/import/read-article.ts';
import { COMMAND_NAMES, HARBOUR } from './support/content.ts';
import { runProgram } from './support/program.ts';

const PAGE = resolve('tests/fixtures/import/page.html');

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'briefing-import-'));
  await cp(HARBOUR, directory, { recursive: true });
});
afterEach(() => rm(directory, { recursive: true }));

const run = (...args: string[]) => runProgram(args, { CONTENT_DIR: directory });

it('turns a page into drafts that lint and that nothing is answered from', async () => {
  const { code, stdout, stderr } = await run('import', PAGE);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toContain('“Why the Canal Froze” is now 4 drafts');
  const folder = join(directory, 'why-the-canal-froze');
  expect((await readdir(join(folder, 'topics'))).sort()).toEqual(['part-1.md', 'what-it-cost.md']);
  const record = await readFile(join(folder, 'article.yaml'), 'utf8');
  expect(record).toMatch(
    /draft: true\ntitle: Why the Canal Froze\nauthor: Ida Brandt\n.*\nparagraphs: 4\n.*\n.*2024-02-11/s,
  );
  const source = await readFile(join(folder, 'paragraphs.md'), 'utf8');
  expect(source).toMatch(
    /\*\*1\.\*\* The canal froze.*\*\*2\.\*\* “Nobody.*## What it cost.*\*\*3\.\*\*.*\*\*4\.\*\* The town should/s,
  );
  expect(source).not.toMatch(/newsletter|cookies|Sport|changed by a script/);
  const topic = await readFile(join(folder, 'topics/what-it-cost.md'), 'utf8');
  // None of the article's words: only an editor's go there.
  expect(topic).not.toMatch(/union|crowns|icebreaker/);
  expect(topic).toMatch(/kind: figure\n {2}- paragraph: 3/);
  expect(topic).toMatch(/kind: opinion\n {2}- paragraph: 4/);

  expect((await run('lint')).stdout).toContain('1 article, 2 topics');
  const library = await loadContent(directory, COMMAND_NAMES);
  expect(library.articles.map(({ slug }) => slug)).toEqual(['harbour']);
  expect(library.find('what it cost')).toBeUndefined();
  const again = await run('import', PAGE);
  expect(again.code).toBe(1);
  expect(again.stderr).toMatch(/is there already; choose another name with --name/);
  expect((await run('import', PAGE, '--name', 'Ice!')).stdout).toContain('/ice:');
});

it('does not let a claim through that nobody worded', async () => {
  await run('import', PAGE, '--name', 'ice');
  for (const file of ['article.yaml', 'topics/part-1.md', 'topics/what-it-cost.md']) {
    const path = join(directory, 'ice', file);
    await writeFile(path, (await readFile(path, 'utf8')).replace('draft: true\n', ''));
  }
  const { code, stderr } = await run('lint');
  expect(code).toBe(1);
  expect(stderr).toMatch(/part-1\.md:\d+: the claim is not worded yet; word it, or write "draft: true"/);
});

it('reads Markdown by its headings', () => {
  const text =
    '---\nx: y\n---\n# The *Title*\n\nOne\nline.\n\n## Part\n\nTwo [linked](https://x.example) words.\n\n- three\n- four\n';
  expect(readArticle('a.md', text)).toEqual({
    title: 'The Title',
    sections: [{ paragraphs: ['One line.'] }, { heading: 'Part', paragraphs: ['Two linked words.', 'three', 'four'] }],
  });
});

it('reads plain text by its empty lines', () => {
  expect(readArticle('a.txt', 'A Title\r\n\r\nFirst\r\nparagraph.\r\n\r\n  Second.\r\n')).toEqual({
    title: 'A Title',
    sections: [{ paragraphs: ['First paragraph.', 'Second.'] }],
  });
  expect(readArticle('some-name.txt', 'A sentence.\n\nAnother.').title).toBe('some name');
});

it.each([
  ['nothing.txt', ''],
  ['page.html', '<html><body><nav>menu</nav></body></html>'],
  ['picture.png', 'x'],
])('says what to do where %s holds no article', (file, text) => {
  expect(() => readArticle(file, text)).toThrow(/; (copy|give)/);
});

it.each([
  ['He said that it rained.', 'attributed'],
  ['They must act.', 'opinion'],
  ['It rose by 24 points in 2025.', 'figure'],
  ['It happened in 1991.', 'reported'],
])('takes %j for %s', (text, kind) => {
  expect(guessKind(text)).toBe(kind);
});

it('makes names that are free and short enough', async () => {
  const long = 'A heading that is a good deal longer than any slash command may be on any platform';
  await writeFile(
    join(directory, 'a.md'),
    `# T\n\n## Help\n\nOne.\n\n## Help\n\nTwo.\n\n## ${long}\n\nThree.\n\n## ???\n\nFour.\n`,
  );
  expect((await run('import', join(directory, 'a.md'), '--name', 'names')).code).toBe(0);
  expect((await readdir(join(directory, 'names/topics'))).sort()).toEqual([
    'a-heading-that-is-a-good.md',
    'help-2.md',
    'help-3.md',
    'part.md',
  ]);
  expect((await run('lint')).code).toBe(0);
});

it('says what is wrong with a file that cannot be read', async () => {
  const { code, stderr } = await run('import', '/nowhere/a.txt');
  expect([code, stderr]).toEqual([1, '/nowhere/a.txt cannot be read (ENOENT); check its name\n']);
});
