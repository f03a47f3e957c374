/** A long run tries more, for longer: `npm run test:chaos`. */
export const isLong = process.env.CHAOS === 'long';

/**
 * The seeds of this run: always the same few in the short one, others each time in the long one. They stand in the names of
 * the trials, and CHAOS_SEED is the first of them.
 */
export function seeds(short: number, long: number): readonly number[] {
  const first = isLong ? Number(process.env.CHAOS_SEED) : 1;
  return Array.from({ length: isLong ? long : short }, (_, index) => first + index);
}

/** Chance that is the same for the same seed. */
export interface Chance {
  /** A fraction from 0 to 1. */
  next(): number;
  /** A whole number from `least` to `most`. */
  between(least: number, most: number): number;
  pick<T>(list: readonly T[]): T;
}

/** Mulberry32: a few lines, and good enough to choose what goes wrong. */
export function createChance(seed: number): Chance {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));
  return {
    next,
    between,
    pick<T>(list: readonly T[]): T {
      const one = list[between(0, list.length - 1)];
      if (one === undefined) throw new Error('there is nothing to pick');
      return one;
    },
  };
}
