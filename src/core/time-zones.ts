import type { Choice } from './command.ts';

/** Current names by the outdated ones that runtimes still list, https://data.iana.org/time-zones/tzdb/backward */
const RENAMED: Readonly<Record<string, string>> = {
  'Africa/Asmera': 'Africa/Asmara',
  'America/Buenos_Aires': 'America/Argentina/Buenos_Aires',
  'America/Catamarca': 'America/Argentina/Catamarca',
  'America/Coral_Harbour': 'America/Atikokan',
  'America/Cordoba': 'America/Argentina/Cordoba',
  'America/Godthab': 'America/Nuuk',
  'America/Indianapolis': 'America/Indiana/Indianapolis',
  'America/Jujuy': 'America/Argentina/Jujuy',
  'America/Louisville': 'America/Kentucky/Louisville',
  'America/Mendoza': 'America/Argentina/Mendoza',
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'Atlantic/Faeroe': 'Atlantic/Faroe',
  'Europe/Kiev': 'Europe/Kyiv',
  'Pacific/Enderbury': 'Pacific/Kanton',
  'Pacific/Ponape': 'Pacific/Pohnpei',
  'Pacific/Truk': 'Pacific/Chuuk',
};

const rename = (zone: string) => RENAMED[zone] ?? zone;

const ZONES: readonly string[] = [...new Set(Intl.supportedValuesOf('timeZone').map(rename))].sort();

const plain = (text: string) =>
  text
    .toLowerCase()
    .replace(/[\s_/-]+/g, ' ')
    .trim();

const BY_NAME: ReadonlyMap<string, string> = new Map(ZONES.map((zone) => [plain(zone), zone]));

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

/** The zone with this IANA name, ignoring case and spaces. Zones without a city that the runtime knows, such as `UTC`, count too. */
export function findTimeZone(name: string): string | undefined {
  const listed = BY_NAME.get(plain(name));
  if (listed || !/^[a-z][\w+/-]*$/i.test(name.trim())) return listed;
  try {
    return rename(new Intl.DateTimeFormat('en', { timeZone: name.trim() }).resolvedOptions().timeZone);
  } catch {
    return undefined;
  }
}
