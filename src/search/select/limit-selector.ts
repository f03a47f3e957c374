import { SelectionFailed, type Selector } from './selector.ts';

export interface SelectorLimits {
  /** Questions that the model is asked in one day, by UTC; then the search decides by itself until the next. */
  readonly perDay: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Hears of every failure, without the question, and of the first question of a day that is one too many. */
  readonly onFailure: (details: { readonly model: string; readonly reason: string }, message: string) => void;
}

/** Questions that the model is asked at once; further ones are decided by the search. */
const MAX_AT_ONCE = 8;
/** After so many failures in a row the model rests. */
const MAX_FAILURES = 3;
const REST_MS = 60_000;
const DAY_MS = 24 * 3_600_000;

/**
 * The same selector, asked no more often than it may be: within a budget for each day, few questions at once, and not for
 * a minute after it failed time and again. Undefined stands for “decide without it”; it never rejects.
 */
export function limitSelector(selector: Selector, { perDay, now, onFailure }: SelectorLimits) {
  const { model } = selector;
  let day = 0;
  let asked = 0;
  let underWay = 0;
  let failures = 0;
  let restsUntil = 0;
  const isSpent = (): boolean => {
    const today = Math.floor(now() / DAY_MS);
    if (today !== day) [day, asked] = [today, 0];
    asked += 1;
    if (asked === perDay + 1) onFailure({ model, reason: 'budget' }, 'the selector’s budget for today is spent');
    return asked > perDay;
  };
  return {
    model,
    async select(request: Parameters<Selector['select']>[0]) {
      if (now() < restsUntil || underWay >= MAX_AT_ONCE || isSpent()) return undefined;
      underWay += 1;
      try {
        const selection = await selector.select(request);
        failures = 0;
        return selection;
      } catch (error) {
        failures += 1;
        if (failures >= MAX_FAILURES) restsUntil = now() + REST_MS;
        const reason = error instanceof SelectionFailed ? error.message : 'fault';
        onFailure({ model, reason }, 'the selector gave no answer; the search decided');
        return undefined;
      } finally {
        underWay -= 1;
      }
    },
  };
}

export type LimitedSelector = ReturnType<typeof limitSelector>;
