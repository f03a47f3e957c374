import type { Command } from 'commander';
import { distance } from 'fastest-levenshtein';
import type { Logger } from 'pino';
import type { Config } from '../app/config.ts';
import { createSystemSupervisor, type Running, startBot } from '../app/start-bot.ts';
import { UserError } from '../core/errors.ts';
import { COMMAND_FILES } from './command-files.ts';
import { openLog, readConfig } from './read-config.ts';
import { currentTerminal, print } from './terminal.ts';

/** A word this near a command's name was probably meant to be it. */
const MOST_SLIPS = 2;
/** How often a bot started by npm checks whether npm is still running, in milliseconds. */
const ORPHAN_CHECK_MS = 500;

export function addStart(program: Command): void {
  program
    .command('start', { isDefault: true })
    .description('run the bot and its local page')
    // Anything that isn't a command ends up here.
    .argument('[unknown...]')
    .usage('')
    .action(async ([unknown]: string[], _: object, { parent }: Command) => {
      if (unknown) throw new UserError(...describeUnknown(unknown, parent?.args[0] === 'start'));
      const config = readConfig();
      await runBot(config, openLog(config));
    });
}

/** What is wrong with a word that isn’t a command, and what to do. */
function describeUnknown(word: string, isArgument: boolean): [what: string, remedy: string] {
  if (isArgument) return [`start takes no ${word}`, 'Run: npx briefing start'];
  const all = 'To see all commands, run: npx briefing --help';
  const names = COMMAND_FILES.flatMap((file) => file.names);
  const near = names.filter((name) => distance(name, word) <= MOST_SLIPS);
  return [`There is no command ${word}`, near.length > 0 ? `Did you mean ${near.join(' or ')}? ${all}` : all];
}

/** Runs the bot until a signal or an error that nobody caught ends the process. Throws what `startBot` throws. */
export async function runBot(config: Config, log: Logger): Promise<void> {
  const parent = process.ppid;
  const supervisor = createSystemSupervisor(log);
  let running: Running | undefined;
  let stopping = false;
  const stop = async (reason: string, code: number): Promise<void> => {
    if (stopping) return;
    stopping = true;
    log.info({ reason }, 'stopping');
    await running?.stop();
    // A stopped bot must not keep running because a library holds something open.
    process.exit(code);
  };
  const onUncaught = (error: unknown): void => {
    if (supervisor.contain(error)) return;
    log.fatal({ err: error }, 'an error that nobody caught: the bot stops, since it may be in a broken state');
    running?.observer.crashed();
    void stop('an uncaught error', 1);
  };
  process.on('uncaughtException', onUncaught).on('unhandledRejection', onUncaught);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop(signal, 0));

  running = await startBot(config, log, supervisor);
  print(
    running.hasPage ? `The local page is at ${running.url}` : `Running; health checks are at ${running.url}/healthz`,
  );
  if (running.hasDesk) print(`The editors’ desk is at ${running.url}/desk`);
  // npm sends SIGTERM to a shell that does not pass it on, so a bot started by npm has to notice that npm has ended.
  if (currentTerminal().env.npm_lifecycle_event) {
    setInterval(() => process.ppid !== parent && stop('npm has ended', 0), ORPHAN_CHECK_MS).unref();
  }
}
