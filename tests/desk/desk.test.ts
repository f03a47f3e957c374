import { execFileSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deskAuthor, openDeskDigests } from '../../src/app/open-desk.ts';
import type { MissedQuestion, Settling } from '../../src/core/missed.ts';
import { createDigests } from '../../src/digest/digests.ts';
import { openStore } from '../../src/store/open-store.ts';
import { askerOf } from '../support/content.ts';
import { copyArticle, openEditor, openTestDesk, TODAY } from '../support/desk.ts';

let content: Awaited<ReturnType<typeof copyArticle>>;
beforeEach(async () => {
  content = await copyArticle();
});
afterEach(() => content.remove());

const file = (name: string) => join(content.directory, 'tram-line', name);
const edit = async (name: string, change: (text: string) => string) =>
  writeFile(file(name), change(await readFile(file(name), 'utf8')));
const COSTS = '/desk/a/tram-line/t/costs';

/** An editor with the desk open. */
async function openDesk(parts: Parameters<typeof openTestDesk>[2] = {}) {
  const { app, published } = await openTestDesk(content.directory, {}, parts);
  const editor = openEditor(app);
  await editor.get('/desk');
  return { app, editor, published };
}

/** The button that saves in spite of remarks. */
const insist = (html: string) => /name="in-spite-of" value="([^"]*)"/.exec(html)?.[1] ?? '';
/** The version that the form to withdraw a claim carries. */
const versionOfEnding = async (editor: ReturnType<typeof openEditor>, claim: string) =>
  new RegExp(`claims/${claim}/withdraw">[\\s\\S]*?name="version" value="([^"]*)"`).exec(
    (await editor.get(COSTS)).text,
  )?.[1] ?? '';

