import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeDiscord } from '../../src/adapters/discord/escape.ts';
import { renderDiscord } from '../../src/adapters/discord/render-reply.ts';
import { escapeSlack } from '../../src/adapters/slack/escape.ts';
import { renderSlack } from '../../src/adapters/slack/render-reply.ts';
import { renderAnswerView, renderHome } from '../../src/adapters/slack/render-views.ts';
import { createSlashNames } from '../../src/adapters/slack/slash-names.ts';
import { renderTerminal } from '../../src/adapters/terminal/render-reply.ts';
import type { Bot } from '../../src/core/bot.ts';
import { createQuestion, type Question } from '../../src/core/question.ts';
import { collectActions, type Reply } from '../../src/core/reply.ts';
import { english } from '../../src/i18n/words.ts';
import { arbitraryTopics } from '../support/arbitrary-content.ts';
import { botOn, CONTENT, openTestBot } from '../support/content.ts';
import { checkDiscordMessage, textsOf } from '../support/discord-limits.ts';
import { checkSlackMessage, checkSlackView } from '../support/slack-limits.ts';

/** All pages of an answer, by the button that leads on. */
async function readPages(bot: Bot, question: Question): Promise<Reply[]> {
  const pages: Reply[] = [];
  for (let next: Question | undefined = question; next; ) {
    const page: Reply = await bot.answer(next);
    pages.push(page);
    next = collectActions(page).find(({ label }) => label === 'More')?.question;
  }
  return pages;
}

function questionsFor(bot: Bot): Question[] {
  const [claim] = bot.library.topics.flatMap(({ claims }) => claims);
  if (!claim) throw new Error('the content has no claim');
  return [
    ...bot.commands.map(({ name }) => createQuestion(name)),
    createQuestion('brief', { topic: '@everyone <!channel> *x*' }),
    createQuestion('ask', { question: `<@1> <!here> ${'*&<_'.repeat(200)}` }),
    createQuestion('ask', { question: claim.text.slice(0, 900) }),
    createQuestion('@everyone'),
  ];
}

/** What a reader sees of a text: escapes and invisible marks gone. */
const seenInDiscord = (text: string) => text.replace(/[\\*]/g, '').replaceAll('\u200B', '');
const seenInSlack = (text: string) => text.replace(/[\u2060*]/g, '');

async function checkAll(bot: Bot): Promise<void> {
  checkSlackView(
    renderHome(
      bot.library,
      [],
      createSlashNames(() => bot.commands, ''),
      english,
    ),
  );
  const checked: string[] = [];
  for (const question of questionsFor(bot)) {
    const pages = await readPages(bot, question);
    let discord = '';
    let slack = '';
    for (const page of pages) {
      const message = renderDiscord(page);
      const blocks = renderSlack(page);
      checkDiscordMessage(message);
      checkSlackMessage(blocks);
      checkSlackMessage(renderSlack(page, { sharable: true }));
      checkSlackMessage(renderSlack(page, { sharedBy: 'U1'.repeat(10) }));
      const rated = { ...page, ratedAs: 'Who asks? '.repeat(30) };
      checkDiscordMessage(renderDiscord(rated, { askPrivately: true }));
      checkSlackMessage(renderSlack(rated, { sharable: true }));
      checkSlackView(renderAnswerView(rated, ['/topics', '/drones']));
      discord += seenInDiscord(textsOf(message).join('\n'));
      slack += seenInSlack(JSON.stringify(blocks.blocks));
    }
    const topic = bot.library.topics.find(({ slug }) => slug === question.command);
    if (!topic) continue;
    checked.push(topic.slug);
    for (const claim of topic.claims) {
      expect(discord).toContain(seenInDiscord(escapeDiscord(claim.text)));
      expect(slack).toContain(JSON.stringify(seenInSlack(escapeSlack(claim.text))).slice(1, -1));
      for (const note of claim.notes) {
        expect(discord).toContain(seenInDiscord(escapeDiscord(note.text)));
        expect(slack).toContain(JSON.stringify(seenInSlack(escapeSlack(note.text))).slice(1, -1));
      }
    }
  }
  expect(checked).toEqual(bot.library.topics.map(({ slug }) => slug));
}

describe('every answer keeps to the limits of both platforms and loses no claim or note', () => {
  it('on an article like the project’s own', async () => {
    await checkAll(await openTestBot(CONTENT));
  });

  it('on any valid content', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryTopics, async (topics) => checkAll(await botOn(topics))),
      { numRuns: 60 },
    );
  });
});

describe('text of users and of content stays text', () => {
  const hostile = '@everyone <@123> <!channel> **bold** # head `code` [a](https://e.org) <https://e.org|x> _i_ ~s~ > q';

  it('in Discord', async () => {
    const shown = textsOf(
      renderDiscord(await (await openTestBot()).answer(createQuestion('ask', { question: hostile }))),
    );
    expect(shown.join('\n')).toContain(escapeDiscord(hostile));
    expect(escapeDiscord(hostile)).not.toMatch(/(?<!\\)[<>*_~`@[\]]/);
    expect(escapeDiscord('# head')).toBe('\\# head');
    expect(escapeDiscord('1. item')).toBe('1\u200B. item');
  });

  it('in Slack', () => {
    expect(escapeSlack(hostile)).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/);
    expect(escapeSlack('a *b* c')).not.toMatch(/\*b\*/);
  });
});

it('the terminal shows the same claims, notes and buttons, within its columns', async () => {
  const reply = await (await openTestBot()).answer(createQuestion('ferries'));
  const plain = renderTerminal(reply, 60, (_, text) => text);
  expect(plain).toMatchSnapshot();
  expect(Math.max(...plain.split('\n').map((line) => line.length))).toBeLessThanOrEqual(60);
});
