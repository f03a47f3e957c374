import type { ResponseLike } from 'discord.js';
import { parseRetryAfter } from '../../core/sender.ts';

/** Where Discord says how many seconds to wait, https://docs.discord.com/developers/topics/rate-limits#header-format */
const PAUSE = 'retry-after';
const RESET = 'x-ratelimit-reset-after';
/** After a 429 that names no pause, in seconds: discord.js would ask again at once, for ever. */
const UNNAMED = 1;

/**
 * The same answer, with no pause beyond all bounds. discord.js takes whatever number a proxy writes there, and would send
 * nothing more for as long; what isn't a number would confuse it.
 */
export function boundPauses(response: ResponseLike, now: number): ResponseLike {
  const bound = (name: string, otherwise: number): readonly [string, string][] => {
    const text = response.headers.get(name);
    const seconds = (parseRetryAfter(text, now) ?? 0) / 1000 || otherwise;
    const isRight = text === null ? seconds === 0 : seconds === Number(text);
    return isRight ? [] : [[name, String(seconds)]];
  };
  const changes = [...bound(PAUSE, response.status === 429 ? UNNAMED : 0), ...bound(RESET, 0)];
  if (changes.length === 0) return response;
  const headers = new Headers(response.headers);
  for (const [name, seconds] of changes) headers.set(name, seconds);
  // What it reads its body with stays the answer's own.
  return {
    ok: response.ok,
    status: response.status,
    statusText: response.statusText,
    bodyUsed: response.bodyUsed,
    body: response.body,
    headers,
    arrayBuffer: () => response.arrayBuffer(),
    json: () => response.json(),
    text: () => response.text(),
  };
}
