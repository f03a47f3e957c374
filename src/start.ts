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
import { createGate } from './gate.ts';
import { createSearch } from './search/search.ts';

/** How long answers under way may take when the bot stops, in milliseconds. */
const STOP_GRACE_MS = 1000;

/** Names that no topic may take. */
export const commandNames: readonly string[] = builtInCommands.map(({ name }) => name);

/** A bot on the content of a folder. Throws FaultyContent. */
export async function openBot(directory: string, log: Log, gate?: Gate): Promise<Bot> {
  return createBot(await readContent(directory), log, gate);
}

async function readContent(directory: string): Promise<Content> {
  const library = await loadContent(directory, commandNames);
  const commands = listCommands(library);
  return { library, commands, search: await createSearch(library, commands) };
}

export interface Running {
  /** Where the playground is, or the health checks where it is switched off. */
  readonly url: string;
  readonly bot: Bot;
  stop(): Promise<void>;
}

/** Starts everything that the settings ask for. Throws FaultyContent or PortUnavailable; then nothing is left running. */
export async function startBot(config: Config, log: Logger): Promise<Running> {
  const bot = await openBot(config.contentDirectory, log, createGate(config.questionsPerMinute));
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

  const unwatch = await watchContent(config.contentDirectory, async () => {
    try {
      bot.load(await readContent(config.contentDirectory));
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
    },
  };
}
