import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, strToU8, zipSync } from 'fflate';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { lintContent } from '../../src/content/lint/lint-content.ts';
import { UserError } from '../../src/core/errors.ts';
import { importArticle } from '../../src/import/import-article.ts';
import { readApart } from '../../src/import/read-apart.ts';
import { formatOf, readDocument } from '../../src/import/read-document.ts';
import { unpack } from '../../src/import/unpack.ts';
import { COMMAND_NAMES } from '../support/content.ts';
import { makeDocx, wordParagraph, wordParts } from '../support/made-docx.ts';
import { makePdf } from '../support/made-pdf.ts';

/** Whoever is asked for anything while a document is read. */
let server: Server;
let base: string;
let asked = 0;
beforeAll(async () => {
  server = createServer((_, response) => {
    asked += 1;
    response.end('globalThis.wasHere = true');
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((closed) => server.close(closed)));

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'briefing-hostile-'));
});
afterEach(() => rm(directory, { recursive: true }));

const read = (name: string, bytes: string | Uint8Array) =>
  readDocument({ name, format: formatOf(name), bytes: Buffer.from(bytes as Uint8Array) });

const TEXT = 'The canal froze for eleven days in January, and no barge moved between the two towns.';

const hostilePage = () => `<!doctype html><html><head><base href="${base}/"><title>Ice</title>
<script src="${base}/a.js"></script><link rel="stylesheet" href="${base}/a.css"><meta http-equiv="refresh" content="0;url=${base}/r">
<script>globalThis.wasHere = true; document.title = 'changed'</script>
<script type="application/ld+json">{"@type":"NewsArticle","headline":"Ice","author":{"name":"Jane <img src=x onerror=alert(1)> Roe"},"url":"javascript:alert(1)","__proto__":{"polluted":true}}</script>
</head><body onload="globalThis.wasHere = true"><article><h1>Ice</h1>
<p onclick="globalThis.wasHere = true">Ice came early this year to both of the towns, and it stayed.</p>
<p>The ferry waited, and ${TEXT.toLowerCase()} <img src="${base}/i.png" onerror="globalThis.wasHere = true"> <a href="javascript:globalThis.wasHere = true">More</a> was said.</p>
<p>At dawn ${TEXT.toLowerCase()} <a href="data:text/html,<script>alert(1)</script>">Data</a> came too.</p>
<svg onload="globalThis.wasHere = true"><script>alert(1)</script><text>drawn</text></svg>
<iframe src="${base}/f" srcdoc="<p>framed</p>"></iframe><object data="${base}/o"></object><embed src="${base}/e">
<template><p>${TEXT} templated</p></template><noscript><p>${TEXT} scriptless</p></noscript><style>p{background:url(${base}/b)}</style>
<p>By noon ${TEXT.toLowerCase()} &lt;script&gt;alert(1)&lt;/script&gt; is what it showed.</p>
<math><mtext><style><img src=x onerror="globalThis.wasHere = true"></style></mtext></math>
<p>Nobody had planned for this, said the keeper of the lock, who counted forty boats.</p></article></body></html>`;

it('reads a hostile page as text: nothing runs, nothing is asked for, no markup is left', async () => {
  const { title, metadata, sections } = await read('a.html', hostilePage());
  expect(title).toBe('Ice');
  expect(sections).toEqual([
    {
      paragraphs: [
        'Ice came early this year to both of the towns, and it stayed.',
        `The ferry waited, and ${TEXT.toLowerCase()} More was said.`,
        `At dawn ${TEXT.toLowerCase()} Data came too.`,
        // What the page shows as words are words.
        `By noon ${TEXT.toLowerCase()} <script>alert(1)</script> is what it showed.`,
        'Nobody had planned for this, said the keeper of the lock, who counted forty boats.',
      ].map((text) => ({ role: 'paragraph', text })),
    },
  ]);
  expect(metadata.url).toBeUndefined();
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  expect((globalThis as { wasHere?: boolean }).wasHere).toBeUndefined();
  expect(asked).toBe(0);
});

const SIGNS = '"`*_[x](y)[^z]<!-- lint: source-number --> {#a} | \\ # --- $x %{y}';

