import { ErrorCode } from '@slack/web-api';
import { wait } from '../../time/wait.ts';

/** How often one call waits as long as Slack asks, and for how long at most each time, in milliseconds. */
const MOST_PAUSES = 5;
const LONGEST_MS = 60_000;

/**
 * Calls Slack, and again after each pause that it asks for. Only this call waits: Slack's own client would hold back every call
 * of the workspace until the pause is over. Rejects with Slack's error if it asks for too much.
 * https://docs.slack.dev/apis/web-api/rate-limits
 */
export async function outwait<T>(call: () => Promise<T>): Promise<T> {
  for (let pauses = 0; ; pauses += 1) {
    try {
      return await call();
    } catch (error) {
      const ms = pauseOf(error);
      if (ms === undefined || ms > LONGEST_MS || pauses === MOST_PAUSES) throw error;
      await wait(ms);
    }
  }
}

/** The pause that an error asks for, in milliseconds; undefined if it asks for none. */
function pauseOf(error: unknown): number | undefined {
  const { code, retryAfter } = (error ?? {}) as { code?: unknown; retryAfter?: unknown };
  const isPause = code === ErrorCode.RateLimitedError && typeof retryAfter === 'number' && retryAfter >= 0;
  return isPause ? retryAfter * 1000 : undefined;
}
