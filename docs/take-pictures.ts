// Takes the pictures of the guides anew in a real browser, light and dark: npx node docs/take-pictures.ts
import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { loadConfig } from '../src/app/config.ts';
import { createLog } from '../src/app/log.ts';
import { startBot } from '../src/app/start-bot.ts';
import { createQuestion } from '../src/core/question.ts';
import { findBrowser, openBrowser } from '../tests/support/browser.ts';
import { copyArticle } from '../tests/support/desk.ts';

const question = process.argv[2] ?? "What share of Israel's oil goes through the BTC pipeline?";

const executable = findBrowser();
if (!executable) throw new Error('There is no Chromium here. Install one, or name it in CHROMIUM_PATH.');
const browser = await openBrowser(executable);
const log = createLog('warn', true);

/** Takes one picture light and one dark, after `prepare` has brought the page there. */
async function take(name: string, height: number, prepare: (page: Page) => Promise<void>): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    const page = await browser.newPage({ colorScheme, viewport: { width: 1240, height }, deviceScaleFactor: 1.5 });
    await prepare(page);
    await page.screenshot({ path: `docs/${name}-${colorScheme}.png` });
    await page.close();
  }
}

const { bot, url, stop } = await startBot(loadConfig({ PORT: '0' }), log);
// While the model loads, the bot searches by words only.
while ((await bot.answer(createQuestion('ask', { question }))).outcome !== 'answered') await wait(500);
await take('answer', 1040, async (page) => {
  await page.goto(url);
  await page.getByRole('combobox').fill(question);
  await page.getByRole('button', { name: 'Ask', exact: true }).click();
  await page.locator('.pane').getByText('Editors’ notes, not from the article').first().waitFor();
});
await stop();

const content = await copyArticle();
const settings = {
  PORT: '0',
  CONTENT_DIR: content.directory,
  DATA_DIR: `${content.directory}/.data`,
  SEMANTIC_SEARCH: 'off',
};
const desk = await startBot(loadConfig(settings), log);
await take('desk', 860, async (page) => {
  await page.goto(`${desk.url}/desk/a/tram-line/t/costs?claim=audit-causes#claim`);
  const text = page.getByLabel('What the article says');
  await text.fill((await text.inputValue()).replace('€41 million', '€14 million'));
  await page.locator('#fault-text', { hasText: '14' }).waitFor();
});
await desk.stop();
await content.remove();
await browser.close();
