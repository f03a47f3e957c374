import { setTimeout } from 'node:timers/promises';
import { type ClientOptions, SimpleIdentifyThrottler } from 'discord.js';
import type { Memory } from '../../core/memory.ts';
import type { PlatformLog } from '../../core/platform.ts';

/** Discord counts sessions that begin within 5 seconds; a little more, because not every one takes as long to get there. */
const INTERVAL_MS = 5250;

type BuildThrottler = NonNullable<NonNullable<ClientOptions['ws']>['buildIdentifyThrottler']>;

export interface TurnOptions {
  readonly reserve: Memory['reserve'];
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly log: PlatformLog;
  /** Resolves after so many milliseconds, and rejects if the signal says so. */
  readonly hold?: (ms: number, signal: AbortSignal) => Promise<unknown>;
}

/**
 * Lets sessions begin one after the other, over all processes that share a database: of the shards whose numbers leave the same
 * remainder when divided by `max_concurrency`, one in 5 seconds. https://docs.discord.com/developers/events/gateway#sharding
 */
export function identifyInTurn({ reserve, now, log, hold = holdWith }: TurnOptions): BuildThrottler {
  return async (manager) => {
    const { session_start_limit: limit } = await manager.fetchGatewayInformation();
    const alone = new SimpleIdentifyThrottler(limit.max_concurrency);
    return {
      async waitForIdentify(shard, signal) {
        try {
          const moment = await reserve(`identify:${shard % limit.max_concurrency}`, INTERVAL_MS);
          await hold(Math.max(0, moment - now()), signal);
        } catch (error) {
          if (signal.aborted) throw error;
          log.warn({ err: error, shard }, 'Discord: other processes’ turns cannot be known; this one keeps its own');
          await alone.waitForIdentify(shard, signal);
        }
      },
    };
  };
}

function holdWith(ms: number, signal: AbortSignal): Promise<unknown> {
  return setTimeout(ms, undefined, { signal, ref: false });
}
