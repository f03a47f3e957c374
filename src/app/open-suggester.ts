import type { Claim, Topic } from '../core/article.ts';
import type { Library } from '../core/library.ts';
import { createModelWordings } from '../editorial/model-wordings.ts';
import { listQuestions } from '../editorial/suggest.ts';
import type { Models } from './model-settings.ts';

/** Suggests wordings for a claim; empty if the model gives none that can be used. */
export type SuggestRemote = (claim: Claim, topic: Topic) => Promise<readonly string[]>;

/** The suggestions of the model that chooses among claims; undefined if the settings name none. Its failures are logged. */
export function openSuggester(
  { selector }: Pick<Models, 'selector'>,
  library: () => Library,
  log: { warn(details: object, message: string): void },
): SuggestRemote | undefined {
  if (!selector) return undefined;
  const suggest = createModelWordings(selector);
  return async (claim, topic) => {
    try {
      return await suggest(claim, topic, listQuestions(library().topics));
    } catch (error) {
      log.warn({ model: selector.model, reason: (error as Error).message }, 'the model suggested nothing');
      return [];
    }
  };
}
