import { UserError } from '../core/errors.ts';

const HOUR_MS = 3_600_000;

/** A day or a time, or how long before `now`, such as `7d`; in milliseconds since 1970. Throws UserError. */
export function parseSince(text: string, now: number): number {
  const [, count, unit] = /^(\d{1,4})([dh])$/.exec(text) ?? [];
  const time = count === undefined ? Date.parse(text) : now - Number(count) * (unit === 'd' ? 24 * HOUR_MS : HOUR_MS);
  if (Number.isNaN(time)) throw new UserError(`--since ${text} isn't a time`, 'Write one such as 2026-11-24 or 7d.');
  return time;
}
