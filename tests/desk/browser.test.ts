import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import axe, { type AxeResults } from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Listening, listen } from '../../src/adapters/web/listen.ts';
import type { MissedQuestion } from '../../src/core/missed.ts';
import { findBrowser, openBrowser } from '../support/browser.ts';
import { copyArticle, openTestDesk } from '../support/desk.ts';

const executable = findBrowser();
const COSTS = '/desk/a/tram-line/t/costs';
const PHONE = { width: 390, height: 844 };

const MISSED: MissedQuestion = {
  id: 'q1',
  texts: ['how pricey was the tram', 'tram price'],
  verdict: 'nearest',
  count: 3,
  first: '2026-11-20',
  last: '2026-11-24',
  article: 'tram-line',
  nearest: ['tram-line/cost-overrun'],
  wanted: ['the sum'],
};

/** Every view, by what it shows. */
const VIEWS: readonly (readonly [view: string, path: string])[] = [
  ['all articles', '/desk'],
  ['an article', '/desk/a/tram-line'],
  ['an article’s record', '/desk/a/tram-line/record'],
  ['bringing an article', '/desk/bring'],
  ['a correction', `${COSTS}?claim=cost-overrun&correct=1`],
  ['the source beside the claims', COSTS],
  ['a claim in its form', `${COSTS}?claim=cost-overrun`],
  ['a new claim on a sentence', `${COSTS}?paragraph=4&sentence=2`],
  ['a preview', `${COSTS}/preview`],
  ['a question that was tried', `${COSTS}/preview?question=what+did+it+cost`],
  ['a topic’s head', `${COSTS}/head`],
  ['a topic’s notes', `${COSTS}/notes`],
  ['questions left open', `${COSTS}/open`],
  ['shared notes', '/desk/a/tram-line/notes'],
  ['a file as text', '/desk/a/tram-line/file/page/costs'],
  ['missed questions', '/desk/missed'],
  [
    'the effect of an answer',
    '/desk/missed/effect?id=q1&how=answers&claim=tram-line%2Fcost-overrun&wording=how+pricey+was+it',
  ],
  ['changes', '/desk/changes'],
  ['digests', '/desk/digests'],
];

it('there is a browser to test with', ({ skip }) => {
  if (!executable && !process.env.CI) skip('no Chromium here; install one, or name it in CHROMIUM_PATH');
  expect(executable).toBeDefined();
});

