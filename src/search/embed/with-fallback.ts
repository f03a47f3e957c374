import type { SemanticIndex, Semantics } from '../semantic.ts';

/** How long a model that failed is left alone, in milliseconds. */
const REST_MS = 60_000;

export interface FallbackOptions {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Hears of each failure of the first model, once for each time that the second takes its place. */
  readonly onFailure: (error: unknown) => void;
}

/**
 * A model with another that takes its place while it fails. The second is started with the first failure, and until it is
 * ready nothing is found by meaning. The first is tried again after a minute.
 */
export function withFallback(first: Semantics, openSecond: () => Semantics, options: FallbackOptions): Semantics {
  let second: Semantics | undefined;
  const getSecond = (): Semantics => {
    second ??= openSecond();
    return second;
  };
  return {
    index: (sentences) => indexWithFallback(sentences, first, getSecond, options),
    pairs: (texts, least) => first.pairs(texts, least).catch(() => getSecond().pairs(texts, least)),
    close: async () => void (await Promise.all([first.close(), second?.close()])),
  };
}

function indexWithFallback(
  sentences: readonly string[],
  first: Semantics,
  getSecond: () => Semantics,
  { now, onFailure }: FallbackOptions,
): SemanticIndex {
  let own = first.index(sentences);
  let state: 'indexing' | 'ready' | 'resting' = 'indexing';
  let restsUntil = 0;
  let other: { readonly index: SemanticIndex; isReady: boolean } | undefined;
  let dropped = false;

  const fail = (error: unknown): void => {
    if (dropped || own.ended) return;
    if (state !== 'resting') onFailure(error);
    state = 'resting';
    restsUntil = now() + REST_MS;
    if (other) return;
    const started = { index: getSecond().index(sentences), isReady: false };
    other = started;
    started.index.ready.then(
      () => {
        started.isReady = true;
      },
      () => undefined,
    );
  };
  const watch = (index: SemanticIndex): Promise<void> =>
    index.ready.then(() => {
      state = 'ready';
    }, fail);
  const firstTry = watch(own);

  return {
    ready: firstTry.then(() => (state === 'ready' ? undefined : other?.index.ready)),
    get model() {
      return (state === 'ready' ? own : (other?.index ?? own)).model ?? '';
    },
    get multilingual() {
      return state === 'ready' && (own.multilingual ?? false);
    },
    async query(text) {
      if (state === 'resting' && now() >= restsUntil) {
        state = 'indexing';
        own.drop();
        own = first.index(sentences);
        void watch(own);
      }
      if (state === 'ready') {
        try {
          return await own.query(text);
        } catch (error) {
          fail(error);
        }
      }
      if (other?.isReady) return other.index.query(text);
      throw new Error('no language model is ready');
    },
    drop() {
      dropped = true;
      own.drop();
      other?.index.drop();
    },
    get ended() {
      return own.ended;
    },
  };
}
