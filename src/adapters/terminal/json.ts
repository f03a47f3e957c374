import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { ClaimKind, Note, Paragraph } from '../../core/article.ts';
import type { Bot } from '../../core/bot.ts';
import { collectNotes, type Entry, type Reply } from '../../core/reply.ts';
import { writeText } from '../../core/text.ts';

/** An answer for programs. */
export interface JsonAnswer {
  readonly question: string;
  readonly answered: boolean;
  /** The articles that answer, each with its author and kind, on a line of its own. */
  readonly byline: string;
  /** What the bot itself says to it, such as why it declines; null where nothing. */
  readonly lead: string | null;
  /** The slug of the first claim's topic. */
  readonly topic: string | null;
  readonly claims: readonly {
    readonly text: string;
    readonly paragraphs: readonly Paragraph[];
    readonly kind: ClaimKind;
    readonly speaker: string;
    /** The editors' notes that belong to it, those on its topic first; not from the article. */
    readonly notes: readonly Note[];
  }[];
  /** Slugs. */
  readonly suggestions: readonly string[];
}

/** Answers one question with all of its pages. */
export async function answerJson(bot: Bot, question: string): Promise<JsonAnswer> {
  const first = await bot.answer(bot.parse(question));
  const claims = (await readAll(bot, first)).flatMap((entry) => (entry.type === 'claim' ? [entry] : []));
  return {
    question,
    answered: first.outcome === 'answered',
    byline: first.byline,
    lead: first.lead === undefined ? null : writeText(first.lead),
    topic: claims[0]?.topic.slug ?? null,
    claims: claims.map((entry) => {
      const { text, paragraphs, kind, speaker } = entry.claim;
      const notes = collectNotes({ ...first, entries: [entry] });
      return { text, paragraphs, kind, speaker, notes: notes.map(({ kind, text }) => ({ kind, text })) };
    }),
    suggestions: first.suggestions.map(({ slug }) => slug),
  };
}

async function readAll(bot: Bot, first: Reply): Promise<Entry[]> {
  const entries = [...first.entries];
  while (entries.length < first.total) {
    const page = await bot.answer({ ...first.question, from: entries.length });
    if (page.entries.length === 0) break;
    entries.push(...page.entries);
  }
  return entries;
}

/** Reads one question a line and writes one answer a line, in the same order. */
export async function answerLines(bot: Bot, input: Readable, write: (line: string) => void): Promise<void> {
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    write(`${JSON.stringify(await answerJson(bot, line))}\n`);
  }
}
