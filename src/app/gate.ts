import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Gate } from '../core/bot.ts';

/** Lets each asker ask `perMinute` questions a minute. */
export function createGate(perMinute: number): Gate {
  const limiter = new RateLimiterMemory({ points: perMinute, duration: 60 });
  return async (asker) => {
    try {
      await limiter.consume(asker);
      return 0;
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      return Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
    }
  };
}
