import { describe, expect, it } from 'vitest';
import { compareDates, DATE_PATTERN, formatDate, formatDue, nameLanguage, parseTime } from '../../src/core/date.ts';

it.each(['2016', '2025-10', '2025-10-07', '2016/2020', '2016-05/2020-06-01', '--10-07'])('%s is a date', (date) => {
  expect(date).toMatch(DATE_PATTERN);
});

it.each([
  '',
  '16',
  '20165',
  '2016-1',
  '2016-10-7',
  '2016/',
  '/2020',
  '2016/20',
  '-10-07',
  '--1-07',
  '--10-07x',
  'x2016',
  '2016 ',
])('%j is not', (date) => {
  expect(date).not.toMatch(DATE_PATTERN);
});

it('dates are in the order of their beginning, those without a year last', () => {
  const sorted = ['1991', '2016/2020', '2023-10', '2023-10-07', '--10-06', '--10-07'];
  expect(sorted.toReversed().sort(compareDates)).toEqual(sorted);
  expect(compareDates('2016', '2016')).toBe(0);
  expect(compareDates('2023', '2016')).toBe(1);
  expect(compareDates('2016', '2023')).toBe(-1);
});

it.each([
  ['2016', '2016'],
  ['2025-10', 'October 2025'],
  ['2023-10-07', '7 October 2023'],
  ['2016/2020', '2016–2020'],
  ['2016-05/2020-06-01', 'May 2016–1 June 2020'],
  ['--10-07', '7 October (no year given)'],
  ['--02-29', '29 February (no year given)'],
])('%s is written %s', (date, text) => {
  expect(formatDate(date)).toBe(text);
});

describe('a due time', () => {
  const due = Date.UTC(2026, 10, 24, 21, 5);

  it.each([
    ['UTC', 'Tue, 24 Nov 2026, 21:05 (UTC)'],
    ['Asia/Baku', 'Wed, 25 Nov 2026, 01:05 (Asia/Baku)'],
    ['America/New_York', 'Tue, 24 Nov 2026, 16:05 (America/New_York)'],
  ])('in %s', (zone, text) => {
    expect(formatDue(due, zone)).toBe(text);
  });

  it('in another language, in its own order', () => {
    expect(formatDue(due, 'UTC', { locale: 'tr' })).toBe('24 Kas 2026 Sal 21:05 (UTC)');
  });

  it('at midnight is 00:00, not 24:00', () => {
    expect(formatDue(Date.UTC(2026, 10, 24), 'UTC')).toContain('00:00');
  });
});

it('names a language in another, and one that nobody knows by its tag', () => {
  expect(nameLanguage('he', { locale: 'en' })).toBe('Hebrew');
  expect(nameLanguage('en', { locale: 'tr' })).toBe('İngilizce');
});

it.each([
  ['8', '08:00'],
  ['08', '08:00'],
  ['8:30', '08:30'],
  ['20.30', '20:30'],
  ['20h30', '20:30'],
  [' 8 pm ', '20:00'],
  ['8PM', '20:00'],
  ['8:15 am', '08:15'],
  ['1 am', '01:00'],
  ['12 am', '00:00'],
  ['12 pm', '12:00'],
  ['0', '00:00'],
  ['23:59', '23:59'],
])('%j is the time %s', (text, time) => {
  expect(parseTime(text)).toBe(time);
});

it.each(['', 'eight', '24', '8:60', '8:5', '008', '13 pm', '0 am', '8 o’clock', 'at 8', '8:30:00', '-8'])(
  '%j is no time',
  (text) => {
    expect(parseTime(text)).toBeUndefined();
  },
);
