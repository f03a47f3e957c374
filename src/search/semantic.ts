import { Piscina } from 'piscina';
import { moduleUrl } from '../core/module-url.ts';
import { BUILT_IN } from './embed/built-in-name.ts';
import type { RemoteModel } from './embed/remote.ts';
import type { ReadingProgress, WorkerSettings } from './embed/worker.ts';

/** Sentences that can be searched by meaning. */
export interface SemanticIndex {
  /** Resolves once the sentences are indexed: 10 ms for each that the cache does not have. Rejects if the model fails. */
  readonly ready: Promise<void>;
  /** How like a text each sentence is, in order: 1 for the same meaning. Waits until they are indexed. Rejects if the model fails. */
  query(text: string): Promise<Float32Array>;
  /** Frees what the index holds. */
  drop(): void;
  /** No question will be answered any more. */
  readonly ended: boolean;
  /** The model that answers now: likeness means something else with each. */
  readonly model?: string;
  /** The model that answers now reads many languages, not English alone. */
  readonly multilingual?: boolean;
}

/** A language model in a thread of its own. */
export interface Semantics {
  index(sentences: readonly string[]): SemanticIndex;
  /**
   * Pairs of texts, by their places, at least as like each other as `least`, 1 for the same meaning. Nothing of the texts is
   * kept on the disk. Rejects if the model fails.
   */
  pairs(texts: readonly string[], least: number): Promise<readonly (readonly [number, number])[]>;
  close(): Promise<void>;
}

/** Hears how far the reading of new sentences has come. */
export type OnReading = (reading: ReadingProgress) => void;

/** Texts read at once: while content is indexed, questions go on. */
const AT_ONCE = 16;

/**
 * Starts a thread with a model: the built-in one, or one on another server. It keeps no program alive that waits for
 * nothing. `cacheFile` holds the vectors of content between runs; it can be deleted at any time. `onReading` hears of sentences that
 * it lacks: how many there are, then how many have been read.
 */
export function startSemantics(cacheFile: string, remote?: RemoteModel, onReading?: OnReading): Semantics {
  const workerData: WorkerSettings = { cacheFile, remote };
  const pool = new Piscina({
    filename: moduleUrl('embed/worker', import.meta.url).href,
    workerData,
    minThreads: 1,
    maxThreads: 1,
    concurrentTasksPerWorker: AT_ONCE,
    // What is indexed lives in the thread.
    idleTimeout: Number.POSITIVE_INFINITY,
    // A call to a server goes on while the thread has nothing else to do.
    atomics: 'disabled',
  });
  // What goes wrong in the thread rejects the call that it went wrong in. After the end, nobody waits for an answer.
  pool.on('error', () => undefined);
  if (onReading) pool.on('message', onReading);
  let ended = false;
  let ids = 0;
  const call = async <T>(name: string, task: unknown): Promise<T> => {
    if (ended) throw new Error('the thread of the language model has ended');
    return pool.run(task, { name });
  };
  return {
    index(sentences) {
      ids += 1;
      const id = ids;
      const start = (): Promise<void> => call('index', { id, sentences });
      let indexed = start();
      // Whoever asks meets the failure; nobody need ask.
      indexed.catch(() => undefined);
      let dropped = false;
      const ask = async (text: string): Promise<Float32Array | undefined> => {
        await indexed;
        return dropped ? new Float32Array(sentences.length) : call('query', { id, text });
      };
      return {
        model: remote?.model ?? BUILT_IN,
        multilingual: remote?.multilingual ?? false,
        get ready() {
          return indexed;
        },
        async query(text) {
          const likeness = await ask(text);
          if (likeness) return likeness;
          // The thread died and was started anew, empty.
          indexed = start();
          return (await ask(text)) ?? new Float32Array(sentences.length);
        },
        drop() {
          dropped = true;
          call('drop', id).catch(() => undefined);
        },
        get ended() {
          return ended;
        },
      };
    },
    pairs: (texts, least) => call('pairs', { texts, least }),
    async close() {
      ended = true;
      await pool.destroy();
    },
  };
}
