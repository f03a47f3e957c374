import { composeMessages, composeSchema } from './compose-prompt.ts';
import { parseSelection } from './parse-selection.ts';
import { completionsAddress, postJson } from './post-json.ts';
import type { SelectionRequest, Selector } from './selector.ts';

/** Where a model is, and how long it may take. */
export interface SelectorSettings {
  /** The base address of an OpenAI-compatible API, such as `http://127.0.0.1:11434/v1`. */
  readonly url: string;
  readonly model: string;
  readonly key?: string | undefined;
  readonly timeoutMs: number;
}

/** Tokens that a model may answer with: enough for all ids of a list. */
const MAX_TOKENS = 500;

/** Asks a model over HTTP, https://platform.openai.com/docs/api-reference/chat/create. Tries once. */
export function createHttpSelector({ url, model, key, timeoutMs }: SelectorSettings): Selector {
  const address = completionsAddress(url);
  return {
    model,
    async select(request) {
      const body = await postJson(address, key, timeoutMs, composeBody(model, request));
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
