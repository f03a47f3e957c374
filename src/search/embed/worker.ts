// A worker thread, so that a model's arithmetic never holds up the bot. semantic.ts calls its exported functions.

import { availableParallelism } from 'node:os';
import { setImmediate as turn } from 'node:timers/promises';
import { parentPort } from 'node:worker_threads';
import { LRUCache } from 'lru-cache';
import { move, Piscina, workerData } from 'piscina';
import { moduleUrl } from '../../core/module-url.ts';
import { compare, type Embedder, type Vector } from './embedder.ts';
import { compareAll, type Matrix, stack } from './matrix.ts';
import type { RemoteModel } from './remote.ts';
import { openVectorCache } from './vector-cache.ts';

/** What the worker starts with. */
export interface WorkerSettings {
  readonly cacheFile: string;
  /** The built-in model if left out. */
  readonly remote?: RemoteModel | undefined;
}

/** How far the reading of texts that the cache lacked has come; the worker posts it. */
export interface ReadingProgress {
  readonly done: number;
  readonly total: number;
}

/** After so many texts it is told how far the reading has come. */
const TELL_EVERY = 100;
/** Questions whose vectors are kept. */
const MAX_ASKED = 500;
const NOTHING: Vector = new Float32Array(0);

/** How like two sentences of one article are on the average, to the built-in model, on whose scale the search decides. */
const OWN_BACKGROUND = 0.35;
/** Texts from which on a second thread helps to read them: it takes two seconds to start. */
const MANY = 1000;
/** After so many texts the vectors are written, so that a run that is cut off loses a few seconds of work. */
const SAVE_EVERY = 1000;
/** The model's own memory, three times over, in bytes. */
const MEMORY_OF_HELPER = 1e9;
const HELPER = moduleUrl('helper', import.meta.url).href;

/** Pairs of sentences from which it is learned how like any two are to another model. */
const SAMPLED_PAIRS = 1000;

const { cacheFile, remote } = workerData as WorkerSettings;
/** Opened with the first index, and anew after a failure. */
let opened: ReturnType<typeof open> | undefined;
/** What is indexed, and how like any two sentences of it are. */
const indexes = new Map<number, { readonly vectors: Matrix; readonly background: number }>();
const asked = new LRUCache<string, Vector>({ max: MAX_ASKED });

async function open() {
  // Each is loaded only if it is used: the built-in model takes 270 MB.
  const embedder = remote
    ? await (await import('./remote.ts')).openRemote(remote)
    : await (await import('./built-in.ts')).openBuiltIn();
  return { embedder, cache: openVectorCache(cacheFile, embedder) };
}

async function getOpened() {
  opened ??= open();
  try {
    return await opened;
  } catch (error) {
    opened = undefined;
    throw error;
  }
}

/** Reads sentences, to be found under this number. Those that the cache has cost nothing. */
export async function index({ id, sentences }: { id: number; sentences: readonly string[] }): Promise<void> {
  const { embedder, cache } = await getOpened();
  const known = new Map<string, Vector | undefined>(sentences.map((text) => [text, text ? undefined : NOTHING]));
  const missing = [...known.keys()].filter((text) => {
    known.set(text, known.get(text) ?? cache.get(text));
    return !known.get(text);
  });
  let done = 0;
  const tell = (): void => parentPort?.postMessage({ done, total: missing.length } satisfies ReadingProgress);
  if (missing.length > 0) tell();
  await readAll(missing, embedder, (text, vector) => {
    known.set(text, vector);
    cache.set(text, vector);
    done += 1;
    if (done % TELL_EVERY === 0) tell();
    if (done % SAVE_EVERY === 0) cache.write(sentences);
  });
  const vectors = sentences.map((text) => known.get(text) ?? NOTHING);
  indexes.set(id, {
    vectors: stack(vectors, embedder.dimension),
    background: remote ? measureBackground(vectors) : OWN_BACKGROUND,
  });
  if (missing.length > 0) cache.write(sentences);
}

/**
 * Reads texts in batches. If there are many, a second thread reads some of them, if the machine has a processor and memory for
 * a second model; what fails there is read here.
 */