describe('a claim', () => {
  it('is saved as it was typed, and nothing else changes', async () => {
    const { editor, published } = await openDesk();
    const before = await readFile(file('topics/costs.md'), 'utf8');
    const form = await editor.form(`${COSTS}?claim=cost-overrun`);
    expect(form).toMatchObject({ id: 'cost-overrun', kind: 'figure', paragraph: '3', speaker: 'author' });
    const saved = await editor.post(`${COSTS}/claims`, {
      ...form,
      text: 'Line 6 *cost* €468 million,\nthe paper <reports>.',
      change: 'wording',
      asks: `${form.asks}\nHow dear was it?`,
    });
    expect([saved.status, saved.location]).toEqual([303, `${COSTS}?saved=cost-overrun`]);
    const [claim] = (await published()).find('costs')?.claims ?? [];
    expect(claim?.text).toBe('Line 6 *cost* €468 million, the paper <reports>.');
    expect(claim?.asks.at(-1)).toBe('How dear was it?');
    const after = await readFile(file('topics/costs.md'), 'utf8');
    expect(after.split('\n').filter((line) => !before.includes(line))).toHaveLength(1);
  });

  it('is begun on a sentence, prefilled with what can be told from it', async () => {
    const { editor } = await openDesk();
    const form = await editor.form(`${COSTS}?paragraph=4&sentence=2`);
    expect(form).toMatchObject({
      new: '1',
      paragraph: '4',
      people: 'Mirela Oszek',
      number: '€70 million',
      numbers: '€41 million',
    });
    const said = await editor.form(`${COSTS}?paragraph=2&sentence=3`);
    expect(said).toMatchObject({ kind: 'attributed', speaker: 'Jonas Perrick' });
    const saved = await editor.post(`${COSTS}/claims`, {
      ...form,
      id: 'audit-parts',
      kind: 'figure',
      speaker: 'Mirela Oszek',
      text: 'Metal took €70 million of it.',
    });
    expect(saved.status).toBe(303);
    expect(await readFile(file('topics/costs.md'), 'utf8')).toContain(
      '- Metal took €70 million of it.\n  - id: audit-parts\n',
    );
    expect((await editor.post(`${COSTS}/claims`, { ...form, id: 'audit-parts', text: 'x' })).text).toContain(
      'already has a claim audit-parts',
    );
  });

  it('is linted while it is typed, at the field', async () => {
    const { editor } = await openDesk();
    const form = await editor.form(`${COSTS}?claim=cost-overrun`);
    const before = await readFile(file('topics/costs.md'), 'utf8');
    const check = async (change: object) => (await editor.post(`${COSTS}/claims/check`, { ...form, ...change })).text;
    const faultOf = (html: string, key: string) => new RegExp(`<p id="fault-${key}"[^>]*>([^<]*)</p>`).exec(html)?.[1];
    expect(await check({})).toContain('No faults.');
    expect(faultOf(await check({ kind: 'fact' }), 'kind')).toContain('&quot;fact&quot; is unknown');
    expect(faultOf(await check({ paragraph: '99' }), 'paragraph')).toContain('99');
    expect(faultOf(await check({ text: 'Line 6 has cost €486 million so far.' }), 'text')).toContain('486');
    expect(faultOf(await check({ asks: 'x'.repeat(200) }), 'asks')).toMatch(/150/);
    const other = await editor.form(`${COSTS}?claim=who-pays`);
    expect(faultOf(await check({ ...other, text: 'kind: figure' }), 'text')).toContain('can’t be written');
    const preview = await check({ text: 'Line 6 has cost €468 million, no more.' });
    expect(preview.match(/, no more\./g)?.length).toBeGreaterThan(1);
    expect(await readFile(file('topics/costs.md'), 'utf8')).toBe(before);
  });

  it('of two editors at once: each saves their own claim, and on the same one the second is shown both', async () => {
    const { app, editor: ada } = await openDesk();
    const bo = openEditor(app);
    const [first, second, other] = [
      await ada.form(`${COSTS}?claim=cost-overrun`),
      await bo.form(`${COSTS}?claim=cost-overrun`),
      await bo.form(`${COSTS}?claim=who-pays`),
    ];
    expect(
      (await ada.post(`${COSTS}/claims`, { ...first, text: 'Ada’s words: €468 million.', change: 'wording' })).status,
    ).toBe(303);
    expect((await bo.post(`${COSTS}/claims`, { ...other, owner: 'Bo' })).status).toBe(303);
    const refused = await bo.post(`${COSTS}/claims`, {
      ...second,
      text: 'Bo’s words: €468 million.',
      change: 'wording',
    });
    expect(refused.status).toBe(409);
    for (const text of ['Ada’s words', 'Bo’s words', 'Nothing of yours is saved yet'])
      expect(refused.text).toContain(text);
    expect(await readFile(file('topics/costs.md'), 'utf8')).toContain('Ada’s words');
    const version = /name="version" value="([^"]*)"/.exec(refused.text)?.[1] ?? '';
    const again = { ...second, version, text: 'Bo’s words: €468 million.', change: 'wording' };
    expect((await bo.post(`${COSTS}/claims`, again)).status).toBe(303);
    const text = await readFile(file('topics/costs.md'), 'utf8');
    expect(text).toContain('Bo’s words');
    expect(text).toContain('  - owner: Bo\n');
  });

  it('that two editors word at once, and the first renames, is shown to the second in both versions', async () => {
    const { app, editor: ada } = await openDesk();
    const bo = openEditor(app);
    await edit('topics/costs.md', (text) =>
      text
        .replace('---\n', '---\ndraft: true\n')
        .replace(/^- Steinmaar won the biggest.*$/m, '- TO BE WORDED: what paragraph 5 says.')
        .replace('id: contract-won', 'id: paragraph-5'),
    );
    await edit('wordings/costs.yaml', (text) => text.replace('contract-won:', 'paragraph-5:'));
    await bo.get('/desk');
    for (const [adas, text] of [
      ['builder-bid-undercut', 'Ada: Steinmaar bid €189 million.'],
      ['an-id-of-her-own', 'Ada again: Steinmaar bid €189 million.'],
    ]) {
      const [first, second] = [
        await ada.form(`${COSTS}?claim=paragraph-5`),
        await bo.form(`${COSTS}?claim=paragraph-5`),
      ];
      expect((await ada.post(`${COSTS}/claims`, { ...first, 'next-id': adas ?? '', text: text ?? '' })).status).toBe(
        303,
      );
      const mine = { ...second, text: 'Bo: Steinmaar’s offer was €189 million.', owner: 'Bo' };
      const refused = await bo.post(`${COSTS}/claims`, mine);
      expect([refused.status, refused.text]).toEqual([409, expect.stringContaining('Bo: Steinmaar’s offer')]);
      expect(refused.text).toContain(text);
      expect(refused.text).not.toContain('gone');
      const saved = await bo.post(`${COSTS}/claims`, bo.hidden(refused.text));
      expect(saved.location).toBe(`${COSTS}?saved=${adas}`);
      const page = await readFile(file('topics/costs.md'), 'utf8');
      expect(page).toContain('- Bo: Steinmaar’s offer was €189 million.');
      expect(page).not.toContain(text);
      await edit('topics/costs.md', (now) =>
        now.replace(/^- Bo: .*$/m, '- TO BE WORDED: what paragraph 5 says.').replace(`id: ${adas}`, 'id: paragraph-5'),
      );
      await edit('wordings/costs.yaml', (now) => now.replace(`${adas}:`, 'paragraph-5:'));
    }
    // One that somebody removed comes back with what was typed.
    const form = await bo.form(`${COSTS}?claim=paragraph-5`);
    await ada.post(`${COSTS}/claims/paragraph-5/remove`, { sure: 'yes' });
    const gone = await bo.post(`${COSTS}/claims`, { ...form, text: 'Bo’s own words.' });
    expect([gone.status, gone.text]).toEqual([409, expect.stringContaining('somebody removed it')]);
    const again = { ...bo.hidden(gone.text), id: 'who-pays' };
    expect((await bo.post(`${COSTS}/claims`, again)).text).toContain('>Bo’s own words.</textarea>');
    expect((await bo.post(`${COSTS}/claims`, bo.hidden(gone.text))).status).toBe(303);
    expect(await readFile(file('topics/costs.md'), 'utf8')).toContain('- Bo’s own words.\n');
  });

  it('is not saved if readers would be left without an answer, and what was typed stays', async () => {
    const { editor } = await openDesk();
    const before = await readFile(file('topics/costs.md'), 'utf8');
    const form = await editor.form(`${COSTS}?claim=cost-overrun`);
    const mine = { ...form, text: 'Mine: €468 million.', paragraph: '99', change: 'corrected', why: 'wrong place' };
    const refused = await editor.post(`${COSTS}/claims`, mine);
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('Nothing is saved yet');
    expect(refused.text).toMatch(/<p id="fault-paragraph"[^>]*>Paragraph 99 is unknown/);
    expect(refused.text).toContain('>Mine: €468 million.</textarea>');
    const path = '/desk/a/tram-line/file/page/costs';
    const version = /name="version" value="([^"]*)"/.exec((await editor.get(path)).text)?.[1] ?? '';
    const text = await editor.post(path, { version, text: '# Mine' });
    expect([text.status, text.text]).toEqual([422, expect.stringContaining('# Mine</textarea>')]);
    expect(await readFile(file('topics/costs.md'), 'utf8')).toBe(before);
    // In a draft all may be half done.
    await editor.post(`${COSTS}/state`, { state: 'draft' });
    const half = { ...form, paragraph: '99', change: 'corrected', why: 'wrong place' };
    expect((await editor.post(`${COSTS}/claims`, half)).status).toBe(303);
  });

  it('that readers see is held back if its paragraph lacks a number, and saved if the editor means it', async () => {
    const { editor, published } = await openDesk();
    const before = await readFile(file('topics/costs.md'), 'utf8');
    const form = await editor.form(`${COSTS}?claim=cost-overrun`);
    const wrong = {
      ...form,
      text: 'Line 6 has cost €486 million so far; in 2019 it was €312 million.',
      change: 'wording',
    };
    const held = await editor.post(`${COSTS}/claims`, wrong);
    expect(held.status).toBe(422);
    expect(held.text).toMatch(/<p id="fault-text"[^>]*>[^<]*486/);
    expect(held.text).toContain('Save anyway</button>');
    expect(await readFile(file('topics/costs.md'), 'utf8')).toBe(before);
    const key = { 'in-spite-of': insist(held.text) };
    // What the editor has not seen is held back again.
    const other = await editor.post(`${COSTS}/claims`, { ...wrong, ...key, text: 'Line 6 has cost €499 million.' });
    expect(other.status).toBe(422);
    expect((await editor.post(`${COSTS}/claims`, { ...wrong, ...key })).status).toBe(303);
    expect((await published()).find('costs')?.claims[0]?.text).toContain('€486 million');
    // It is known now, so it keeps nobody from changing something else.
    const again = await editor.form(`${COSTS}?claim=cost-overrun`);
    expect((await editor.post(`${COSTS}/claims`, { ...again, owner: 'Bo' })).status).toBe(303);
  });

  it('that an import prepared is filled in by its sentence, with an id that says what it is about', async () => {
    const { editor } = await openDesk();
    await editor.post(`${COSTS}/state`, { state: 'draft' });
    await edit('topics/costs.md', (text) =>
      text
        .replace(/^- Steinmaar won the biggest.*$/m, '- TO BE WORDED: what paragraph 5 says.')
        .replace('id: contract-won', 'id: paragraph-5'),
    );
    await edit('wordings/costs.yaml', (text) => text.replace('contract-won:', 'paragraph-5:'));
    const page = (await editor.get('/desk/a/tram-line')).text;
    expect(page).toContain('18 of 18 paragraphs worded');
    const form = await editor.form(`${COSTS}?paragraph=5&sentence=1`);
    expect(form).toMatchObject({
      id: 'paragraph-5',
      'next-id': 'builder-bid-undercut',
      number: '€189 million',
      text: '',
    });
    const asks = form.asks as string;
    expect(asks).not.toBe('');
    const taken = { ...form, text: 'Steinmaar bid €189 million.', 'next-id': 'who-pays' };
    expect((await editor.post(`${COSTS}/claims`, taken)).text).toContain('already has a claim who-pays');
    const saved = await editor.post(`${COSTS}/claims`, { ...taken, 'next-id': 'winning-bid' });
    expect(saved.location).toBe(`${COSTS}?saved=winning-bid`);
    const written = await readFile(file('topics/costs.md'), 'utf8');
    expect(written).toContain('- Steinmaar bid €189 million.\n  - id: winning-bid\n');
    for (const name of ['topics/costs.md', 'wordings/costs.yaml'])
      expect(await readFile(file(name), 'utf8')).not.toContain('paragraph-5');
    expect((await editor.form(`${COSTS}?claim=winning-bid`)).asks).toBe(asks);
    // Once it is worded, its id stays.
    const worded = await editor.form(`${COSTS}?claim=winning-bid`);
    expect(worded['next-id']).toBeUndefined();
    const renamed = await editor.post(`${COSTS}/claims`, { ...worded, 'next-id': 'other' });
    expect(renamed.text).toContain('never changes once it is worded');
  });

  it('explains its kinds as readers have them explained, and a day without a year', async () => {
    const { editor } = await openDesk();
    const { text } = await editor.get(`${COSTS}?claim=cost-overrun`);
    expect(text).toContain('opinion: a judgement by the person named<');
    expect(text).toContain('placeholder="2025-10, 2016/2020; 9 December of no year: --12-09"');
  });

  it('counts as worded only once somebody has worded it', async () => {
    const { editor } = await openDesk();
    await edit('topics/costs.md', (text) =>
      text.replace('---\n', '---\ndraft: true\n').replace(/^- (Of|Line 6|In a report)\b.*$/gm, '- TO BE WORDED: that.'),
    );
    const { text } = await editor.get('/desk/a/tram-line');
    expect(text).toContain('16 of 18 paragraphs worded, 2 prepared');
    expect((await editor.get(COSTS)).text).toMatch(/class="uncovered\s*" id="paragraph-3"/);
  });

  it('is begun on words that somebody selected, if they stand in the paragraph', async () => {
    const { editor } = await openDesk();
    const selected = (text: string) => editor.get(`${COSTS}?paragraph=3&text=${encodeURIComponent(text)}`);
    const found = await selected('everything  else falls on the city.');
    expect(found.text).toContain('<blockquote>everything else falls on the city.</blockquote>');
    expect((await selected('<b>not there</b>')).text).toContain('<blockquote>The council approved');
    const form = await editor.form(`${COSTS}?paragraph=3&text=province+15+per+cent`);
    expect(form).toMatchObject({ paragraph: '3', number: '15 %' });
  });

  it('names nobody rather than the wrong one as its speaker', async () => {
    await edit('paragraphs.md', (text) =>
      text.replace(
        'The council approved',
        'Councillor Petra Voss calls the plan a gamble. Margaret Hill, a shopkeeper on Quay Street, says the road is her living. ' +
          'Rowe said no. The traders call it a disaster. The plan was 40 years old. The council approved',
      ),
    );
    const { editor } = await openDesk();
    const of = async (sentence: number) => {
      const { kind, speaker, number, numbers } = await editor.form(`${COSTS}?paragraph=3&sentence=${sentence}`);
      return [kind, speaker, number, numbers];
    };
    expect(await of(0)).toEqual(['attributed', 'Petra Voss', '', '']);
    expect(await of(1)).toEqual(['attributed', 'Margaret Hill', '', '']);
    expect(await of(2)).toEqual(['attributed', '', '', '']);
    expect(await of(3)).toEqual(['attributed', '', '', '']);
    expect(await of(4)).toEqual(['figure', 'author', '40 years', '']);
  });

  it('moves up and down, and nothing else changes', async () => {
    const { editor } = await openDesk();
    const before = await readFile(file('topics/costs.md'), 'utf8');
    const ids = async () => (await readFile(file('topics/costs.md'), 'utf8')).match(/(?<=- id: ).*/g);
    const order = await ids();
    const move = (claim: string, way: string) => editor.post(`${COSTS}/claims/${claim}/move`, { way });
    expect((await move('who-pays', 'up')).location).toBe(`${COSTS}?saved=moved`);
    expect(await ids()).toEqual([order?.[1], order?.[0], ...(order?.slice(2) ?? [])]);
    await move('who-pays', 'up');
    await move('who-pays', 'down');
    await move('corvane-early', 'down');
    expect(await readFile(file('topics/costs.md'), 'utf8')).toBe(before);
    expect((await move('none', 'up')).status).toBe(422);
  });

  it('of a draft is saved whatever its paragraph says', async () => {
    const { editor } = await openDesk();
    await edit('topics/costs.md', (text) => text.replace('---\n', '---\ndraft: true\n'));
    const form = await editor.form(`${COSTS}?claim=cost-overrun`);
    expect((await editor.post(`${COSTS}/claims`, { ...form, text: 'Line 6 has cost €486 million.' })).status).toBe(303);
  });

  it('that readers have seen is asked about: better words, or a correction that they are told', async () => {
    const { editor, published } = await openDesk();
    const form = await editor.form(`${COSTS}?claim=cost-overrun`);
    const before = await readFile(file('topics/costs.md'), 'utf8');
    const text = 'So far, the paper reports, Line 6 has cost €468 million; in 2019 €312 million had been agreed.';
    for (const change of [{ text }, { numbers: '' }, { speaker: 'Ada Roe' }, { date: '2020' }]) {
      const asked = await editor.post(`${COSTS}/claims`, { ...form, ...change });
      expect([asked.status, asked.text]).toEqual([422, expect.stringContaining('Readers may have seen other words')]);
    }
    expect(await readFile(file('topics/costs.md'), 'utf8')).toBe(before);
    // Better words change neither who says it nor what readers see beside it.
    for (const [field, value] of [
      ['speaker', 'the paper'],
      ['date', '2018'],
      ['paragraph', '4'],
      ['kind', 'reported'],
      ['number', ''],
    ] as const) {
      const wording = await editor.post(`${COSTS}/claims`, { ...form, [field]: value, change: 'wording' });
      expect([wording.status, wording.text]).toEqual([
        422,
        expect.stringContaining(`More than the wording differs: the ${field}.`),
      ]);
    }
    expect(await readFile(file('topics/costs.md'), 'utf8')).toBe(before);
    // What readers don't see isn't asked about.
    expect((await editor.post(`${COSTS}/claims`, { ...form, owner: 'Bo' })).status).toBe(303);
    const again = { ...(await editor.form(`${COSTS}?claim=cost-overrun`)), text };
    const why = await editor.post(`${COSTS}/claims`, { ...again, change: 'corrected' });
    expect([why.status, why.text]).toEqual([422, expect.stringContaining('Readers have to be told why')]);
    expect((await editor.post(`${COSTS}/claims`, { ...again, change: 'wording' })).status).toBe(303);
    const claim = async () => (await published()).find('costs')?.claims[0];
    expect(await claim()).toMatchObject({ text });
    expect((await claim())?.corrected).toBeUndefined();
  });

  it('is corrected in its form, with its numbers and its speaker, and not to a number that its paragraph lacks', async () => {
    const kept: object[] = [];
    const { editor, published } = await openDesk({ audit: { record: async (entry) => void kept.push(entry) } });
    const page = await editor.get(COSTS);
    expect(page.text).toContain('href="/desk/a/tram-line/t/costs?claim=cost-overrun&amp;correct=1#claim"');
    const form = await editor.form(`${COSTS}?claim=cost-overrun&correct=1`);
    expect(form.change).toBe('corrected');
    const wrong = { ...form, text: 'Line 6 has cost €486 million so far.', why: 'a sum was <missing>' };
    const held = await editor.post(`${COSTS}/claims`, { ...wrong, number: '€486 million', numbers: '' });
    expect(held.status).toBe(422);
    expect(held.text).toMatch(/<p id="fault-text"[^>]*>[^<]*486/);
    for (const kept of ['>Line 6 has cost €486 million so far.</textarea>', 'value="a sum was &lt;missing&gt;"'])
      expect(held.text).toContain(kept);
    expect(held.text).toContain('value="corrected" checked');
    // A number beside the text is compared, too.
    const other = { ...wrong, text: 'Line 6 has cost €468 million so far.', numbers: '€321 million' };
    const beside = await editor.post(`${COSTS}/claims`, other);
    expect(beside.text).toMatch(/<p id="fault-numbers"[^>]*>[^<]*€321 million&quot; is not in paragraph 3/);
    expect((await published()).find('costs')?.claims[0]?.corrected).toBeUndefined();
    const right = { ...other, number: '€468 million', numbers: '', speaker: 'the paper' };
    expect((await editor.post(`${COSTS}/claims`, right)).location).toBe(`${COSTS}?saved=corrected`);
    expect((await published()).find('costs')?.claims[0]).toMatchObject({
      text: right.text,
      speaker: 'the paper',
      numbers: [],
      corrected: { date: '2026-11-25', what: 'a sum was <missing>' },
    });
    expect((await editor.get(COSTS)).text).toContain('Corrected on 25 November 2026: a sum was &lt;missing&gt;');
    expect(kept).toMatchObject([{ action: 'content.correct', about: 'tram-line/cost-overrun' }]);
  });

  it('is held back if its paragraph lacks its speaker or its date', async () => {
    const { editor } = await openDesk();
    const form = await editor.form(`${COSTS}?claim=cost-overrun`);
    const before = await readFile(file('topics/costs.md'), 'utf8');
    for (const [field, value] of [
      ['speaker', 'Pia Lenhart'],
      ['date', '2031-01-01'],
    ] as const) {
      const change = { ...form, [field]: value, change: 'corrected', why: 'wrong' };
      const held = await editor.post(`${COSTS}/claims`, change);
      expect([held.status, held.text]).toEqual([
        422,
        expect.stringMatching(new RegExp(`<p id="fault-${field}"[^>]*>[^<]*not in`)),
      ]);
      expect(insist(held.text)).not.toBe('');
    }
    expect(await readFile(file('topics/costs.md'), 'utf8')).toBe(before);
  });

  it('that readers have seen is asked about in a draft that was live, too', async () => {
    const { editor, published } = await openDesk();
    for (const what of [COSTS, '/desk/a/tram-line']) {
      await editor.post(`${what}/state`, { state: 'draft' });
      const form = await editor.form(`${COSTS}?claim=cost-overrun`);
      const text = `By ${what} it is €468 million, and it was €312 million in 2019.`;
      expect((await editor.post(`${COSTS}/claims`, { ...form, text })).text).toContain(
        'Readers may have seen other words',
      );
      expect((await editor.post(`${COSTS}/claims/who-pays/remove`, { sure: 'yes' })).text).toContain(
        'Withdraw it instead',
      );
      const corrected = { ...form, text, change: 'corrected', why: 'It was unclear' };
      expect((await editor.post(`${COSTS}/claims`, corrected)).location).toContain('saved=corrected');
      await editor.post(`${what}/state`, { state: 'live' });
      expect((await published()).find('costs')?.claims[0]).toMatchObject({
        text,
        corrected: { what: expect.stringMatching(/^It was unclear/) },
      });
    }
    expect(await readFile(file('topics/costs.md'), 'utf8')).not.toContain('readers have seen');
  });

  it('keeps its corrections, and comes back once it is withdrawn by mistake', async () => {
    const { editor, published } = await openDesk();
    for (const why of ['It said told', 'A second mistake']) {
      const form = await editor.form(`${COSTS}?claim=cost-overrun`);
      const text = `${why}: €468 million, and €312 million in 2019.`;
      expect((await editor.post(`${COSTS}/claims`, { ...form, text, change: 'corrected', why })).status).toBe(303);
    }
    const claim = async () => (await published()).find('costs')?.claims[0];
    const what = 'A second mistake (25 November 2026: It said told)';
    expect(await claim()).toMatchObject({ corrected: { date: '2026-11-25', what } });
    const version = await versionOfEnding(editor, 'cost-overrun');
    await editor.post(`${COSTS}/claims/cost-overrun/withdraw`, { version, why: 'a slip' });
    const page = (await editor.get(COSTS)).text;
    expect(page).toContain('claims/cost-overrun/restore"');
    expect(page).not.toContain('claim=cost-overrun#claim"');
    expect((await editor.post(`${COSTS}/claims/cost-overrun/restore`, {})).status).toBe(303);
    expect(await claim()).toMatchObject({ id: 'tram-line/cost-overrun', corrected: { what } });
  });

  it('that is saved with faults says how many it has', async () => {
    const { editor } = await openDesk();
    await edit('topics/costs.md', (text) => text.replace('---\n', '---\ndraft: true\n'));
    const form = await editor.form(`${COSTS}?claim=cost-overrun`);
    const saved = await editor.post(`${COSTS}/claims`, { ...form, text: 'Line 6 has cost €486 million.' });
    expect((await editor.get(saved.location)).text).toContain('Saved: cost-overrun, with 4 faults.');
  });

  it('is not withdrawn over what somebody else changed meanwhile', async () => {
    const { editor } = await openDesk();
    const version = await versionOfEnding(editor, 'cost-overrun');
    const withdraw = `${COSTS}/claims/cost-overrun/withdraw`;
    await edit('topics/costs.md', (text) => text.replace('- Line 6 has cost', '- By now Line 6 has cost'));
    const theirs = await readFile(file('topics/costs.md'), 'utf8');
    const refused = await editor.post(withdraw, { version, why: 'so and so' });
    expect(refused.status).toBe(409);
    for (const part of ['By now Line 6', 'so and so', 'Nothing of yours is saved yet'])
      expect(refused.text).toContain(part);
    expect(await readFile(file('topics/costs.md'), 'utf8')).toBe(theirs);
    // Somebody else's claim of the same file is no obstacle.
    const now = await versionOfEnding(editor, 'cost-overrun');
    await editor.post(`${COSTS}/claims`, { ...(await editor.form(`${COSTS}?claim=who-pays`)), owner: 'Bo' });
    expect((await editor.post(withdraw, { version: now, why: 'so and so' })).status).toBe(303);
    expect((await editor.get(`${COSTS}?saved=withdrawn`)).text).toContain('Withdrawn on 25 November 2026: so and so');
  });

  it('loses a note that is removed', async () => {
    const { editor } = await openDesk();
    const text = await readFile(file('topics/costs.md'), 'utf8');
    expect(text).toContain('[^grant]:');
    const versionAt = async (path: string) => /name="version" value="([^"]*)"/.exec((await editor.get(path)).text)?.[1];
    const own = { version: (await versionAt(`${COSTS}/notes`)) ?? '', label: 'grant', remove: 'yes' };
    expect((await editor.post(`${COSTS}/notes`, own)).status).toBe(303);
    expect(await readFile(file('topics/costs.md'), 'utf8')).not.toContain('grant]');
    const label = /^\[\^([a-z-]+)\]:/m.exec(await readFile(file('notes.md'), 'utf8'))?.[1] ?? '';
    const shared = { version: (await versionAt('/desk/a/tram-line/notes')) ?? '', label, remove: 'yes' };
    expect((await editor.post('/desk/a/tram-line/notes', shared)).status).toBe(303);
    for (const name of globSync('topics/*.md', { cwd: file('') }))
      expect(await readFile(file(name), 'utf8')).not.toContain(`[^${label}]`);
  });

  it('is removed with its wordings from a draft, and from nothing that readers may have seen', async () => {
    const { editor } = await openDesk();
    expect((await editor.post(`${COSTS}/claims/who-pays/remove`, { sure: 'yes' })).text).toContain(
      'Withdraw it instead',
    );
    await edit('topics/costs.md', (text) => text.replace('---\n', '---\ndraft: true\n'));
    // It asks first.
    expect((await editor.post(`${COSTS}/claims/who-pays/remove`, {})).status).toBe(422);
    expect((await editor.get(COSTS)).text).toMatch(/<summary>Remove<[\s\S]{0,400}<button>Remove it</);
    expect((await editor.post(`${COSTS}/claims/who-pays/remove`, { sure: 'yes' })).status).toBe(303);
    for (const name of ['topics/costs.md', 'wordings/costs.yaml'])
      expect(await readFile(file(name), 'utf8')).not.toContain('who-pays');
  });
});

