import { Worker } from 'node:worker_threads';
import type { Match, WorkerRequest, WorkerResponse } from './semantic-worker.ts';

export type { Match } from './semantic-worker.ts';

/** Sentences that can be searched by meaning. */
export interface SemanticIndex {
  /** Resolves once the sentences are indexed: 10 ms for each that the cache does not have. Rejects where the model fails. */
  readonly ready: Promise<void>;
  /** The sentences nearest in meaning, best first. Waits until they are indexed. Rejects where the model fails. */
  query(text: string, limit: number): Promise<readonly Match[]>;
  /** Frees what the index holds. */
  drop(): void;
  /** The thread has ended: no question will be answered any more. */
  readonly ended: boolean;
}

/** A small language model in a thread of its own. */
export interface Semantics {
  index(sentences: readonly string[]): SemanticIndex;
  close(): Promise<void>;
}

/**
 * Starts the thread. It keeps no program alive. `cacheFile` holds the vectors of content between runs; it can be deleted
 * at any time.
 */
export function startSemantics(cacheFile: string): Semantics {
  const worker = new Worker(new URL('semantic-worker.ts', import.meta.url), { workerData: { cacheFile } });
  const waiting = new Map<number, { resolve(matches: readonly Match[]): void; reject(error: Error): void }>();
  let failure: Error | undefined;
  let closed = false;
  let ids = 0;

  const fail = (error: Error) => {
    failure = error;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  worker.on('error', (error) => fail(error as Error));
  worker.on('exit', () => {
    // Nobody waits for an answer once the bot itself has closed the thread, and nobody should hear of a failure.
    if (closed) waiting.clear();
    fail(new Error('the thread of the language model has ended'));
  });
  worker.on('message', (response: WorkerResponse) => {
    const { resolve, reject } = waiting.get(response.id) ?? {};
    waiting.delete(response.id);
    if (waiting.size === 0) worker.unref();
    if ('matches' in response) resolve?.(response.matches);
    else reject?.(new Error(response.error));
  });
  worker.unref();

  type Unnumbered<T> = T extends { id: number } ? Omit<T, 'id'> : never;
  const send = (request: Unnumbered<WorkerRequest>): Promise<readonly Match[]> =>
    new Promise((resolve, reject) => {
      if (failure) return reject(failure);
      ids += 1;
      waiting.set(ids, { resolve, reject });
      worker.postMessage({ ...request, id: ids });
    });

  let indexes = 0;
  return {
    index(sentences) {
      indexes += 1;
      const index = indexes;
      const indexed = send({ kind: 'index', index, sentences });
      // Whoever asks meets the failure; nobody need ask.
      indexed.catch(() => undefined);
      return {
        get ready() {
          // A program that waits for it stays alive.
          worker.ref();
          return indexed.then(() => undefined);
        },
        async query(text, limit) {
          // A program that waits for an answer stays alive for it.
          worker.ref();
          await indexed;
          worker.ref();
          return send({ kind: 'query', index, text, limit });
        },
        get ended() {
          return failure !== undefined;
        },
        drop: () => void send({ kind: 'drop', index }).catch(() => undefined),
      };
    },
    async close() {
      closed = true;
      await worker.terminate();
    },
  };
}
