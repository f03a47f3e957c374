import { Command } from 'commander';
import { expect, it } from 'vitest';
import { COMMAND_FILES } from '../../src/cli/command-files.ts';

it.each(COMMAND_FILES)('the file of $names adds these commands and no others', async ({ names, load }) => {
  const program = new Command();
  (await load())(program);
  expect(program.commands.map((command) => command.name())).toEqual(names);
});
