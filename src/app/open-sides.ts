import type { PlaygroundSide } from '../adapters/web/playground.ts';
import type { Bot } from '../core/bot.ts';
import type { ConfiguredPlatform } from '../core/platform.ts';

/** How each platform that has a look of its own shows this bot's answers, for the local page. */
export async function openSides(platforms: readonly ConfiguredPlatform[], bot: Bot): Promise<PlaygroundSide[]> {
  const sides = platforms.map(async ({ definition: { name, title }, preview }) => {
    const look = await preview(bot);
    return look ? [{ name, title, preview: look }] : [];
  });
  return (await Promise.all(sides)).flat();
}