describe.skipIf(!executable)('the desk in a real browser', () => {
  let browser: Browser;
  /** One visitor's browser: what it has fetched once stays with it. */
  let visitor: BrowserContext;
  let content: Awaited<ReturnType<typeof copyArticle>>;
  let web: Listening;
  const settled: string[] = [];
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', content.directory, '-c', 'user.name=a', '-c', 'user.email=a@example.org', ...args]);
  // One browser and one desk serve all tests: after each, its content is as it was.
  beforeAll(async () => {
    browser = await openBrowser(executable as string);
    visitor = await browser.newContext();
    content = await copyArticle();
    git('init', '-q');
    git('add', '.');
    git('commit', '-qm', 'Begin');
    const missed = {
      list: async () => (settled.length > 0 ? [] : [MISSED]),
      settle: async (id: string) => void settled.push(id),
    };
    const digests = { list: async () => [{ id: 'abc', what: 'test:channel, all topics' }], send: async () => true };
    const { app } = await openTestDesk(content.directory, {}, { missed, digests });
    web = await listen(app, '127.0.0.1', 0);
  });
  afterEach(() => {
    git('checkout', '-q', '.');
    git('clean', '-fdq');
    settled.length = 0;
  });
  afterAll(async () => {
    await browser?.close();
    await web?.close(0);
    await content?.remove();
  });

  const file = (name: string) => join(content.directory, 'tram-line', name);

  /** An open page that fails the test at the first error in its console. */
  async function withPage(
    media: Parameters<Page['emulateMedia']>[0],
    path: string,
    use: (page: Page) => Promise<void>,
  ): Promise<void> {
    const page = await visitor.newPage();
    await page.emulateMedia(media);
    page.setDefaultTimeout(15_000);
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    // Chromium reports a page of status 422, by which a save is held back, as an error of its own; htmx, a check that is still
    // running when the page is left.
    const isExpected = (text: string) => /status of 422|^htmx:(?:sendAbort|afterRequest),/.test(text);
    page.on('console', (message) => {
      if (message.type() === 'error' && !isExpected(message.text())) errors.push(message.text());
    });
    page.on('dialog', (dialog) => {
      // Leaving what was typed is asked about, and nothing else asks anything.
      if (dialog.type() !== 'beforeunload') errors.push(`${dialog.type()}: ${dialog.message()}`);
      void dialog.accept();
    });
    try {
      await page.goto(`${web.url}${path}`);
      await use(page);
      expect(errors).toEqual([]);
    } finally {
      await page.close();
    }
  }

  /** What axe finds wrong, in a line each: by all its rules, or by one. */
  async function inspect(page: Page, rule?: string): Promise<string[]> {
    if (!(await page.evaluate('"axe" in window'))) await page.evaluate(axe.source);
    // Our styles are read from the page: none has to be fetched again.
    const options = { preload: false, resultTypes: ['violations'], ...(rule ? { runOnly: [rule] } : {}) };
    const { violations } = (await page.evaluate(`axe.run(${JSON.stringify(options)})`)) as AxeResults;
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join('; ')}`);
  }

  it.each(VIEWS)('shows %s without violations, light, dark and on a phone without scrolling sideways', (_, path) =>
    withPage({ colorScheme: 'light' }, path, async (page) => {
      expect(await inspect(page)).toEqual([]);
      await page.emulateMedia({ colorScheme: 'dark' });
      expect(await inspect(page, 'color-contrast')).toEqual([]);
      await page.setViewportSize(PHONE);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(PHONE.width);
    }),
  );

  it('shows faults at the field and the reply as it will look, while somebody types', () =>
    withPage({}, `${COSTS}?claim=cost-overrun`, async (page) => {
      const text = page.getByLabel('What the article says, in your own words');
      const right = await text.inputValue();
      await text.fill('Line 6 has cost €486 million so far, the paper reports.');
      await page.locator('#fault-text', { hasText: '486' }).waitFor();
      expect(await text.getAttribute('aria-invalid')).toBe('true');
      await page.getByRole('region', { name: 'As Slack shows it' }).getByText('so far, the paper reports').waitFor();
      await text.fill(right);
      await page.getByText('No faults.').waitFor();
      expect(await text.getAttribute('aria-invalid')).toBe('false');
      expect(await inspect(page)).toEqual([]);
      await page.getByLabel('Paragraph').fill('99');
      await page.locator('#fault-paragraph', { hasText: '99' }).waitFor();
    }));

  it('begins a claim on a sentence, by keyboard alone, and saves it', () =>
    withPage({}, '/desk', async (page) => {
      const press = async (name: string, role: 'link' | 'button' = 'link') => {
        const target = page.getByRole(role, { name, exact: true }).first();
        // By Tab, as somebody without a mouse gets there.
        for (let count = 0; count < 250; count += 1) {
          if (await target.evaluate((element) => element === element.ownerDocument.activeElement)) break;
          await page.keyboard.press('Tab');
        }
        expect(await target.evaluate((element) => element === element.ownerDocument.activeElement)).toBe(true);
        await page.keyboard.press('Enter');
      };
      await press('Costs');
      await page.getByRole('heading', { name: 'Costs' }).waitFor();
      await press('The council approved €312 million in 2019.');
      await page.getByRole('heading', { name: 'New claim' }).waitFor();
      expect(await page.getByLabel('Number', { exact: true }).inputValue()).toBe('€312 million');
      expect(await page.getByLabel('Paragraph').inputValue()).toBe('3');
      await page.getByLabel('Id, which never changes').focus();
      await page.keyboard.press('ControlOrMeta+A');
      await page.keyboard.type('approved-sum');
      await page.keyboard.press('Tab');
      await page.keyboard.type('In 2019 the council agreed to spend €312 million, the paper reports.');
      await press('Save', 'button');
      await page.getByText('Saved: ').waitFor();
      expect(await readFile(file('topics/costs.md'), 'utf8')).toContain('  - id: approved-sum\n');
    }));

  it('takes a suggested wording by pressing it', () =>
    withPage({}, `${COSTS}?claim=cost-overrun`, async (page) => {
      const suggestion = page.locator('.suggested button').first();
      const wording = (await suggestion.textContent())?.trim() ?? '';
      expect(wording).not.toBe('');
      await suggestion.click();
      // What was taken is no longer suggested; what is typed changes the suggestions.
      await page.getByText('No faults.').waitFor();
      expect(await page.locator('.suggested').getByRole('button', { name: wording, exact: true }).count()).toBe(0);
      expect(
        (await page.getByLabel('How people ask for it, one question a line').inputValue()).endsWith(`\n${wording}`),
      ).toBe(true);
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await page.getByText('Saved: ').waitFor();
      expect(await readFile(file('wordings/costs.yaml'), 'utf8')).toContain(wording);
    }));

  it('shows two editors of one claim both versions, and keeps the one that is chosen', () =>
    withPage({}, `${COSTS}?claim=cost-overrun`, async (first) => {
      await withPage({}, `${COSTS}?claim=cost-overrun`, async (second) => {
        for (const [page, name] of [
          [first, 'Ada'],
          [second, 'Bo'],
        ] as const) {
          await page
            .getByLabel('What the article says, in your own words')
            .fill(`${name} writes that it cost €468 million.`);
          await page.getByLabel('only the wording is better').check();
        }
        await first.getByRole('button', { name: 'Save', exact: true }).click();
        await first.getByText('Saved: ').waitFor();
      });
      const second = await browser.newPage();
      await second.goto(`${web.url}${COSTS}?claim=cost-overrun`);
      await second.getByLabel('What the article says, in your own words').fill('Bo writes that it cost €468 million.');
      await second.getByLabel('only the wording is better').check();
      const text = await readFile(file('topics/costs.md'), 'utf8');
      await writeFile(file('topics/costs.md'), text.replace('Ada writes', 'Cy, in a text editor, writes'));
      await second.getByRole('button', { name: 'Save', exact: true }).click();
      await second.getByRole('heading', { name: 'It changed meanwhile' }).waitFor();
      await second.getByText('Cy, in a text editor').waitFor();
      expect(await inspect(second)).toEqual([]);
      await second.getByRole('button', { name: 'Save mine' }).click();
      await second.getByText('Saved: ').waitFor();
      await second.close();
      expect(await readFile(file('topics/costs.md'), 'utf8')).toContain('Bo writes that it cost');
    }));

  it('answers a missed question with a claim, once its effect was seen', () =>
    withPage({}, '/desk/missed', async (page) => {
      // Nothing is chosen for an editor, not even what came nearest.
      await page.getByLabel('Claim', { exact: true }).selectOption('tram-line/cost-overrun');
      await page.getByRole('button', { name: 'This claim answers it' }).click();
      await page.getByRole('heading', { name: 'What would come of it' }).waitFor();
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Saved: the claim answers it now.').waitFor();
      expect(await readFile(file('wordings/costs.yaml'), 'utf8')).toContain('How pricey was the tram?');
    }));

  it('makes a topic a draft, publishes it, and corrects a claim', () =>
    withPage({}, COSTS, async (page) => {
      await page.getByRole('button', { name: 'Make this topic a draft again' }).click();
      await page.getByRole('button', { name: 'Publish this topic' }).click();
      await page.getByText('live', { exact: true }).waitFor();
      await page.getByRole('link', { name: 'Correct who-pays' }).click();
      await page.getByLabel('What was wrong? Readers see this').fill('the share was missing');
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await page.getByText('Corrected on 25 November 2026: the share was missing').waitFor();
      await page.getByRole('link', { name: 'Changes', exact: true }).click();
      await page.getByText('+  - corrected: 2026-11-25; the share was missing').waitFor();
    }));

  it('holds back a number that the paragraph lacks, and saves it by a second button', () =>
    withPage({}, `${COSTS}?claim=cost-overrun&correct=1`, async (page) => {
      await page.getByLabel('What the article says, in your own words').fill('Line 6 has cost €486 million.');
      await page.getByLabel('What was wrong? Readers see this').fill('a sum was missing');
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      const problem = page.getByText('Nothing is saved yet. Readers would see this at once');
      await problem.waitFor();
      // Somebody who doesn't see the page begins where it says why.
      expect(await problem.evaluate((element) => element === element.ownerDocument.activeElement)).toBe(true);
      expect(await inspect(page)).toEqual([]);
      await page.getByRole('button', { name: 'Save anyway' }).click();
      await page.getByText('Corrected on 25 November 2026: a sum was missing').waitFor();
    }));

  it('fills in the article’s record: faults at the field, comments kept', () =>
    withPage({}, '/desk/a/tram-line/record', async (page) => {
      const date = page.getByLabel('Date');
      await date.fill('in May');
      await page.locator('#fault-published', { hasText: 'in May' }).waitFor();
      expect(await date.getAttribute('aria-invalid')).toBe('true');
      await date.fill('2026-05-18');
      await page.getByText('No faults.').waitFor();
      await page.getByLabel('Genre').fill('court report');
      await page.getByLabel('People 2: Role').fill('Mayor of Halmbruck until 2024');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('The record is saved.').waitFor();
      const diff = git('diff', '-U0', '--no-color', '--', 'tram-line/article.yaml').toString();
      expect(diff.split('\n').filter((line) => /^[+-] *[A-Za-z]/.test(line))).toEqual([
        '+genre: court report',
        expect.stringMatching(/^- {2}Gregor Aumann: \{ role: former Mayor/),
        '+  Gregor Aumann: { role: Mayor of Halmbruck until 2024, also: [Aumann, the former mayor], groups: [mayors, politicians] }',
      ]);
    }));

  it('begins a claim on words that somebody selects with the mouse', () =>
    withPage({}, COSTS, async (page) => {
      const sentence = page.getByRole('link', { name: 'The council approved €312 million' });
      await sentence.scrollIntoViewIfNeeded();
      const box = await sentence.boundingBox();
      if (!box) throw new Error('the sentence is not in sight');
      await page.mouse.move(box.x + 1, box.y + 8);
      await page.mouse.down();
      await page.mouse.move(box.x + 140, box.y + 8, { steps: 5 });
      await page.mouse.up();
      await page.getByRole('link', { name: 'Begin a claim on this' }).click();
      await page.getByRole('heading', { name: 'New claim' }).waitFor();
      expect(await page.getByLabel('Paragraph').inputValue()).toBe('3');
      const quoted = (await page.locator('.claim-form blockquote').first().textContent()) ?? '';
      expect(quoted).toContain('council');
      expect(quoted.length).toBeLessThan(40);
      // A press without selecting anything is the whole sentence.
      await page.getByRole('link', { name: 'The council approved €312 million' }).click();
      await page.locator('.claim-form blockquote', { hasText: 'million in 2019.' }).waitFor();
    }));

  it('runs nothing of a hostile article', async () => {
    const evil = `<script>alert(1)</script><img src=x onerror=alert(2)><svg onload=alert(3)><a href="javascript:alert(4)">here</a> ' onfocus=alert(5) autofocus x="`;
    await writeFile(file('paragraphs.md'), `**1.** ${evil}\n\n**2.** ${evil}\n`);
    const text = await readFile(file('topics/costs.md'), 'utf8');
    await writeFile(
      file('topics/costs.md'),
      text.replace('# Costs', `# Costs ${evil.slice(0, 25).replaceAll('<', '\\<')}`),
    );
    for (const path of [
      COSTS,
      `${COSTS}?paragraph=1&sentence=0`,
      `${COSTS}/preview?question=${encodeURIComponent(evil)}`,
      `${COSTS}?saved=${encodeURIComponent(evil)}`,
    ]) {
      await withPage({}, path, async (page) => {
        await page.getByRole('heading', { level: 1 }).waitFor();
        expect(
          await page
            .locator('main script, main img[src="x"], main svg[onload], main a[href^="javascript"], [onfocus]')
            .count(),
        ).toBe(0);
      });
    }
  });
});
