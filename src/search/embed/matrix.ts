import type { Vector } from './embedder.ts';

/** Vectors of one length, one after the other. */
export interface Matrix {
  readonly values: Float32Array;
  readonly rows: number;
  readonly dimension: number;
}

/** Puts vectors one after the other, which makes comparing them several times as fast. One of another length is like nothing. */
export function stack(vectors: readonly Vector[], dimension: number): Matrix {
  const values = new Float32Array(vectors.length * dimension);
  for (const [row, vector] of vectors.entries()) {
    if (vector.length === dimension) values.set(vector, row * dimension);
  }
  return { values, rows: vectors.length, dimension };
}

/** How like a vector each row is. A vector of another length is like nothing. */
export function compareAll({ values, rows, dimension }: Matrix, vector: Vector): Float32Array {
  const likeness = new Float32Array(rows);
  if (vector.length !== dimension) return likeness;
  for (let row = 0; row < rows; row += 1) {
    const start = row * dimension;
    // Four sums at a time keep the processor busy.
    let [a, b, c, d] = [0, 0, 0, 0];
    let at = 0;
    for (; at + 3 < dimension; at += 4) {
      a += (values[start + at] as number) * (vector[at] as number);
      b += (values[start + at + 1] as number) * (vector[at + 1] as number);
      c += (values[start + at + 2] as number) * (vector[at + 2] as number);
      d += (values[start + at + 3] as number) * (vector[at + 3] as number);
    }
    for (; at < dimension; at += 1) a += (values[start + at] as number) * (vector[at] as number);
    likeness[row] = a + b + c + d;
  }
  return likeness;
}
