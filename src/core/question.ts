import type { Locale } from '../i18n/locale.ts';
import type { Asker } from './asker.ts';
import { RefusedQuestion } from './errors.ts';

/**
 * The options of every built-in command, by its name. commands/index.ts fills it in from the commands' own definitions, so
 * that an option which does not exist fails the type check wherever a question is made.
 */
// biome-ignore lint/suspicious/noEmptyInterface: merged with its declaration in commands/index.ts
export interface CommandOptions {}

/** Values of options, as they came from outside. */
export type OptionValues = Readonly<Record<string, string>>;

/** The options of the command with this name. A topic is a command without options; a name not known at compile time may take any. */
export type OptionsFor<Name extends string> = string extends Name
  ? OptionValues
  : Name extends keyof CommandOptions
    ? CommandOptions[Name]
    : Readonly<Record<string, never>>;

/** What somebody asked, whichever way it came in: slash command, button, message or line in the terminal. */
export interface Question<Options = OptionValues> {
  readonly command: string;
  readonly options: Options;
  /** Which page a button turns to: how many entries come before it. Absent if the question is asked anew. */
  readonly from?: number;
  /** Only the asker sees the answer. */
  readonly private: boolean;
  /** The language of the bot's own words in the answer; English if absent. What the bot finds doesn't depend on it. */
  readonly locale?: Locale | undefined;
  /** Absent if nobody is known, as in the terminal. */
  readonly asker?: Asker;
  /** Where it is asked, if a question there may follow up another: a channel, a thread, a visit to the page. */
  readonly conversation?: string;
  /** Who reads the answer, where nobody is known and what readers miss counts all the same: a visit to an open page. */
  readonly reader?: string;
  /** The platform through which it came, by its name, if nobody is known; the page's if left out. */
  readonly via?: string;
  /**
   * The place that it is about, by its id on the platform, if that isn't the place where it is asked: the asker's channel is this
   * one then. Set by what the platform itself says was chosen, and by buttons below the answer; never by typed text.
   */
  readonly place?: string;
}

/** The option of a question that names the subcommand. */
export const ACTION_OPTION = 'action';

/** Characters in one question, once it is cleaned; what is longer is refused. */
export const MAX_QUESTION_LENGTH = 1000;

/**
 * The longest text from outside that anything reads: a question, with room for the white space, mentions and escapes
 * that are taken out of it. A longer text is refused because of its length, before anything else reads it.
 */
export const MAX_TEXT_LENGTH = 8000;

/** Characters of a command's name that are looked at; the longest name is far shorter. */
const MAX_COMMAND_LENGTH = 100;
/** The longest path that is read: a question of the greatest length, in which every letter may take nine characters. */
const MAX_READ_PATH = 10 * MAX_QUESTION_LENGTH;
/** A place's id on any platform. None of its characters has a meaning in a platform's markup. */
const PLACE = /^\w{1,40}$/;

/**
 * A question to a command.
 *
 * @example
 * createQuestion('brief', { topic: 'drones' })
 */
export function createQuestion<const Name extends string>(
  command: Name,
  options?: OptionsFor<Name>,
  {
    from,
    private: hidden = false,
    place,
    locale,
  }: Partial<Pick<Question, 'from' | 'private' | 'place' | 'locale'>> = {},
): Question {
  const values: OptionValues = options ?? {};
  const about = {
    ...(from === undefined ? {} : { from }),
    ...(place === undefined ? {} : { place }),
    ...(locale === undefined ? {} : { locale }),
  };
  return { command, options: values, private: hidden, ...about };
}

/**
 * A question as people type it, such as `/digest subscribe time:08:00`. `name` is what the command is called where they type
 * it, with its slash.
 */
export function composeCommandLine({ command, options }: Question, name = `/${command}`): string {
  const { [ACTION_OPTION]: action, ...others } = options;
  return [name, ...(action ? [action] : []), ...Object.entries(others).map(([key, value]) => `${key}:${value}`)].join(
    ' ',
  );
}

/**
 * A question as a short text that a button carries and that outlives a restart, such as `/brief?topic=drones&%7Efrom=5`.
 * `parseQuestionPath` reads it back.
 */
export function composeQuestionPath(question: Question): string {
  const { command, options, from, place } = question;
  const query = new URLSearchParams(options);
  if (from !== undefined) query.set('~from', String(from));
  if (question.private) query.set('~private', '1');
  if (place !== undefined) query.set('~place', place);
  return query.size > 0 ? `/${command}?${query}` : `/${command}`;
}

/**
 * The longest path that a button of every platform carries: a custom id of Discord's,
 * https://docs.discord.com/developers/components/reference#button
 */
const MAX_BUTTON_PATH = 100;

/** Whether a button can ask this question. */
export function fitsButton(question: Question): boolean {
  return composeQuestionPath(question).length <= MAX_BUTTON_PATH;
}

/** Reads what `composeQuestionPath` wrote; undefined if the text isn't such a path. */
export function parseQuestionPath(path: string): Question | undefined {
  if (path.length > MAX_READ_PATH) return undefined;
  const [, command, query] = /^\/([^?]+)(?:\?(.*))?$/s.exec(path) ?? [];
  if (!command) return undefined;
  const values = Object.fromEntries(new URLSearchParams(query));
  const { '~from': from, '~private': hidden, '~place': place } = values;
  if (place !== undefined && !PLACE.test(place)) return undefined;
  // A platform may add parameters of its own, which also begin with a tilde.
  const options = Object.fromEntries(Object.entries(values).filter(([name]) => !name.startsWith('~')));
  const page = from === undefined ? {} : { from: /^\d{1,9}$/.test(from) ? Number(from) : 0 };
  return createQuestion(command, options, {
    ...page,
    private: hidden === '1',
    ...(place === undefined ? {} : { place }),
  });
}

/**
 * Free text without what could disturb a log, a terminal or a message: control characters, marks that reverse the
 * direction of writing, broken surrogates, runs of white space. Letters of all scripts and emoji stay.
 */
export function cleanText(text: string): string {
  return text
    .toWellFormed()
    .normalize('NFC')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .replace(/(?![\u200C\u200D])[\p{Cf}\uFFFD]/gu, '')
    .trim();
}

/** The question with all its text cleaned. Throws RefusedQuestion if a text is too long to be a question. */
export function cleanQuestion(question: Question): Question {
  const options = Object.fromEntries(
    Object.entries(question.options).map(([name, value]) => {
      if (value.length > MAX_TEXT_LENGTH) throw tooLong(value);
      const text = cleanText(value);
      if (text.length > MAX_QUESTION_LENGTH) throw tooLong(text);
      return [name, text];
    }),
  );
  const command = cleanText(question.command.slice(0, MAX_COMMAND_LENGTH)).toLowerCase();
  return { ...question, command, options };
}

function tooLong({ length }: string): RefusedQuestion {
  return new RefusedQuestion((words) => ({
    title: words('ask.too-long'),
    remedy: words('ask.too-long.remedy', { length, limit: MAX_QUESTION_LENGTH }),
  }));
}
