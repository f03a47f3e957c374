import { english, KEYS, type Key, type Words } from '../i18n/words.ts';
import type { Topic } from './article.ts';
import type { Choices } from './choices.ts';
import type { Conversations } from './conversation.ts';
import type { Digests } from './digests.ts';
import type { Editors } from './editors.ts';
import type { Gaps } from './gaps.ts';
import type { Library } from './library.ts';
import type { ACTION_OPTION, Question } from './question.ts';
import type { Reply } from './reply.ts';
import type { Search } from './search.ts';

/** What a command may look at. */
export interface Context {
  readonly library: Library;
  readonly search: Search;
  readonly commands: readonly Command[];
  /** Absent if the bot cannot post by itself, as in the terminal. */
  readonly digests?: Digests | undefined;
  /** Absent if nothing is stored. */
  readonly choices?: Choices | undefined;
  /** What was answered before; absent if every question stands alone. */
  readonly conversations?: Conversations | undefined;
  /** Absent if nobody wants to know what readers miss. */
  readonly gaps?: Gaps | undefined;
  /** Absent if there is no channel of theirs. */
  readonly editors?: Editors | undefined;
  /** All articles, including those not chosen in the asker's server or workspace. */
  readonly everything: Library;
}

/** A value offered while somebody types: what is shown, at most 100 characters, and what is sent. */
export interface Choice {
  readonly name: string;
  readonly value: string;
}

/** A text that a command accepts. */
export interface Option {
  readonly name: string;
  /** At most 100 characters. */
  readonly description: string;
  readonly required: boolean;
  complete?(typed: string, context: Context): readonly Choice[];
  /** Whether a word without the option's name can be meant for it, if the command is written as text. */
  accepts?(text: string): boolean;
}

/** One of several things that a command does, such as `subscribe` of `/digest subscribe`. */
export interface Subcommand {
  readonly name: string;
  /** At most 100 characters. */
  readonly description: string;
  readonly options: readonly Option[];
  /** The answer is always for the asker alone. */
  readonly private?: boolean;
  /** It can be done for another place than the one where it is asked; the platform says which there are, if it can. */
  readonly elsewhere?: boolean;
}

/** Something that the bot can be asked. Data and one function; it knows of no platform. */
export interface Command {
  /** Lower-case letters, digits and hyphens, at most 31 characters. */
  readonly name: string;
  /** At most 100 characters. */
  readonly description: string;
  readonly options: readonly Option[];
  /** If a command has these, it has no options of its own, and the question names one in its option `action`. */
  readonly subcommands?: readonly Subcommand[];
  /** The topic that this command stands for, if it stands for one. */
  readonly topic?: Topic;
  /** Whether the answer to a question is for the asker alone, wherever it is asked; a subcommand says so itself. */
  isPrivate?(question: Pick<Question, 'command' | 'options'>): boolean;
  /** The answer depends on the question and the content only, whoever asks, so it is composed once and reused. */
  readonly constant?: boolean;
  run(question: Question, context: Context): Reply | Promise<Reply>;
}

type NameOf<Named extends readonly { readonly name: string }[]> = Named[number]['name'];

/** The values that a command's questions carry, from its definition. */
export type OptionsOf<One extends Pick<Command, 'options' | 'subcommands'>> = {
  readonly [Name in NameOf<One['options']> | NameOf<NonNullable<One['subcommands']>[number]['options']>]?: string;
} & (NameOf<NonNullable<One['subcommands']>> extends never
  ? unknown
  : { readonly [ACTION_OPTION]?: NameOf<NonNullable<One['subcommands']>> });

interface Definition<Options extends readonly Option[], Subcommands extends readonly Subcommand[]>
  extends Omit<Command, 'options' | 'subcommands' | 'run'> {
  readonly options: Options;
  readonly subcommands?: Subcommands;
  run(
    question: Question<OptionsOf<{ options: Options; subcommands: Subcommands }>>,
    context: Context,
  ): Reply | Promise<Reply>;
}

/** A command with its options tied to it: `run` sees these and no others. */
export function defineCommand<
  const Name extends string,
  const Options extends readonly Option[],
  const Subcommands extends readonly Subcommand[] = readonly [],
>(
  command: Definition<Options, Subcommands> & { readonly name: Name },
): Definition<Options, Subcommands> & { readonly name: Name } {
  return command;
}

/**
 * What a command, a subcommand or an option does, in these words. What isn't in the catalogue, such as a topic's summary, stays
 * as it is.
 */
export function describeCommand({ description }: Pick<Command, 'description'>, words: Words): string {
  const key = DESCRIPTIONS.get(description);
  return key ? words(key) : description;
}

/** The messages that describe commands, by what they say in English. */
const DESCRIPTIONS: ReadonlyMap<string, Key> = new Map(
  KEYS.filter((key) => key.startsWith('command.')).map((key) => [english(key), key]),
);
