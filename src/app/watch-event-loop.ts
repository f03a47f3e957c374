import type { PlatformLog } from '../core/platform.ts';
import type { Timers } from '../time/timers.ts';

/** How often the watchdog looks, in milliseconds. */
const LOOK_MS = 100;
/** So long, in milliseconds, must nothing have run to be worth a word. Slack waits three times as long for an answer. */
const HELD_MS = 1000;

/**
 * Says in the log when something held the event loop, so that nothing was answered, and tells `onHeld` for about how many
 * milliseconds: by so much does the watchdog's own timer come late. Gives a function that ends it.
 */
export function watchEventLoop(
  onHeld: (ms: number) => void,
  timers: Timers,
  log: Pick<PlatformLog, 'warn'>,
): () => void {
  let callOff = () => {};
  const wait = (): void => {
    const due = timers.now() + LOOK_MS;
    callOff = timers.after(LOOK_MS, () => {
      const ms = Math.round(timers.now() - due);
      if (ms >= HELD_MS) {
        log.warn({ ms }, 'something held the event loop; nothing was answered meanwhile');
        onHeld(ms);
      }
      wait();
    });
  };
  wait();
  return () => callOff();
}
