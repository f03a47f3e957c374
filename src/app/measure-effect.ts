import { listCommands } from '../../commands/index.ts';
import type { Library } from '../core/library.ts';
import { type Effect, type EffectQuestion, effectOf } from '../editorial/effect.ts';
import { createSearch } from '../search/search.ts';
import type { Semantics } from '../search/semantic.ts';

/** What becomes of these questions if one library takes the place of another. Both searches end with it. */
export async function measureEffect(
  before: Library,
  after: Library,
  questions: readonly EffectQuestion[],
  semantics: Semantics | undefined,
): Promise<Effect> {
  const open = async (library: Library) => {
    const search = await createSearch(library, listCommands(library), { semantics });
    await search.ready;
    return search;
  };
  const [was, is] = [await open(before), await open(after)];
  try {
    return await effectOf(was.ask, is.ask, questions);
  } finally {
    was.close();
    is.close();
  }
}
