/**
 * Gathers items while the work on those before them goes on, and then hands them over together. So a busy time makes large
 * batches, and a quiet one waits for nobody. What this gives resolves, or rejects, with the batch that the item was in.
 */
export function createBatcher<T>(work: (items: readonly T[]) => Promise<void>): (item: T) => Promise<void> {
  let waiting: T[] = [];
  let next: Promise<void> | undefined;
  let previous: Promise<void> = Promise.resolve();
  const begin = (): Promise<void> => {
    const items = waiting;
    waiting = [];
    next = undefined;
    const done = work(items);
    previous = done.catch(() => undefined);
    return done;
  };
  return (item) => {
    waiting.push(item);
    next ??= previous.then(begin);
    return next;
  };
}
