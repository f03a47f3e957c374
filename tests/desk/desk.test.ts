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
/** The version that the forms to correct or withdraw a claim carry. */
const versionOfEnding = async (editor: ReturnType<typeof openEditor>, claim: string) =>
  new RegExp(`claims/${claim}/correct">[\\s\\S]*?name="version" value="([^"]*)"`).exec(
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
    expect((await ada.post(`${COSTS}/claims`, { ...first, text: 'Ada’s words: €468 million.' })).status).toBe(303);
    expect((await bo.post(`${COSTS}/claims`, { ...other, owner: 'Bo' })).status).toBe(303);
    const refused = await bo.post(`${COSTS}/claims`, { ...second, text: 'Bo’s words: €468 million.' });
    expect(refused.status).toBe(409);
    for (const text of ['Ada’s words', 'Bo’s words', 'Nothing of yours is saved yet'])
      expect(refused.text).toContain(text);
    expect(await readFile(file('topics/costs.md'), 'utf8')).toContain('Ada’s words');
    const version = /name="version" value="([^"]*)"/.exec(refused.text)?.[1] ?? '';
    expect((await bo.post(`${COSTS}/claims`, { ...second, version, text: 'Bo’s words: €468 million.' })).status).toBe(
      303,
    );
    const text = await readFile(file('topics/costs.md'), 'utf8');
    expect(text).toContain('Bo’s words');
    expect(text).toContain('  - owner: Bo\n');
  });

  it('is not saved if readers would be left without an answer, and what was typed stays', async () => {
    const { editor } = await openDesk();
    const before = await readFile(file('topics/costs.md'), 'utf8');
    const form = await editor.form(`${COSTS}?claim=cost-overrun`);
    const refused = await editor.post(`${COSTS}/claims`, { ...form, text: 'Mine: €468 million.', paragraph: '99' });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('Nothing is saved yet');
    expect(refused.text).toContain('>Mine: €468 million.</textarea>');
    const path = '/desk/a/tram-line/file/page/costs';
    const version = /name="version" value="([^"]*)"/.exec((await editor.get(path)).text)?.[1] ?? '';
    const text = await editor.post(path, { version, text: '# Mine' });
    expect([text.status, text.text]).toEqual([422, expect.stringContaining('# Mine</textarea>')]);
    expect(await readFile(file('topics/costs.md'), 'utf8')).toBe(before);
    // In a draft all may be half done.
    await editor.post(`${COSTS}/state`, { state: 'draft' });
    expect((await editor.post(`${COSTS}/claims`, { ...form, paragraph: '99' })).status).toBe(303);
  });

  it('that readers see is held back if its paragraph lacks a number, and saved if the editor means it', async () => {
    const { editor, published } = await openDesk();
    const before = await readFile(file('topics/costs.md'), 'utf8');
    const form = await editor.form(`${COSTS}?claim=cost-overrun`);
    const wrong = { ...form, text: 'Line 6 has cost €486 million so far; in 2019 it was €312 million.' };
    const held = await editor.post(`${COSTS}/claims`, wrong);
    expect(held.status).toBe(422);
    expect(held.text).toMatch(/<p id="fault-text"[^>]*>[^<]*486/);
    expect(held.text).toContain('Save in spite of 1 remark</button>');
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

  it('of a draft is saved whatever its paragraph says', async () => {
    const { editor } = await openDesk();
    await editor.post(`${COSTS}/state`, { state: 'draft' });
    const form = await editor.form(`${COSTS}?claim=cost-overrun`);
    expect((await editor.post(`${COSTS}/claims`, { ...form, text: 'Line 6 has cost €486 million.' })).status).toBe(303);
  });

  it('is not corrected to a number that its paragraph lacks, unless the editor means it', async () => {
    const { editor, published } = await openDesk();
    const correct = `${COSTS}/claims/cost-overrun/correct`;
    const version = await versionOfEnding(editor, 'cost-overrun');
    const wrong = { version, text: 'Line 6 has cost €486 million so far.', why: 'a sum was <missing>' };
    const held = await editor.post(correct, wrong);
    expect(held.status).toBe(422);
    expect(held.text).toMatch(/<p id="remarks-cost-overrun"[^>]*>[^<]*486/);
    expect(held.text).toContain('>Line 6 has cost €486 million so far.</textarea>');
    expect(held.text).toContain('value="a sum was &lt;missing&gt;"');
    expect(held.text).toContain('Correct in spite of 1 remark</button>');
    expect((await published()).find('costs')?.claims[0]?.corrected).toBeUndefined();
    expect((await editor.post(correct, { ...wrong, 'in-spite-of': insist(held.text) })).status).toBe(303);
    expect((await published()).find('costs')?.claims[0]).toMatchObject({ text: wrong.text, corrected: {} });
  });

  it('is neither corrected nor withdrawn over what somebody else changed meanwhile', async () => {
    const { editor } = await openDesk();
    const version = await versionOfEnding(editor, 'cost-overrun');
    await edit('topics/costs.md', (text) => text.replace('- Line 6 has cost', '- By now Line 6 has cost'));
    const theirs = await readFile(file('topics/costs.md'), 'utf8');
    for (const [action, text] of [
      ['correct', 'Line 6 has cost €468 million.'],
      ['withdraw', ''],
    ] as const) {
      const refused = await editor.post(`${COSTS}/claims/cost-overrun/${action}`, { version, text, why: 'so and so' });
      expect([action, refused.status]).toEqual([action, 409]);
      for (const part of ['By now Line 6', text, 'so and so', 'Nothing of yours is saved yet'])
        expect(refused.text).toContain(part);
      expect(await readFile(file('topics/costs.md'), 'utf8')).toBe(theirs);
    }
    // Somebody else's claim of the same file is no obstacle.
    const now = await versionOfEnding(editor, 'cost-overrun');
    await editor.post(`${COSTS}/claims`, { ...(await editor.form(`${COSTS}?claim=who-pays`)), owner: 'Bo' });
    const saved = await editor.post(`${COSTS}/claims/cost-overrun/withdraw`, { version: now, why: 'so and so' });
    expect(saved.status).toBe(303);
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
    expect((await editor.post(`${COSTS}/claims/who-pays/remove`, {})).text).toContain('Withdraw it instead');
    await editor.post(`${COSTS}/state`, { state: 'draft' });
    expect((await editor.post(`${COSTS}/claims/who-pays/remove`, {})).status).toBe(303);
    for (const name of ['topics/costs.md', 'wordings/costs.yaml'])
      expect(await readFile(file(name), 'utf8')).not.toContain('who-pays');
  });
});

describe('content', () => {
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
    expect(held.text).toContain('Save in spite of 1 remark</button>');
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

describe('publishing', () => {
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
    expect((await editor.get(`${COSTS}/open`)).text).toContain('data-add="open"');
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
    expect((await editor.post('/desk/a/tram-line/topics', { slug: 'noise' })).location).toBe(
      '/desk/a/tram-line/t/noise',
    );
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
    expect([first('claim-q1'), first('claim-far'), first('topic-far')]).toEqual(['tram-line/cost-overrun', '', '']);
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
  expect((await (await openDesk()).editor.get('/desk/digests')).text).toContain('isn’t on a chat platform');
});