describe('content', () => {
  it('that is not all worded says so in its preview, and not that the article lacks it', async () => {
    const { editor } = await openDesk();
    const ask = async () => (await editor.get(`${COSTS}/preview?question=What+is+the+price+of+pizza%3F`)).text;
    expect(await ask()).toContain('The article has nothing on');
    await edit('topics/costs.md', (text) =>
      text
        .replace('---\n', '---\ndraft: true\n')
        .replace(/^- Of the cost of.*$/m, '- TO BE WORDED: what paragraph 3 says.'),
    );
    expect(await ask()).toContain('The editors’ claims so far have nothing on');
  });

  it('of drafts alone is listed, tried and published', async () => {
    const { editor, published } = await openDesk();
    await editor.post('/desk/a/tram-line/state', { state: 'draft' });
    expect((await editor.get('/desk')).text).toContain('Nothing is published yet');
    expect((await editor.get(`${COSTS}/preview?of=live`)).text).toContain('Nothing is live');
    const tried = await editor.get(`${COSTS}/preview?question=${encodeURIComponent('How much has Line 6 cost?')}`);
    expect(tried.text).toContain('Answered.');
    expect(tried.text).toContain('As Discord shows it');
    expect((await editor.post('/desk/a/tram-line/state', { state: 'live' })).status).toBe(303);
    expect((await published()).find('costs')).toBeDefined();
  });

  it('with faults shows them where it is edited, however broken it is', async () => {
    const { editor } = await openDesk();
    await edit('topics/costs.md', (text) => text.replace('kind: figure', 'kind: fact'));
    expect((await editor.get(COSTS)).text).toContain('“fact”'.replace(/[“”]/g, '&quot;'));
    await writeFile(file('topics/costs.md'), '---\naliases: [\n---\n');
    await writeFile(file('wordings/costs.yaml'), 'asks: [');
    const broken = await editor.get(COSTS);
    expect(broken.status).toBe(200);
    expect(broken.text).toContain('can’t be shown as claims until it is fixed');
    expect((await editor.get('/desk/a/tram-line/file/page/costs')).text).toContain('not valid YAML');
    await edit('article.yaml', (text) => `${text}\nkind: [`);
    expect((await editor.get('/desk/a/tram-line/file/record')).text).toContain('not valid YAML');
    expect((await editor.get('/desk')).status).toBe(200);
  });

  it('is passed over by one key on the way to the claims', async () => {
    const { text } = await (await openDesk()).editor.get(COSTS);
    expect(text.indexOf('href="#claims">Skip to the claims')).toBeLessThan(text.indexOf('class="sentence"'));
    expect(text).toContain('id="claims" tabindex="-1"');
  });

  it('with one fault still shows everything else of it', async () => {
    const { editor } = await openDesk();
    await editor.post(`${COSTS}/state`, { state: 'draft' });
    await edit('topics/costs.md', (text) =>
      text
        .replace('number: €468 million', 'number: 468')
        .replace('it was to cost', 'it was to cost')
        .replace('offer of €189 million', 'offer of €198 million')
        .replace('id: who-pays\n  - kind: figure', 'id: who-pays\n  - kind: fact'),
    );
    const { text } = await editor.get(COSTS);
    expect(text).toContain('<h1>Costs <code>');
    expect(text).not.toContain('No claim cites this yet');
    for (const fault of [
      'Number &quot;468&quot;',
      'Kind &quot;fact&quot; is unknown',
      '&quot;198 million&quot; is not in paragraph 5',
    ])
      expect(text).toContain(fault);
    const form = await editor.form(`${COSTS}?claim=cost-overrun`);
    const checked = await editor.post(`${COSTS}/claims/check`, { ...form, text: 'Line 6 has cost €499 million.' });
    expect(checked.text).toMatch(/<p id="fault-text"[^>]*>[^<]*499/);
    expect(checked.text).toContain('As Discord shows it');
  });

  it('that is live and broken says that readers get what was read before', async () => {
    const { editor } = await openDesk();
    const stale = 'readers still get what it read before';
    expect((await editor.get(COSTS)).text).not.toContain(stale);
    await edit('topics/costs.md', (text) => text.replace('kind: figure', 'kind: fact'));
    for (const path of ['/desk', '/desk/a/tram-line', COSTS]) expect((await editor.get(path)).text).toContain(stale);
  });

  it('that is hostile stays text', async () => {
    const evil =
      '<script>alert(1)</script><img src=x onerror=alert(2)><a href="javascript:alert(3)">x</a><iframe src="data:text/html,x">';
    await edit('paragraphs.md', (text) =>
      text.replace('Halmbruck has a new tram line', `${evil} Halmbruck has a new tram line`),
    );
    await edit('article.yaml', (text) => text.replace(/^title: .*$/m, `title: ${JSON.stringify(evil)}`));
    await edit('wordings/costs.yaml', (text) => `${text}  - ${JSON.stringify(evil)}\n`);
    const { editor } = await openDesk({ missed: missedOf([{ id: 'evil', texts: [evil], article: evil }]) });
    const form = await editor.form(`${COSTS}?claim=cost-overrun`);
    await editor.post(`${COSTS}/claims`, { ...form, text: evil, speaker: evil });
    const paths = [
      '/desk',
      '/desk/a/tram-line',
      COSTS,
      `${COSTS}?paragraph=1&sentence=0`,
      `${COSTS}?claim=cost-overrun`,
      `${COSTS}/open`,
      `${COSTS}/preview`,
    ];
    const more = [
      `${COSTS}/preview?question=${encodeURIComponent(evil)}`,
      '/desk/missed',
      `${COSTS}?saved=${encodeURIComponent(evil)}`,
      `/desk/a/${encodeURIComponent(evil)}`,
    ];
    for (const path of [...paths, ...more, '/desk/a/tram-line/file/page/costs']) {
      const { text, status } = await editor.get(path);
      expect([path, status]).toEqual([path, path.includes('/desk/a/%3C') ? 404 : 200]);
      expect(text.replace(/<script (src|type)="[^"]*"[^>]*><\/script>/g, '').replace(/="[^"]*"/g, '')).not.toMatch(
        /<script|<iframe|<img src=x|<[^>]* onerror|href=javascript/i,
      );
    }
  });

  it('is edited as text, and a save over a changed file is shown both', async () => {
    const { editor } = await openDesk();
    const path = '/desk/a/tram-line/file/record';
    const opened = await editor.get(path);
    const version = /name="version" value="([^"]*)"/.exec(opened.text)?.[1] ?? '';
    const text = await readFile(file('article.yaml'), 'utf8');
    await edit('article.yaml', (old) => `${old}# Theirs\n`);
    const refused = await editor.post(path, { version, text: `${text}# Mine\n` });
    expect(refused.status).toBe(409);
    for (const comment of ['# Theirs', '# Mine']) expect(refused.text).toContain(comment);
    expect(await readFile(file('article.yaml'), 'utf8')).toBe(`${text}# Theirs\n`);
    const now = /name="version" value="([^"]*)"/.exec(refused.text)?.[1] ?? '';
    expect((await editor.post(path, { version: now, text: `${text}# Mine\r\n` })).status).toBe(303);
    expect(await readFile(file('article.yaml'), 'utf8')).toBe(`${text}# Mine\n`);
    expect((await editor.post(`${path}/check`, { text: 'format: [' })).text).toContain('not valid YAML');
  });

  it('that readers see is held back as text, too, if a paragraph lacks a number', async () => {
    const { editor } = await openDesk();
    const path = '/desk/a/tram-line/file/page/costs';
    const version = /name="version" value="([^"]*)"/.exec((await editor.get(path)).text)?.[1] ?? '';
    const before = await readFile(file('topics/costs.md'), 'utf8');
    const text = before.replace('has cost €468 million', 'has cost €486 million');
    const held = await editor.post(path, { version, text });
    expect(held.status).toBe(422);
    expect(held.text).toContain('has cost €486 million');
    expect(held.text).toContain('Save anyway</button>');
    expect(await readFile(file('topics/costs.md'), 'utf8')).toBe(before);
    expect((await editor.post(path, { version, text, 'in-spite-of': insist(held.text) })).status).toBe(303);
    expect(await readFile(file('topics/costs.md'), 'utf8')).toBe(text);
  });

  it('is named by what the folder holds, never by a path', async () => {
    const { editor } = await openDesk();
    for (const name of ['..', '%2e%2e', '..%2f..', '%2fetc%2fpasswd', 'tram-line%2f..', '.git']) {
      expect((await editor.get(`/desk/a/${name}/file/record`)).status).toBe(404);
      expect((await editor.get(`/desk/a/tram-line/file/page/${name}`)).status).toBe(404);
      expect((await editor.post(`/desk/a/tram-line/file/wordings/${name}`, { version: '', text: 'x' })).status).toBe(
        404,
      );
    }
    expect((await editor.post('/desk/a/tram-line/topics', { slug: '../../evil' })).status).toBe(422);
  });

  it('shows what changed since the last commit, and says so if there is no history', async () => {
    const { editor } = await openDesk();
    expect((await editor.get('/desk/changes')).text).toContain('isn’t in a git repository');
    const git = (...args: string[]) =>
      execFileSync('git', ['-C', content.directory, '-c', 'user.name=a', '-c', 'user.email=a@example.org', ...args]);
    git('init', '-q');
    git('add', '.');
    git('commit', '-qm', 'Begin');
    expect((await editor.get('/desk/changes')).text).toContain('Nothing has changed');
    const form = await editor.form(`${COSTS}?claim=cost-overrun`);
    await editor.post(`${COSTS}/claims`, { ...form, owner: 'harbour desk' });
    await editor.post('/desk/a/tram-line/topics', { slug: 'noise' });
    const { text } = await editor.get('/desk/changes');
    expect(text).toContain('+  - owner: harbour desk');
    expect(text).toContain('tram-line/topics/noise.md');
  });
});

