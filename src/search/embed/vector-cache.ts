import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { Embedder, Vector } from './embedder.ts';

/** Vectors of texts that a model read, kept between runs: content seldom changes, and reading it takes a while. */
export interface VectorCache {
  get(text: string): Vector | undefined;
  set(text: string, vector: Vector): void;
  /** Writes the vectors of these texts, and forgets all others for the next run. Never throws. */
  write(texts: readonly string[]): void;
}

/** Opens a cache. Vectors of another model, or of another dimension, are not in it. A file that cannot be read is an empty one. */
export function openVectorCache(
  file: string,
  { model, dimension }: Pick<Embedder, 'model' | 'dimension'>,
): VectorCache {
  const keyOf = (text: string) =>
    createHash('sha256')
      .update(JSON.stringify([model, dimension, text]))
      .digest('base64url');
  const vectors = readVectors(file);
  return {
    get(text) {
      const found = vectors.get(keyOf(text));
      return found?.length === dimension ? found : undefined;
    },
    set: (text, vector) => void vectors.set(keyOf(text), vector),
    write(texts) {
      const keys = new Set(texts.map(keyOf));
      writeVectors(file, new Map([...vectors].filter(([key]) => keys.has(key))));
    },
  };
}

function readVectors(file: string): Map<string, Vector> {
  try {
    const read: unknown = deserialize(readFileSync(file));
    const isWhole = read instanceof Map && [...read.values()].every((one) => one instanceof Float32Array);
    return isWhole ? read : new Map();
  } catch {
    return new Map();
  }
}

function writeVectors(file: string, vectors: ReadonlyMap<string, Vector>): void {
  const part = `${file}.${process.pid}`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(part, serialize(vectors));
    renameSync(part, file);
  } catch {
    // A read-only folder, or a full disk, costs time at the next start and nothing else.
    if (existsSync(part)) rmSync(part);
  }
}
