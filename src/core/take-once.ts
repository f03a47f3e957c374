/** Notes that something came, by its id. False if it was taken before. */
export type Take = (id: string) => Promise<boolean>;

/** Ids that one process remembers by itself; platforms send each again within minutes or not at all. */
const REMEMBERED = 100_000;

/**
 * Tells what is new, over all processes that share a database and after a restart. This process is asked first, the database
 * next. If that cannot say, what this process has not seen counts as new: a question that is answered twice is better than one
 * that is lost.
 */
export function createTakeOnce(take: Take, log: { warn(details: object, message: string): void }): Take {
  const seen = new Set<string>();
  return async (id) => {
    if (seen.has(id)) return false;
    seen.add(id);
    const [oldest] = seen;
    if (seen.size > REMEMBERED && oldest !== undefined) seen.delete(oldest);
    try {
      return await take(id);
    } catch (error) {
      log.warn({ err: error }, 'the bot can’t tell whether this came before, so it answers it');
      return true;
    }
  };
}