describe('an article’s record', () => {
  const path = '/desk/a/tram-line/record';
  const faultOf = (html: string, key: string) => new RegExp(`<p id="fault-${key}"[^>]*>([^<]*)</p>`).exec(html)?.[1];

  it('changes nothing if it is saved as it was opened', async () => {
    const { editor } = await openDesk();
    const before = await readFile(file('article.yaml'), 'utf8');
    expect((await editor.post(path, await editor.form(path, 'record'))).status).toBe(303);
    expect(await readFile(file('article.yaml'), 'utf8')).toBe(before);
  });

  it('is written with its lines and comments, but for what changes', async () => {
    const { editor, published } = await openDesk();
    await edit('article.yaml', (text) =>
      text.replace('genre', '# genre').replace('kind: report', 'kind: report # ours'),
    );
    const before = await readFile(file('article.yaml'), 'utf8');
    const form = await editor.form(path, 'record');
    const saved = await editor.post(path, {
      ...form,
      kind: 'analysis',
      short: 'Line 6: "the" tram',
      disclosure: 'A report.\n\nIt # quotes: both sides.',
      publication: `${form.publication}\nRead aloud on the radio.`,
      'people.0.also': 'Tavernik; the mayor; her honour',
      'people.1.name': '',
      'people.1.role': '',
      'people.1.also': '',
      'people.1.groups': '',
      'people.12.name': 'Ada: Roe',
      'people.12.role': 'clerk',
      'synonyms.0.words': 'streetcar',
      'parties.3.adjectives': 'Corvane’s',
      loaded: '',
    });
    expect([saved.status, saved.text]).toEqual([303, '']);
    const after = await readFile(file('article.yaml'), 'utf8');
    const lines = (text: string, than: string) => text.split('\n').filter((line) => !than.split('\n').includes(line));
    expect(lines(before, after)).toEqual([
      'kind: report # ours',
      'disclosure: >-',
      expect.stringContaining("  This is a local newspaper's report"),
      expect.stringContaining('  dispute, and residents'),
      '  Corvane Electric: { also: [Corvane] }',
      expect.stringContaining('  Ilse Tavernik: {'),
      expect.stringContaining('  Gregor Aumann: {'),
      'loaded: [insult, crime, confession]',
      expect.stringContaining('  tram: ['),
    ]);
    expect(lines(after, before)).toEqual([
      `short: 'Line 6: "the" tram'`,
      'kind: analysis # ours',
      '  - Read aloud on the radio.',
      'disclosure: "A report. It # quotes: both sides."',
      '  Corvane Electric: { also: [Corvane], adjectives: [Corvane’s] }',
      '  Ilse Tavernik: { role: Mayor of Halmbruck, also: [Tavernik, the mayor, her honour], groups: [mayors, politicians] }',
      '  "Ada: Roe": { role: clerk }',
      '  tram: [streetcar]',
    ]);
    expect((await published()).articles[0]).toMatchObject({
      short: 'Line 6: "the" tram',
      kind: 'analysis',
      disclosure: 'A report. It # quotes: both sides.',
    });
  });

  it('shows its faults at their fields: while it is typed, on opening, and if a save is refused', async () => {
    const { editor } = await openDesk();
    const form = await editor.form(path, 'record');
    const check = async (change: object) => (await editor.post(`${path}/check`, { ...form, ...change })).text;
    expect(await check({})).toContain('No faults.');
    expect(faultOf(await check({ published: 'in May' }), 'published')).toContain('in May');
    expect(faultOf(await check({ author: '' }), 'author')).toContain('Author is missing');
    expect(faultOf(await check({ url: 'courier' }), 'url')).toContain('courier');
    expect(faultOf(await check({ short: 'a, b' }), 'short')).toContain('comma');
    expect(faultOf(await check({ disclosure: 'x'.repeat(501) }), 'disclosure')).toContain('501 characters');
    expect(faultOf(await check({ 'people.20.role': 'clerk' }), 'text')).toContain('A row of People has no name');
    const before = await readFile(file('article.yaml'), 'utf8');
    const refused = await editor.post(path, { ...form, author: '', title: 'Mine', 'people.20.role': '' });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('Nothing is saved yet');
    expect(refused.text).toContain('value="Mine"');
    expect(faultOf(refused.text, 'author')).toContain('Author is missing');
    expect(await readFile(file('article.yaml'), 'utf8')).toBe(before);
    // In a draft it may be half done.
    await editor.post('/desk/a/tram-line/state', { state: 'draft' });
    const draft = await editor.form(path, 'record');
    expect((await editor.post(path, { ...draft, author: '' })).status).toBe(303);
    expect(faultOf((await editor.get(path)).text, 'author')).toContain('Author is missing');
    const article = (await editor.get('/desk/a/tram-line')).text;
    expect(article).toContain('Still in the way of publishing it');
    expect(article).toContain('href="/desk/a/tram-line/record#field-author"');
  });

  it('that changed meanwhile is shown beside what was typed, and nothing is lost', async () => {
    const { editor } = await openDesk();
    const form = await editor.form(path, 'record');
    await edit('article.yaml', (text) => text.replace('publisher: Halmbruck Courier', 'publisher: The Courier'));
    const refused = await editor.post(path, { ...form, genre: 'court report' });
    expect(refused.status).toBe(409);
    for (const part of ['publisher: The Courier', 'genre: court report', 'Nothing of yours is saved yet'])
      expect(refused.text).toContain(part);
    expect(await readFile(file('article.yaml'), 'utf8')).toContain('The Courier');
    const version = /name="version" value="([^"]*)"/.exec(refused.text)?.[1] ?? '';
    expect((await editor.post(path, { ...form, version, genre: 'court report' })).status).toBe(303);
    expect(await readFile(file('article.yaml'), 'utf8')).toContain('genre: court report');
  });

  it('says what would be wrong elsewhere because of it, and shows what was typed', async () => {
    const { editor } = await openDesk();
    const form = await editor.form('/desk/a/tram-line/record', 'record');
    const refused = await editor.post('/desk/a/tram-line/record', { ...form, paragraphs: '5' });
    expect(refused.status).toBe(422);
    expect(refused.text).toMatch(/role="alert"[^>]*>[^<]*Paragraph \d+/);
    expect(refused.text).not.toContain('stands at the fields');
    expect(refused.text).toMatch(/<details class="card" open><summary>Paragraphs and links/);
    expect(refused.text).toMatch(/name="paragraphs" value="5"/);
  });

  it('of a draft proposes those who speak as its people, once, and saves them only if an editor does', async () => {
    const { editor } = await openDesk();
    await edit('article.yaml', (text) =>
      text.replace('format: 2\n', 'format: 2\ndraft: true\n').replace(/^people:\n(?: {2}.*\n)+/m, ''),
    );
    const before = await readFile(file('article.yaml'), 'utf8');
    const page = (await editor.get('/desk/a/tram-line/record')).text;
    expect(page).toContain('Nothing of them is saved yet');
    expect(page).toMatch(/name="people.\d.name" value="Jonas Perrick"/);
    expect(await readFile(file('article.yaml'), 'utf8')).toBe(before);
    const form = await editor.form('/desk/a/tram-line/record', 'record');
    expect((await editor.post('/desk/a/tram-line/record', form)).status).toBe(303);
    expect(await readFile(file('article.yaml'), 'utf8')).toMatch(/\n {2}Jonas Perrick:/);
    expect((await editor.get('/desk/a/tram-line/record')).text).not.toContain('Nothing of them is saved yet');
  });

  it('that is too broken for its form is mended as text', async () => {
    const { editor } = await openDesk();
    await edit('article.yaml', (text) => `${text}\nkind: [`);
    expect((await editor.get(path)).location).toBe('/desk/a/tram-line/file/record');
  });
});

