/** What takes longer never comes: the test then says what it waited for, and what came instead. */
const PATIENCE_MS = 60_000;

export interface Waiting {
  /** Looks again for everybody who waits. */
  changed(): void;
  /** Resolves to what `find` finds, now or after a change. Rejects after a minute, and with what `find` throws. */
  until<T>(what: string, find: () => T | undefined): Promise<T>;
  /** Gives up waiting; the promises stay open. */
  close(): void;
}

/** Waits for things that come with an event. `describe` says what there is instead, and `explain` makes the error of it. */
export function createWaiting(
  describe: () => string,
  patienceMs = PATIENCE_MS,
  explain = (what: string, instead: string) => `waited in vain for ${what}; there is:\n${instead}`,
): Waiting {
  const looks = new Set<() => void>();
  const timers = new Set<NodeJS.Timeout>();
  return {
    close() {
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
      looks.clear();
    },
    changed() {
      for (const look of [...looks]) look();
    },
    until: (what, find) =>
      new Promise((resolve, reject) => {
        const settle = () => {
          clearTimeout(timer);
          timers.delete(timer);
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
          reject(new Error(explain(what, describe())));
        }, patienceMs);
        timers.add(timer);
        looks.add(look);
        look();
      }),
  };
}
