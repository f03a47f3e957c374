import type { ResponseLike } from 'discord.js';
import { parseRetryAfter } from '../../core/sender.ts';

/** Where Discord says how many seconds to wait, https://docs.discord.com/developers/topics/rate-limits#header-format */
const HEADERS = ['retry-after', 'x-ratelimit-reset-after'];

/**
 * The same answer, with no pause beyond all bounds. discord.js takes whatever number a proxy writes there, and would send
 * nothing more for as long; what isn't a number would confuse it.
 */
export function boundPauses(response: ResponseLike, now: number): ResponseLike {
  const changes = HEADERS.flatMap((name) => {
    const text = response.headers.get(name);
    if (text === null) return [];
    const seconds = (parseRetryAfter(text, now) ?? 0) / 1000;
    return seconds === Number(text) ? [] : [[name, String(seconds)] as const];
  });
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
