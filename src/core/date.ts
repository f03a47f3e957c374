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
export function formatDate(date: string): string {
  if (date.startsWith('--'))
    return `${formatPart(`2000${date.slice(1)}`, { day: 'numeric', month: 'long' })} (no year given)`;
  return date
    .split('/')
    .map((part) => {
      const [, month, day] = part.split('-');
      return formatPart(part, {
        ...(day ? { day: 'numeric' } : {}),
        ...(month ? { month: 'long' } : {}),
        year: 'numeric',
      });
    })
    .join('–');
}

function formatPart(date: string, format: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat('en-GB', { ...format, timeZone: 'UTC' }).format(new Date(`${date}`));
}
