import { expect, it } from 'vitest';
import { completeTimeZone, findTimeZone } from '../../src/core/time-zones.ts';

it.each([
  ['new yo', 'America/New_York'],
  ['lord', 'Australia/Lord_Howe'],
  ['europe/lon', 'Europe/London'],
  ['BAKU', 'Asia/Baku'],
])('%j is completed to %s', (typed, zone) => {
  expect(completeTimeZone(typed)[0]).toEqual({ name: zone, value: zone });
});

it.each([
  ['asia/kathmandu', 'Asia/Kathmandu'],
  ['Asia/Katmandu', 'Asia/Kathmandu'],
  ['Asia/Calcutta', 'Asia/Kolkata'],
  ['Europe/Kyiv', 'Europe/Kyiv'],
  ['utc', 'UTC'],
  ['Asia/Nowhere', undefined],
])('%j is the zone %s', (typed, zone) => {
  expect(findTimeZone(typed)).toBe(zone);
  if (zone && zone !== 'UTC') expect(completeTimeZone(zone)[0]?.value).toBe(zone);
});

it('offers all zones for nothing, and none for nonsense', () => {
  expect(completeTimeZone('').length).toBeGreaterThan(300);
  expect(completeTimeZone('zzzz')).toEqual([]);
});
