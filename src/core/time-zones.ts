import type { Choice } from './command.ts';

const ZONES: readonly string[] = Intl.supportedValuesOf('timeZone');

const plain = (text: string) =>
  text
    .toLowerCase()
    .replace(/[\s_/-]+/g, ' ')
    .trim();

/**
 * Completes an option that takes a time zone, by any part of its IANA name: `new yo` gives `America/New_York`. Names that
 * begin with what was typed, or whose city does, come first.
 */
export function completeTimeZone(typed: string): readonly Choice[] {
  const wanted = plain(typed);
  const found = ZONES.filter((zone) => plain(zone).includes(wanted));
  const starts = (zone: string) =>
    plain(zone).startsWith(wanted) || plain(zone.split('/').at(-1) ?? '').startsWith(wanted);
  return [...found.filter(starts), ...found.filter((zone) => !starts(zone))].map((zone) => ({
    name: zone,
    value: zone,
  }));
}

/** The zone of this IANA name, whatever the case and spaces; other zones that the runtime knows, such as `UTC`, too. */
export function findTimeZone(name: string): string | undefined {
  const wanted = plain(name);
  const listed = ZONES.find((zone) => plain(zone) === wanted);
  if (listed || !/^[a-z][\w+/-]*$/i.test(name.trim())) return listed;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name.trim() }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}
