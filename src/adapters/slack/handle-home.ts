import type { App } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Handling } from './handling.ts';
import { renderHome } from './render-views.ts';

/** Shows the home tab whenever somebody opens it. */
export function handleHome(app: App, handling: Handling): void {
  app.event('app_home_opened', async ({ event, client }) => {
    if (event.tab === 'home') await publishHome(client, event.user, handling);
  });
}

/** Writes one person's home tab anew. */
export async function publishHome(client: WebClient, user: string, { bot, digestsOf }: Handling): Promise<void> {
  await client.views.publish({ user_id: user, view: renderHome(bot.library, await digestsOf(user)) });
}
