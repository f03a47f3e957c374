/** The part of an error that may be logged. */
export interface DescribedError {
  readonly type: string;
  readonly message: string;
  /** Such as `ECONNREFUSED`, or a platform's own number. */
  readonly code?: string | number;
  /** The HTTP status. */
  readonly status?: number;
  /** Where it was thrown, without the message. */
  readonly stack?: string;
  readonly cause?: DescribedError;
  /** The errors of which this one consists. */
  readonly errors?: readonly DescribedError[];
}

const MAX_MESSAGE = 500;
const MAX_FRAMES = 15;
const MAX_DEPTH = 4;
const MAX_ERRORS = 5;

/**
 * The part of an error that may be logged, and nothing else. Libraries attach the whole request to their errors: its body, which
 * holds somebody's question or its answer, and its address, which may let others answer in the bot's name.
 */
export function describeError(error: unknown, depth = 0): DescribedError {
  if (!(error instanceof Error)) return { type: typeof error, message: hideQuoted(String(error)) };
  const { name, message, stack = '', cause } = error;
  const { code, status, statusCode, errors } = error as Error & Partial<Record<string, unknown>>;
  const frames = stack.split('\n').filter((line) => line.startsWith('    at '));
  const deeper = depth < MAX_DEPTH;
  return {
    type: name,
    message: hideQuoted(message),
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    ...(typeof (status ?? statusCode) === 'number' ? { status: Number(status ?? statusCode) } : {}),
    ...(frames.length > 0 ? { stack: frames.slice(0, MAX_FRAMES).join('\n') } : {}),
    ...(deeper && cause !== undefined ? { cause: describeError(cause, depth + 1) } : {}),
    ...(deeper && Array.isArray(errors)
      ? { errors: errors.slice(0, MAX_ERRORS).map((one) => describeError(one, depth + 1)) }
      : {}),
  };
}

/**
 * A library's own words without anything they may quote from a request: text in quotation marks, as in JSON's “Unexpected token in
 * "…"”, and all of an address but its host.
 */
export function hideQuoted(words: string): string {
  return words
    .slice(0, MAX_MESSAGE)
    .replace(/"[^"\n]*"?/g, '"…"')
    .replace(/\b(https?|wss?):\/\/([^\s/?#"]*)[^\s"]*/g, '$1://$2/…');
}
