import type { Topic } from '../../src/core/article.ts';
import { type Bot, type BotOptions, createBot } from '../../src/core/bot.ts';
import { createLibrary, type Library } from '../../src/core/library.ts';
import {
  type AskOptions,
  emptyPart,
  type Findings,
  type Part,
  type Passage,
  type Search,
} from '../../src/core/search.ts';
import { ARTICLE, openContent, strictLog } from './content.ts';

/** What a search finds, as its test says. */
export type Script = (text: string, options: AskOptions) => Partial<Findings> & { readonly parts: readonly Part[] };

/** The claim of this id, as a search finds it. Throws if there is none. */
export function passageOf({ topics }: Pick<Library, 'topics'>, id: string, ask?: string): Passage {
  for (const topic of topics) {
    const claim = topic.claims.find((one) => one.id === id);
    if (claim) return { claim, topic, score: 1, ...(ask ? { ask } : {}) };
  }
  throw new Error(`no claim ${id}`);
}

/** A part of this text; nothing is found to it but what `parts` says. */
export function partOf(text: string, parts: Partial<Part> = {}): Part {
  return { ...emptyPart(text), ...parts };
}

/** A bot whose search finds what the script says. */
export async function scriptedBot(topics: readonly Topic[], script: Script, options?: BotOptions): Promise<Bot> {
  const articles = [...new Set([ARTICLE, ...topics.map(({ article }) => article)])].filter((article) =>
    topics.some((topic) => topic.article === article),
  );
  const content = await openContent(createLibrary(articles, topics));
  const search: Search = { ...content.search, ask: async (text, asked = {}) => script(text, asked) };
  return createBot({ ...content, search }, strictLog, options);
}