describe('publishing', () => {
  it('is held back if the article speaks against a draft, with a button for who means it', async () => {
    const { editor, published } = await openDesk();
    await editor.post(`${COSTS}/state`, { state: 'draft' });
    await edit('topics/costs.md', (text) => text.replace('has cost €468 million', 'has cost €486 million'));
    const held = await editor.post(`${COSTS}/state`, { state: 'live' });
    expect(held.status).toBe(422);
    expect(held.text).toContain('&quot;486 million&quot; is not in paragraph 3');
    expect(held.text).toContain(`href="${COSTS}?claim=cost-overrun#field-text"`);
    expect(held.text).toContain('Publish anyway</button>');
    expect((await published()).find('costs')).toBeUndefined();
    expect((await editor.get(COSTS)).text).toContain('Still in the way of publishing it: 1');
    const insisting = { state: 'live', 'in-spite-of': insist(held.text) };
    expect((await editor.post(`${COSTS}/state`, insisting)).status).toBe(303);
    expect((await published()).find('costs')?.claims[0]?.text).toContain('€486 million');
  });

  it('leads from a refusal to the field where it is mended', async () => {
    const { editor } = await openDesk();
    await editor.post(`${COSTS}/state`, { state: 'draft' });
    await edit('topics/costs.md', (text) =>
      text.replace(/^- Of the cost of.*$/m, '- TO BE WORDED: what paragraph 3 says.'),
    );
    const refused = await editor.post(`${COSTS}/state`, { state: 'live' });
    expect(refused.text).toContain(`href="${COSTS}?claim=who-pays#field-text"`);
  });

  it('of a topic whose article is a draft says that it is ready, and offers the article', async () => {
    const { editor } = await openDesk();
    await editor.post('/desk/a/tram-line/state', { state: 'draft' });
    const { text } = await editor.get(COSTS);
    expect(text).toContain('<span class="tag ready">ready</span>');
    expect(text).toContain('This topic is ready. Readers see it once the article is published.');
    expect(text).toContain('Publish the article</a>');
    expect(text).not.toContain('Publish this topic');
    expect(text).toContain('Make this topic a draft again');
  });

  it('says what readers see of it now', async () => {
    const { editor } = await openDesk();
    const after = async (path: string, fields: Record<string, string>) => {
      const { location } = await editor.post(`${path}/state`, fields);
      return /<p class="saved" role="status">([^<]*)</.exec((await editor.get(location)).text)?.[1];
    };
    const article = '/desk/a/tram-line';
    const again = 'A draft: readers don’t see it.';
    expect(await after(COSTS, { state: 'draft' })).toBe(again);
    expect(await after(COSTS, { state: 'live' })).toBe('Published: readers see it now.');
    expect(await after(article, { state: 'draft' })).toBe(again);
    await after(COSTS, { state: 'draft' });
    expect(await after(COSTS, { state: 'live' })).toBe('Ready: readers see it once the article is published.');
    await after(COSTS, { state: 'draft' });
    expect(await after(article, { state: 'live' })).toBe(
      'Published: readers see it now, but 1 topic of it is still a draft.',
    );
    await after(article, { state: 'draft' });
    expect(await after(article, { state: 'live', topics: 'all' })).toBe('Published: readers see it now.');
    expect((await editor.get(COSTS)).text).not.toContain('class="saved"');
  });
});

