import { composeByline } from './article.ts';
import { ACTION_OPTION, type Choice, type Command, type Context } from './command.ts';
import type { Digests } from './digests.ts';
import { RefusedQuestion } from './errors.ts';
import type { Library } from './library.ts';
import type { Observer } from './observer.ts';
import { parseText } from './parse-text.ts';
import { cleanQuestion, createQuestion, type Question } from './question.ts';
import { type Action, createReply, paginate, type Reply } from './reply.ts';
import type { Search } from './search.ts';

/** Choices that one autocomplete may offer: Discord's limit, https://docs.discord.com/developers/interactions/application-commands#autocomplete */
export const MAX_CHOICES = 25;

/** The part of a logger that the bot needs; pino's fits. */
export interface Log {
  error(details: object, message: string): void;
}

/** The bot, as adapters see it. All methods answer from the content last given to `load`. */
export interface Bot {
  readonly commands: readonly Command[];
  readonly library: Library;
  /** Answers a question. Never throws: what goes wrong becomes a reply that says so. */
  answer(question: Question): Promise<Reply>;
  /** Reads a message in plain words, such as `drones`, `/brief drones` or `who buys the oil?`. */
  parse(text: string): Question;
  /** Values for an option while it is typed, at most 25. */
  complete(command: string, option: string, typed: string): readonly Choice[];
  /** Whether the answer is for the asker alone, wherever it is asked. */
  isPrivate(question: Question): boolean;
  /** Takes new content. Answers under way keep the old. */
  load(content: Content): void;
}

export interface Content {
  readonly library: Library;
  readonly search: Search;
  readonly commands: readonly Command[];
}

interface Loaded extends Context {
  readonly byName: ReadonlyMap<string, Command>;
}

/** Says how many seconds an asker must wait before the next question; 0 lets it through. */
export type Gate = (asker: string) => Promise<number>;

export interface BotOptions {
  /** Lets every question through where left out. */
  readonly gate?: Gate | undefined;
  readonly digests?: Digests | undefined;
  readonly observer?: Observer | undefined;
}

/** A bot that answers from `content` until `load` gives it other content. */
export function createBot(
  content: Content,
  log: Log,
  { gate = async () => 0, digests, observer }: BotOptions = {},
): Bot {
  let current = index(content, digests);

  return {
    get commands() {
      return current.commands;
    },
    get library() {
      return current.library;
    },
    load(next) {
      current = index(next, digests);
    },
    parse: (text) => parseText(text, current.library, current.byName),
    complete(command, option, typed) {
      const { options = [], subcommands = [] } = current.byName.get(command) ?? {};
      const found = [...options, ...subcommands.flatMap((one) => one.options)].find(({ name }) => name === option);
      return found?.complete?.(typed, current).slice(0, MAX_CHOICES) ?? [];
    },
    isPrivate({ command, options, private: hidden }) {
      const { subcommands = [] } = current.byName.get(command) ?? {};
      return hidden || subcommands.some(({ name, private: own }) => own && name === options[ACTION_OPTION]);
    },
    async answer(question) {
      const context = current;
      const request = crypto.randomUUID().slice(0, 8);
      const command = context.byName.has(question.command) ? question.command : 'unknown';
      const ended = observer?.answering?.({ request, platform: question.asker?.platform ?? 'page', command });
      const reply = await answerOnce(question, context, request);
      ended?.(reply.outcome);
      return reply;
    },
  };

  async function answerOnce(question: Question, context: Loaded, request: string): Promise<Reply> {
    try {
      const seconds = question.asker ? await gate(question.asker.key) : 0;
      if (seconds > 0) throw tooMany(seconds);
      const clean = cleanQuestion(question);
      const command = context.byName.get(clean.command);
      if (!command) throw unknownCommand(clean.command, context);
      return paginate(await command.run(clean, context));
    } catch (error) {
      if (error instanceof RefusedQuestion) return composeRefusal(question, error, context);
      log.error({ err: error, command: question.command, request }, 'a question could not be answered');
      return createReply(createQuestion('help'), {
        outcome: 'failed',
        title: 'That went wrong',
        byline: bylines(context),
        lead: `The fault is the bot’s, not yours, and it is logged as ${request}. Please try again in a moment.`,
      });
    }
  }
}

function index(content: Content, digests: Digests | undefined): Loaded {
  return { ...content, digests, byName: new Map(content.commands.map((command) => [command.name, command])) };
}

function tooMany(seconds: number): RefusedQuestion {
  const unit = seconds === 1 ? 'second' : 'seconds';
  return new RefusedQuestion('One moment, please', `You asked a great deal at once. Ask again in ${seconds} ${unit}.`);
}

function unknownCommand(name: string, { search }: Context): RefusedQuestion {
  const near = search.names(name, 3);
  const names = near.map((match) => `/${match.name}`).join(', ');
  return new RefusedQuestion(
    'There is no such command or topic',
    names ? `Did you mean ${names}?` : 'Type /help to see all commands or /topics to see what the article covers.',
    near.flatMap(({ topic }) => topic ?? []),
  );
}

function composeRefusal(question: Question, error: RefusedQuestion, context: Context): Reply {
  return createReply(question, {
    outcome: 'refused',
    title: error.title,
    byline: bylines(context),
    lead: error.message,
    suggestions: error.suggestions,
    actions: [...error.suggestions.map(topicAction), { label: 'All topics', question: createQuestion('topics') }],
  });
}

/** The button that opens a topic. */
export function topicAction({ slug, title }: { slug: string; title: string }): Action {
  return { label: title, question: createQuestion(slug) };
}

function bylines({ library }: Context): string {
  return library.articles.map(composeByline).join('\n');
}
