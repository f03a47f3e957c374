import { execFileSync } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { lintContent } from '../../src/content/lint/lint-content.ts';
import { loadContent } from '../../src/content/load.ts';
import { toSlug } from '../../src/core/slug.ts';
import { readByline } from '../../src/import/byline.ts';
import { composeDraft } from '../../src/import/compose-draft.ts';
import { decodeText } from '../../src/import/decode-text.ts';
import { guessKind } from '../../src/import/guess-kind.ts';
import { importArticle } from '../../src/import/import-article.ts';
import { formatOf, readDocument } from '../../src/import/read-document.ts';
import { COMMAND_NAMES, HARBOUR } from '../support/content.ts';
import { runProgram } from '../support/program.ts';

const PAGE = resolve('tests/fixtures/import/page.html');

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'briefing-import-'));
  await cp(HARBOUR, directory, { recursive: true });
});
afterEach(() => rm(directory, { recursive: true }));

/** What an article in a text file says, without what is known of its pieces. */
async function read(file: string, text: string) {
  const document = { name: file, format: formatOf(file), bytes: Buffer.from(text) };
  const { title, metadata, sections } = await readDocument(document);
  const { author, published } = metadata;
  return {
    title,
    ...(author ? { author } : {}),
    ...(published ? { published } : {}),
    sections: sections.map((section) => ({ ...section, paragraphs: section.paragraphs.map((block) => block.text) })),
  };
}

const run = (...args: string[]) => runProgram(args, { CONTENT_DIR: directory });

it('says of a PDF alone that its paragraphs have to be checked, on the terminal and in the drafts', async () => {
  const warning = 'A PDF has no paragraphs of its own';
  const pdf = await run('import', 'tests/fixtures/import/pages/two-columns.pdf', '--name', 'columns');
  expect(pdf.code).toBe(0);
  const drafts = async (folder: string) =>
    Promise.all(['article.yaml', 'paragraphs.md'].map((name) => readFile(join(directory, folder, name), 'utf8')));
  for (const text of [pdf.stdout, ...(await drafts('columns'))]) expect(text).toContain(warning);
  const page = await run('import', PAGE, '--name', 'page');
  for (const text of [page.stdout, ...(await drafts('page'))]) expect(text).not.toContain(warning);
});

it('keeps the source out of a repository of the newsroom’s own, and leaves one that does so already alone', async () => {
  const git = (...args: string[]) => execFileSync('git', ['-C', directory, ...args], { encoding: 'utf8' });
  const ignore = () => readFile(join(directory, '.gitignore'), 'utf8');
  expect((await run('import', PAGE, '--name', 'no-repository')).stdout).not.toContain('out of git');
  git('init', '-q');
  await writeFile(join(directory, '.gitignore'), '*.bak');
  const first = await run('import', PAGE, '--name', 'first');
  expect([first.code, first.stdout]).toEqual([0, expect.stringContaining(`.gitignore keeps it out of git`)]);
  git('add', '.');
  expect(git('ls-files')).toContain('first/article.yaml');
  expect(git('ls-files')).not.toContain('paragraphs.md');
  const written = await ignore();
  expect(written).toMatch(/^\*\.bak\n[\s\S]*^paragraphs\.md$/m);
  expect((await run('import', PAGE, '--name', 'second')).stdout).not.toContain('out of git');
  expect(await ignore()).toBe(written);
});

it('turns a page into drafts that lint and that nothing is answered from', async () => {
  const { code, stdout, stderr } = await run('import', PAGE);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toContain('“Why the Canal Froze” is now a draft of 2 topics in ');
  const folder = join(directory, 'why-the-canal-froze');
  expect((await readdir(join(folder, 'topics'))).sort()).toEqual(['lock.md', 'what-it-cost.md']);
  const record = await readFile(join(folder, 'article.yaml'), 'utf8');
  expect(record).toMatch(
    /format: 2\ndraft: true\ntitle: Why the Canal Froze\nauthor: Ida Brandt\n.*\nparagraphs: 4\n.*\n.*Published 11 February 2024\.\ndisclosure: "TO BE WORDED: /s,
  );
  const source = await readFile(join(folder, 'paragraphs.md'), 'utf8');
  expect(source).toMatch(
    /\*\*1\.\*\* The canal froze.*\*\*2\.\*\* “Nobody.*## What it cost.*\*\*3\.\*\*.*\*\*4\.\*\* The town should/s,
  );
  expect(source).not.toMatch(/newsletter|cookies|Sport|changed by a script/);
  const topic = await readFile(join(folder, 'topics/what-it-cost.md'), 'utf8');
  // None of the article's words: only an editor's go there.
  expect(topic).not.toMatch(/union|wages|icebreaker/);
  expect(topic).toMatch(/kind: figure\n {2}- paragraph: 3/);
  expect(topic).toMatch(/kind: opinion\n {2}- paragraph: 4/);

  expect((await lintContent(directory, COMMAND_NAMES)).drafts).toEqual({ articles: 1, topics: 2, faults: [] });
  const library = await loadContent(directory, COMMAND_NAMES);
  expect(library.articles.map(({ slug }) => slug)).toEqual(['harbour']);
  expect(library.find('what it cost')).toBeUndefined();
  await expect(importArticle(directory, PAGE, COMMAND_NAMES)).rejects.toThrow(
    /already exists; choose another name with --name/,
  );
  const named = await importArticle(directory, PAGE, COMMAND_NAMES, { name: 'Ice!' });
  expect(named.folder).toBe(join(directory, 'ice'));
});

