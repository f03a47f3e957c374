import type { Topic } from './article.ts';
import { type Text, writeText } from './text.ts';

/** Something that the person at the terminal can fix. Its message says what is wrong and what to do, and holds no secret. */
export class UserError extends Error {
  override readonly name: string = 'UserError';
  readonly what: string;
  /** In whole sentences; empty if `what` says it all. */
  readonly remedy: string;

  /** `what` is without a full stop if a remedy follows. */
  constructor(what: string, remedy = '', options: ErrorOptions = {}) {
    super(wordProblem({ what, remedy }), options);
    this.what = what;
    this.remedy = remedy;
  }
}

/** A problem in one line: what is wrong, then what to do. */
export function wordProblem({ what, remedy }: { readonly what: string; readonly remedy: string }): string {
  return remedy ? `${what}. ${remedy}` : what;
}

/** A refusal for the user to read: what is wrong and what to do. Anything else that is thrown is a bug. */
export class RefusedQuestion extends Error {
  override readonly name = 'RefusedQuestion';
  readonly title: string;
  readonly remedy: Text;
  readonly suggestions: readonly Topic[];

  constructor(title: string, remedy: Text, suggestions: readonly Topic[] = []) {
    super(writeText(remedy));
    this.title = title;
    this.remedy = remedy;
    this.suggestions = suggestions;
  }
}

/** Why something failed, in one word if there is one: the innermost cause, such as `ECONNREFUSED`. */
export function reasonOf(error: unknown): string {
  const { cause, original, code, message } = (error ?? {}) as {
    cause?: unknown;
    original?: unknown;
    code?: unknown;
    message?: string;
  };
  const inner = original ?? cause;
  if (inner) return reasonOf(inner);
  return String(code ?? message ?? error);
}
