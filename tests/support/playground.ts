import { renderDiscord } from '../../src/adapters/discord/render-reply.ts';
import { renderSlack } from '../../src/adapters/slack/render-reply.ts';
import { createGuard } from '../../src/adapters/web/guard.ts';
import type { PlaygroundOptions } from '../../src/adapters/web/playground.ts';

/** The page as a bot on one's own machine has it. */
export const PLAYGROUND: PlaygroundOptions = {
  renderers: { discord: renderDiscord, slack: renderSlack },
  guard: createGuard({ from: 'here' }),
  gate: async () => 0,
};