it('does not let a claim through that nobody worded', async () => {
  await importArticle(directory, PAGE, COMMAND_NAMES, { name: 'ice' });
  for (const file of ['article.yaml', 'topics/lock.md', 'topics/what-it-cost.md']) {
    const path = join(directory, 'ice', file);
    await writeFile(path, (await readFile(path, 'utf8')).replace('draft: true\n', ''));
  }
  const { code, stderr } = await run('lint');
  expect(code).toBe(1);
  for (const what of [
    'article\\.yaml:\\d+: the disclosure',
    'lock\\.md:\\d+: the claim',
    'lock\\.md:\\d+: the summary',
  ])
    expect(stderr).toMatch(new RegExp(`${what} is not written yet; write it, or make the file a draft`));
});

it('reads Markdown by its headings', async () => {
  const text =
    '---\nx: y\n---\n# The *Title*\n\nOne\nline.\n\n## Part\n\nTwo [linked](https://x.example) words.\n\n- three\n- four\n';
  expect(await read('a.md', text)).toEqual({
    title: 'The Title',
    sections: [{ paragraphs: ['One line.'] }, { heading: 'Part', paragraphs: ['Two linked words.', 'three', 'four'] }],
  });
});

it('reads plain text by its empty lines', async () => {
  expect(await read('a.txt', 'A Title\r\n\r\nFirst\r\nparagraph.\r\n\r\n  Second.\r\n')).toEqual({
    title: 'A Title',
    sections: [{ paragraphs: ['First paragraph.', 'Second.'] }],
  });
  expect((await read('some-name.txt', 'A sentence.\n\nAnother.')).title).toBe('some name');
});

const BODY = `<p>${'The canal froze for eleven days in January, and no barge moved between the towns. '.repeat(3)}</p>`;

it.each([
  ['a.html', `<html><body><article><h1>Ice</h1><p>By Jane Roe</p>${BODY}${BODY}</article></body></html>`, 'Ice'],
  ['a.md', '# Ice\n\nBy Jane Roe\n\nOne.\n\nTwo.\n', 'Ice'],
  ['a.txt', 'Ice\nby Jane Roe\n\nOne.\n\nTwo.\n', 'Ice'],
  ['a.txt', 'Ice\n\nBy Jane Roe\n14 March 2025\nOne.\n\nTwo.\n', 'Ice'],
  ['a.txt', 'By Jane Roe\n\nOne.\n\nTwo.\n', 'a'],
])('takes the byline in %s for what it is, not for paragraph 1: %j', async (file, text, title) => {
  const article = await read(file, text);
  expect(article).toMatchObject({ title, author: 'Jane Roe' });
  expect(article.sections.flatMap(({ paragraphs }) => paragraphs)).toHaveLength(2);
});

it.each([
  ['By Jane Roe and Ali bin Omar', { author: 'Jane Roe and Ali bin Omar' }],
  ['BY J. R. O’NEILL | 14 March 2025', { author: 'J. R. O’NEILL', published: '14 March 2025' }],
  ['By Jane Roe, March 14, 2025', { author: 'Jane Roe', published: 'March 14, 2025' }],
  ['By Jane Roe, our correspondent in Oslo', { author: 'Jane Roe' }],
  ['Published on 3 May 2024', { published: '3 May 2024' }],
  ['By Monday, the ice was gone.', undefined],
  ['By Christmas.', undefined],
  ['By hand and foot', undefined],
  ['In March 2025', undefined],
])('reads %j as a byline or leaves it', (line, byline) => {
  expect(readByline(line)).toEqual(byline);
});

