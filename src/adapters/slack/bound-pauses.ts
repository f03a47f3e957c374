import type { WebClientOptions } from '@slack/web-api';
import { parseRetryAfter } from '../../core/sender.ts';

type Fetch = NonNullable<WebClientOptions['fetch']>;

/** After a 429 that names no pause, in milliseconds. */
const UNNAMED_MS = 1000;

/**
 * The same fetch, whose answers hold no pause beyond all bounds, and one in whole seconds wherever Slack's client would not
 * understand it. That client sends nothing more for as long as it is told to.
 */
export function boundPauses(original: Fetch): Fetch {
  return async (url, init) => {
    const response = await original(url, init);
    if (response.status !== 429) return response;
    const ms = parseRetryAfter(response.headers.get('retry-after'), Date.now()) ?? UNNAMED_MS;
    // Nobody reads the rest of it.
    await response.text();
    return new Response(null, { status: 429, headers: { 'retry-after': String(Math.ceil(ms / 1000)) } });
  };
}
