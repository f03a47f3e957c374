import { Temporal } from 'temporal-polyfill';
import { type Days, type Schedule, WEEKDAYS } from '../core/digests.ts';

/** Days to look ahead for the next due time: two weeks hold one of every weekday that exists. */
const HORIZON_DAYS = 15;

/**
 * The first time after `after` at which a digest is due, both in milliseconds since 1970. A local time that a clock change
 * skips is due at the first moment after the gap, one that comes twice at the first of the two; a date that a zone leaves
 * out altogether has no digest. Throws RangeError if the zone or the time isn't valid.
 */
export function nextDue({ time, zone, days }: Schedule, after: number): number {
  const start = Temporal.Instant.fromEpochMilliseconds(after).toZonedDateTimeISO(zone).toPlainDate();
  const plainTime = Temporal.PlainTime.from(time);
  // Yesterday's may come today if a gap spans midnight.
  for (let ahead = -1; ahead <= HORIZON_DAYS; ahead += 1) {
    const date = start.add({ days: ahead });
    if (!isOn(days, date.dayOfWeek)) continue;
    const due = momentOf(date, plainTime, zone);
    if (due !== undefined && due > after) return due;
  }
  throw new RangeError(`no ${days} ${time} in ${zone} within ${HORIZON_DAYS} days`);
}

function isOn(days: Days, dayOfWeek: number): boolean {
  if (days === 'daily') return true;
  if (days === 'weekdays') return dayOfWeek <= 5;
  return WEEKDAYS.indexOf(days) + 1 === dayOfWeek;
}

function momentOf(date: Temporal.PlainDate, time: Temporal.PlainTime, timeZone: string): number | undefined {
  const there = date.toZonedDateTime({ timeZone, plainTime: time });
  if (there.toPlainTime().equals(time) && there.toPlainDate().equals(date)) return there.epochMilliseconds;
  if (!date.toZonedDateTime(timeZone).toPlainDate().equals(date)) return undefined;
  const before = date.toPlainDateTime(time).toZonedDateTime(timeZone, { disambiguation: 'earlier' });
  return (before.getTimeZoneTransition('next') ?? there).epochMilliseconds;
}
