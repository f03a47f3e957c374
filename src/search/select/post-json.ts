import { readBody } from '../read-body.ts';
import { SelectionFailed } from './selector.ts';

/** An answer is a few short things; what is longer is not one. In characters. */
const MAX_BODY = 256 * 1024;

/** Where an OpenAI-compatible API takes messages, https://platform.openai.com/docs/api-reference/chat/create; `url` is its base. */
export function completionsAddress(url: string): string {
  return `${url.replace(/\/chat\/completions$/, '')}/chat/completions`;
}

/** Posts JSON to a model and gives the text of its answer. Tries once. Rejects with SelectionFailed. */
export async function postJson(
  address: string,
  key: string | undefined,
  timeoutMs: number,
  body: object,
): Promise<string> {
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
    const text = await readBody(response, MAX_BODY);
    if (text === undefined) throw new SelectionFailed('broken', 'too long');
    return text;
  } catch (error) {
    if (error instanceof SelectionFailed) throw error;
    throw new SelectionFailed(signal.aborted ? 'slow' : 'unreachable');
  }
}
