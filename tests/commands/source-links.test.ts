import { beforeAll, describe, expect, it } from 'vitest';
import { drawDiscord } from '../../src/adapters/discord/draw-message.ts';
import { askingButtons, renderDiscord } from '../../src/adapters/discord/render-reply.ts';
import { drawSlack } from '../../src/adapters/slack/draw-message.ts';
import { renderSlack } from '../../src/adapters/slack/render-reply.ts';
import { renderTerminal } from '../../src/adapters/terminal/render-reply.ts';
import { composeAddress } from '../../src/core/address.ts';
import type { Bot } from '../../src/core/bot.ts';
import { createQuestion } from '../../src/core/question.ts';
import { ARTICLE, botOn, claimOf, openTestBot, topicOf } from '../support/content.ts';
import { checkDiscordMessage, textsOf } from '../support/discord-limits.ts';
import { checkSlackMessage } from '../support/slack-limits.ts';

const TRAM = 'https://courier.example/halmbruck/line-6-is-running';
const BRIDGE = `${TRAM}#:~:text=The%20trouble%20is%20the%20bridge`;

let bot: Bot;
beforeAll(async () => {
  bot = await openTestBot('tests/fixtures/articles');
});

const plain = (_: string, text: string) => text;
const drawing = { press: () => '' };

describe('an address', () => {
  const url = 'https://a.example/page?x=1';

  it.each([
    ['of a paragraph by an element’s id', { url, anchors: { 2: 'p2' } }, `${url}#p2`],
    [
      'of a paragraph by its first words',
      { url, anchors: { 2: 'Two-fold, it' }, textFragments: true },
      `${url}#:~:text=Two%2Dfold%2C%20it`,
    ],
    ['of a paragraph without an anchor is the article’s', { url, anchors: { 1: 'p1' } }, url],
    ['that would be too long is the article’s', { url, anchors: { 2: 'é'.repeat(100) }, textFragments: true }, url],
    ['takes the place of another fragment', { url: `${url}#top`, anchors: { 2: 'p2' } }, `${url}#p2`],
    ['has no markup', { url: 'https://a.example/(x)|*`' }, 'https://a.example/%28x%29%7C%2A%60'],
    ['that nobody knows is none', { anchors: {} }, undefined],
  ])('%s', (_, parts, address) => {
    expect(composeAddress({ ...ARTICLE, ...parts }, 2)).toBe(address);
  });
});

it('every answer with claims of an article leads to it, and to the paragraph if there is one', async () => {
  const cost = await bot.answer(createQuestion('brief', { topic: 'tram-line/city-sues' }));
  expect(cost.links).toEqual([
    { label: 'Read it in the article', url: `${TRAM}#:~:text=In%20June%202024%20the%20city%20sued` },
  ]);
  expect((await bot.answer(createQuestion('bridge'))).links).toEqual([{ label: 'Read it in the article', url: TRAM }]);
  const figures = await bot.answer(createQuestion('figures'));
  expect(figures.links.map(({ label }) => label)).toContain('Read it in “tram-line”');
});

it('an article whose address is not known has no link', async () => {
  const unknown = await botOn([topicOf('a')]);
  const reply = await unknown.answer(createQuestion('a'));
  expect(reply.links).toEqual([]);
  expect(textsOf(renderDiscord(reply)).join()).not.toContain('](http');
  expect(JSON.stringify(renderSlack(reply).blocks)).not.toContain('<http');
});

describe('the link to the article, and those on traces and sources, are', () => {
  it('on Discord', async () => {
    const message = renderDiscord(await bot.answer(createQuestion('bridge')));
    checkDiscordMessage(message);
    const text = textsOf(message).join('\n');
    expect(text).toContain(`-# **Reported as fact** · [paragraph 6](${BRIDGE}) · Renate Holub`);
    expect(text).toContain(
      'Source: [Regional Court of Varnsee, list of sittings](https://court-varnsee.example/sittings), as of 20 November 2026.',
    );
    expect(text).toContain('Source: Regional Court of Varnsee, press office, as of 20 November 2026.');
    expect(JSON.stringify(message.components.at(-1))).toContain(`"label":"Read it in the article","url":"${TRAM}"`);
    expect(askingButtons(message).map(({ label }) => label)).not.toContain('Read it in the article');
    const page = String(drawDiscord(message, drawing));
    expect(page).toContain(
      `<a class="discord-button" href="${TRAM}" target="_blank" rel="noopener noreferrer">Read it in the article</a>`,
    );
    expect(page).toContain(`<a href="${BRIDGE}" target="_blank" rel="noopener noreferrer">paragraph 6</a>`);
  });

  it('on Slack', async () => {
    const message = renderSlack(await bot.answer(createQuestion('bridge')));
    checkSlackMessage(message);
    const text = JSON.stringify(message.blocks);
    expect(text).toContain(`*Reported as fact* · <${BRIDGE}|paragraph 6> · Renate Holub`);
    expect(text).toContain(
      'Source: <https://court-varnsee.example/sittings|Regional Court of Varnsee, list of sittings>, as of 20 November 2026.',
    );
    expect(text).toContain(`"action_id":"link:0","url":"${TRAM}"`);
    expect(message.text).toContain('Source: Regional Court of Varnsee, press office, as of');
    const page = String(drawSlack(message, drawing));
    expect(page).toContain(
      `<a class="slack-button" href="${TRAM}" target="_blank" rel="noopener noreferrer">Read it in the article</a>`,
    );
    expect(page).toContain(`<a href="${BRIDGE}" target="_blank" rel="noopener noreferrer">paragraph 6</a>`);
  });

  it('in the terminal', async () => {
    const text = renderTerminal(await bot.answer(createQuestion('bridge')), 400, plain);
    expect(text).toContain(`Read it in the article: ${TRAM}\n`);
    expect(text).toContain(
      'Source: Regional Court of Varnsee, list of sittings (https://court-varnsee.example/sittings), as of',
    );
  });
});

