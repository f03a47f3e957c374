import type { Command } from 'commander';
import { startBot } from '../app/start-bot.ts';
import { UserError } from '../core/errors.ts';
import { openLog, readConfig } from './read-config.ts';
import { print } from './terminal.ts';

/** How often a bot that npm started looks whether npm is still there, in milliseconds. */
const ORPHAN_CHECK_MS = 500;

export function addStart(program: Command): void {
  program
    .command('start', { isDefault: true })
    .description('run the bot and its local page')
    // What is no command ends up here.
    .argument('[unknown...]')
    .usage('')
    .action(async ([unknown]: string[]) => {
      if (unknown) throw new UserError(`There is no command ${unknown}. "briefing --help" lists all.`);
      const parent = process.ppid;
      const config = readConfig();
      const log = openLog(config);
      const running = await startBot(config, log);
      print(
        running.hasPage
          ? `The playground is at ${running.url}`
          : `Running; health checks are at ${running.url}/healthz`,
      );
      // A library's stray rejection must not take the other platforms down (discordjs/discord.js has some on invalid sessions).
      process.on('unhandledRejection', (error) => log.error({ err: error }, 'a rejection nobody handled'));
      let stopping = false;
      const stop = async (signal: string) => {
        if (stopping) return;
        stopping = true;
        log.info({ signal }, 'stopping');
        await running.stop();
        // Whatever a library still holds open must not keep a stopped bot alive.
        process.exit(0);
      };
      process.on('SIGINT', stop).on('SIGTERM', stop);
      // npm hands SIGTERM to a shell that does not hand it on: without npm, a bot that npm started is nobody's.
      if (process.env.npm_lifecycle_event) {
        setInterval(() => process.ppid !== parent && stop('npm has ended'), ORPHAN_CHECK_MS).unref();
      }
    });
}
