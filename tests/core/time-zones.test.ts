import { expect, it } from 'vitest';
import { completeTimeZone } from '../../src/core/time-zones.ts';

it.each([
  ['new yo', 'America/New_York'],
  ['lord', 'Australia/Lord_Howe'],
  ['europe/lon', 'Europe/London'],
  ['BAKU', 'Asia/Baku'],
])('%j is completed to %s', (typed, zone) => {
  expect(completeTimeZone(typed)[0]).toEqual({ name: zone, value: zone });
});

it('offers all zones for nothing, and none for nonsense', () => {
  expect(completeTimeZone('').length).toBeGreaterThan(300);
  expect(completeTimeZone('zzzz')).toEqual([]);
});