it('makes drafts that can be read of whatever signs a page holds', async () => {
  const line = `${TEXT} ${SIGNS}`;
  const html = `<html><head><meta name="author" content="a: b ${'&quot;'}${'&#10;'}draft: false"><meta property="og:site_name" content="- x: [y"></head><body><article><h1>../../T ${SIGNS.replace(/</g, '&lt;')}</h1>
    <h2>## Claims [^a] ${SIGNS.replace(/</g, '&lt;')}</h2><p>${line.replace(/</g, '&lt;')}</p><p>Nobody had planned for it in either of the two towns.</p>
    <table><tr><td>a</td><td>b</td></tr><tr><td>**9.** forged</td></tr><tr><td># heading</td></tr></table><p>The keeper of the lock counted forty boats below the gates.</p></article></body></html>`;
  const file = join(directory, 'a.html');
  await writeFile(file, html);
  const content = join(directory, 'content');
  const { folder, files } = await importArticle(content, file, COMMAND_NAMES, { name: '../../up' });
  expect(folder).toBe(join(content, 'up'));
  expect((await readdir(directory)).sort()).toEqual(['a.html', 'content']);
  expect(await readdir(content)).toEqual(['up']);
  const { drafts, faults, compared } = await lintContent(content, COMMAND_NAMES);
  expect([drafts.articles, drafts.topics, drafts.faults]).toEqual([
    1,
    files.filter((path) => /^topics/.test(path)).length,
    [],
  ]);
  expect(faults).toEqual([]);
  expect(compared).toEqual(['up']);
  const [topic = ''] = files.filter((path) => path.startsWith('topics/'));
  const [, heading] = /^# (.*)$/m.exec(await readFile(join(folder, topic), 'utf8')) ?? [];
  expect(heading).toMatch(/^Claims a /);
  expect(heading).not.toMatch(/[<>[\]{}*_`#|\\^]/);
  // A row of a table isn’t a paragraph of its own.
  const source = await readFile(join(folder, 'paragraphs.md'), 'utf8');
  expect(source.match(/^\*\*\d+\.\*\*/gm)).toHaveLength(4);
});

it.each([
  ['a page of nothing but opening tags', 'a.html', '<div><p>'.repeat(50_000)],
  ['a table within a table, and so on', 'a.html', '<table><tr><td>'.repeat(20_000)],
  ['Markdown that quotes quotations', 'a.md', `${'>'.repeat(100_000)} x`],
  ['Markdown that is all brackets', 'a.md', '['.repeat(20_000)],
  ['Markdown that is all emphasis', 'a.md', '*a **b '.repeat(20_000)],
])('comes to an end with %s', async (_, name, text) => {
  const outcome = await read(name, text).then(
    ({ sections }) => sections.length > 0,
    ({ name: error }: Error) => error,
  );
  expect([true, 'UserError']).toContain(outcome);
});

const WORDS = wordParagraph(TEXT);

const isXml = (name: string) => name.endsWith('.xml');
const files = (count: number, size: number) =>
  zipSync(Object.fromEntries(Array.from({ length: count }, (_, at) => [`${at}.xml`, new Uint8Array(size)])));

it.each([
  ['too many files', files(11, 0)],
  ['a file that is too large', files(1, 100_001)],
  ['files that are too large together', files(5, 20_001)],
])('unpacks nothing with %s', (_, bytes) => {
  expect(() => unpack(bytes, isXml, { files: 10, bytes: 100_000 })).toThrow(UserError);
});

it('unpacks what is wanted and not too much', () => {
  const found = unpack(zipSync({ 'a.xml': strToU8('a'), 'b.png': new Uint8Array(99) }), isXml, { files: 2, bytes: 1 });
  expect(Object.entries(found).map(([name, bytes]) => [name, strFromU8(bytes)])).toEqual([['a.xml', 'a']]);
});

it('does not believe what a Word document says of its sizes', async () => {
  const size = 45_000_000;
  const zipped = zipSync({ ...wordParts(WORDS), 'word/document.xml': new Uint8Array(size) }, { level: 1 });
  const view = new DataView(zipped.buffer);
  // Where the size stands after the signatures of a file and of its entry in the directory.
  const places = new Map([
    [0x04034b50, 22],
    [0x02014b50, 24],
  ]);
  let lies = 0;
  for (let at = 0; at + 46 < zipped.length; at += 1) {
    const place = places.get(view.getUint32(at, true));
    if (place === undefined || view.getUint32(at + place, true) !== size) continue;
    view.setUint32(at + place, 10, true);
    lies += 1;
  }
  expect(lies).toBe(2);
  await expect(read('a.docx', zipped)).rejects.toThrow(/^a\.docx unpacks to far more than an article’s text\. Copy/);
});

const LAUGHS = `<!DOCTYPE x [<!ENTITY a "ha">${Array.from({ length: 9 }, (_, at) => `<!ENTITY ${'b'.repeat(at + 1)} "${`&${at ? 'b'.repeat(at) : 'a'};`.repeat(10)}">`).join('')}]>`;

it.each([
  ['names a billion entities', `${LAUGHS}<w:document xmlns:w="x"><w:body>&bbbbbbbbb;</w:body></w:document>`],
  [
    'reads a file of the machine',
    '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><w:document xmlns:w="x"><w:body>&f;</w:body></w:document>',
  ],
  ['is nested a hundred thousand deep', `<w:document xmlns:w="x">${'<w:p>'.repeat(100_000)}`],
])('gets nothing from a Word document that %s', async (_, xml) => {
  const bytes = zipSync({ ...wordParts(''), 'word/document.xml': strToU8(xml) });
  await expect(read('a.docx', bytes)).rejects.toThrow(
    /^(a\.docx can't be read as a Word document|no article was found in a\.docx|a\.docx has elements nested too deeply)/,
  );
});

it('loads nothing that a Word document leads to', async () => {
  const link = `<w:p><w:r><w:drawing><a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:link="x9"/></w:drawing></w:r></w:p>`;
  const parts = wordParts(WORDS + link + WORDS);
  const relations = Buffer.from(parts['word/_rels/document.xml.rels'] ?? []).toString();
  const outside = `<Relationship Id="x9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="${base}/i.png" TargetMode="External"/></Relationships>`;
  const bytes = zipSync({
    ...parts,
    'word/_rels/document.xml.rels': strToU8(relations.replace('</Relationships>', outside)),
  });
  const { sections } = await read('a.docx', bytes);
  expect(sections.flatMap(({ paragraphs }) => paragraphs)).toHaveLength(2);
  expect(asked).toBe(0);
});

it.each([
  ['a.docx', () => Buffer.from('PK\u0003\u0004 no archive'), /^a\.docx can't be read as a Word document\. Open/],
  ['a.docx', () => Buffer.from(zipSync({ 'a.txt': strToU8('x') })), /^a\.docx can't be read as a Word document\. Open/],
  ['a.docx', () => makeDocx(''), /^no article was found in a\.docx; copy/],
  ['a.pdf', () => Buffer.from('%PDF-1.7 no more'), /^a\.pdf can't be read as a PDF\. Open/],
  ['a.pdf', () => makePdf([[]]), /^a\.pdf holds no text, only pictures of it\. Copy/],
  [
    'a.pdf',
    () => makePdf(Array(101).fill([{ text: TEXT, x: 50, y: 50 }])),
    /^a\.pdf has 101 pages, more than 100\. Save/,
  ],
  [
    'a.pdf',
    () => makePdf(Array(3).fill(Array(40_000).fill({ text: 'a', x: 50, y: 50 }))),
    /^a\.pdf holds too much text\. Copy/,
  ],
])('refuses %s, number %#', async (name, make, message) => {
  await expect(read(name, make())).rejects.toThrow(message);
});

it('gives up a document that takes too long, or too much memory', async () => {
  const document = { name: 'a.html', format: 'html' as const, bytes: Buffer.from(hostilePage()) };
  await expect(readApart({ document, takenSlugs: [] }, { timeoutMs: 1 })).rejects.toThrow(
    /^a\.html takes too long to read\. Copy/,
  );
  const large = { name: 'a.txt', format: 'text' as const, bytes: Buffer.from('a b\n\n'.repeat(1_000_000)) };
  await expect(readApart({ document: large, takenSlugs: [] }, { memory: 48 })).rejects.toThrow(
    /^a\.txt takes too much memory to read\. Copy/,
  );
  await expect(readApart({ document, takenSlugs: [] })).resolves.toMatchObject({ article: { title: 'Ice' } });
});

it('says from its own thread what is wrong with a document', async () => {
  const document = { name: 'a.pdf', format: 'pdf' as const, bytes: Buffer.from('x') };
  await expect(readApart({ document, takenSlugs: [] })).rejects.toThrow(/^a\.pdf can't be read as a PDF\. Open/);
});
