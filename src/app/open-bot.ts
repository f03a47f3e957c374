import { join } from 'node:path';
import { listCommands, reservedNames } from '../../commands/index.ts';
import { loadContent } from '../content/load.ts';
import { createConversations } from '../conversation/conversations.ts';
import { type Bot, type BotOptions, type Content, createBot, type Log } from '../core/bot.ts';
import type { Search } from '../core/search.ts';
import { noteGap } from '../editorial/gaps.ts';
import { createSearch } from '../search/search.ts';
import { type Semantics, startSemantics } from '../search/semantic.ts';
import type { Config } from './config.ts';

/** Names that no topic may take. */
export const commandNames = reservedNames;

/** Every command that a bot on this library has. */
export const listAllCommands = listCommands;

export interface OpenBot {
  readonly bot: Bot;
  /** What the bot's answers come from now. */
  readonly search: Search;
  /** Reads the content anew. Throws FaultyContent, and then nothing has changed. */
  reload(): Promise<void>;
  close(): Promise<void>;
}

/** A bot on the content that the settings name. Throws FaultyContent. */
export async function openBot(config: BotConfig, log: BotLog, options?: BotOptions): Promise<OpenBot> {
  const semantics = config.semanticSearch ? startSemantics(join(config.dataDirectory, 'embeddings.bin')) : undefined;
  let current = await readContent(config, log, semantics);
  const bot = createBot(current, log, { conversations: createConversations({ now: Date.now }), ...options });
  return {
    bot,
    get search() {
      return current.search;
    },
    async reload() {
      const next = await readContent(config, log, semantics);
      bot.load(next);
      current.search.close();
      current = next;
    },
    close: async () => semantics?.close(),
  };
}

type BotConfig = Pick<Config, 'contentDirectory' | 'dataDirectory' | 'semanticSearch' | 'gaps'>;
type BotLog = Log & { warn(details: object, message: string): void };

async function readContent(config: BotConfig, log: BotLog, semantics: Semantics | undefined): Promise<Content> {
  const library = await loadContent(config.contentDirectory, commandNames);
  const commands = listCommands(library);
  const onFailure = (error: unknown) => log.warn({ err: error }, 'search by meaning failed; searching by words alone');
  const search = await createSearch(library, commands, { semantics, onFailure });
  const gapsFile = join(config.dataDirectory, GAPS_FILE);
  return { library, commands, search: config.gaps ? countGaps(search, (text) => noteGap(gapsFile, text)) : search };
}

/** Where questions without an answer are noted, below the data folder. */
export const GAPS_FILE = 'gaps.txt';

/** The same search, which tells of every question that it was right to take and could not answer. */
function countGaps(search: Search, note: (text: string) => Promise<void>): Search {
  return {
    ...search,
    async ask(text, options) {
      const findings = await search.ask(text, options);
      const missed = findings.parts.filter(({ verdict }) => verdict !== 'answered');
      if (!findings.refusal && !findings.instead) for (const part of missed) void note(part.text);
      return findings;
    },
  };
}
