import { beforeAll, describe, expect, it } from 'vitest';
import { renderDiscord } from '../../src/adapters/discord/render-reply.ts';
import { renderSlack } from '../../src/adapters/slack/render-reply.ts';
import { renderAnswerView } from '../../src/adapters/slack/render-views.ts';
import { renderTerminal } from '../../src/adapters/terminal/render-reply.ts';
import { createConversations } from '../../src/conversation/conversations.ts';
import type { Bot } from '../../src/core/bot.ts';
import type { Question } from '../../src/core/question.ts';
import { collectActions, composeLanguage, type Reply } from '../../src/core/reply.ts';
import { createDigests } from '../../src/digest/digests.ts';
import { LOCALES, type Locale } from '../../src/i18n/locale.ts';
import { openStore } from '../../src/store/open-store.ts';
import { CONTENT, openTestBot, strictLog } from '../support/content.ts';
import { checkDiscordMessage } from '../support/discord-limits.ts';
import { createTestEditors } from '../support/editors.ts';
import { everyQuestion } from '../support/every-question.ts';
import { createTestFeedback } from '../support/feedback.ts';
import { checkSlackMessage, checkSlackView } from '../support/slack-limits.ts';

const OTHERS = LOCALES.filter((locale) => locale !== 'en');

/** Every page of every answer, in one language. */
async function readAll(locale: Locale): Promise<{ readonly bot: Bot; readonly answers: readonly Reply[][] }> {
  const store = await openStore('sqlite::memory:');
  const illustrate = async (reply: Reply) => reply;
  const digests = createDigests({ db: store.db, illustrate, now: () => 1_790_000_000_000, defaultZone: 'UTC' });
  const bot = await openTestBot(CONTENT, strictLog, {
    digests,
    conversations: createConversations({ now: () => 0 }),
    editors: createTestEditors(),
    feedback: createTestFeedback(),
  });
  const answers: Reply[][] = [];
  for (const question of everyQuestion(bot, locale)) {
    for (const conversation of question.command === 'ask' ? [undefined, 'talk'] : [undefined]) {
      const pages: Reply[] = [];
      const asked: Question = { ...question, locale, ...(conversation ? { conversation } : {}) };
      for (let next: Question | undefined = asked; next; ) {
        const page: Reply = await bot.answer(next);
        pages.push(page);
        const { from, entries, total } = page;
        next = from + entries.length < total ? { ...page.question, from: from + entries.length } : undefined;
      }
      answers.push(pages);
    }
  }
  await store.close();
  return { bot, answers };
}

/** What no language changes: how it came out, and every claim in its order, with its notes. */
function substanceOf(pages: readonly Reply[]) {
  const entries = pages.flatMap((page) => page.entries);
  return {
    outcome: pages[0]?.outcome,
    command: pages[0]?.question.command,
    claims: entries.flatMap((entry) => (entry.type === 'claim' ? [entry.claim.id] : [])),
    nearest: entries.flatMap((entry) => (entry.type === 'claim' && entry.nearest ? [entry.claim.id] : [])),
    verdicts: entries.flatMap((entry) => (entry.type === 'part' ? [entry.verdict] : [])),
    notes: pages.flatMap((page) => page.notes.map(({ text }) => text)),
    suggestions: pages[0]?.suggestions.map(({ slug }) => slug),
  };
}

const seen = (text: string) => text.replace(/[\\*\u200B\u2060\u2066-\u2069]/g, '');

/** All texts in a message, whatever they are. */
function textsIn(message: unknown): string[] {
  if (typeof message !== 'object' || message === null) return [];
  return Object.entries(message).flatMap(([key, value]) =>
    typeof value === 'string' &&
    ['text', 'content', 'label', 'placeholder', 'accessibility_label', 'alt_text'].includes(key)
      ? value.split('\n').map(seen)
      : textsIn(value),
  );
}

