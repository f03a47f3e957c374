import type { Logger } from 'pino';
import { builtInCommands, listCommands } from '../commands/index.ts';
import { renderDiscord } from './adapters/discord/render-reply.ts';
import { renderSlack } from './adapters/slack/render-reply.ts';
import { createWebApp } from './adapters/web/app.ts';
import { listen } from './adapters/web/listen.ts';
import { createPlayground } from './adapters/web/playground.ts';
import type { Config } from './config.ts';
import { FaultyContent } from './content/fault.ts';
import { loadContent } from './content/load.ts';
import { watchContent } from './content/watch.ts';
import { type Bot, type Content, createBot, type Log } from './core/bot.ts';
import { createSearch } from './search/search.ts';

/** How long answers under way may take when the bot stops, in milliseconds. */
const STOP_GRACE_MS = 1000;

/** Names that no topic may take. */
export const commandNames: readonly string[] = builtInCommands.map(({ name }) => name);

/** A bot on the content of a folder. Throws FaultyContent. */
export async function openBot(directory: string, log: Log): Promise<Bot> {
  return createBot(await readContent(directory), log);
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
  const bot = await openBot(config.contentDirectory, log);
  const app = createWebApp(config.host, () => ({ ready: true, content: { topics: bot.library.topics.length } }), log);
  if (config.playground) app.route('/', await createPlayground(bot, { discord: renderDiscord, slack: renderSlack }));
  const web = await listen(app, config.host, config.port);

  const unwatch = await watchContent(config.contentDirectory, async () => {
    try {
      bot.load(await readContent(config.contentDirectory));
      log.info({ topics: bot.library.topics.length }, 'content taken anew');
    } catch (error) {
      if (!(error instanceof FaultyContent)) log.error({ err: error }, 'content could not be read');
      else log.error({ faults: error.message.split('\n') }, 'faulty content: the last good content stays');
    }
  });
  return {
    url: web.url,
    bot,
    async stop() {
      await Promise.all([unwatch(), web.close(STOP_GRACE_MS)]);
    },
  };
}
