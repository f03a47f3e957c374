import { expect, it } from 'vitest';
import { createQuestion } from '../../src/core/question.ts';
import { CONTENT, openTestBot } from '../support/content.ts';

it.each(['help', 'sources'])('/%s fits on one page', async (command) => {
  const bot = await openTestBot(CONTENT);
  const { entries, total } = await bot.answer(createQuestion(command));
  expect(entries).toHaveLength(total);
});
