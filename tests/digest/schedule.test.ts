import { DateTime, IANAZone } from 'luxon';
import { describe, expect, it } from 'vitest';
import { DAYS, type Days, WEEKDAYS } from '../../src/core/digests.ts';
import { planSubscription, rememberNextDue } from '../../src/digest/plan.ts';
import { nextDue } from '../../src/digest/schedule.ts';

const utc = (text: string) => Date.parse(`${text}Z`);
const iso = (time: number) => new Date(time).toISOString().slice(0, 16);
const next = (time: string, zone: string, after: string, days: Days = 'daily') =>
  iso(nextDue({ time, zone, days }, utc(after)));

/** All due times from one moment to another, in order. */
function dueBetween(time: string, zone: string, days: Days, from: number, to: number): number[] {
  const found: number[] = [];
  for (let at = nextDue({ time, zone, days }, from); at < to; at = nextDue({ time, zone, days }, at)) found.push(at);
  return found;
}

/** No zone has changed its clocks by more than this at once, but for those that changed their date. */
const LARGEST_SHIFT = 130;

/** The same by another library, minute by minute: on each local day, the first moment that is not before the time. */
function expectedBetween(time: string, zone: string, days: Days, from: number, to: number): number[] {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  const found: number[] = [];
  const end = DateTime.fromMillis(to, { zone }).plus({ days: 1 });
  for (
    let day = DateTime.fromMillis(from, { zone }).startOf('day');
    day < end;
    day = day.plus({ days: 1 }).startOf('day')
  ) {
    const wanted = days === 'daily' || (days === 'weekdays' ? day.weekday <= 5 : WEEKDAYS[day.weekday - 1] === days);
    if (!wanted) continue;
    const after = day.plus({ days: 1 }).startOf('day');
    // The clocks change on few days: only these are gone through.
    const plain = day.offset === after.offset && day.hour === 0 && day.minute === 0;
    const begin = hour * 60 + minute - (plain ? 0 : LARGEST_SHIFT);
    for (let at = day.toMillis() + Math.max(0, begin) * 60_000; at < after.toMillis(); at += 60_000) {
      const local = DateTime.fromMillis(at, { zone });
      if (local.hour * 60 + local.minute < hour * 60 + minute) continue;
      if (at > from && at < to) found.push(at);
      break;
    }
  }
  return found;
}

const ZONES = [
  'Europe/London',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Africa/Cairo',
  'Antarctica/Troll',
  'America/St_Johns',
  'Pacific/Chatham',
];

describe.each(ZONES)('in %s', (zone) => {
  it.each(['00:00', '01:30', '02:15', '23:59'])('%s comes once on each day of a year', (time) => {
    expect(IANAZone.isValidZone(zone)).toBe(true);
    const [from, to] = [utc('2025-12-31T12:00'), utc('2026-12-31T12:00')];
    expect(dueBetween(time, zone, 'daily', from, to).map(iso)).toEqual(
      expectedBetween(time, zone, 'daily', from, to).map(iso),
    );
  });
});

it.each(DAYS)('%s falls on those days', (days) => {
  const [from, to] = [utc('2026-01-01T00:00'), utc('2027-01-01T00:00')];
  expect(dueBetween('08:30', 'Europe/Berlin', days, from, to)).toEqual(
    expectedBetween('08:30', 'Europe/Berlin', days, from, to),
  );
});

describe('a clock change', () => {
  it('that skips the time brings it at the first moment after', () => {
    expect(next('02:30', 'America/New_York', '2026-03-08T00:00')).toBe('2026-03-08T07:00');
    expect(next('02:10', 'Australia/Lord_Howe', '2026-10-03T15:00')).toBe('2026-10-03T15:30');
  });

  it('in which the time comes twice brings it once, the first time', () => {
    expect(next('01:30', 'America/New_York', '2026-11-01T00:00')).toBe('2026-11-01T05:30');
    expect(next('01:30', 'America/New_York', '2026-11-01T05:30')).toBe('2026-11-02T06:30');
  });

  it('over midnight keeps the day', () => {
    // In Beirut, midnight does not exist on 29 March 2026.
    expect(next('00:00', 'Asia/Beirut', '2026-03-28T12:00')).toBe('2026-03-28T22:00');
    expect(next('00:00', 'Asia/Beirut', '2026-03-28T22:00')).toBe('2026-03-29T21:00');
  });

  it('that leaves a date out leaves its digest out', () => {
    expect(next('08:00', 'Pacific/Apia', '2011-12-29T12:00')).toBe('2011-12-29T18:00');
    expect(next('08:00', 'Pacific/Apia', '2011-12-29T18:00')).toBe('2011-12-30T18:00');
  });

  it('of a zone that changed its rules counts as the rules were and are', () => {
    expect(next('08:00', 'Africa/Cairo', '2022-07-01T00:00')).toBe('2022-07-01T06:00');
    expect(next('08:00', 'Africa/Cairo', '2026-07-01T00:00')).toBe('2026-07-01T05:00');
  });
});

it('refuses a zone and a time that are none', () => {
  expect(() => next('08:00', 'Europe/Nowhere', '2026-01-01T00:00')).toThrow(RangeError);
  expect(() => next('25:00', 'UTC', '2026-01-01T00:00')).toThrow(RangeError);
});

describe('after downtime', () => {
  const schedule = { time: '08:00', zone: 'UTC', days: 'daily' as const };
  const HOUR = 3_600_000;
  const due = utc('2026-05-01T08:00');
  const plan = (now: string) => planSubscription(schedule, due, utc(now), 6 * HOUR);

  it('on time, there is one digest to deliver', () => {
    expect(plan('2026-05-01T08:00')).toEqual({ entries: [{ due, state: 'pending' }], next: due + 24 * HOUR });
  });

  it('the last one is delivered if it is not too late, and all before are missed', () => {
    expect(plan('2026-05-03T14:00').entries.map(({ state }) => state)).toEqual(['missed', 'missed', 'pending']);
    expect(plan('2026-05-03T14:01').entries.map(({ state }) => state)).toEqual(['missed', 'missed', 'missed']);
    expect(plan('2026-05-03T14:01').next).toBe(utc('2026-05-04T08:00'));
  });

  it('only the last one is delivered, even if those before are not too late either', () => {
    const { entries } = planSubscription(schedule, due, utc('2026-05-03T14:00'), 72 * HOUR);
    expect(entries.map(({ state }) => state)).toEqual(['missed', 'missed', 'pending']);
  });

  it('years of it are told in a few rows', () => {
    const { entries, next: then } = plan('2029-05-03T07:59');
    expect(entries).toHaveLength(60);
    expect(iso(then)).toBe('2029-05-03T08:00');
  });

  it('before its time there is nothing', () => {
    expect(plan('2026-05-01T07:59')).toEqual({ entries: [], next: due });
  });
});

it('what is remembered is the next time of that schedule and moment, and of no other', () => {
  const remembered = rememberNextDue();
  const schedules = ['08:00', '09:00'].flatMap((time) =>
    ['UTC', 'Asia/Tokyo'].flatMap((zone) => (['daily', 'monday'] as const).map((days) => ({ time, zone, days }))),
  );
  const moments = [utc('2026-05-01T08:00'), utc('2026-05-05T08:00')];
  for (let round = 0; round < 2; round += 1)
    for (const schedule of schedules)
      for (const moment of moments) expect(remembered(schedule, moment)).toBe(nextDue(schedule, moment));
});
