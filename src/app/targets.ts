import { parseTime } from '../core/date.ts';
import { DAYS, type Days, type FixedDigest, REPORT, type Target, WEEKDAYS, type Weekday } from '../core/digests.ts';
import type { PlatformDefinition } from '../core/platform.ts';
import { findTimeZone } from '../core/time-zones.ts';

/**
 * A channel as settings name it, such as `slack:C0123ABCD`, or `slack:T0123/C0123ABCD` with its workspace. Undefined if no
 * platform has such a channel.
 */
export function parseTarget(text: string, platforms: readonly PlatformDefinition[]): Target | undefined {
  const [, name, team = '', channel = ''] = /^(\w+):(?:(\w+)\/)?(\S+)$/.exec(text) ?? [];
  const shapes = platforms.find((one) => one.name === name)?.targets;
  if (!name || !shapes?.channel.test(channel) || (team && !shapes.team.test(team))) return undefined;
  return { platform: name, team, channel };
}

/** A user as the program names them, such as `slack:U0123ABCD`. Undefined if no platform has such a user. */
export function parseUser(
  text: string,
  platforms: readonly PlatformDefinition[],
): { readonly platform: string; readonly user: string } | undefined {
  const [, name = '', user = ''] = /^(\w+):(\S+)$/.exec(text) ?? [];
  const shapes = platforms.find((one) => one.name === name)?.targets;
  return shapes?.user.test(user) ? { platform: name, user } : undefined;
}

/** How to write a channel, or a user: an example for each platform, joined by "or". */
export function listExamples(platforms: readonly PlatformDefinition[], of: 'channel' | 'user'): string {
  return platforms.flatMap(({ name, targets }) => (targets ? `${name}:${targets.example[of]}` : [])).join(' or ');
}

/**
 * A digest that the settings declare, such as `slack:C0123ABCD 08:00 Europe/London weekdays drones,energy`. What follows the time
 * is optional, in any order. A text says which part of it can't be read, without the part.
 */
export function parseFixedDigest(
  text: string,
  platforms: readonly PlatformDefinition[],
  defaultZone: string,
): FixedDigest | string {
  const [place = '', clock = '', ...words] = text.split(/ +/);
  const target = parseTarget(place, platforms);
  const time = parseTime(clock);
  // `iran` may be a topic, and it is also a time zone.
  const zone = words.find((word) => /\/|^utc$/i.test(word) && findTimeZone(word));
  const days = words.find((word) => (DAYS as readonly string[]).includes(word)) as Days | undefined;
  const [topics = '', ...others] = words.filter((word) => word !== zone && word !== days);
  if (!target) return "its channel can't be read";
  if (!time) return clock === '' ? 'it has no time' : "its time can't be read";
  if ([topics, ...others].some((word) => word.includes('/'))) return "its time zone can't be read";
  if (others.length > 0) return 'it has a word too many; topics are separated by commas, without spaces';
  return {
    ...target,
    time,
    zone: zone ?? defaultZone,
    days: days ?? 'daily',
    topics: topics.split(',').filter(Boolean),
  };
}

/** When the editors' report comes if the settings don't say. */
const REPORT_TIME = '09:00';
const REPORT_DAY = 'monday';

/**
 * The editors' channel with the time of its weekly report, such as `slack:C0123ABCD` or `slack:C0123ABCD 16:00 friday
 * Europe/London`. Undefined if it cannot be read.
 */
export function parseReport(
  text: string,
  platforms: readonly PlatformDefinition[],
  defaultZone: string,
): FixedDigest | undefined {
  const [place = '', ...words] = text.trim().split(/ +/);
  const clock = words.find((word) => parseTime(word)) ?? REPORT_TIME;
  const others = words.filter((word) => word !== clock);
  const day = others.some((word) => (DAYS as readonly string[]).includes(word)) ? [] : [REPORT_DAY];
  const report = parseFixedDigest([place, clock, ...others, ...day].join(' '), platforms, defaultZone);
  return typeof report !== 'string' && report.topics.length === 0 && WEEKDAYS.includes(report.days as Weekday)
    ? { ...report, topics: [REPORT] }
    : undefined;
}
