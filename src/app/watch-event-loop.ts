import type { PlatformLog } from '../core/platform.ts';
import type { Timers } from '../time/timers.ts';

/** How often the watchdog looks, in milliseconds. */
const LOOK_MS = 100;
/** The shortest block worth reporting, in milliseconds. Slack waits three times as long for an answer. */
const HELD_MS = 1000;

/**
 * Logs when something blocked the event loop, so that nothing was answered, and tells `onHeld` for about how many milliseconds,
 * measured by how late the watchdog's own timer fires. Returns a function that ends it.
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
        log.warn({ ms }, 'something blocked the event loop; nothing was answered in the meantime');
        onHeld(ms);
      }
      wait();
    });
  };
  wait();
  return () => callOff();
}
