import type { App } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { composePrompts } from './handle-messages.ts';
import { type Handling, wordsFor } from './handling.ts';
import { outwait } from './outwait.ts';
import { renderHome } from './render-views.ts';

/** Shows the home tab whenever somebody opens it, and suggested questions whenever they open the Messages tab. */
export function handleHome(app: App, handling: Handling): void {
  app.event('app_home_opened', async ({ event, client, context }) => {
    const team = context.teamId ?? '';
    handling.conversations.remember(event.channel);
    if (event.tab === 'home') return publishHome(client, event.user, team, handling);
    if (event.tab !== 'messages' || handling.view !== 'agent') return;
    const library = await handling.bot.libraryOf({ platform: 'slack', team });
    const words = await wordsFor(handling, client, event.user);
    const prompts = composePrompts(library, words);
    // At the top of the tab: without a thread, https://docs.slack.dev/reference/methods/assistant.threads.setSuggestedPrompts
    const place = { channel_id: event.channel } as { channel_id: string; thread_ts: string };
    await client.assistant.threads.setSuggestedPrompts({ ...place, title: words('ask.prompts'), prompts });
  });
}

/** Writes one person's home tab anew. */
export async function publishHome(
  client: WebClient,
  user: string,
  team: string,
  { bot, digestsOf, names, locales }: Pick<Handling, 'bot' | 'digestsOf' | 'names' | 'locales'>,
): Promise<void> {
  const library = await bot.libraryOf({ platform: 'slack', team });
  const words = await wordsFor({ locales }, client, user);
  const view = renderHome(library, await digestsOf(user, team), names, words);
  await outwait(() => client.views.publish({ user_id: user, view }));
}
