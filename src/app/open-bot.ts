import { createConversations } from '../conversation/conversations.ts';
import { type Bot, createBot } from '../core/bot.ts';
import type { Search } from '../core/search.ts';
import type { OnReading } from '../search/semantic.ts';
import { type ContentConfig, type ContentLog, openContent } from './open-content.ts';

/** A bot without any platform, on the content that the settings name. Throws FaultyContent. */
export async function openBot(
  config: ContentConfig,
  log: ContentLog,
  onReading?: OnReading,
): Promise<{ readonly bot: Bot; readonly search: Search }> {
  const { content } = await openContent(config, log, { onReading });
  return {
    bot: createBot(content, log, { conversations: createConversations({ now: Date.now }) }),
    search: content.search,
  };
}
