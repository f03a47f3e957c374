import { listCommands } from '../../commands/index.ts';
import type { Library } from '../core/library.ts';
import type { Search } from '../core/search.ts';
import { type Effect, type EffectQuestion, effectOf } from '../editorial/effect.ts';
import { createSearch } from '../search/search.ts';
import type { Semantics } from '../search/semantic.ts';
import { within } from '../time/wait.ts';

/** How long a model may take to read the content, and the questions may take, in milliseconds: an editor waits for it. */
const READING_MS = 20_000;
const ASKING_MS = 20_000;

/**
 * What becomes of these questions if one library takes the place of another: by meaning too if a model reads both in time,
 * otherwise by words alone. Both searches end with it.
 */
export async function measureEffect(
  before: Library,
  after: Library,
  questions: readonly EffectQuestion[],
  semantics: Semantics | undefined,
): Promise<Effect> {
  const [was, is] = await openPair(before, after, semantics);
  try {
    const end = performance.now() + ASKING_MS;
    return await effectOf(was.ask, is.ask, questions, () => performance.now() < end);
  } finally {
    was.close();
    is.close();
  }
}

/** Both search by meaning, or neither does. */
async function openPair(
  before: Library,
  after: Library,
  semantics: Semantics | undefined,
): Promise<readonly [Search, Search]> {
  const open = (library: Library) => createSearch(library, listCommands(library), { semantics });
  const [was, is] = [await open(before), await open(after)];
  const ready = Promise.all([was.ready, is.ready]).then(() => true);
  if (!semantics || (await within(ready, READING_MS))) return [was, is];
  was.close();
  is.close();
  return openPair(before, after, undefined);
}
