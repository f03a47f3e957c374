import { within } from '../time/wait.ts';

/** How long an answer waits for the database, in milliseconds: a slow one must not cost people their answers. */
const ANSWER_MS = 500;

/** What the database answers; undefined if it fails, or takes too long. */
export async function soon<T>(query: Promise<T>): Promise<{ readonly value: T } | undefined> {
  try {
    return await within(
      query.then((value) => ({ value })),
      ANSWER_MS,
    );
  } catch {
    return undefined;
  }
}
