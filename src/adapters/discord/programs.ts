import type { REST } from 'discord.js';
import { UserError } from '../../core/errors.ts';
import type { ProgramCommand } from '../../core/platform.ts';

/** What these commands need to reach Discord. */
export interface DiscordAccount {
  readonly token?: string | undefined;
  readonly apiUrl?: string | undefined;
}

async function openRest({ token, apiUrl }: DiscordAccount): Promise<REST> {
  if (!token) throw new UserError('DISCORD_TOKEN is not set', 'docs/discord.md says where to get it.');
  const { createRest } = await import('./rest.ts');
  return createRest(token, apiUrl);
}

/** `npx briefing register` and `npx briefing invite`. */
export const discordPrograms: readonly ProgramCommand<DiscordAccount>[] = [
  {
    name: 'register',
    description: 'register all commands with Discord; writes only what changed',
    options: [{ flags: '--guild <id>', description: 'only in one server, where they appear at once' }],
    async run(config, { guild }, { openBot }) {
      const rest = await openRest(config);
      const { formatRegistration, registerCommands } = await import('./register-commands.ts');
      const { commands } = await openBot();
      return { text: formatRegistration(await registerCommands(rest, commands, guild)) };
    },
  },
  {
    name: 'invite',
    description: 'print the links that add the bot to a Discord server or account',
    options: [],
    async run(config) {
      const rest = await openRest(config);
      const { composeInvites } = await import('./compose-invite.ts');
      const { readApplicationId } = await import('./rest.ts');
      const { server, account } = composeInvites(await readApplicationId(rest));
      return { text: `To a server: ${server}\nTo your own account: ${account}` };
    },
  },
];
