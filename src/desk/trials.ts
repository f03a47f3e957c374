import { createHash } from 'node:crypto';
import type { Library } from '../core/library.ts';
import type { Trial } from './desk-options.ts';

/** Trials kept open: of the draft, of what is live, and of the draft before. */
const MOST = 3;

/** Bots on content that is tried out, each opened once while its content stays the same. */
export interface Trials {
  of(library: Library): Promise<Trial>;
}

export function createTrials(open: (library: Library) => Promise<Trial>): Trials {
  const kept = new Map<string, Promise<Trial>>();
  return {
    of(library) {
      const key = keyOf(library);
      const known = kept.get(key) ?? open(library);
      // The last used is the last to go.
      kept.delete(key);
      kept.set(key, known);
      known.catch(() => kept.delete(key));
      for (const [old, trial] of [...kept].slice(0, -MOST)) {
        kept.delete(old);
        void trial.then((one) => one.close());
      }
      return known;
    },
  };
}

function keyOf({ articles, topics }: Library): string {
  const said = topics.map(({ article, ...topic }) => ({ ...topic, article: article.slug }));
  return createHash('sha256')
    .update(JSON.stringify([articles, said]))
    .digest('base64url');
}
