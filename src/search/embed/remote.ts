import { z } from 'zod';
import { readBody } from '../read-body.ts';
import { type Embedder, normalize } from './embedder.ts';

/** A model on a server that speaks OpenAI's /v1/embeddings, such as Ollama, llama.cpp, LM Studio, vLLM or a cloud. */
export interface RemoteModel {
  /** The base address, such as `http://127.0.0.1:11434/v1`. */
  readonly url: string;
  readonly model: string;
  readonly key?: string | undefined;
  /** It reads many languages. */
  readonly multilingual: boolean;
  /** How long one call may take, in milliseconds. */
  readonly timeoutMs: number;
}

/** Texts in one call. */
const BATCH = 64;
/** 64 vectors of 4,096 numbers with all their digits. In characters. */
const MAX_BODY = 16 * 1024 * 1024;
/** What a model is shown first, to learn how long its vectors are. */
const PROBE = 'A question about an article.';

const answerSchema = z.object({
  data: z.array(z.object({ embedding: z.array(z.number()), index: z.int().optional() })),
});

/** Reaches the model and learns its dimension. Rejects if it gives no vectors. */
export async function openRemote({ url, model, key, timeoutMs }: RemoteModel): Promise<Embedder> {
  const address = `${url.replace(/\/embeddings$/, '')}/embeddings`;
  const request = async (input: readonly string[]): Promise<number[][]> => {
    const response = await fetch(address, {
      method: 'POST',
      // A redirect could lead the texts elsewhere.
      redirect: 'error',
      headers: { 'content-type': 'application/json', ...(key ? { authorization: `Bearer ${key}` } : {}) },
      body: JSON.stringify({ model, input, encoding_format: 'float' }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (!response.ok) throw new Error(`the embeddings’ server answers ${response.status}`);
    const text = await readBody(response, MAX_BODY);
    if (text === undefined) throw new Error('the embeddings’ server answers without end');
    const read = answerSchema.safeParse(JSON.parse(text));
    if (!read.success || read.data.data.length !== input.length) {
      throw new Error('the embeddings’ server gives something else than a vector for each text');
    }
    return read.data.data.toSorted((a, b) => (a.index ?? 0) - (b.index ?? 0)).map(({ embedding }) => embedding);
  };
  const dimension = (await request([PROBE]))[0]?.length ?? 0;
  if (dimension === 0) throw new Error('the embeddings’ server gives empty vectors');
  return {
    model,
    dimension,
    batch: BATCH,
    embed: async (texts) => (await request(texts)).map((vector) => normalize(vector, dimension)),
  };
}
