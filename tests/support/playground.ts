import { createGuard } from '../../src/adapters/web/guard.ts';
import { createPlayground, type PlaygroundOptions } from '../../src/adapters/web/playground.ts';
import { createPageRenderers } from '../../src/app/page-renderers.ts';
import type { Bot } from '../../src/core/bot.ts';

/** The page as a bot on one's own machine has it. */
export function openPlayground(bot: Bot, parts: Partial<PlaygroundOptions> = {}) {
  const guard = createGuard({ from: 'here' });
  return createPlayground(bot, { renderers: createPageRenderers(bot, ''), guard, gate: async () => 0, ...parts });
}
