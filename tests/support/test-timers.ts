import type { Timers } from '../../src/time/timers.ts';

/** Time that the test moves on. */
export interface TestTimers extends Timers {
  /** Lets so many milliseconds pass, and runs what comes due, in order. Resolves once that work has had its turn. */
  advance(ms: number): Promise<void>;
  /** In how many milliseconds each piece of work that is still to come is due. */
  pending(): number[];
}

export function createTestTimers(): TestTimers {
  let now = 0;
  let waiting: { readonly at: number; readonly work: () => void }[] = [];
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
  return {
    now: () => now,
    after(ms, work) {
      const one = { at: now + ms, work };
      waiting.push(one);
      return () => {
        waiting = waiting.filter((other) => other !== one);
      };
    },
    async advance(ms) {
      const end = now + ms;
      await settle();
      for (;;) {
        const next = waiting.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
        if (!next) break;
        waiting = waiting.filter((one) => one !== next);
        now = next.at;
        next.work();
        await settle();
      }
      now = end;
    },
    pending: () => waiting.map(({ at }) => at - now).sort((a, b) => a - b),
  };
}
