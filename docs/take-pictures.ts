// Takes the README's pictures anew in a real browser, light and dark: npx node docs/take-pictures.ts
import { setTimeout as wait } from 'node:timers/promises';
import { loadConfig } from '../src/app/config.ts';
import { createLog } from '../src/app/log.ts';
import { startBot } from '../src/app/start-bot.ts';
import { createQuestion } from '../src/core/question.ts';
import { findBrowser, openBrowser } from '../tests/support/browser.ts';

const question = process.argv[2] ?? "What share of Israel's oil goes through the BTC pipeline?";

const executable = findBrowser();
if (!executable) throw new Error('There is no Chromium here. Install one, or name it in CHROMIUM_PATH.');
const { bot, url, stop } = await startBot(loadConfig({ PORT: '0' }), createLog('warn', true));
// While the model loads, the bot searches by words only.
while ((await bot.answer(createQuestion('ask', { question }))).outcome !== 'answered') await wait(500);

const browser = await openBrowser(executable);
for (const colorScheme of ['light', 'dark'] as const) {
  const page = await browser.newPage({ colorScheme, viewport: { width: 1240, height: 1040 }, deviceScaleFactor: 1.5 });
  await page.goto(url);
  await page.getByRole('combobox').fill(question);
  await page.getByRole('button', { name: 'Ask', exact: true }).click();
  await page.locator('.pane').getByText('Editors’ notes, not from the article').first().waitFor();
  await page.screenshot({ path: `docs/answer-${colorScheme}.png` });
  await page.close();
}
await browser.close();
await stop();