describe('a topic', () => {
  it('gets a head, a note and open questions', async () => {
    const { editor, published } = await openDesk();
    const versionAt = async (path: string) =>
      /name="version" value="([^"]*)"/.exec((await editor.get(path)).text)?.[1] ?? '';
    expect(
      (
        await editor.post(`${COSTS}/head`, {
          version: await versionAt(`${COSTS}/head`),
          title: 'What it cost',
          summary: 'The bill.',
          aliases: 'bill\nprice tag',
        })
      ).status,
    ).toBe(303);
    const note = {
      label: 'audit',
      kind: 'context',
      text: 'The office reports each year.',
      source: 'City of Halmbruck',
      claim: 'cost-overrun',
    };
    const noted = await editor.post(`${COSTS}/notes`, { version: await versionAt(`${COSTS}/notes`), ...note });
    expect([noted.status, noted.text]).toEqual([303, '']);
    expect(
      (
        await editor.post('/desk/a/tram-line/notes', {
          version: await versionAt('/desk/a/tram-line/notes'),
          ...note,
          claim: 'costs/who-pays',
          label: 'shared-one',
        })
      ).status,
    ).toBe(303);
    expect(
      (
        await editor.post(`${COSTS}/open`, {
          version: await versionAt(`${COSTS}/open`),
          open: 'Who is to blame?\n\nWhat of the next line?',
        })
      ).status,
    ).toBe(303);
    const topic = (await published()).find('costs');
    expect(topic).toMatchObject({
      title: 'What it cost',
      aliases: ['bill', 'price tag'],
      unanswered: ['Who is to blame?', 'What of the next line?'],
    });
    expect(await readFile(file('topics/costs.md'), 'utf8')).toContain(
      '[^audit]: **Context.** The office reports each year.\n    - source: City of Halmbruck\n',
    );
    expect(await readFile(file('notes.md'), 'utf8')).toContain('[^shared-one]:');
    expect((await editor.post(`${COSTS}/open`, { version: 'an old one', open: '' })).status).toBe(409);
  });

  it('shows the faults of its head, its notes and its open questions at their fields', async () => {
    const { editor } = await openDesk();
    const before = await readFile(file('topics/costs.md'), 'utf8');
    const faultOf = (html: string, key: string) => new RegExp(`<p id="fault-${key}"[^>]*>([^<]*)</p>`).exec(html)?.[1];
    const check = async (part: string, fields: Record<string, string>) =>
      (await editor.post(`${part}/check`, fields)).text;
    const head = { title: 'Costs', summary: 'What it cost.', aliases: 'bill' };
    expect(await check(`${COSTS}/head`, head)).toContain('No faults.');
    expect(faultOf(await check(`${COSTS}/head`, { ...head, title: 'x'.repeat(61) }), 'title')).toContain(
      '61 characters',
    );
    expect(faultOf(await check(`${COSTS}/head`, { ...head, summary: 'x'.repeat(101) }), 'summary')).toContain('101');
    expect(faultOf(await check(`${COSTS}/head`, { ...head, aliases: 'bill\nbridge' }), 'aliases')).toContain(
      'taken by',
    );
    expect(faultOf(await check(`${COSTS}/open`, { open: 'What did it cost?\nWhat did it cost?' }), 'open')).toContain(
      'stands here twice',
    );
    const note = { label: 'audit', kind: 'context', text: 'So.', source: 'City', claim: 'cost-overrun', form: '' };
    expect(await check(`${COSTS}/notes`, note)).toContain('No faults.');
    expect(faultOf(await check(`${COSTS}/notes`, { ...note, 'as of': 'yesterday' }), 'asOf-')).toContain('yesterday');
    expect(faultOf(await check(`${COSTS}/notes`, { ...note, url: 'there' }), 'url-')).toContain('there');
    expect(faultOf(await check(`${COSTS}/notes`, { ...note, label: 'A b' }), 'text-')).toContain('label');
    const grant = { ...note, label: 'grant', form: 'grant', claim: '', 'review by': 'soon' };
    expect(faultOf(await check(`${COSTS}/notes`, grant), 'reviewBy-grant')).toContain('soon');
    const shared = await check('/desk/a/tram-line/notes', { ...note, 'as of': 'yesterday' });
    expect(faultOf(shared, 'asOf-')).toContain('yesterday');
    expect(await readFile(file('topics/costs.md'), 'utf8')).toBe(before);
    // A draft is saved with its faults, and they stay in sight.
    await editor.post(`${COSTS}/state`, { state: 'draft' });
    const saved = await editor.post(`${COSTS}/head`, { ...head, title: 'x'.repeat(61) });
    expect(saved.location).toBe(`${COSTS}/head?saved=1`);
    const again = (await editor.get(saved.location)).text;
    expect(again).toContain('Saved, with 1 fault');
    expect(faultOf(again, 'title')).toContain('61 characters');
    expect((await editor.get(COSTS)).text).toContain(`href="${COSTS}/head#field-title"`);
    await editor.post(`${COSTS}/notes`, { ...note, 'as of': 'yesterday' });
    expect(faultOf((await editor.get(`${COSTS}/notes`)).text, 'asOf-audit')).toContain('yesterday');
  });

  it('that readers see is held back over its head and its notes, too, and what was typed stays', async () => {
    const { editor } = await openDesk();
    const before = await readFile(file('topics/costs.md'), 'utf8');
    const head = { title: 'Costs', summary: 'The city wastes €99 million.', aliases: 'bill' };
    const held = await editor.post(`${COSTS}/head`, head);
    expect(held.status).toBe(422);
    for (const part of ['&quot;99 million&quot; is nowhere in the article', 'value="The city wastes €99 million."'])
      expect(held.text).toContain(part);
    const note = { label: 'grant', form: 'grant', kind: 'contested', text: 'It is €9 billion.', source: '' };
    const unsourced = await editor.post(`${COSTS}/notes`, note);
    expect(unsourced.status).toBe(422);
    for (const part of ['Note [^grant] names no source', '>It is €9 billion.</textarea>'])
      expect(unsourced.text).toContain(part);
    const fresh = { ...note, label: 'fresh', form: '', claim: 'who-pays' };
    const added = await editor.post(`${COSTS}/notes`, fresh);
    for (const part of [
      'name="label" value="fresh"',
      '<option value="who-pays" selected',
      '>It is €9 billion.</textarea>',
    ])
      expect(added.text).toContain(part);
    const shared = await editor.post('/desk/a/tram-line/notes', { ...fresh, claim: 'costs/who-pays' });
    expect([shared.status, shared.text]).toEqual([422, expect.stringContaining('name="label" value="fresh"')]);
    expect(await readFile(file('topics/costs.md'), 'utf8')).toBe(before);
    const anyway = await editor.post(`${COSTS}/notes`, { ...note, 'in-spite-of': insist(unsourced.text) });
    expect(anyway.status).toBe(303);
    // Readers see it, and the desk says so.
    const saved = (await editor.get(anyway.location)).text;
    expect(saved).toContain('Saved, with 1 fault: readers see it as it is.');
    expect((await editor.get(COSTS)).text).toContain('names no source');
  });

  it('is suggested wordings and open questions', async () => {
    const { app } = await openTestDesk(
      content.directory,
      {},
      { suggestRemote: async () => ['What did the model think of?'] },
    );
    const editor = openEditor(app);
    const form = await editor.get(`${COSTS}?claim=cost-overrun`);
    expect(form.text.match(/data-add="field-asks"/g)?.length).toBeGreaterThan(1);
    expect(form.text).not.toContain('the model think of');
    expect((await editor.get(`${COSTS}?claim=cost-overrun&model=1`)).text).toContain('What did the model think of?');
    expect((await editor.get(`${COSTS}/open`)).text).toContain('data-add="field-open"');
  });

  it('is taken down once it is saved, with the name of the token that opened the desk', async () => {
    const entries: object[] = [];
    const audit = { record: async (entry: object) => void entries.push(entry) };
    const token = 'an-editors-own-token';
    const { app } = await openTestDesk(content.directory, { EDITOR_TOKEN: token }, { audit });
    const editor = openEditor(app, { authorization: `Bearer ${token}` });
    const form = await editor.form(`${COSTS}?claim=cost-overrun`);
    await editor.post(`${COSTS}/claims`, { ...form, owner: 'Ada' });
    await editor.post(`${COSTS}/claims`, { ...form, owner: 'Bo' });
    await editor.post(`${COSTS}/state`, { state: 'draft' });
    const by = { platform: 'desk', user: 'EDITOR_TOKEN' };
    expect(entries[0]).toEqual({ ...by, action: 'content.save', about: expect.stringContaining('topics/costs.md') });
    expect(entries.slice(1)).toEqual([{ ...by, action: 'content.unpublish', about: 'tram-line/costs' }]);
  });

  it('is begun, worded and published without opening a file', async () => {
    const { editor, published } = await openDesk();
    const taken = await editor.post('/desk/a/tram-line/topics', { slug: 'help', title: 'Noise' });
    expect(taken.status).toBe(422);
    expect(taken.text).toContain('/help is a command of the bot. Choose another name.');
    expect(taken.text).toContain('value="help"');
    const begun = await editor.post('/desk/a/tram-line/topics', { slug: 'noise', title: 'Noise & *night* trams' });
    expect(begun.location).toBe('/desk/a/tram-line/t/noise');
    expect((await editor.get(begun.location)).text).toContain('<h1>Noise &amp; *night* trams <code>');
    const path = '/desk/a/tram-line/t/noise';
    const version = /name="version" value="([^"]*)"/.exec((await editor.get(`${path}/head`)).text)?.[1] ?? '';
    await editor.post(`${path}/head`, { version, title: 'Noise', summary: 'How loud the trams are.', aliases: '' });
    const refused = await editor.post(`${path}/state`, { state: 'live' });
    expect([refused.status, refused.text]).toEqual([422, expect.stringContaining('Nothing has changed for readers')]);
    const form = await editor.form(`${path}?claim=noise`);
    await editor.post(`${path}/claims`, { ...form, text: 'The paper says that the trams are quiet.' });
    await editor.post(`${path}/notes`, {
      version: /name="version" value="([^"]*)"/.exec((await editor.get(`${path}/notes`)).text)?.[1] ?? '',
      label: 'note',
      kind: 'context',
      text: 'Nobody measured.',
      source: 'the article itself',
    });
    expect(await readFile(file('topics/noise.md'), 'utf8')).toContain('quiet.[^note]\n');
    const live = await editor.post(`${path}/state`, { state: 'live' });
    expect([live.status, live.text]).toEqual([303, '']);
    expect((await published()).find('noise')?.title).toBe('Noise');
  });
});

