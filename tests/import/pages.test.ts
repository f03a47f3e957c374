import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { type Format, formatOf, readDocument } from '../../src/import/read-document.ts';
import { makePdf, type PlacedText } from '../support/made-pdf.ts';

const FOLDER = 'tests/fixtures/import';

async function read(name: string, bytes: Uint8Array, format: Format = formatOf(name)) {
  const { title, metadata, sections, apart } = await readDocument({ name, format, bytes });
  return {
    title,
    metadata,
    sections: sections.map(({ heading, paragraphs }) => ({
      ...(heading ? { heading } : {}),
      paragraphs: paragraphs.map(({ text }) => text),
    })),
    apart,
  };
}

const readPage = (name: string) => read(name, readFileSync(join(FOLDER, 'pages', name)));

const PAGES = readdirSync(join(FOLDER, 'pages'));

it('there are at least ten pages of different makes, and each has what is expected of it', () => {
  expect(PAGES.length).toBeGreaterThanOrEqual(10);
  expect(readdirSync(join(FOLDER, 'expected'))).toEqual(PAGES.map((name) => `${name}.yaml`));
});

it.each(PAGES)('reads %s whole: its title, its record, its paragraphs, and what it sets apart', async (name) => {
  const expected = parse(readFileSync(join(FOLDER, 'expected', `${name}.yaml`), 'utf8'));
  expect(await readPage(name)).toEqual(expected);
});

it('finds the same paragraphs in the same article as a page and as Markdown', async () => {
  const [page, markdown] = [await readPage('wire.html'), await readPage('wire.md')];
  expect(markdown.sections).toEqual(page.sections);
  const told = ({ apart }: typeof page) =>
    apart.filter(({ role }) => /standfirst|caption|pull quote|correction/.test(role));
  const names = 'Mara Lindqvist, director';
  expect(told(markdown)).toEqual(told(page).filter(({ text }) => text !== names));
});

/** Lines of text, the first at the top of a column. */
function column(x: number, lines: readonly string[], top = 120): PlacedText[] {
  return lines.map((text, index) => ({ text, x, y: top + index * 13 }));
}

const LEFT = [
  'The mill at Tarn grinds no flour any more,',
  'and has not since the flood of 1962. What it',
  'grinds now is mustard, which the miller sells',
  'to three towns and one cir-',
  'cus. He says that mustard has never been as',
  'dear as it is this year, and that',
];
const RIGHT = [
  'nobody has noticed, since nobody looks at the',
  'price of mustard.',
  'The town has offered him a smaller building.',
  'He has declined twice, by post, and once in',
  'person, from the window of the mill, while the',
  'mayor stood in the rain below.',
];

it('reads two columns one after the other, however the file draws them', async () => {
  const rows = LEFT.flatMap((_, index) =>
    [column(50, LEFT)[index], column(310, RIGHT)[index]].filter((one) => one !== undefined),
  );
  const pdf = makePdf([[{ text: 'Mustard', x: 50, y: 80, size: 22 }, ...rows, { text: '7', x: 297, y: 800 }]]);
  const { title, sections } = await read('mill.pdf', pdf);
  expect([title, sections]).toEqual([
    'Mustard',
    [
      {
        paragraphs: [
          'The mill at Tarn grinds no flour any more, and has not since the flood of 1962. What it grinds now is mustard, which the miller sells to three towns and one circus. He says that mustard has never been as dear as it is this year, and that nobody has noticed, since nobody looks at the price of mustard.',
          'The town has offered him a smaller building. He has declined twice, by post, and once in person, from the window of the mill, while the mayor stood in the rain below.',
        ],
      },
    ],
  ]);
});

it('reads three columns, and drops the running head and the page’s number', async () => {
  const three = [0, 1, 2].map((page) => [
    { text: 'The Evening Mirror', x: 240, y: 40, size: 8 },
    ...[50, 225, 400].flatMap((x, at) =>
      column(x, [
        `Column ${at + 1} of page ${page + 1} begins here,`,
        'goes on for a second line,',
        'and for a third one, which',
        'is followed by a fourth line',
        'and ends with a full stop.',
      ]),
    ),
    { text: String(page + 1), x: 297, y: 810, size: 8 },
  ]);
  const { sections, apart } = await read('mirror.pdf', makePdf(three));
  const paragraphs = sections.flatMap((section) => section.paragraphs);
  expect(paragraphs.map((text) => text.slice(0, 18))).toEqual(
    [1, 2, 3].flatMap((page) => [1, 2, 3].map((at) => `Column ${at} of page ${page}`)),
  );
  expect(paragraphs[0]).toBe(
    'Column 1 of page 1 begins here, goes on for a second line, and for a third one, which is followed by a fourth line and ends with a full stop.',
  );
  expect(apart).toEqual([]);
});

const LINES = [
  'The canal froze for eleven days in January, the longest spell since the lock was rebuilt.',
  'Nobody had planned for this, said the keeper of the lock, who counted forty boats.',
  'The town will buy an icebreaker before the next winter comes, if the council agrees.',
];
const markdownOf = (first: string, last = '') => `# Ice\n\n${first}\n\n${LINES.join('\n\n')}\n\n${last}\n`;
const pageOf = (first: string) =>
  `<html><body><article><h1>Ice</h1>${first}${LINES.map((line) => `<p>${line}</p>`).join('')}</article></body></html>`;

it.each([
  [
    'a line in italics below the title',
    'a.md',
    markdownOf('*Eleven days without barges, and a town that waits.*'),
    ['standfirst'],
  ],
  [
    'a sentence set as a heading',
    'a.md',
    markdownOf('## Eleven days without barges, and a town that waits.'),
    ['standfirst'],
  ],
  [
    'a summary by its class',
    'a.html',
    pageOf('<p>By Jane Roe</p><p class="article-summary">Eleven days without barges.</p>'),
    ['byline', 'standfirst'],
  ],
  ['how long it takes to read', 'a.md', markdownOf('5 min read'), ['byline']],
  [
    'what a picture shows',
    'a.html',
    pageOf('<img src="a" alt="The lock under ice, from the east"><p>The lock under ice, from the east</p>'),
    ['caption'],
  ],
  [
    'a correction at the end',
    'a.md',
    markdownOf(LINES[0] ?? '', 'Correction: It was the lower lock.').replace(`${LINES[0]}\n\n`, ''),
    ['correction'],
  ],
  [
    'a change that is told',
    'a.txt',
    `Ice\n\n${LINES.join('\n\n')}\n\nThis story was updated on Monday.`,
    ['correction'],
  ],
  [
    'nothing in bold after the byline',
    'a.md',
    markdownOf(`By Jane Roe\n\n**The town waits, as it has for days.**`),
    ['byline'],
  ],
  ['nothing that speaks of advertising', 'a.md', markdownOf('Advertisement revenue fell by half.'), []],
  ['nothing that speaks of a correction', 'a.md', markdownOf('The correction was late, and nobody read it.'), []],
  ['nothing that a person says once', 'a.md', markdownOf('“We wait,” said the keeper.'), []],
])('sets apart %s', async (_, name, text, roles) => {
  const { sections, apart } = await read(name, Buffer.from(text));
  expect(apart.map(({ role }) => role)).toEqual(roles);
  expect(sections.flatMap(({ paragraphs }) => paragraphs).slice(-3)).toEqual(LINES);
});