it('reads Markdown’s front matter and its tables', async () => {
  const text =
    '---\ntitle: "Ice: a story"\nauthor: [Jane Roe, Ali Omar]\ndate: 2025-03-14\n---\n\n# Ice\n\nOne  \nline.\n\n| year | *days* |\n|---|---|\n| 2024 | 11 |\n';
  expect(await read('a.md', text)).toEqual({
    title: 'Ice: a story',
    author: 'Jane Roe, Ali Omar',
    published: '2025-03-14',
    sections: [{ paragraphs: ['One line.', 'year | days\n2024 | 11'] }],
  });
  await expect(read('a.md', '---\ntitle: a\nauthor: b: c\n---\n\nOne.\n')).rejects.toThrow(
    /^a\.md:3: the front matter is not valid YAML \(.*\); put/,
  );
  expect((await read('a.md', '---\n\nOne.\n\n---\n\nTwo.\n')).sections).toEqual([{ paragraphs: ['One.', 'Two.'] }]);
});

it('reads a page’s table by its rows, and one that lays out the page by its paragraphs', async () => {
  const table = '<table><tr><th>year</th><th>days</th></tr><tr><td>2024</td><td>11</td></tr></table>';
  const page = (inner: string) => `<html><body><article><h1>Ice</h1>${BODY}${inner}</article></body></html>`;
  const paragraphs = async (html: string) => (await read('a.html', html)).sections.flatMap((one) => one.paragraphs);
  expect((await paragraphs(page(`${table}${BODY}`)))[1]).toBe('year | days\n2024 | 11');
  expect(await paragraphs(page(`<table><tr><td>${BODY}</td><td>${BODY}</td></tr></table>`))).toHaveLength(3);
});

const CATS = 'Шесть чёрных котов сидели на крыше и смотрели на луну всю ночь напролёт, пока не взошло солнце.';
const windows1251 = (text: string) =>
  Buffer.from(
    [...text].map((letter) => {
      const code = letter.codePointAt(0) ?? 0;
      return letter === 'ё' ? 0xb8 : code >= 0x410 && code <= 0x44f ? code - 0x350 : code;
    }),
  );

it.each([
  ['UTF-8', 'a.txt', Buffer.from('£5 – “new”'), '£5 – “new”'],
  ['UTF-8 with a byte order mark', 'a.txt', Buffer.from('\uFEFF£5 – “new”'), '£5 – “new”'],
  ['UTF-16, little end first', 'a.txt', Buffer.from('\uFEFF£5 – “new”', 'utf16le'), '£5 – “new”'],
  ['UTF-16, big end first', 'a.txt', Buffer.from('\uFEFF£5 – “new”', 'utf16le').swap16(), '£5 – “new”'],
  ['windows-1252', 'a.txt', Buffer.from([0xa3, 0x35, 0x20, 0x96, 0x20, 0x93, 0x6e, 0x65, 0x77, 0x94]), '£5 – “new”'],
  ['windows-1251 by its looks', 'a.txt', windows1251(CATS), CATS],
  [
    'windows-1251 as a page declares it',
    'a.html',
    windows1251('<meta charset="windows-1251"><p>Кот'),
    '<meta charset="windows-1251"><p>Кот',
  ],
  [
    'Shift JIS as a page declares it',
    'a.htm',
    Buffer.from([...Buffer.from('<meta charset=shift_jis>'), 0x94, 0x4c]),
    '<meta charset=shift_jis>猫',
  ],
  [
    'UTF-8 that a page declares as something else',
    'a.html',
    Buffer.from('<meta charset=koi8-r>é'),
    '<meta charset=koi8-r>é',
  ],
])('reads %s', (_, file, bytes, text) => {
  expect(decodeText(file, bytes, { isPage: formatOf(file) === 'html' })).toBe(text);
});

