import { expect, it } from 'vitest';
import { deliveryMark, knownBy, LATE_POST_MS, LEASE_MS, periodOf } from '../../src/digest/doubt.ts';

const due = Date.UTC(2026, 10, 24, 8);
const sentAt = due + 5000;
const soughtFrom = due - 3_600_000;

it('each delivery has a mark of its own, no longer than Discord takes', () => {
  const marks = [
    { subscription: 'a1b2c3d4e5f6', due },
    { subscription: 'a1b2c3d4e5f6', due: due + 60_000 },
    { subscription: 'f6e5d4c3b2a1', due },
  ].map(deliveryMark);
  expect(new Set(marks).size).toBe(3);
  expect(marks[0]).toMatch(/^a1b2c3d4e5f6-[0-9a-z]{6}$/);
  expect(Math.max(...marks.map(({ length }) => length))).toBeLessThanOrEqual(25);
});

it('a message that cannot be found is known not to come once whoever sent it and the platform have given up', () => {
  expect(knownBy({ sentAt, due })).toBe(sentAt + LEASE_MS + LATE_POST_MS);
});

it('before anything was sent, the time counts from when it was due', () => {
  expect(knownBy({ sentAt: 0, due })).toBe(due + LEASE_MS + LATE_POST_MS);
  expect(periodOf({ sentAt: 0, soughtFrom: 0, due }).from).toBeLessThan(due);
});

it('is looked for from when it was sent, or from where a restored backup says, with room for clocks that differ', () => {
  const { from, to } = periodOf({ sentAt, soughtFrom: 0, due });
  expect(sentAt - from).toBe(60_000);
  expect(to - knownBy({ sentAt, due })).toBe(60_000);
  expect(periodOf({ sentAt, soughtFrom, due })).toEqual({ from: soughtFrom - 60_000, to });
});
