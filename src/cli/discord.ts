import type { Command } from 'commander';
import { FaultySettings } from '../app/config.ts';
import { openBot } from '../app/open-bot.ts';
import { openLog, readConfig } from './read-config.ts';
import { print } from './terminal.ts';

async function openDiscord() {
  const config = readConfig();
  const { token, apiUrl } = config.discord;
  if (!token) throw new FaultySettings('DISCORD_TOKEN is not set; docs/discord.md says where to get it');
  const { createRest } = await import('../adapters/discord/rest.ts');
  // Commands can be listed without the means to answer them.
  const { bot } = await openBot({ ...config, semanticSearch: false }, openLog(config));
  return { rest: createRest(token, apiUrl), bot };
}

export function addDiscord(program: Command): void {
  program
    .command('register')
    .description('tell Discord of all commands; writes only what changed')
    .option('--guild <id>', 'in one server only, where they appear at once')
    .action(async ({ guild }: { guild?: string }) => {
      const { bot, rest } = await openDiscord();
      const { formatRegistration, registerCommands } = await import('../adapters/discord/register-commands.ts');
      print(formatRegistration(await registerCommands(rest, bot.commands, guild)));
    });

  program
    .command('invite')
    .description('print the links that add the bot to a Discord server or account')
    .action(async () => {
      const { rest } = await openDiscord();
      const { composeInvites } = await import('../adapters/discord/compose-invite.ts');
      const { readApplicationId } = await import('../adapters/discord/rest.ts');
      const { server, account } = composeInvites(await readApplicationId(rest));
      print(`To a server: ${server}\nTo your own account: ${account}`);
    });
}