/** Everything that readers see of a reply, line by line, on every platform. */
function linesOf(reply: Reply): Set<string> {
  return new Set(
    [
      ...textsIn(renderDiscord(reply, { askPrivately: true }).components),
      ...textsIn(renderSlack(reply, { sharable: true })),
      ...textsIn(renderAnswerView(reply, ['/a', '/b']).blocks),
      ...renderTerminal(reply, 10_000, (_, text) => text)
        .split('\n')
        .map(seen),
    ].filter((line) => /\p{Script=Latin}{3}/u.test(line)),
  );
}

/** The texts of a library: whatever its editors wrote. */
function contentOf({ library, commands }: Bot): string[] {
  const collect = (value: unknown): string[] =>
    typeof value === 'string'
      ? [value]
      : typeof value === 'object' && value !== null
        ? Object.values(value).flatMap(collect)
        : [];
  const names = library.articles.flatMap((article) => Object.keys(article.people));
  const topics = library.topics.map(({ article: _, locales: __, ...topic }) => topic);
  return [...new Set([...collect(library.articles), ...collect(topics), ...names, ...commands.map(({ name }) => name)])]
    .map(seen)
    .toSorted((a, b) => b.length - a.length);
}

const english = await readAll('en');

/** Words of the bot's own in a line: what is left once all that the editors wrote is taken out. */
function ownWords(line: string, content: readonly string[]): string {
  let rest = line.replace(/https?:\S+|\/[\w-]+(?: \w+:\S+)*|npx briefing \w+/g, ' ');
  for (const text of content) if (text.length > 2) rest = rest.replaceAll(text, ' ');
  return (rest.match(/\p{Script=Latin}{4,}/gu) ?? []).join(' ');
}

describe.each(OTHERS)('every answer in %s', (locale) => {
  let there: Awaited<ReturnType<typeof readAll>>;
  beforeAll(async () => {
    there = await readAll(locale);
  });

  it('is the same answer: outcome, claims, order and notes', () => {
    expect(there.answers.map(substanceOf)).toEqual(english.answers.map(substanceOf));
  });

  it('keeps nothing of the bot’s own in English', () => {
    const parts = there.answers.flat().flatMap(({ entries }) => entries);
    const asked = [
      ...everyQuestion(there.bot).flatMap(({ options }) => options.question ?? []),
      ...parts.flatMap((entry) => (entry.type === 'part' ? [entry.question] : [])),
    ];
    const content = [...asked.map(seen), ...contentOf(there.bot)];
    const left = new Set<string>();
    for (const [index, pages] of there.answers.entries()) {
      const before = new Set((english.answers[index] ?? []).flatMap((page) => [...linesOf(page)]));
      for (const page of pages) {
        for (const line of linesOf(page)) if (before.has(line) && ownWords(line, content)) left.add(line);
      }
    }
    expect([...left]).toEqual([]);
  });

  it('keeps the limits of every platform', () => {
    for (const page of there.answers.flat()) {
      const rated = { ...page, ratedAs: 'Who asks? '.repeat(30) };
      checkDiscordMessage(renderDiscord(rated, { askPrivately: true }));
      checkDiscordMessage(renderDiscord(page, { ephemeral: true, below: true }));
      checkSlackMessage(renderSlack(rated, { sharable: true }));
      checkSlackMessage(renderSlack(page, { sharedBy: 'U1'.repeat(10) }));
      checkSlackView(renderAnswerView(rated, ['/topics', '/drones']));
      for (const { label } of collectActions(page)) expect(label.length).toBeLessThanOrEqual(75);
    }
  });

  it('says once in which language its claims are, unless that is the reader’s', () => {
    for (const page of there.answers.flat()) {
      const shows = page.entries.some(({ type }) => type === 'claim') || page.lists !== undefined;
      const line = composeLanguage(page);
      expect(line !== undefined).toBe(shows);
      if (line === undefined) continue;
      expect(line).toContain(new Intl.DisplayNames(locale, { type: 'language' }).of('en'));
      for (const texts of [textsIn(renderDiscord(page).components), textsIn(renderSlack(page))]) {
        expect(texts.filter((text) => text.endsWith(seen(line))).length).toBeGreaterThan(0);
      }
    }
  });
});
