import { createGuard } from '../../src/adapters/web/guard.ts';
import { createPlayground, type PlaygroundOptions } from '../../src/adapters/web/playground.ts';
import { loadConfig } from '../../src/app/config.ts';
import { openSides } from '../../src/app/open-sides.ts';
import type { Bot } from '../../src/core/bot.ts';

/** The page as a bot on one's own machine has it. */
export async function openPlayground(bot: Bot, parts: Partial<PlaygroundOptions> = {}) {
  const guard = createGuard({ from: 'here' });
  return createPlayground(bot, {
    sides: await openSides(loadConfig({ SLACK_COMMAND_PREFIX: 'off' }).platforms, bot),
    guard,
    gate: async () => 0,
    hasReaders: false,
    ...parts,
  });
}
