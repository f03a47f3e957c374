import type { Topic } from './article.ts';

/** A refusal that the user is meant to read: what is wrong and what to do. Anything else thrown is a fault of ours. */
export class RefusedQuestion extends Error {
  override readonly name = 'RefusedQuestion';
  readonly title: string;
  readonly suggestions: readonly Topic[];

  constructor(title: string, remedy: string, suggestions: readonly Topic[] = []) {
    super(remedy);
    this.title = title;
    this.suggestions = suggestions;
  }
}