async function readAll(
  texts: readonly string[],
  embedder: Embedder,
  store: (text: string, vector: Vector) => void,
): Promise<void> {
  const batches: string[][] = [];
  for (let start = 0; start < texts.length; start += embedder.batch)
    batches.push(texts.slice(start, start + embedder.batch));
  const readWith = async (embed: (batch: string[]) => Promise<Vector[]>): Promise<void> => {
    for (let batch = batches.shift(); batch; batch = batches.shift()) {
      try {
        const vectors = await embed(batch);
        for (const [at, text] of batch.entries()) store(text, vectors[at] as Vector);
      } catch (error) {
        batches.push(batch);
        throw error;
      }
      // Questions to what is indexed already come in between.
      await turn();
    }
  };
  const helper = texts.length >= MANY && hasRoom() ? new Piscina({ filename: HELPER, maxThreads: 1 }) : undefined;
  const helped = helper && readWith((batch) => helper.run(batch)).catch(() => undefined);
  try {
    await readWith((batch) => embedder.embed(batch));
  } catch (error) {
    batches.length = 0;
    throw error;
  } finally {
    await helped;
    await helper?.destroy();
  }
  // What the helper had taken and could not read.
  await readWith((batch) => embedder.embed(batch));
}

function hasRoom(): boolean {
  return remote === undefined && availableParallelism() > 1 && process.availableMemory() > MEMORY_OF_HELPER;
}

/** How like a text each sentence is, in order; undefined if nothing is indexed under this number. */
export async function query({ id, text }: { id: number; text: string }): Promise<Float32Array | undefined> {
  const indexed = indexes.get(id);
  if (!indexed) return undefined;
  const likeness = compareAll(indexed.vectors, await read(text));
  const scaled = indexed.background === OWN_BACKGROUND ? likeness : likeness.map(createScale(indexed.background));
  // Handed over, not copied.
  return move(scaled) as unknown as Float32Array;
}

/** Pairs of texts, by their places, at least as like each other as `least`. The texts are not kept on the disk. */
export async function pairs({
  texts,
  least,
}: {
  texts: readonly string[];
  least: number;
}): Promise<[number, number][]> {
  const { embedder } = await getOpened();
  const missing = [...new Set(texts)].filter((text) => text && !asked.get(text));
  const embedded = new Map<string, Vector>();
  for (let start = 0; start < missing.length; start += embedder.batch) {
    const batch = missing.slice(start, start + embedder.batch);
    for (const [at, vector] of (await embedder.embed(batch)).entries()) embedded.set(batch[at] ?? '', vector);
    // Questions to what is indexed come in between.
    await turn();
  }
  const vectors = texts.map((text) => asked.get(text) ?? embedded.get(text) ?? NOTHING);
  const scale = createScale(remote ? measureBackground(vectors) : OWN_BACKGROUND);
  return vectors.flatMap((one, first) =>
    vectors.flatMap((other, second): [number, number][] =>
      second > first && scale(compare(one, other)) >= least ? [[first, second]] : [],
    ),
  );
}

/** How like any two sentences are on the average, from pairs far apart. */
function measureBackground(vectors: readonly Vector[]): number {
  const step = Math.max(1, Math.floor(vectors.length / SAMPLED_PAIRS));
  const apart = Math.floor(vectors.length / 2);
  let sum = 0;
  let count = 0;
  for (let at = 0; at + apart < vectors.length; at += step) {
    sum += compare(vectors[at] ?? NOTHING, vectors[at + apart] ?? NOTHING);
    count += 1;
  }
  return count === 0 ? OWN_BACKGROUND : Math.min(0.95, sum / count);
}

/** Puts likeness to another model on the built-in model's scale: what is like nothing, and what is the same, stay so. */
function createScale(background: number): (similarity: number) => number {
  const stretch = (1 - OWN_BACKGROUND) / (1 - background);
  // Nothing to compare stays like nothing.
  return (similarity) => (similarity === 0 ? 0 : 1 - (1 - similarity) * stretch);
}

/** Frees what is indexed under this number. */
export function drop(id: number): void {
  indexes.delete(id);
}

/** An empty text, all that is left of an emoji or of punctuation, is like nothing: models fail at it. */
async function read(text: string): Promise<Vector> {
  if (!text) return NOTHING;
  const { embedder, cache } = await getOpened();
  const known = cache.get(text) ?? asked.get(text);
  if (known) return known;
  const [vector = NOTHING] = await embedder.embed([text]);
  asked.set(text, vector);
  return vector;
}