/** What readers missed, and what was settled of it. */
function missedOf(groups: readonly Partial<MissedQuestion>[]) {
  const settled: [string, Settling][] = [];
  const list: MissedQuestion[] = groups.map((group) => ({
    id: 'q1',
    texts: ['how pricey was the tram'],
    verdict: 'nearest',
    count: 3,
    first: '2026-11-20',
    last: '2026-11-24',
    nearest: [],
    wanted: [],
    ...group,
  }));
  return {
    settled,
    list: async () => list.filter(({ id }) => !settled.some(([one]) => one === id)),
    settle: async (id: string, how: Settling) => void settled.push([id, how]),
  };
}

describe('a missed question', () => {
  const group = {
    article: 'tram-line',
    nearest: ['tram-line/cost-overrun'],
    texts: ['how pricey was the tram', 'tram price'],
    wanted: ['the sum'],
  };

  it('is listed with its count, days, article and nearest claim', async () => {
    const { editor } = await openDesk({ missed: missedOf([group]) });
    const { text } = await editor.get('/desk/missed');
    for (const part of [
      'how pricey was the tram',
      'tram price',
      '3 readers',
      '20 November 2026 to 24 November 2026',
      'the sum',
      'Line 6 has cost',
    ])
      expect(text).toContain(part);
    expect((await (await openDesk()).editor.get('/desk/missed')).text).toContain('isn’t kept');
    expect((await (await openDesk({ missed: missedOf([]) })).editor.get('/desk/missed')).text).toContain(
      'missed nothing yet',
    );
  });

  it('offers no claim that nobody has worded, and chooses nothing if nothing comes near', async () => {
    await edit('topics/costs.md', (text) =>
      text
        .replace('---\n', '---\ndraft: true\n')
        .replace(/^- Of the cost of.*$/m, '- TO BE WORDED: what paragraph 3 says.'),
    );
    const far = { ...group, id: 'far', nearest: [] };
    const { editor } = await openDesk({ missed: missedOf([group, far]) });
    const { text } = await editor.get('/desk/missed');
    expect(text).toContain('tram-line/cost-overrun');
    expect(text).not.toMatch(/TO BE WORDED|tram-line\/who-pays/);
    expect(text).toContain('· “Line 6 Is Running, and Its Bill Is in Court”');
    const first = (id: string) => new RegExp(`id="${id}"[^>]*>\\s*<option value="([^"]*)"`).exec(text)?.[1];
    expect(['claim-q1', 'topic-q1', 'claim-far', 'topic-far'].map(first)).toEqual(['', '', '', '']);
    expect(text).toMatch(/<optgroup label="Shown as the nearest"><option value="tram-line\/cost-overrun">/);
    for (const how of ['answers', 'open']) {
      const chosen = { id: 'far', how, claim: '', topic: '', wording: 'how pricey' };
      const refused = await editor.get(`/desk/missed/effect?${new URLSearchParams(chosen)}`);
      expect([refused.status, refused.text]).toEqual([422, expect.stringMatching(/No (claim|topic) is chosen/)]);
    }
  });

  it('becomes a wording of a claim, once its effect was seen', async () => {
    const missed = missedOf([group]);
    const { editor, published } = await openDesk({ missed });
    const before = await readFile(file('wordings/costs.yaml'), 'utf8');
    const choice = { id: 'q1', how: 'answers', claim: 'tram-line/cost-overrun', wording: 'how pricey was the tram' };
    const effect = await editor.get(`/desk/missed/effect?${new URLSearchParams(choice)}`);
    expect(effect.text).toMatch(/Of \d+ questions with a known answer/);
    expect(await readFile(file('wordings/costs.yaml'), 'utf8')).toBe(before);
    expect((await editor.post('/desk/missed', choice)).location).toBe('/desk/missed?settled=answers');
    expect(missed.settled).toEqual([['q1', 'answers']]);
    expect((await published()).find('costs')?.claims[0]?.asks).toContain('How pricey was the tram?');
    expect((await editor.post('/desk/missed', choice)).status).toBe(404);
  });

  it('is no claim’s that doesn’t have whom it names, whether the record or only the article has them', async () => {
    await edit('paragraphs.md', (text) => text.replace('**2.**', '**2.** Imran Sadiq, a teacher, came.'));
    const { editor } = await openDesk({ missed: missedOf([group]) });
    const effectOf = async (wording: string, claim = 'tram-line/audit-causes') => {
      const choice = { id: 'q1', how: 'answers', claim, wording };
      return (await editor.get(`/desk/missed/effect?${new URLSearchParams(choice)}`)).text;
    };
    expect(await effectOf('what does imran sadiq say')).toContain(
      'The question names Imran Sadiq, and the claim doesn’t',
    );
    expect(await effectOf('What does Pia Lenhart say?')).toContain('names Pia Lenhart, and');
    for (const own of ['What does Mirela Oszek say?', 'what does oszek say', 'what does the auditor say'])
      expect(await effectOf(own)).not.toContain('The question names');
  });

  it('leads to a new claim that has it', async () => {
    const { editor } = await openDesk({ missed: missedOf([group]) });
    const choice = { id: 'q1', how: 'new', topic: 'costs', claim: '', wording: 'what does imran sadiq say' };
    const { location } = await editor.get(`/desk/missed/effect?${new URLSearchParams(choice)}`);
    expect(location).toBe(`${COSTS}?new=1&ask=What+does+imran+sadiq+say%3F#claim`);
    expect(await editor.form(location)).toMatchObject({ new: '1', asks: 'What does imran sadiq say?' });
  });

  it('is told what lint would say of it, before it is saved', async () => {
    await edit('topics/costs.md', (text) => text.replace('  - date: 2019\n', ''));
    const { editor } = await openDesk({ missed: missedOf([group]) });
    const choice = { id: 'q1', how: 'answers', claim: 'tram-line/who-pays', wording: 'when was it paid' };
    const { text } = await editor.get(`/desk/missed/effect?${new URLSearchParams(choice)}`);
    expect(text).toContain('asks for a time, but claim who-pays has none');
    expect(text).toMatch(/<h3>These (are wrong, as before|would change|would go wrong)<\/h3>/);
  });

  it('counts as left open, or is not for us', async () => {
    const missed = missedOf([group, { id: 'q2', texts: ['best pizza in town'] }]);
    const { editor, published } = await openDesk({ missed });
    await editor.post('/desk/missed', {
      id: 'q1',
      how: 'open',
      topic: 'costs',
      wording: 'what of the trams of tomorrow',
    });
    expect((await published()).find('costs')?.unanswered).toContain('What of the trams of tomorrow?');
    await editor.post('/desk/missed', { id: 'q2', how: 'dismiss' });
    expect(missed.settled).toEqual([
      ['q1', 'open'],
      ['q2', 'dismiss'],
    ]);
  });
});

