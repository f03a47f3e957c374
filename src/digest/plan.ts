import type { Schedule } from '../core/digests.ts';
import type { Plan } from '../store/due.ts';
import { nextDue } from './schedule.ts';

/** Missed digests that one look records; a bot that was off for longer has nothing to tell of the days before. */
const MAX_ENTRIES = 60;

/**
 * What is to be done for a subscription that was due at `due`: everything since is missed, except for the last one if it is
 * at most `catchUpMs` late. All times in milliseconds since 1970.
 */
export function planSubscription(
  schedule: Schedule,
  due: number,
  now: number,
  catchUpMs: number,
  next: (schedule: Schedule, after: number) => number = nextDue,
): Plan & { readonly next: number } {
  const times: number[] = [];
  let time = due;
  while (time <= now) {
    times.push(time);
    if (times.length > MAX_ENTRIES) times.shift();
    time = next(schedule, time);
  }
  const entries = times.map((one, index) => ({
    due: one,
    state: index === times.length - 1 && now - one <= catchUpMs ? ('pending' as const) : ('missed' as const),
  }));
  return { entries, next: time };
}

/** The same function of schedule and time, which computes each pair once: thousands of channels share a schedule. */
export function rememberNextDue(): typeof nextDue {
  const known = new Map<string, number>();
  return (schedule, after) => {
    const key = `${schedule.time} ${schedule.zone} ${schedule.days} ${after}`;
    const found = known.get(key) ?? nextDue(schedule, after);
    known.set(key, found);
    return found;
  };
}
