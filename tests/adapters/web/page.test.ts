import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { composeMessage } from '../../../src/adapters/discord/compose-message.ts';
import { renderSlack } from '../../../src/adapters/slack/render-reply.ts';
import { createWebApp } from '../../../src/adapters/web/app.ts';
import { createGuard } from '../../../src/adapters/web/guard.ts';
import { type Listening, listen } from '../../../src/adapters/web/listen.ts';
import { createGate } from '../../../src/app/gate.ts';
import type { Bot } from '../../../src/core/bot.ts';
import { createQuestion } from '../../../src/core/question.ts';
import { createDigests } from '../../../src/digest/digests.ts';
import { findBrowser, openBrowser } from '../../support/browser.ts';
import { CONTENT, openTestBot, strictLog } from '../../support/content.ts';
import { createTestFeedback } from '../../support/feedback.ts';
import { openPlayground } from '../../support/playground.ts';

const TOKEN = 'a-token-of-16-letters';
const executable = findBrowser();

it('there is a browser to test with', ({ skip }) => {
  if (!executable && !process.env.CI) skip('no Chromium here; install one, or name it in CHROMIUM_PATH');
  expect(executable).toBeDefined();
});

/** What visitors of the page in these tests say of answers. */
const feedback = createTestFeedback();

/** A bot on the real content, with digests as a bot without a database has them. */
async function openPageBot(): Promise<Bot> {
  const bot: Bot = await openTestBot(CONTENT, strictLog, {
    feedback,
    digests: createDigests({
      db: undefined,
      illustrate: async (reply) => reply,
      now: Date.now,
      defaultZone: 'UTC',
    }),
  });
  return bot;
}

