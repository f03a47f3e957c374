import { createGuard } from '../../src/adapters/web/guard.ts';
import type { PlaygroundOptions } from '../../src/adapters/web/playground.ts';
import { pageRenderers } from '../../src/page-renderers.ts';

/** The page as a bot on one's own machine has it. */
export const PLAYGROUND: PlaygroundOptions = {
  renderers: pageRenderers,
  guard: createGuard({ from: 'here' }),
  gate: async () => 0,
};