it('lists what is due for review', async () => {
  const { editor } = await openDesk();
  expect((await editor.get('/desk')).text).not.toContain('due for review');
  const form = await editor.form(`${COSTS}?claim=cost-overrun`);
  await editor.post(`${COSTS}/claims`, { ...form, 'review by': '2026-11-24' });
  expect((await editor.get('/desk')).text).toContain('1 due for review');
});

it('sends a real digest of the database now, and not twice at once', async () => {
  const store = await openStore('sqlite::memory:');
  const digests = createDigests({
    db: store.db,
    illustrate: async (reply) => reply,
    now: () => TODAY,
    defaultZone: 'UTC',
  });
  await digests.subscribe(askerOf(), { time: '08:00', zone: 'UTC', days: 'daily', topics: ['costs'] });
  const desk = openDeskDigests(store.db, digests, deskAuthor({ editorToken: undefined }));
  const [one] = await desk.list();
  expect(one?.what).toContain('test:channel, costs, daily at 08:00 UTC');
  expect([await desk.send(one?.id ?? ''), await desk.send(one?.id ?? ''), await desk.send('none')]).toEqual([
    true,
    false,
    false,
  ]);
  await store.close();
});

it('sends a digest now', async () => {
  const sent: string[] = [];
  const digests = {
    list: async () => [{ id: 'abc', what: 'test:channel, all topics' }],
    send: async (id: string) => sent.push(id) === 1,
  };
  const { editor } = await openDesk({ digests });
  expect((await editor.get('/desk/digests')).text).toContain('test:channel, all topics');
  expect((await editor.post('/desk/digests', { id: 'abc' })).location).toBe('/desk/digests?how=sent');
  expect((await editor.post('/desk/digests', { id: 'abc' })).location).toBe('/desk/digests?how=before');
  expect((await editor.post('/desk/digests', { id: 'other' })).status).toBe(404);
  const alone = (await (await openDesk()).editor.get('/desk/digests?topic=bridge')).text;
  expect(alone).toContain('isn’t on a chat platform');
  expect(alone.match(/Daily briefing: Bridge/g)?.length).toBe(2);
  expect(alone).toContain('As Slack shows it');
});

it('says in its own frame that an address leads nowhere, and leads back to where one was', async () => {
  const { editor } = await openDesk();
  expect((await editor.get('/desk/')).location).toBe('/desk');
  for (const path of ['/desk/nope', '/desk/a/tram-line/nope', `${COSTS}/nope`, '/desk/a/none']) {
    const { status, text } = await editor.get(path);
    expect([path, status]).toEqual([path, 404]);
    expect(text).toContain('aria-label="Desk"');
  }
  const refused = await editor.post(`${COSTS}/claims/who-pays/remove`, { sure: 'yes' });
  expect(refused.text).toContain(`<a class="button" href="${COSTS}">Back</a>`);
});
