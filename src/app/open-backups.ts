import { Piscina } from 'piscina';
import type { Observer } from '../core/observer.ts';
import type { PlatformLog } from '../core/platform.ts';
import { type Clock, systemClock } from '../digest/clock.ts';
import { nextDue } from '../digest/schedule.ts';
import { createTicker } from '../digest/ticker.ts';
import type { BackupOrder } from '../store/backup-worker.ts';
import { backUpDaily } from './back-up-daily.ts';
import type { BackupPlan } from './parse-backup.ts';

export interface BackupParts {
  readonly observer: Required<Observer>;
  readonly log: PlatformLog;
  readonly clock?: Clock;
}

/** Backs up a SQLite database, named by its address, once a day from now on. */
export function openBackups(
  plan: BackupPlan,
  url: string,
  { observer, log, clock = systemClock }: BackupParts,
): { stop(): Promise<void> } {
  const path = url.slice('sqlite:'.length);
  const pool = new Piscina<BackupOrder, string | undefined>({
    filename: new URL('../store/backup-worker.ts', import.meta.url).href,
    minThreads: 0,
    maxThreads: 1,
  });
  const ending = new AbortController();
  const look = backUpDaily({
    ...plan,
    next: (after) => nextDue({ ...plan, days: 'daily' }, after),
    now: clock.now,
    write: (file) => pool.run({ path, file }),
    observer,
    log,
    signal: ending.signal,
  });
  const ticker = createTicker(
    clock,
    // Not waited for: a copy that takes long must not keep the bot from stopping.
    async () => void look(),
    async () => undefined,
  );
  ticker.start();
  return {
    async stop() {
      ending.abort();
      await ticker.stop();
      await pool.destroy();
    },
  };
}
