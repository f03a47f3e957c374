import { type Command, Option } from 'commander';
import { openBot } from '../app/open-bot.ts';
import type { ProgramTools } from '../core/platform.ts';
import { platforms } from '../platforms.ts';
import { within } from '../time/wait.ts';
import { openLog, readConfig } from './read-config.ts';
import { currentTerminal, markFailed, print, printAside, readInput } from './terminal.ts';

/** Commands of the program that only one platform needs. */
export function addPrograms(program: Command): void {
  for (const platform of platforms) {
    for (const { name, description, options } of platform.programs) {
      const command = program.command(name).description(description);
      for (const { flags, description: about, choices, preset } of options) {
        const option = new Option(flags, about).default(preset);
        command.addOption(choices ? option.choices(choices) : option);
      }
      command.action((typed: Record<string, string | undefined>) => run(platform.name, name, typed));
    }
  }
}

/** How long a program's first question waits for the search by meaning, in milliseconds; until then, words alone decide. */
const READY_MS = 5000;

async function run(platform: string, name: string, typed: Record<string, string | undefined>): Promise<void> {
  const config = readConfig();
  const log = openLog(config);
  const tools: ProgramTools = {
    input: currentTerminal().stdin,
    output: currentTerminal().stdout,
    log,
    readInput,
    openBot: async ({ answers } = { answers: false }) => {
      const semanticSearch = answers && config.semanticSearch;
      const { bot, search } = await openBot({ ...config, semanticSearch }, log);
      if (!answers) return bot;
      // A program gets the best answer the first time, unless all content has yet to be read, which takes minutes once.
      return { ...bot, answer: async (question) => within(search.ready, READY_MS).then(() => bot.answer(question)) };
    },
  };
  const chosen = config.platforms.find(({ definition }) => definition.name === platform);
  if (!chosen) throw new Error(`the settings know no platform ${platform}`);
  const { text, aside, failed } = await chosen.run(name, typed, tools);
  if (text) print(text);
  if (aside) printAside(aside);
  if (failed) markFailed();
}
