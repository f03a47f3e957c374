/** A limited number of places, one for each piece of work in progress. */
export interface Places {
  /** Resolves once this many are taken. */
  take(count: number): Promise<void>;
  free(count: number): void;
  /** Resolves once none is taken. */
  idle(): Promise<void>;
}

export function createPlaces(total: number): Places {
  let left = total;
  let changed = Promise.withResolvers<void>();
  const until = async (enough: () => boolean): Promise<void> => {
    while (!enough()) await changed.promise;
  };
  return {
    async take(count) {
      await until(() => left >= Math.min(count, total));
      left -= count;
    },
    free(count) {
      left += count;
      changed.resolve();
      changed = Promise.withResolvers();
    },
    idle: () => until(() => left >= total),
  };
}
