/** What takes longer never comes: the test then says what it waited for, and what came instead. */
const PATIENCE_MS = 60_000;

export interface Waiting {
  /** Looks again for everybody who waits. */
  changed(): void;
  /** Resolves to what `find` finds, now or after a change. Rejects after a minute, and with what `find` throws. */
  until<T>(what: string, find: () => T | undefined): Promise<T>;
}

/** Waits for things that come with an event. `describe` says what there is instead, for the error. */
export function createWaiting(describe: () => string, patienceMs = PATIENCE_MS): Waiting {
  const looks = new Set<() => void>();
  return {
    changed() {
      for (const look of looks) look();
    },
    until: (what, find) =>
      new Promise((resolve, reject) => {
        const settle = () => {
          clearTimeout(timer);
          looks.delete(look);
        };
        const look = () => {
          try {
            const found = find();
            if (found === undefined) return;
            settle();
            resolve(found);
          } catch (error) {
            settle();
            reject(error);
          }
        };
        const timer = setTimeout(() => {
          settle();
          reject(new Error(`waited in vain for ${what}; there is:\n${describe()}`));
        }, patienceMs);
        looks.add(look);
        look();
      }),
  };
}
