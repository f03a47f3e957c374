import type { PlaygroundSide } from '../adapters/web/playground.ts';
import type { Bot } from '../core/bot.ts';
import type { ConfiguredPlatform } from '../core/platform.ts';

/** How each platform shows this bot's answers, for the local page. */
export function openSides(platforms: readonly ConfiguredPlatform[], bot: Bot): Promise<PlaygroundSide[]> {
  return Promise.all(
    platforms.map(async ({ definition: { name, title }, preview }) => ({ name, title, preview: await preview(bot) })),
  );
}
