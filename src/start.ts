import { join } from 'node:path';
import type { Logger } from 'pino';
import { builtInCommands, listCommands } from '../commands/index.ts';
import { renderDiscord } from './adapters/discord/render-reply.ts';
import { renderSlack } from './adapters/slack/render-reply.ts';
import { createWebApp } from './adapters/web/app.ts';
import { isLoopback, listen } from './adapters/web/listen.ts';
import { createPlayground } from './adapters/web/playground.ts';
import type { Config } from './config.ts';
import { FaultyContent } from './content/fault.ts';
import { loadContent } from './content/load.ts';
import { watchContent } from './content/watch.ts';
import { type Bot, type Content, createBot, type Gate, type Log } from './core/bot.ts';
import type { Platform } from './core/platform.ts';
import type { Search } from './core/search.ts';
import { noteGap } from './gaps.ts';
import { createGate } from './gate.ts';
import { createSearch } from './search/search.ts';
import { type Semantics, startSemantics } from './search/semantic.ts';

/** How long answers under way may take when the bot stops, in milliseconds. */
const STOP_GRACE_MS = 1000;

/** Names that no topic may take. */
export const commandNames: readonly string[] = builtInCommands.map(({ name }) => name);

export interface OpenBot {
  readonly bot: Bot;
  /** What the bot's answers come from now. */
  readonly search: Search;
  /** Reads the content anew. Throws FaultyContent, and then nothing has changed. */
  reload(): Promise<void>;
  close(): Promise<void>;
}

/** A bot on the content that the settings name. Throws FaultyContent. */
export async function openBot(config: BotConfig, log: BotLog, gate?: Gate): Promise<OpenBot> {
  const semantics = config.semanticSearch ? startSemantics(join(config.dataDirectory, 'embeddings.bin')) : undefined;
  let current = await readContent(config, log, semantics);
  const bot = createBot(current, log, gate);
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
    async ask(text) {
      const findings = await search.ask(text);
      if (findings.passages.length === 0 && !findings.refusal && !findings.record) void note(text);
      return findings;
    },
  };
}

export interface Running {
  /** Where the playground is, or the health checks where it is switched off. */
  readonly url: string;
  readonly bot: Bot;
  stop(): Promise<void>;
}

/** Starts everything that the settings ask for. Throws FaultyContent or PortUnavailable; then nothing is left running. */
export async function startBot(config: Config, log: Logger): Promise<Running> {
  const open = await openBot(config, log, createGate(config.questionsPerMinute));
  const { bot } = open;
  const platforms: Platform[] = [];
  const app = createWebApp(
    () => ({
      ready: true,
      content: { topics: bot.library.topics.length },
      ...Object.fromEntries(platforms.map((platform) => [platform.name, platform.status()])),
    }),
    log,
  );
  if (config.playground) {
    app.route(
      '/',
      await createPlayground(bot, { discord: renderDiscord, slack: renderSlack }, isLoopback(config.host)),
    );
  }
  if (config.discord.token || config.discord.publicKey) {
    // Loaded only where it is used, so that a bot without Discord starts without it.
    const { startDiscord } = await import('./adapters/discord/start.ts');
    const discord = startDiscord(bot, config.discord, Date.now, log);
    app.post('/discord/interactions', (context) => discord.endpoint(context.req.raw));
    platforms.push(discord);
  }
  const web = await listen(app, config.host, config.port).catch(async (error: unknown) => {
    await Promise.all(platforms.map((platform) => platform.stop()));
    throw error;
  });

  void open.search.ready.then(() => log.info({ meaning: config.semanticSearch }, 'search ready'));

  const unwatch = await watchContent(config.contentDirectory, async () => {
    try {
      await open.reload();
      log.info({ topics: bot.library.topics.length }, 'content taken anew');
      await Promise.all(platforms.map((platform) => platform.contentChanged()));
    } catch (error) {
      if (!(error instanceof FaultyContent)) log.error({ err: error }, 'content could not be read');
      else log.error({ faults: error.message.split('\n') }, 'faulty content: the last good content stays');
    }
  });
  return {
    url: web.url,
    bot,
    async stop() {
      await unwatch();
      await Promise.all([web.close(STOP_GRACE_MS), ...platforms.map((platform) => platform.stop())]);
      await open.close();
    },
  };
}
