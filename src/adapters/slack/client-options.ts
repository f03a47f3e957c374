import type { WebClientOptions } from '@slack/web-api';
import { boundPauses } from './bound-pauses.ts';
import type { SlackLog } from './log.ts';
import { createSlackLogger } from './log.ts';

/** How long one request to Slack may take, in milliseconds. */
const TIMEOUT_MS = 15_000;

/**
 * How Slack's Web API is called: a failing call is tried again twice within a second, never for minutes, and a pause that
 * Slack asks for is kept by whoever called (outwait.ts). Otherwise Bolt would use its socket's 100 retries for every call, and
 * the pause of one call would hold back all others of its workspace.
 */
export function composeClientOptions(apiUrl: string | undefined, log: SlackLog): WebClientOptions {
  return {
    ...(apiUrl ? { slackApiUrl: apiUrl } : {}),
    retryConfig: { retries: 2, minTimeout: 100, maxTimeout: 500, factor: 2 },
    rejectRateLimitedCalls: true,
    timeout: TIMEOUT_MS,
    fetch: boundPauses((url, init) => fetch(url, init)),
    logger: createSlackLogger(log),
  };
}
