import type { Access } from '../adapters/web/guard.ts';
import { isLoopback } from '../adapters/web/loopback.ts';
import type { Site } from '../core/platform.ts';
import type { Config } from './config.ts';

/** Who may use what the bot guards: the page, the metrics, and platforms without a secret of their own. */
export function readersOf(host: string, accessToken: string | undefined): Site['readers'] {
  if (accessToken) return 'token';
  return isLoopback(host) ? 'here' : 'nobody';
}

/** The same for the guard; undefined if nobody may. */
export function composeAccess({ host, accessToken }: Pick<Config, 'host' | 'accessToken'>): Access | undefined {
  if (accessToken) return { from: 'anywhere', token: accessToken };
  return readersOf(host, accessToken) === 'here' ? { from: 'here' } : undefined;
}