it.each([
  ['zeroes', Buffer.from('text\0text')],
  ['control characters', Buffer.from('\x01\x02\x03ab')],
])('refuses a file of %s', (_, bytes) => {
  expect(() => decodeText('a.txt', bytes)).toThrow(/^a\.txt isn't a text file; save/);
});

it.each([
  ['elements nested too deeply', '<div>'.repeat(100_000)],
  ['elements nested too deeply', '<b>'.repeat(30_000)],
  ['too many elements', 'a<br>'.repeat(200_000)],
  ['too many pieces of text', '< '.repeat(2_000_000)],
])('refuses a page of %s before anything takes minutes over it', async (what, html) => {
  // Each takes what reads pages over 40 s; the count that refuses it comes first.
  await expect(read('a.html', html)).rejects.toThrow(new RegExp(`^a\\.html has ${what} .*; copy`));
});

it('refuses front matter whose aliases stand for a billion values', async () => {
  const rows = Array.from({ length: 9 }, (_, at) => `a${at}: &a${at} [${Array(9).fill(at ? `*a${at - 1}` : 'x')}]`);
  await expect(read('a.md', `---\n${rows.join('\n')}\n---\n\nOne.\n`)).rejects.toThrow(
    /^a\.md:1: the front matter is not valid YAML \(.*\); write/,
  );
});

it.each([
  ['a.md', '---\ntitle: "\\e[31mIce\\a"\nauthor: "\\e]0;x\\aJane"\n---\n\nOne.\n'],
  ['a.txt', '\x1b[31mIce\x07\n\nby Jane\n\nOne.\n'],
  [
    'a.html',
    `<html><body><article><h1>\x1b[31mIce\x07</h1>${'<p>The canal froze for eleven days in January.</p>'.repeat(9)}</article></body></html>`,
  ],
])('takes what would colour the terminal out of %s', async (name, text) => {
  await writeFile(join(directory, name), text);
  const { title, folder } = await importArticle(directory, join(directory, name), COMMAND_NAMES, { name: 'ice' });
  expect(title).toMatch(/^ ?\[31mIce$/);
  expect(await readFile(join(folder, 'article.yaml'), 'utf8')).not.toMatch(/\\e|\\a|(?!\n)\p{Cc}/u);
});

it.each([
  ['Straße der Gänse', 'strasse-der-gaense'],
  ['Шесть котов', 'shest-kotov'],
  ['أهلا وسهلا', 'ahla-wshla'],
  ['Azərbaycan ədəbiyyatı', 'azarbaycan-adabiyyati'],
  ['What’s the author’s view?', 'whats-the-authors-view'],
])('keeps the letters of %j in a name', (text, slug) => {
  expect(toSlug(text)).toBe(slug);
});

it.each([
  ['2025-03-14T08:00:00Z', '14 March 2025'],
  ['2025-03', 'March 2025'],
  ['14 March 2025', '14 March 2025'],
  ['Feb. 8, 2026', '8 February 2026'],
  ['October 2025', 'October 2025'],
  ['45 March 2025', '45 March 2025'],
  ['14th of March', '14th of March'],
  ['2025-99-99', '2025-99-99'],
])('writes the date %s as people read it', (published, read) => {
  const paragraphs = [{ role: 'paragraph', text: 'One.' } as const];
  const draft = composeDraft({ title: 'T', metadata: { published }, sections: [{ paragraphs }], apart: [] }, []);
  expect(draft['article.yaml']).toContain(`- Published ${read}.\n`);
});

it.each([
  ['nothing.txt', ''],
  ['page.html', '<html><body><nav>menu</nav></body></html>'],
  ['picture.png', 'x'],
])('says what to do if %s holds no article', async (file, text) => {
  await expect(read(file, text)).rejects.toThrow(/; (copy|give)/);
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
  const { folder } = await importArticle(directory, join(directory, 'a.md'), COMMAND_NAMES, { name: 'names' });
  expect((await readdir(join(folder, 'topics'))).sort()).toEqual([
    'a-heading-that-is-a-good.md',
    'help-2.md',
    'help-3.md',
  ]);
  const { drafts, faults } = await lintContent(directory, COMMAND_NAMES);
  expect([drafts.faults, faults]).toEqual([[], []]);
});

it('counts as paragraphs what an editor counts', async () => {
  const counted = await run(
    'import',
    resolve('tests/fixtures/import/pages/column.html'),
    '--count',
    'standfirst, caption',
  );
  expect(counted.stdout).toContain('It has 8 paragraphs. Set apart and not numbered: byline (1), advertisement (1),');
  const source = await readFile(join(directory, 'let-the-river-flood/paragraphs.md'), 'utf8');
  expect(source).toMatch(/\*\*1\.\*\* Higher dykes.*\*\*2\.\*\* Water at the mill.*\*\*3\.\*\* Every spring/s);
  const { code, stderr } = await run('import', PAGE, '--count', 'adverts');
  expect([code, stderr]).toEqual([
    1,
    expect.stringMatching(/^--count doesn't know "adverts"\. Write one or more of: standfirst, /),
  ]);
});

it('says what is wrong with a file that cannot be read', async () => {
  const { code, stderr } = await run('import', '/nowhere/a.txt');
  expect([code, stderr]).toEqual([1, '/nowhere/a.txt cannot be read (ENOENT); check its name and its permissions\n']);
  await expect(importArticle(directory, directory, COMMAND_NAMES)).rejects.toThrow(
    `${directory} isn't an ordinary file; give the file that holds the article`,
  );
});
