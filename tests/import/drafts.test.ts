import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { composeDraft } from '../../src/import/compose-draft.ts';
import { findNumbers } from '../../src/import/find-numbers.ts';
import { findSpeakers } from '../../src/import/find-speakers.ts';
import { guessArticleKind } from '../../src/import/guess-kind.ts';
import { nameSubjects } from '../../src/import/name-subjects.ts';
import { formatOf, readDocument } from '../../src/import/read-document.ts';

const readPage = (name: string) =>
  readDocument({ name, format: formatOf(name), bytes: readFileSync(`tests/fixtures/import/pages/${name}`) });

it('gives an article’s drafts the speakers and the numbers of their paragraphs, and none of its sentences', async () => {
  const article = await readPage('wire.html');
  const draft = composeDraft(article, []);
  const claims = Object.entries(draft)
    .filter(([path]) => path.startsWith('topics/'))
    .flatMap(([, text]) => text.split('\n- ').slice(1))
    .map((claim) =>
      Object.fromEntries(
        [...claim.matchAll(/^ {2}- (kind|speaker|number|numbers): (.*)$/gm)].map(([, key, value]) => [key, value]),
      ),
    );
  expect(claims).toEqual([
    { kind: 'attributed', speaker: 'Mara Lindqvist' },
    { kind: 'attributed', speaker: 'Mara Lindqvist', number: '6.5 million crowns' },
    { kind: 'attributed', speaker: 'Customs office', number: '4.2 million tonnes' },
    { kind: 'attributed', speaker: 'Dockers United', number: '350 people' },
    { kind: 'attributed', speaker: 'Tom Abara' },
    { kind: 'figure', speaker: 'author', number: '11,000 people' },
    { kind: 'attributed', speaker: 'Tom Abara', number: '90 million crowns' },
    { kind: 'reported', speaker: 'author' },
    { kind: 'reported', speaker: 'author' },
  ]);
  const written = Object.entries(draft).filter(([path]) => path !== 'paragraphs.md');
  for (const { text } of article.sections.flatMap(({ paragraphs }) => paragraphs)) {
    const run = text.split(' ').slice(0, 8).join(' ');
    expect(written.filter(([, content]) => content.includes(run))).toEqual([]);
  }
});

it('writes what a page says of itself into the record', async () => {
  const record = (await readPage('wire.html').then((article) => composeDraft(article, [], '2026-03-16')))[
    'article.yaml'
  ];
  expect(
    record,
  ).toContain(`# kind is a guess, because it stands in the section Business. It is opinion, analysis or report: you decide.
format: 2
draft: true
title: Coal terminal at Brenna to close by 2031
author: Mikkel Arnesen, Sofia Brandt
kind: report
paragraphs: 9
url: https://www.oselcourier.example/business/2026/brenna-coal-terminal
publisher: The Osel Courier
published: 2026-03-14
retrieved: 2026-03-16
language: en-GB
publication:
  - Published 14 March 2026 in The Osel Courier, in the section Business.
  - Last changed 15 March 2026.
`);
  const licensed = composeDraft(await readPage('css-modules.html'), [])['article.yaml'];
  expect(licensed).toContain('licence: https://creativecommons.org/licenses/by-nd/4.0/\n');
});

it('keeps the ids of a page’s paragraphs, so that an answer can lead there', async () => {
  const article = await readPage('explainer.html');
  const url = 'https://ledger.example/water';
  const record = composeDraft({ ...article, metadata: { ...article.metadata, url } }, [])['article.yaml'];
  expect(record).toContain('anchors:\n  "1": p-101\n  "2": p-102\n');
});

it('shows what isn’t a paragraph below the paragraphs, and where it stands', async () => {
  const source = composeDraft(await readPage('column.html'), [])['paragraphs.md'];
  expect(source?.slice(source.indexOf('## Set apart'))).toBe(`## Set apart, not numbered

- standfirst, before paragraph 1: Higher dykes make a town feel safe. They also make the next flood worse.
- byline, before paragraph 1: by Amara Lindgren
- caption, before paragraph 1: Water at the mill of Sund on 9 May. Photo: Sund Fire Brigade
- advertisement, after paragraph 2: Advertisement
- pull quote, after paragraph 3: A river that cannot spread has to rise
- author bio, after paragraph 6: Amara Lindgren is professor of hydraulic engineering at the University of Osel.
- correction, after paragraph 6: Correction (3 June 2025): The weir is upstream of Sund, not downstream.
`);
});

it.each([
  ['wire.html', 'report', 'it stands in the section Business'],
  ['column.html', 'opinion', 'the page calls it OpinionNewsArticle'],
  ['css-modules.html', 'report', 'the page calls it ReportageNewsArticle'],
  [
    'newsletter.html',
    'opinion',
    'the author speaks in the first person, or says “should” or “must”, in 5 of 6 paragraphs',
  ],
  ['explainer.html', 'analysis', 'its title begins with Explained'],
  ['footnotes.docx', 'report', '2 of 7 paragraphs name who says so'],
])('guesses the kind of %s, and says why', async (name, kind, reason) => {
  expect(guessArticleKind(await readPage(name))).toEqual({ kind, reason });
});

it('does not take what people say in quotation marks for the author’s own voice', async () => {
  const text = Array.from({ length: 6 }, (_, at) => `“I must go, and you should too,” said Ada Roe of day ${at}.`).join(
    '\n\n',
  );
  const article = await readDocument({ name: 'a.txt', format: 'text', bytes: Buffer.from(text) });
  expect(guessArticleKind(article).kind).toBe('report');
});

