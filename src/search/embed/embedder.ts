/** A text's meaning, of length 1. The empty one stands for a text without any: it is like nothing. */
export type Vector = Float32Array;

/** Turns texts into vectors. */
export interface Embedder {
  /** The model's name. Vectors of one model say nothing of another's. */
  readonly model: string;
  /** Numbers in one vector. */
  readonly dimension: number;
  /** Texts that go into one call of `embed` at most. */
  readonly batch: number;
  /** A vector for each text, in order. Rejects if the model cannot be reached, or gives something else. */
  embed(texts: readonly string[]): Promise<Vector[]>;
}

/** A vector made to be of length 1. Throws if it is not of the model's dimension, or holds something that isn't a number. */
export function normalize(numbers: ArrayLike<number>, dimension: number): Vector {
  const values = Float32Array.from(numbers);
  if (values.length !== dimension) throw new Error(`a vector has ${values.length} numbers, not ${dimension}`);
  const length = Math.hypot(...values);
  if (!Number.isFinite(length)) throw new Error('a vector holds something that isn’t a number');
  return length === 0 ? values : values.map((value) => value / length);
}

/** How like two vectors are: 1 for the same meaning. Those of different lengths are not alike. */
export function compare(a: Vector, b: Vector): number {
  if (a.length !== b.length) return 0;
  let sum = 0;
  for (let at = 0; at < a.length; at += 1) sum += (a[at] as number) * (b[at] as number);
  return sum;
}
