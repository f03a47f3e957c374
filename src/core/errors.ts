import { english, type Words } from '../i18n/words.ts';
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
  /** The refusal in the reader's language. */
  readonly say: (words: Words) => Refused;
  readonly suggestions: readonly Topic[];

  /** Whoever refuses need not know in which language. The error's message is in English. */
  constructor(say: (words: Words) => Refused, suggestions: readonly Topic[] = []) {
    super(writeText(say(english).remedy));
    this.say = say;
    this.suggestions = suggestions;
  }
}

/** A refusal in words. */
export interface Refused {
  readonly title: string;
  readonly remedy: Text;
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