it('takes two judgements in the first person for an opinion, whoever else is quoted', async () => {
  const text = [
    'The baths are shut, Tom Reed said.',
    'The council told us that repairs are dear. I think he is right, and I think that we can wait no longer.',
    'The roof leaks, the surveyor reported.',
  ].join('\n\n');
  const article = await readDocument({ name: 'a.txt', format: 'text', bytes: Buffer.from(text) });
  expect(guessArticleKind(article)).toEqual({
    kind: 'opinion',
    reason: 'the author gives judgements in the first person, 2 of them',
  });
});

it.each([
  ['The mayor, Ines Falk, wants more.', []],
  ['Ada Roe said that it rained.', ['Ada Roe']],
  ['“It rained,” said Ada Roe, who runs the port.', ['Ada Roe']],
  ['“It rained,” said the keeper of the lock.', ['Keeper of the lock']],
  ['It costs a lot, says the treasurer, Otto Riem.', ['Otto Riem']],
  ['Ida Berg, who runs the port of Osel, told reporters about it.', ['Ida Berg']],
  ['It rained, according to the Bank of Norland and others.', ['Bank of Norland']],
  ['It rained, according to the customs office.', ['Customs office']],
  ['The Fishers’ Union and the ferry company argue about it.', ['Ferry company']],
  ['Dr. Roe has also warned of rain, and the ferry company claims that it did.', ['Roe', 'Ferry company']],
  ['But Ada Roe said so on Monday.', ['Ada Roe']],
  // An office tells who somebody is; the name beside it speaks.
  ['A retired structural engineer, Ada Roe, put the repair at £2 million.', ['Ada Roe']],
  ['In June the firm’s surveyor, Otto Riem, told the council more.', ['Otto Riem']],
  ['Its planning director, Ida Berg, said the site was safe.', ['Ida Berg']],
  ['The harbour master, in Osel for the day, said so.', ['Harbour master']],
  ['Nobody said a word, and it was said that he could not say more.', []],
  ['It was the boldest claims that the report states.', []],
  ['On Monday the council voted.', []],
])('hears in %j: %j', (text, speakers) => {
  expect(findSpeakers([text])).toEqual([speakers]);
});

it('gives nobody the figures of somebody else', async () => {
  const speakerOf = async (text: string) => {
    const article = await readDocument({
      name: 'a.md',
      format: 'markdown',
      bytes: Buffer.from(`# A title\n\n${text}\n`),
    });
    const files = composeDraft(article, []);
    const page = Object.entries(files).find(([name]) => name.startsWith('topics/'))?.[1] ?? '';
    return [...page.matchAll(/^ {2}- (kind|speaker): (.*)$/gm)].map(([, , value]) => value);
  };
  const figures = 'The council’s figures show 31,000 visits last year.';
  expect(await speakerOf(`${figures} The Friends of the Lido say it was the rain.`)).toEqual([
    'attributed',
    'TO BE WORDED: who says it',
  ]);
  expect(await speakerOf(figures)).toEqual(['attributed', 'TO BE WORDED: who says it']);
  expect(await speakerOf('It was 31,000 visits. The Friends of the Lido say it was the rain.')).toEqual([
    'attributed',
    'Friends of the Lido',
  ]);
});

it('knows a speaker by the name’s last word, by an office and by a pronoun', () => {
  const paragraphs = [
    'Ada Roe of the Inshore Fishers’ Union came.',
    'Ms Roe said so.',
    '“No,” she said.',
    'The union said more.',
    'He told a story.',
  ];
  expect(findSpeakers(paragraphs)).toEqual([
    [],
    ['Ada Roe'],
    ['Ada Roe'],
    ['Inshore Fishers’ Union'],
    ['Inshore Fishers’ Union'],
  ]);
});

it.each([
  ['It rose by 3.5 percentage points.', ['3.5 percentage points']],
  ['It rose by 3.5 percentage.', ['3.5']],
  [
    'It carried more than 4.2 million tonnes and 12 per cent of £38 million.',
    ['over 4.2 million tonnes', '12 %', '£38 million'],
  ],
  ['About 1,140 lamps on 14 square kilometres.', ['about 1,140 lamps', '14 square kilometres']],
  ['It paid for 2,000 full-time jobs and 900 magnetic pouches.', ['2,000 full-time jobs', '900 magnetic pouches']],
  ['In 2019, on 14 March 2025, at 10 a.m. and 17:05, on page 12 and route 4, a 12-year-old came.', []],
  ['Of 412 members 371 were in favour.', ['412 members', '371']],
])('counts in %j: %j', (text, numbers) => {
  expect(findNumbers(text)).toEqual(numbers);
});

it('names parts after what each has most and the others least, and no two alike', () => {
  const parts = [
    'The coal terminal closes. The terminal loses money. Dockers at the terminal fear for jobs.',
    'The ferry company raises fares. The ferry is full. Dockers like the ferry.',
    'Dockers strike. The strike lasts a week.',
    '1, 2, 3.',
  ];
  expect(nameSubjects(parts, true)).toEqual(['Coal terminal', 'Ferry', 'Strike', undefined]);
  expect(
    nameSubjects(['Der Hafen schließt, der Hafen ist leer.', 'Die Fähre fährt, die Fähre ist voll.'], false),
  ).toEqual(['Hafen', 'Fähre']);
});
