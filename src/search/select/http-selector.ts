import { composeMessages, composeSchema } from './compose-prompt.ts';
import { parseSelection } from './parse-selection.ts';
import { SelectionFailed, type SelectionRequest, type Selector } from './selector.ts';

/** Where a model is, and how long it may take. */
export interface SelectorSettings {
  /** The base address of an OpenAI-compatible API, such as `http://127.0.0.1:11434/v1`. */
  readonly url: string;
  readonly model: string;
  readonly key?: string | undefined;
  readonly timeoutMs: number;
}

/** An answer is a verdict and a few ids; what is longer is not one. In bytes. */
const MAX_BODY = 256 * 1024;
/** Tokens that a model may answer with: enough for all ids of a list. */
const MAX_TOKENS = 500;

/** Asks a model over HTTP, https://platform.openai.com/docs/api-reference/chat/create. Tries once. */
export function createHttpSelector({ url, model, key, timeoutMs }: SelectorSettings): Selector {
  const address = `${url.replace(/\/chat\/completions$/, '')}/chat/completions`;
  return {
    model,
    async select(request) {
      const body = await post(address, key, timeoutMs, composeBody(model, request));
      return parseSelection(body, request);
    },
  };
}

function composeBody(model: string, request: SelectionRequest): object {
  return {
    model,
    messages: composeMessages(request),
    temperature: 0,
    max_tokens: MAX_TOKENS,
    response_format: {
      type: 'json_schema',
      json_schema: { name: 'selection', strict: true, schema: composeSchema(request) },
    },
  };
}

async function post(address: string, key: string | undefined, timeoutMs: number, body: object): Promise<string> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(address, {
      method: 'POST',
      // A redirect could lead the question elsewhere.
      redirect: 'error',
      headers: { 'content-type': 'application/json', ...(key ? { authorization: `Bearer ${key}` } : {}) },
      body: JSON.stringify(body),
      signal,
    });
    if (!response.ok) {
      await response.body?.cancel();
      throw new SelectionFailed('refused', String(response.status));
    }
    return await readBody(response);
  } catch (error) {
    if (error instanceof SelectionFailed) throw error;
    throw new SelectionFailed(signal.aborted ? 'slow' : 'unreachable');
  }
}

async function readBody(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > MAX_BODY) throw new SelectionFailed('broken', 'too long');
  }
  return text + decoder.decode();
}
