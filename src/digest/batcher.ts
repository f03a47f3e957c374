/**
 * Collects items while earlier ones are being worked on, and then hands them over together. So busy times make large batches, and
 * in quiet times nothing waits. The promise returned resolves or rejects with the batch that holds the item.
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