describe.skipIf(!executable)('the playground in a real browser', () => {
  let web: Listening;
  let browser: Browser;
  beforeAll(async () => {
    const bot = await openPageBot();
    const app = createWebApp(async () => ({ ready: true }), strictLog);
    app.route('/', await openPlayground(bot));
    web = await listen(app, '127.0.0.1', 0);
    browser = await openBrowser(executable as string);
  });
  afterAll(async () => {
    await browser?.close();
    await web?.close(0);
  });

  /** An open page that fails the test at the first error in its console. */
  async function withPage(
    options: Parameters<Browser['newPage']>[0],
    use: (page: Page) => Promise<void>,
  ): Promise<void> {
    const page = await browser.newPage(options);
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    try {
      await page.goto(web.url);
      await page.getByRole('heading', { name: 'What you can ask' }).first().waitFor();
      await use(page);
      expect(errors).toEqual([]);
    } finally {
      await page.close();
    }
  }

  const pane = (page: Page, name: string) => page.getByRole('article', { name: `As ${name} shows it` });

  it('shows one answer as both platforms show it, from their payloads', () =>
    withPage({}, async (page) => {
      await page.getByRole('combobox').fill('who thanked Israel for weapons?');
      await page.getByRole('button', { name: 'Ask', exact: true }).click();
      for (const name of ['Discord', 'Slack']) {
        await pane(page, name).getByText('Ilham Aliyev, President of Azerbaijan').waitFor();
        await pane(page, name).getByText('Editors’ notes, not from the article').waitFor();
        await pane(page, name).getByText('by Farid Shukurlu · ').waitFor();
      }
      await page.getByRole('tab', { name: 'As JSON' }).click();
      const payloads = await page.locator('#payload pre').allTextContents();
      const [discord, slack] = payloads.map((text) => JSON.parse(text));
      expect(discord.flags).toBe(1 << 15);
      expect(slack.blocks[0]).toMatchObject({ type: 'context' });
    }));

  it('takes votes, which can be changed, and a line on what was wanted', () => {
    return withPage({}, async (page) => {
      await page.getByRole('combobox').fill('/drones');
      await page.keyboard.press('Enter');
      await pane(page, 'Discord').getByRole('button', { name: 'Helpful' }).click();
      await page.getByText('counted as helpful').waitFor();
      expect(feedback.ratings()).toMatchObject([{ vote: 'helpful', question: '/drones' }]);
      await pane(page, 'Slack').getByRole('button', { name: 'Not what I asked' }).click();
      const form = page.getByRole('dialog', { name: 'Not what you asked?' });
      await form.getByLabel('What did you want to know?').fill('their price');
      await form.getByRole('button', { name: 'Send' }).click();
      await page.getByText('not who wrote it').waitFor();
      expect(feedback.ratings()).toMatchObject([{ vote: 'unhelpful', wanted: 'their price' }]);
    });
  });

  it('works by keyboard alone: choices, tabs, buttons', () =>
    withPage({}, async (page) => {
      const line = page.getByRole('combobox');
      await line.focus();
      await page.keyboard.type('/dro');
      await page.getByRole('option').first().waitFor();
      await page.keyboard.press('ArrowDown');
      expect(await line.getAttribute('aria-activedescendant')).toBe('choice-0');
      await page.keyboard.press('Enter');
      expect(await line.inputValue()).toBe('/drones');
      await page.keyboard.press('Enter');
      await pane(page, 'Discord').getByRole('heading', { name: 'Drones' }).waitFor();

      await pane(page, 'Slack').getByRole('button', { name: 'Sources' }).focus();
      await page.keyboard.press('Enter');
      await pane(page, 'Slack').getByRole('heading', { name: 'Sources and labels' }).waitFor();
      await page.getByRole('tab', { name: 'Message' }).focus();
      await page.keyboard.press('ArrowRight');
      expect(await page.getByRole('tab', { name: 'As JSON' }).getAttribute('aria-selected')).toBe('true');
    }));

  it('offers every command, and Enter takes the only one left', () =>
    withPage({}, async (page) => {
      const line = page.getByRole('combobox');
      await line.pressSequentially('/');
      await page.getByRole('option', { name: '/help' }).waitFor();
      expect(await page.getByRole('option').count()).toBe((await openPageBot()).commands.length);
      // Enter comes before the choices for what was typed do.
      await line.pressSequentially('dro');
      await page.keyboard.press('Enter');
      await expect.poll(() => page.getByRole('combobox').inputValue()).toBe('/drones');
      await page.keyboard.press('Enter');
      await pane(page, 'Discord').getByRole('heading', { name: 'Drones' }).waitFor();
    }));

  it('completes what a digest takes, word by word', () =>
    withPage({}, async (page) => {
      const line = page.getByRole('combobox');
      await line.pressSequentially('/digest sub');
      await page.getByRole('option', { name: 'subscribe' }).click();
      await page.getByRole('option', { name: 'zone:' }).click();
      await line.pressSequentially('lond');
      await page.getByRole('option', { name: 'Europe/London' }).click();
      expect(await line.inputValue()).toBe('/digest subscribe zone:Europe/London');
      expect(await page.getByRole('option').count()).toBe(0);
    }));

  it('leads from a button that opens a form elsewhere to the line', () =>
    withPage({}, async (page) => {
      await page.getByRole('combobox').fill('/digest preview');
      await page.keyboard.press('Enter');
      await pane(page, 'Slack').getByRole('button', { name: 'Ask a question' }).click();
      await page.getByText('Slack opens a form for this.').waitFor();
      await page.keyboard.type('/drones');
      await page.keyboard.press('Enter');
      await pane(page, 'Discord').getByRole('button', { name: 'Ask privately' }).click();
      await page.getByText('Discord opens a form for this.').waitFor();
      expect(await page.getByRole('combobox').evaluate('document.activeElement.id')).toBe('line');
      await pane(page, 'Discord').getByRole('heading', { name: 'Drones' }).waitFor();
    }));

  it('shares an answer as Slack does', () =>
    withPage({}, async (page) => {
      await page.getByRole('combobox').fill('/drones');
      await page.keyboard.press('Enter');
      await pane(page, 'Slack').getByRole('heading', { name: 'Drones' }).waitFor();
      const share = pane(page, 'Slack').getByRole('button', { name: 'Share to channel' });
      await share.click();
      await pane(page, 'Slack').getByText('Shared by you').waitFor();
      await pane(page, 'Slack').getByRole('heading', { name: 'Drones' }).waitFor();
      expect(await share.count()).toBe(0);
      expect(await pane(page, 'Discord').getByText('Shared by').count()).toBe(0);
    }));

  it('lets no answer that was overtaken take the place of a later one', () =>
    withPage({}, async (page) => {
      const release = Promise.withResolvers<void>();
      await page.route('**/api/answer', async (route) => {
        if (route.request().postData()?.includes('energy')) await release.promise;
        await route.continue();
      });
      const ask = async (text: string) => {
        await page.getByRole('combobox').fill(text);
        await page.getByRole('button', { name: 'Ask', exact: true }).click();
      };
      await ask('/energy');
      await ask('/drones');
      await pane(page, 'Slack').getByRole('heading', { name: 'Drones' }).waitFor();
      release.resolve();
      await page.getByRole('button', { name: '/energy' }).waitFor();
      expect(await pane(page, 'Slack').getByRole('heading', { name: 'Drones' }).count()).toBe(1);
      expect(await page.locator('#history [aria-current]').textContent()).toContain('/drones');
    }));

  it('shows one platform at a time if there is no room for both', () =>
    withPage({ viewport: { width: 360, height: 740 } }, async (page) => {
      const shown = (name: string) => pane(page, name).isVisible();
      expect([await shown('Discord'), await shown('Slack')]).toEqual([true, false]);
      await page.getByRole('radio', { name: 'Discord' }).focus();
      await page.keyboard.press('ArrowRight');
      expect([await shown('Discord'), await shown('Slack')]).toEqual([false, true]);
      await page.setViewportSize({ width: 1280, height: 740 });
      expect([await shown('Discord'), await shown('Slack')]).toEqual([true, true]);
    }));

  it('shows a long question in one piece with the title of its answer', () =>
    withPage({ viewport: { width: 360, height: 740 } }, async (page) => {
      await page.getByRole('combobox').fill('who thanked Israel for weapons, and when did he do so? '.repeat(3));
      await page.keyboard.press('Enter');
      const list = page.getByRole('list', { name: 'Asked so far' });
      const asked = list.getByRole('button', { name: 'What the article says' });
      await asked.waitFor();
      const [inner, outer] = [await asked.boundingBox(), await list.boundingBox()];
      if (!inner || !outer) throw new Error('the history is not to be seen');
      expect(inner.y).toBeGreaterThanOrEqual(outer.y);
      expect(inner.y + inner.height).toBeLessThanOrEqual(outer.y + outer.height);
    }));

  it('leaves a phone’s screen to the answer: languages and questions are one row each', () =>
    withPage({ viewport: { width: 360, height: 740 } }, async (page) => {
      const asked = page.getByRole('list', { name: 'Asked so far' }).getByRole('button');
      for (const [index, topic] of ['drones', 'energy'].entries()) {
        await page.getByRole('combobox').fill(`/${topic}`);
        await page.keyboard.press('Enter');
        await asked.nth(index + 1).waitFor();
      }
      const boxes = await Promise.all([0, 1, 2].map((at) => asked.nth(at).boundingBox()));
      expect(new Set(boxes.map((box) => box?.y)).size).toBe(1);
      const header = await page.locator('.chat header').boundingBox();
      expect(header?.height).toBeLessThan(60);
    }));

  it('asks for English in every other language, and spells product names by English rules', () =>
    withPage({ viewport: { width: 1280, height: 740 } }, async (page) => {
      await page.goto(new URL('?locale=tr', page.url()).href);
      expect(await page.getByRole('combobox').getAttribute('placeholder')).toBe('İngilizce sorun ya da / yazın');
      expect(await page.locator('.pane-name').first().innerText()).toBe('DISCORD');
    }));

  it('completes topics with typing errors', () =>
    withPage({}, async (page) => {
      await page.getByRole('combobox').pressSequentially('/brief dornes');
      await page.getByRole('option', { name: 'Drones', exact: true }).click();
      expect(await page.getByRole('combobox').inputValue()).toBe('/brief drones');
    }));

  it('pages with buttons, and goes back to an earlier answer', () =>
    withPage({}, async (page) => {
      await page.getByRole('combobox').fill('/figures');
      await page.keyboard.press('Enter');
      await pane(page, 'Discord')
        .getByText(/^1–\d of \d+$/)
        .waitFor();
      await pane(page, 'Discord').getByRole('button', { name: 'More' }).click();
      await pane(page, 'Discord').getByRole('button', { name: 'Back' }).waitFor();
      await page.getByRole('list', { name: 'Asked so far' }).getByRole('button', { name: '/help' }).click();
      await pane(page, 'Slack').getByRole('heading', { name: 'What you can ask' }).waitFor();
    }));

  it('shows hostile text as text', () =>
    withPage({}, async (page) => {
      const hostile = '<img src=x onerror=alert(1)> **b** *b* <@1> @everyone';
      await page.getByRole('combobox').fill(`/ask ${hostile}`);
      await page.keyboard.press('Enter');
      await pane(page, 'Discord').getByText(hostile).waitFor();
      await pane(page, 'Slack').getByText('<img src=x onerror=alert(1)>').waitFor();
      expect(await page.locator('article img[src="x"]').count()).toBe(0);
    }));

  it.each([
    ['a phone, light', { viewport: { width: 360, height: 740 }, colorScheme: 'light' }],
    ['a phone, dark', { viewport: { width: 360, height: 740 }, colorScheme: 'dark' }],
    ['a desk, dark', { viewport: { width: 1280, height: 800 }, colorScheme: 'dark' }],
  ] as const)('fits %s', (_, options) =>
    withPage(options, async (page) => {
      await page.getByRole('combobox').fill('/mediation');
      await page.keyboard.press('Enter');
      await pane(page, 'Discord').getByRole('heading', { name: 'Mediation' }).waitFor();
      // As text: the project's types know no browser.
      const { width, ground, ink } = await page.evaluate<{ width: number; ground: string; ink: string }>(`({
        width: document.documentElement.scrollWidth,
        ground: getComputedStyle(document.body).backgroundColor,
        ink: getComputedStyle(document.body).color,
      })`);
      expect(width).toBeLessThanOrEqual(options.viewport.width);
      const light = (colour: string) => [...colour.matchAll(/\d+/g)].reduce((sum, [part]) => sum + Number(part), 0);
      expect([ground, ink]).toEqual([expect.stringMatching(/^rgb\(/), expect.stringMatching(/^rgb\(/)]);
      expect(light(ground) > light(ink)).toBe(options.colorScheme === 'light');
    }),
  );

  it.each([
    ['the bot is gone', undefined, 'The bot does not answer. Is it still running?'],
    ['the server says why', { status: 429, json: { error: 'Ask again in 7 s.' } }, 'Ask again in 7 s.'],
    ['a fault is logged', { status: 500, body: 'It is logged as 1a2b.' }, 'It is logged as 1a2b.'],
  ])('says so if %s, and loses neither the last answer nor the question', async (_, response, message) => {
    const page = await browser.newPage();
    await page.goto(web.url);
    const last = pane(page, 'Slack').getByRole('heading', { name: 'What you can ask' });
    await last.waitFor();
    await page.route('**/api/answer', (route) => (response ? route.fulfill(response) : route.abort()));
    await pane(page, 'Discord').getByRole('button', { name: 'Timeline' }).click();
    await page.getByRole('status').getByText(message).waitFor();
    await page.getByRole('combobox').fill('hello');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.getByRole('combobox').inputValue()).toBe('hello');
    expect(await last.isVisible()).toBe(true);
    const asked = page.getByRole('list', { name: 'Asked so far' }).getByRole('button');
    expect(await asked.count()).toBe(1);
    await page.unroute('**/api/answer');
    await page.keyboard.press('Enter');
    await asked.nth(1).waitFor();
    expect(await page.getByRole('status').textContent()).toBe('');
    await page.close();
  });
});

describe('the page’s address', () => {
  it('takes no name but local ones, so that no website reaches it', async () => {
    const local = await openPlayground(await openTestBot());
    for (const path of ['/', '/page.js', '/api/complete?line=/']) {
      for (const name of ['evil.example', '127.evil.example', '127.0.0.1.evil.example', 'localhost.evil.example'])
        expect((await local.request(`http://${name}${path}`)).status).toBe(403);
      expect((await local.request(`http://127.0.0.1:3000${path}`)).status).toBe(200);
      expect((await local.request(`http://localhost:3000${path}`)).status).toBe(200);
      expect((await local.request(`http://[::1]:3000${path}`)).status).toBe(200);
    }
  });

  it('takes no question from another website’s page', async () => {
    const local = await openPlayground(await openTestBot());
    const ask = (headers: Record<string, string>) =>
      local.request('http://localhost:3000/api/answer', { method: 'POST', body: '{"path":"/cargo"}', headers });
    for (const site of ['cross-site', 'same-site']) expect((await ask({ 'sec-fetch-site': site })).status).toBe(403);
    // As a browser without Sec-Fetch-Site says it.
    for (const origin of [
      'https://evil.example',
      'http://localhost:4000',
      'http://localhost.evil.example:3000',
      'null',
    ])
      expect((await ask({ origin })).status).toBe(403);
    expect((await ask({ 'sec-fetch-site': 'same-origin', origin: 'http://localhost:3000' })).status).toBe(200);
    expect((await ask({})).status).toBe(200);
  });

  it('answers others only with the token: shown once, kept as a cookie, or as a bearer token', async () => {
    const guard = createGuard({ from: 'anywhere', token: TOKEN });
    const app = await openPlayground(await openTestBot(), { guard });
    const get = (path: string, headers: Record<string, string> = {}) =>
      app.request(`http://bot.example${path}`, { headers });
    for (const path of ['/', '/page.js', '/api/complete?line=/', '/?token=wrong', `/?token=${TOKEN}x`]) {
      const refused = await get(path);
      expect(refused.status).toBe(401);
      expect(await refused.text()).not.toContain(TOKEN);
    }
    expect((await get('/', { authorization: 'Bearer wrong' })).status).toBe(401);
    expect((await get('/', { authorization: `Bearer ${TOKEN}` })).status).toBe(200);

    const opened = await get(`/?token=${TOKEN}`);
    expect([opened.status, opened.headers.get('location')]).toEqual([302, '/']);
    const cookie = opened.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/HttpOnly.*SameSite=Strict/);
    expect((await get('/', { cookie: cookie.split(';')[0] ?? '' })).status).toBe(200);
    const body = '{"path":"/cargo"}';
    expect((await app.request(`http://bot.example/api/answer?token=${TOKEN}`, { method: 'POST', body })).status).toBe(
      401,
    );
  });

  it('takes so many questions of one address in a minute', async () => {
    const app = await openPlayground(await openTestBot(), { gate: createGate(2) });
    const ask = () => app.request('http://localhost/api/answer', { method: 'POST', body: '{"path":"/cargo"}' });
    expect([(await ask()).status, (await ask()).status]).toEqual([200, 200]);
    const refused = await ask();
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await refused.json()).toEqual({ error: expect.stringContaining('Ask again in') });
    const rate = (vote: string) =>
      app.request('http://localhost/api/rate', { method: 'POST', body: JSON.stringify({ vote }) });
    expect([(await rate('rate:helpful:/cargo')).status, (await rate('/cargo')).status]).toEqual([429, 400]);
  });

  it('says when it is not ready, and refuses what it does not know', async () => {
    const app = createWebApp(async () => ({ ready: false }), strictLog);
    expect((await app.request('http://localhost/readyz')).status).toBe(503);
    expect((await app.request('http://localhost/nothing')).status).toBe(404);
  });

  it('allows no script but its own, and no frame', async () => {
    const app = createWebApp(async () => ({ ready: true }), strictLog);
    const { headers } = await app.request('http://localhost/healthz');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'");
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  it.each([
    ['no JSON', 'hello', 400],
    ['neither text nor path', '{"what":1}', 400],
    ['a path that is none', '{"path":"x"}', 400],
    ['too much', JSON.stringify({ text: 'x'.repeat(70_000) }), 413],
    ['far too much', JSON.stringify({ text: 'x'.repeat(2_000_000) }), 413],
    ['an unknown topic behind an old button', '{"path":"/gone?~from=5"}', 200],
  ])('takes %s with status', async (_, body, status) => {
    const app = createWebApp(async () => ({ ready: true }), strictLog);
    app.route('/', await openPlayground(await openTestBot()));
    const response = await app.request('http://localhost/api/answer', { method: 'POST', body });
    expect(response.status).toBe(status);
    if (status === 200) expect(await response.json()).toMatchObject({ outcome: 'refused' });
  });

  it('gives the messages that the platforms get', async () => {
    const bot = await openPageBot();
    const app = await openPlayground(bot);
    const post = async (body: object) =>
      (await app.request('http://localhost/api/answer', { method: 'POST', body: JSON.stringify(body) })).json();

    const drones = await bot.answer(createQuestion('drones'));
    const discord = { payload: composeMessage(drones, 'channel', true) };
    const slack = { payload: renderSlack(drones, { sharable: true }) };
    expect(await post({ path: '/drones' })).toMatchObject({ path: '/drones', sides: { discord, slack } });
    const shared = { payload: renderSlack(drones, { sharedBy: 'you' }) };
    expect(await post({ path: '/drones', shared: true })).toMatchObject({ sides: { discord, slack: shared } });

    const refused = await bot.answer(createQuestion('dorne'));
    expect(await post({ text: '/dorne' })).toMatchObject({
      sides: {
        discord: { payload: composeMessage(refused, 'asker', true) },
        slack: { payload: renderSlack(refused) },
      },
    });
    // What is for the asker alone in Discord offers no way to ask privately.
    expect(JSON.stringify(await post({ text: '/digest preview' }))).not.toContain('Ask privately');
  });

  it('shows a picture if the platform does', async () => {
    const image = { png: new Uint8Array([1, 2, 3]), alt: 'A card.' };
    const bot = await openTestBot();
    const app = await openPlayground({
      ...bot,
      answer: async (question) => ({ ...(await bot.answer(question)), image }),
    });
    const response = await app.request('http://localhost/api/answer', { method: 'POST', body: '{"path":"/cargo"}' });
    const { sides } = (await response.json()) as { sides: Record<'discord' | 'slack', { html: string }> };
    for (const side of ['discord', 'slack'] as const) {
      expect(sides[side].html).toContain('src="data:image/png;base64,AQID" alt="A card."');
    }
  });
});