it('a message that is too long for its links goes without them, and loses no words', async () => {
  const url = `https://a.example/${'x'.repeat(230)}`;
  const note = (text: string) => ({ kind: 'context' as const, text: text.repeat(500), source: 's'.repeat(150), url });
  const topic = topicOf('a', {
    notes: [note('a')],
    claims: [
      claimOf({
        text: 'c'.repeat(500),
        speaker: 'p'.repeat(100),
        notes: [note('b'), note('d')],
        corrected: { date: '2026-11-25', what: 'w'.repeat(200) },
      }),
    ],
    article: { ...ARTICLE, url },
  });
  const message = renderDiscord(await (await botOn([topic])).answer(createQuestion('a')));
  checkDiscordMessage(message);
  const text = textsOf(message).join('\n');
  expect(text).not.toContain('](http');
  for (const part of ['a', 'b', 'd', 'c']) expect(text).toContain(part.repeat(500));
  expect(text).toContain(`Source: ${'s'.repeat(150)}.`);
});

it('a correction stands on the claim, whatever shows it', async () => {
  const corrected = { date: '2026-11-25', what: 'said five before' };
  const reply = await (await botOn([topicOf('a', { claims: [claimOf({ corrected })] })])).answer(createQuestion('a'));
  const said = 'Corrected on 25 November 2026: said five before.';
  expect(textsOf(renderDiscord(reply)).join('\n')).toContain(`-# ${said}`);
  expect(JSON.stringify(renderSlack(reply).blocks)).toContain(said);
  expect(renderSlack(reply).text).toContain(said);
  expect(renderTerminal(reply, 80, plain)).toContain(said);
});

describe('/sources', () => {
  const textOf = (reply: Awaited<ReturnType<Bot['answer']>>) => renderTerminal(reply, 2000, plain);

  it('shows the record of each article, and says honestly what is not known', async () => {
    const all = textOf(await bot.answer(createQuestion('sources', { article: 'tram-line' })));
    expect(all).toContain(
      `Published 18 May 2026; available at ${TRAM}, Halmbruck Courier. The editors read it on 25 November 2026. Length: 18 paragraphs. Language: English.`,
    );
    const unknown = textOf(await (await botOn([topicOf('a')])).answer(createQuestion('sources')));
    expect(unknown).toMatch(/Publication\S*\s+(?!Available)[\s\S]*Length: 3 paragraphs\. Language: English\./);
    expect(unknown).not.toMatch(/Available|Published by/);
  });

  it('says once when and where it appeared, whatever an import wrote', async () => {
    const record = { published: '2026-05-18', publisher: 'Courier' };
    const publication = ['Published 18 May 2026 in Courier.', 'Last changed 20 May 2026.'];
    const article = { ...ARTICLE, ...record, publication };
    const said = textOf(
      await (await botOn([topicOf('a', { article })], undefined, article)).answer(createQuestion('sources')),
    );
    expect(said.match(/Published/g)).toHaveLength(1);
    expect(said).toContain('Last changed 20 May 2026. Published 18 May 2026 by Courier.');
  });

  it('and /topics narrow to the article that is named', async () => {
    for (const command of ['sources', 'topics'] as const) {
      const reply = await bot.answer(bot.parse(`/${command} tram-line`));
      expect(reply.byline).toBe('“Line 6 Is Running, and Its Bill Is in Court” by Renate Holub · report');
      expect(textOf(reply)).not.toMatch(/Kelp|Lunch/);
      expect(await bot.answer(bot.parse(`/${command} nothing`))).toMatchObject({ title: 'There is no such article' });
      expect(await bot.complete(command, 'article', 'kelp')).toMatchObject([{ value: 'kelp-farms' }]);
    }
    expect((await bot.answer(bot.parse('/sources tram-line'))).links).toEqual([
      { label: 'Read it in the article', url: TRAM },
    ]);
  });
});
