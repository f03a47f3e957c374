import type { Topic } from './article.ts';
import { type Text, writeText } from './text.ts';

/** Something that the person at the terminal can mend: its message says what is wrong and what to do, and holds no secret. */
export class UserError extends Error {
  override readonly name: string = 'UserError';
}

/** A refusal that the user is meant to read: what is wrong and what to do. Anything else thrown is a fault of ours. */
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
