import { expect, it } from 'vitest';
import type { Asker } from '../../src/core/asker.ts';
import { askerOf, openTestBot } from '../support/content.ts';

/** What is counted of one answer. */
async function countsOf(text: string, parts: { asker?: Asker; reader?: string }) {
  const noted: [string, string[]][] = [];
  const uses = { note: (claims: readonly string[], how: string) => void noted.push([how, [...claims]]) };
  const bot = await openTestBot(undefined, undefined, { uses });
  const reply = await bot.answer({ ...bot.parse(text), ...parts });
  return { noted, shown: reply.entries.flatMap((entry) => (entry.type === 'claim' ? entry.claim.id : [])) };
}

it('a reader’s question counts each claim that the answer shows', async () => {
  const asked = await countsOf('how much freight goes through the harbour?', { asker: askerOf() });
  expect(asked.shown.length).toBeGreaterThan(0);
  expect(asked.noted).toEqual([['answer', asked.shown]]);
  const opened = await countsOf('/cargo', { reader: 'a-visit' });
  expect(opened.noted).toEqual([['page', opened.shown]]);
  expect(opened.shown[0]).toMatch(/^harbour\//);
});

it('one who tries the bot out counts for nothing, nor does an answer without claims', async () => {
  expect((await countsOf('/cargo', {})).noted).toEqual([]);
  expect((await countsOf('/help', { asker: askerOf() })).noted).toEqual([]);
});
