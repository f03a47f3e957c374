// A thread with a model of its own that helps to read many texts. worker.ts calls its default export.
import { openBuiltIn } from './built-in.ts';
import type { Vector } from './embedder.ts';

const opened = openBuiltIn();

/** A vector for each text, in order. */
export default async function read(texts: readonly string[]): Promise<Vector[]> {
  return (await opened).embed(texts);
}
