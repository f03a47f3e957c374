import { setImmediate as turn } from 'node:timers/promises';

/** Milliseconds that work may hold the event loop before other work gets a turn. */
const SLICE_MS = 5;

/** Makes a function that long work calls between its steps, so that it never holds up the bot. */
export function createTurns(): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < SLICE_MS) return;
    await turn();
    since = performance.now();
  };
}
