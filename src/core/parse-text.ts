import type { Command, Option } from './command.ts';
import { findTopics, type Library, nameKey } from './library.ts';
import {
  ACTION_OPTION,
  cleanText,
  createQuestion,
  MAX_QUESTION_LENGTH,
  MAX_TEXT_LENGTH,
  type Question,
} from './question.ts';

/**
 * Reads a message in plain words: `/command rest` as that command, the name of a command or the title of a topic as
 * itself, and everything else as a question to `/ask`. The rest of a command goes to its first option, except for what follows
 * another option's name and a colon; words after a topic's own command are a question about it. An article's name after a topic that
 * several have tells which is meant; a title or an alias after the slash stands for its topic. A lone `/` means `/help`.
 * A text that is too long to be a question goes to `/ask` unread, and `/ask` refuses it.
 */
export function parseText(text: string, library: Library, commands: ReadonlyMap<string, Command>): Question {
  if (text.length > MAX_TEXT_LENGTH) return createQuestion('ask', { question: text });
  const clean = cleanText(text);
  if (clean.length > MAX_QUESTION_LENGTH) return createQuestion('ask', { question: clean });
  const [, name = '', rest = ''] = /^\/(\S+)(?: (.*))?$/.exec(clean) ?? [];
  if (name) return parseCommand(name.toLowerCase(), rest, library, commands);
  if (clean === '/') return createQuestion('help');

  const command = commands.get(nameKey(clean).replaceAll(' ', '-'));
  if (command) return createQuestion(command.name);
  // An alias may name just one claim of a topic, so it counts as a question; a title names the topic.
  const topics = library.findAll(clean).filter(({ title }) => nameKey(title) === nameKey(clean));
  const [topic] = topics;
  if (topic && topics.length > 1) return createQuestion('brief', { topic: clean });
  if (topic) return createQuestion(topic.slug);
  return createQuestion('ask', { question: clean });
}

function parseCommand(name: string, rest: string, library: Library, commands: ReadonlyMap<string, Command>): Question {
  const command = commands.get(name);
  if (command?.topic && rest) return createQuestion('ask', { question: `${command.topic.title}: ${rest}` });
  if (command?.subcommands) return parseSubcommand(command, rest);
  if (command && !rest) return createQuestion(name);
  if (command && command.options.length > 0) return createQuestion(name, readOptions(command.options, rest));
  const topic = [name, rest].filter(Boolean).join(' ');
  return findTopics(library, topic).length > 0 ? createQuestion('brief', { topic }) : createQuestion(name);
}

/** `drones article:harbour`: words belong to the option named last, and to the first one before any is. */
function readOptions(options: readonly Option[], text: string): Record<string, string> {
  const values: Record<string, string> = {};
  let [taker] = options;
  for (const word of text.split(' ')) {
    const named = options.find(({ name }) => !(name in values) && word.toLowerCase().startsWith(`${name}:`));
    taker = named ?? taker;
    if (!taker) break;
    const part = named ? word.slice(named.name.length + 1) : word;
    values[taker.name] = [values[taker.name], part].filter(Boolean).join(' ');
  }
  return values;
}

/**
 * `subscribe 8:00 weekdays topics:drones`: words with a name go to that option, others to the first that can take
 * them, or on to the one before.
 */
function parseSubcommand({ name, subcommands = [] }: Command, rest: string): Question {
  const [action = '', ...words] = rest.split(' ').filter(Boolean);
  const { options = [] } = subcommands.find((one) => one.name === action.toLowerCase()) ?? {};
  const values: Record<string, string> = action ? { [ACTION_OPTION]: action.toLowerCase() } : {};
  let taker: Option | undefined;
  for (const word of joinHalves(words)) {
    const named = options.find((option) => word.toLowerCase().startsWith(`${option.name}:`));
    const free = options.find((option) => !(option.name in values) && option.accepts?.(word));
    taker = named ?? free ?? (taker?.accepts?.(word) ? taker : undefined);
    if (!taker) continue;
    const value = named ? word.slice(named.name.length + 1) : word;
    values[taker.name] = values[taker.name] ? `${values[taker.name]},${value}` : value;
  }
  return createQuestion(name, values);
}

/** `8 am` is one word, and so is a list with spaces after its commas. */
function joinHalves(words: readonly string[]): string[] {
  return words
    .join(' ')
    .replace(/(\d) (am|pm)\b/gi, '$1$2')
    .replace(/, /g, ',')
    .split(' ')
    .filter(Boolean);
}
