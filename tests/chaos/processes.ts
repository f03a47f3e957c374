import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { loadContent } from '../../src/content/load.ts';
import { LATE_POST_MS, LEASE_MS } from '../../src/digest/doubt.ts';
import { COMMAND_NAMES, HARBOUR } from '../support/content.ts';
import type { WorkerOrders } from '../support/deliver-orders.ts';
import type { World } from './platforms.ts';

/** After this time, in milliseconds, whatever was in doubt can be told. */
const LONG_AFTER_MS = 2 * (LEASE_MS + LATE_POST_MS);
/** How long the last process may take, in milliseconds. */
const LAST_MS = 90_000;

const { articles, topics } = await loadContent(HARBOUR, COMMAND_NAMES);

export interface Delivering {
  readonly process: ChildProcess;
  /** Resolves once it has ended, to whether somebody killed it or it ended well. */
  readonly ended: Promise<boolean>;
}

/** Starts a process that delivers for ever, or with `ahead`, by a clock that is so many milliseconds ahead, until all is delivered. */
export function startDelivering({ platform, token, apiUrl }: World, database: string, ahead = 0): Delivering {
  const orders: WorkerOrders = {
    ...{ articles, topics, database, platform, token, apiUrl, ahead },
    ...(ahead === 0 ? { dies: { at: 'started', time: Number.MAX_SAFE_INTEGER } } : {}),
  };
  const child = spawn(process.execPath, [resolve('tests/support/deliver-worker.ts'), JSON.stringify(orders)], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = new Promise<boolean>((done) =>
    child.once('close', (code, signal) => done(signal === 'SIGKILL' || code === 0)),
  );
  return { process: child, ended };
}

/** Delivers what is left, in a process of its own and long after. Resolves to whether that hung or crashed. */
export async function deliverRest(world: World, database: string): Promise<{ hung: number; crashed: number }> {
  const { process: child, ended } = startDelivering(world, database, LONG_AFTER_MS);
  let hung = 0;
  const timer = setTimeout(() => {
    hung = 1;
    child.kill('SIGKILL');
  }, LAST_MS);
  const endedWell = await ended;
  clearTimeout(timer);
  return { hung, crashed: Number(!endedWell) };
}
