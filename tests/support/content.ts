import { listCommands, reservedNames } from '../../commands/index.ts';
import { loadContent } from '../../src/content/load.ts';
import type { Article, Claim, Topic } from '../../src/core/article.ts';
import type { Asker } from '../../src/core/asker.ts';
import { type Bot, type BotOptions, type Content, createBot, type Log } from '../../src/core/bot.ts';
import { createLibrary, type Library } from '../../src/core/library.ts';
import { createSearch } from '../../src/search/search.ts';
import { CONTENT, HARBOUR } from './folders.ts';

export { CONTENT, HARBOUR };

export const COMMAND_NAMES = reservedNames;

/** A log that fails the test which makes the bot log an error. */
export const strictLog: Log = {
  error(details, message) {
    throw new Error(`${message}: ${JSON.stringify(details)}`);
  },
};

export async function openContent(library: Library): Promise<Content> {
  const commands = listCommands(library);
  return { library, commands, search: await createSearch(library, commands) };
}

export async function openTestBot(directory = HARBOUR, log = strictLog, options?: BotOptions): Promise<Bot> {
  return createBot(await openContent(await loadContent(directory, COMMAND_NAMES)), log, options);
}

export const ARTICLE: Article = {
  slug: 'test',
  short: 'test',
  title: 'A Test',
  author: 'Ada Example',
  kind: 'opinion',
  paragraphs: [1, 2, 3, 'author'],
  publication: ['Nowhere.'],
  disclosure: 'Invented.',
  synonyms: {},
  language: 'en',
  anchors: {},
  textFragments: false,
  parties: {},
  people: {},
  organisations: {},
  places: {},
  loaded: [],
};

export function claimOf(parts: Partial<Claim> = {}): Claim {
  return {
    id: 'test/x',
    text: 'A claim.',
    kind: 'reported',
    paragraphs: [1],
    speaker: 'Ada Example',
    numbers: [],
    people: [],
    organisations: [],
    places: [],
    asks: [],
    notes: [],
    ...parts,
  };
}

export function topicOf(slug: string, parts: Partial<Topic> = {}): Topic {
  return {
    slug,
    name: slug,
    title: slug,
    summary: `On ${slug}.`,
    aliases: [],
    claims: [claimOf()],
    notes: [],
    related: [],
    locales: {},
    unanswered: [],
    withdrawn: [],
    article: ARTICLE,
    ...parts,
  };
}

/** A bot on topics made by the test. */
export async function botOn(topics: readonly Topic[], log = strictLog, article = ARTICLE): Promise<Bot> {
  return createBot(await openContent(createLibrary([article], topics)), log);
}

/** Somebody in a channel that they may manage. */
export function askerOf(parts: Partial<Asker> = {}): Asker {
  return {
    key: 'test:ada',
    platform: 'test',
    user: 'ada',
    team: 'team',
    channel: 'channel',
    direct: false,
    mayManage: async () => true,
    obstacle: async () => undefined,
    timeZone: async () => undefined,
    ...parts,
  };
}
