import type { Locale } from '../i18n/locale.ts';
import { english, type Words } from '../i18n/words.ts';

/**
 * Dates as precise as the article gives them, in ISO 8601: `2016`, `2025-10`, `2025-10-07`, an interval of two such
 * dates `2016/2020`, or `--10-07` for a day whose year is not given.
 */
export const DATE_PATTERN = /^(\d{4}(-\d{2}(-\d{2})?)?(\/\d{4}(-\d{2}(-\d{2})?)?)?|--\d{2}-\d{2})$/;

/** Orders dates by their beginning; a day without a year comes after all others. */
export function compareDates(a: string, b: string): number {
  const [first, second] = [sortKey(a), sortKey(b)];
  return first < second ? -1 : first > second ? 1 : 0;
}

function sortKey(date: string): string {
  return date.startsWith('--') ? `9999${date}` : date;
}

/** The date in words: `2016–2020`, `October 2025`, `7 October 2023`, `7 October (no year given)`. */
export function formatDate(date: string, words: Words = english): string {
  const format = (precision: keyof typeof PRECISIONS, part: string) =>
    formatOf(words.locale, precision).format(new Date(part));
  if (date.startsWith('--')) return words('date.no-year', { date: format('dayOfYear', `2000${date.slice(1)}`) });
  return date
    .split('/')
    .map((part) => format((['year', 'month', 'day'] as const)[part.split('-').length - 1] ?? 'day', part))
    .join('–');
}

const PRECISIONS = {
  year: { year: 'numeric' },
  month: { month: 'long', year: 'numeric' },
  day: { day: 'numeric', month: 'long', year: 'numeric' },
  dayOfYear: { day: 'numeric', month: 'long' },
} as const satisfies Readonly<Record<string, Intl.DateTimeFormatOptions>>;

const formats = new Map<string, Intl.DateTimeFormat>();

/** Made once: making one takes a hundred times as long as using it. */
function formatOf(locale: Locale, precision: keyof typeof PRECISIONS): Intl.DateTimeFormat {
  const key = `${locale} ${precision}`;
  const known =
    formats.get(key) ?? new Intl.DateTimeFormat(tagOf(locale), { ...PRECISIONS[precision], timeZone: 'UTC' });
  formats.set(key, known);
  return known;
}

/** A language's name in another, such as `Hebrew` for `he`. */
export function nameLanguage(language: string, { locale }: Pick<Words, 'locale'>): string {
  return new Intl.DisplayNames(locale, { type: 'language' }).of(language) ?? language;
}

/** The bot's English is British. */
function tagOf(locale: Locale): string {
  return locale === 'en' ? 'en-GB' : locale;
}

/** A due time in words, in the subscriber's own zone: `Tue, 24 Nov 2026, 08:00 (Europe/London)`. */
export function formatDue(due: number, zone: string, { locale }: Pick<Words, 'locale'> = english): string {
  const format = new Intl.DateTimeFormat(tagOf(locale), {
    timeZone: zone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return `${format.format(due)} (${zone})`;
}

/** A time of day as people write it, `8`, `8:30`, `8 pm` or `20.30`, as `HH:MM`; undefined if it isn't one. */
export function parseTime(text: string): string | undefined {
  const [, hours, minutes = '00', half] = /^(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm)?$/i.exec(text.trim()) ?? [];
  if (hours === undefined) return undefined;
  const hour = half ? (Number(hours) % 12) + (half.toLowerCase() === 'pm' ? 12 : 0) : Number(hours);
  if (hour > 23 || Number(minutes) > 59 || (half && (Number(hours) < 1 || Number(hours) > 12))) return undefined;
  return `${String(hour).padStart(2, '0')}:${minutes}`;
}
