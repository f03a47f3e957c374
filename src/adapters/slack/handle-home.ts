import type { App } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Handling } from './handling.ts';
import { renderHome } from './render-views.ts';

/** Shows the home tab whenever somebody opens it. */
export function handleHome(app: App, handling: Handling): void {
  app.event('app_home_opened', async ({ event, client, context }) => {
    if (event.tab === 'home') await publishHome(client, event.user, context.teamId ?? '', handling);
  });
}

/** Writes one person's home tab anew. */
export async function publishHome(
  client: WebClient,
  user: string,
  team: string,
  { bot, digestsOf }: Handling,
): Promise<void> {
  const library = await bot.libraryOf({ platform: 'slack', team });
  await client.views.publish({ user_id: user, view: renderHome(library, await digestsOf(user)) });
}
