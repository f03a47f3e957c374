import type { Topic } from './article.ts';
import type { Library } from './library.ts';
import type { Question } from './question.ts';
import type { Reply } from './reply.ts';
import type { Search } from './search.ts';

/** What a command may look at. */
export interface Context {
  readonly library: Library;
  readonly search: Search;
  readonly commands: readonly Command[];
}

/** A value offered while somebody types: what is shown, at most 100 characters, and what is sent. */
export interface Choice {
  readonly name: string;
  readonly value: string;
}

/** A text that a command takes. */
export interface Option {
  readonly name: string;
  /** At most 100 characters. */
  readonly description: string;
  readonly required: boolean;
  complete?(typed: string, context: Context): readonly Choice[];
}

/** Something that the bot can be asked. Data and one function; it knows of no platform. */
export interface Command {
  /** Lower-case letters, digits and hyphens, at most 31 characters. */
  readonly name: string;
  /** At most 100 characters. */
  readonly description: string;
  readonly options: readonly Option[];
  /** The topic that this command stands for, where it stands for one. */
  readonly topic?: Topic;
  run(question: Question, context: Context): Reply | Promise<Reply>;
}
