import { openSemantics } from '../search/embed/open-semantics.ts';
import { createHttpSelector } from '../search/select/http-selector.ts';
import { type LimitedSelector, limitSelector } from '../search/select/limit-selector.ts';
import type { OnReading, Semantics } from '../search/semantic.ts';
import type { ContentConfig, ContentLog } from './open-content.ts';

/** What outlives a change of content: threads, and today's remaining questions to the selector. */
export interface OpenModels {
  readonly semantics: Semantics | undefined;
  readonly selector: LimitedSelector | undefined;
  /** Called if the search by meaning fails. */
  onFailure(error: unknown): void;
  close(): Promise<void>;
}

/** Starts the models that the settings name. `onReading` hears how far the reading of new sentences has come. */
export function openModels(
  { semanticSearch, dataDirectory, models = {} }: ContentConfig,
  log: ContentLog,
  onReading?: OnReading,
): OpenModels {
  let closing = false;
  const warn = (error: unknown, message: string): void => {
    if (!closing) log.warn({ err: error }, message);
  };
  const now = Date.now;
  const { selector, embeddings } = models;
  const semantics = semanticSearch
    ? openSemantics(dataDirectory, embeddings, {
        now,
        onReading,
        onFailure: (error) => warn(error, 'the embeddings’ server failed; the built-in model takes its place'),
      })
    : undefined;
  return {
    semantics,
    selector:
      selector &&
      limitSelector(createHttpSelector(selector), {
        perDay: selector.perDay,
        now,
        onFailure: (details, message) => log.warn(details, message),
      }),
    onFailure: (error) => warn(error, 'search by meaning failed; searching by words alone'),
    async close() {
      closing = true;
      await semantics?.close();
    },
  };
}
