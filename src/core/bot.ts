import { type Words, wordsOf } from '../i18n/words.ts';
import { composeBylines, type Topic } from './article.ts';
import type { Choices, Community } from './choices.ts';
import type { Choice, Command, Context } from './command.ts';
import { type Conversations, composeBefore } from './conversation.ts';
import type { Digests } from './digests.ts';
import type { Editors } from './editors.ts';
import { RefusedQuestion } from './errors.ts';
import { type Feedback, MAX_WANTED, type Rating } from './feedback.ts';
import type { Gaps } from './gaps.ts';
import type { Library } from './library.ts';
import type { Observer } from './observer.ts';
import { parseText } from './parse-text.ts';
import {
  ACTION_OPTION,
  cleanQuestion,
  composeCommandLine,
  composeQuestionPath,
  createQuestion,
  MAX_QUESTION_LENGTH,
  type Question,
} from './question.ts';
import { type Action, createReply, paginate, type Reply } from './reply.ts';
import type { Search } from './search.ts';
import { joinText, say } from './text.ts';
import { listUses, type Uses } from './uses.ts';

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
  complete(command: string, option: string, typed: string, community?: Community): Promise<readonly Choice[]>;
  /** What answers in a community; all articles if none is chosen. */
  libraryOf(community?: Community): Promise<Library>;
  /** Takes a reader's word on an answer, and says what became of it. Never throws. */
  rate(rating: Rating): Promise<string>;
  /** Whether the answer is for the asker alone, wherever it is asked. */
  isPrivate(question: Question): boolean;
  /** Whether readers can pass questions on to the editors. */
  readonly hasEditors: boolean;
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
  /** The same with only some of the articles, keyed by their slugs, separated by commas. */
  readonly parts: Map<string, Loaded>;
  /** Answers of constant commands, by their question's path. */
  readonly replies: Map<string, Reply>;
}

/** The most answers kept; a topic has a few pages. */
const KEPT_REPLIES = 2000;

/** Says how many seconds an asker must wait before the next question; 0 lets it through. */
export type Gate = (asker: string) => Promise<number>;

export interface BotOptions {
  /** Lets every question through if left out. */
  readonly gate?: Gate | undefined;
  readonly digests?: Digests | undefined;
  readonly choices?: Choices | undefined;
  /** Every question stands alone if left out. */
  readonly conversations?: Conversations | undefined;
  readonly observer?: Observer | undefined;
  /** Nobody is asked whether an answer helped if left out. */
  readonly feedback?: Feedback | undefined;
  /** Nothing is passed on to the editors if left out. */
  readonly editors?: Editors | undefined;
  /** What readers miss is not noted if left out. */
  readonly gaps?: Gaps | undefined;
  /** Nobody counts which claims are shown if left out. */
  readonly uses?: Uses | undefined;
}

/** A bot that answers from `content` until `load` gives it other content. */
export function createBot(content: Content, log: Log, options: BotOptions = {}): Bot {
  const { gate = async () => 0, observer, choices, feedback, uses } = options;
  let current = index(content, options);
  const loadedFor = async (community: Community | undefined): Promise<Loaded> => {
    const whole = current;
    if (!choices || !community || whole.library.articles.length < 2) return whole;
    const chosen = await choices.of(community);
    return chosen ? restrict(whole, chosen) : whole;
  };

  return {
    get commands() {
      return current.commands;
    },
    get library() {
      return current.library;
    },
    hasEditors: options.editors !== undefined,
    load(next) {
      current = index(next, options);
    },
    parse: (text) => parseText(text, current.library, current.byName),
    async complete(command, option, typed, community) {
      if (typed.length > MAX_QUESTION_LENGTH) return [];
      const loaded = await loadedFor(community);
      const { options: own = [], subcommands = [] } = loaded.byName.get(command) ?? {};
      const found = [...own, ...subcommands.flatMap((one) => one.options)].find(({ name }) => name === option);
      return found?.complete?.(typed, loaded).slice(0, MAX_CHOICES) ?? [];
    },
    libraryOf: async (community) => (await loadedFor(community)).library,
    isPrivate({ command, options: values, private: hidden, place }) {
      // Who reads here may not see that place. And so nobody presses its buttons but the asker, who does.
      if (hidden || place !== undefined) return true;
      const { subcommands = [], isPrivate } = current.byName.get(command) ?? {};
      const isOwn = subcommands.some(({ name, private: own }) => own && name === values[ACTION_OPTION]);
      return isOwn || (isPrivate?.({ command, options: values }) ?? false);
    },
    async rate(rating) {
      const { locale, ...given } = rating;
      const { vote, wanted } = given;
      const words = wordsOf({ locale });
      if (!feedback) return words('vote.off');
      try {
        if ((await gate(rating.person)) > 0) return words('vote.too-many');
        await feedback.rate({ ...given, ...(wanted === undefined ? {} : { wanted: wanted.slice(0, MAX_WANTED) }) });
        return words(`vote.thanks.${wanted ? 'wanted' : vote}`);
      } catch (error) {
        log.error({ err: error }, 'a vote could not be saved');
        return words('vote.failed');
      }
    },
    async answer(question) {
      const context = current;
      const request = crypto.randomUUID().slice(0, 8);
      const command = context.byName.has(question.command) ? question.command : 'unknown';
      const ended = observer?.answering?.({
        request,
        platform: question.asker?.platform ?? question.via ?? 'page',
        command,
      });
      const reply = await answerOnce(question, context, request);
      ended?.(reply.outcome);
      remember(question, reply);
      if (uses) for (const [how, claims] of listUses(question, reply)) uses.note(claims, how);
      return reply;
    },
  };

  /** A page of an answer, with the words under which readers rate it. */
  function finish(reply: Reply): Reply {
    const page = paginate(reply);
    return feedback && isRated(page) ? { ...page, ratedAs: nameQuestion(page.question) } : page;
  }

  /** A decline ends the conversation, so that nobody takes the next answer for a reply to the declined question. */
  function remember(question: Question, reply: Reply): void {
    const { outcome } = reply;
    if (outcome === 'answered' || outcome === 'nearest' || outcome === 'declined') {
      options.conversations?.keep(question, composeBefore(reply));
    }
  }

  async function answerOnce(question: Question, whole: Loaded, request: string): Promise<Reply> {
    let context = whole;
    try {
      const seconds = question.asker ? await gate(question.asker.key) : 0;
      if (seconds > 0) throw tooMany(seconds);
      context = await loadedFor(question.asker);
      const clean = cleanQuestion(question);
      // Whoever has a digest can still end it.
      if (whole.library.topics.length === 0 && clean.command !== 'digest') throw nothingPublished();
      const command = context.byName.get(clean.command);
      if (!command) throw whole.byName.has(clean.command) ? notChosen(context) : unknownCommand(clean.command, context);
      return command.constant
        ? await answerConstant(command, clean, context, finish)
        : finish(await command.run(clean, context));
    } catch (error) {
      if (error instanceof RefusedQuestion) return composeRefusal(withoutExcess(question), error, context);
      log.error({ err: error, command: question.command, request }, 'a question could not be answered');
      const words = wordsOf(question);
      return createReply(createQuestion('help', {}, { locale: question.locale }), {
        outcome: 'failed',
        title: words('failed'),
        byline: bylines(context, words),
        lead: words('failed.lead', { request }),
      });
    }
  }
}

/** The same object every time the same question is asked, so that adapters need not render it again. */
async function answerConstant(
  command: Command,
  { asker: _, conversation: __, reader: ___, via: ____, ...question }: Question,
  context: Loaded,
  finish: (reply: Reply) => Reply,
): Promise<Reply> {
  const { replies } = context;
  const path = `${question.locale ?? ''}${composeQuestionPath(question)}`;
  const known = replies.get(path);
  if (known) return known;
  const reply = finish(await command.run(question, context));
  if (replies.size >= KEPT_REPLIES) replies.clear();
  replies.set(path, reply);
  return reply;
}

/** Readers rate what the bot makes of the article, and no list of the bot's own. */
function isRated({ outcome, question }: Reply): boolean {
  return (outcome === 'answered' || outcome === 'nearest' || outcome === 'declined') && question.command !== 'digest';
}

/** A question as editors see it counted: in its asker's words, or as the command. */
function nameQuestion({ command, options }: Question): string {
  return options.question || composeCommandLine(createQuestion(command, options));
}

function index(
  content: Content,
  { digests, choices, conversations, gaps, editors }: BotOptions,
  everything: Library = content.library,
): Loaded {
  const byName = new Map(content.commands.map((command) => [command.name, command]));
  const parts = { parts: new Map(), replies: new Map() };
  return { ...content, digests, choices, conversations, gaps, editors, everything, byName, ...parts };
}

/** The same bot with only some of the articles. */
function restrict(whole: Loaded, chosen: readonly string[]): Loaded {
  const library = whole.library.only(chosen);
  if (library === whole.library) return whole;
  const key = library.articles.map(({ slug }) => slug).join();
  const known = whole.parts.get(key);
  if (known) return known;
  const within = new Set(library.articles.map(({ slug }) => slug));
  const isIn = ({ topic }: { readonly topic?: Topic | undefined }) => !topic || within.has(topic.article.slug);
  const search: Search = {
    ...whole.search,
    ask: (text, options) => whole.search.ask(text, { ...options, within }),
    names: (typed, limit) => whole.search.names(typed, whole.commands.length).filter(isIn).slice(0, limit),
  };
  const part = index({ library, search, commands: whole.commands.filter(isIn) }, whole, whole.everything);
  whole.parts.set(key, part);
  return part;
}

function notChosen({ library }: Context): RefusedQuestion {
  const refuse = (words: Words) => {
    const articles = library.articles.map(({ title }) => words('quote', { text: title })).join(', ');
    const remedy = say(words, 'not-chosen.remedy', { articles, command: createQuestion('articles') });
    return { title: words('not-chosen'), remedy };
  };
  return new RefusedQuestion(refuse, library.topics.slice(0, 3));
}

function nothingPublished(): RefusedQuestion {
  return new RefusedQuestion((words) => ({ title: words('unpublished'), remedy: words('unpublished.remedy') }));
}

function tooMany(seconds: number): RefusedQuestion {
  return new RefusedQuestion((words) => ({ title: words('limit'), remedy: words('limit.remedy', { seconds }) }));
}

function unknownCommand(name: string, { search }: Context): RefusedQuestion {
  const near = search.names(name, 3);
  const commands = joinText(
    near.map((match) => createQuestion(match.name)),
    ', ',
  );
  return new RefusedQuestion(
    (words) => ({
      title: words('unknown'),
      remedy:
        near.length > 0
          ? say(words, 'unknown.near', { commands })
          : say(words, 'unknown.far', { help: createQuestion('help'), topics: createQuestion('topics') }),
    }),
    near.flatMap(({ topic }) => topic ?? []),
  );
}

/** A question that a button can carry: texts that are too long for one are left out. */
function withoutExcess({ command, options, ...rest }: Question): Question {
  const fitting = Object.entries(options).filter(([, value]) => value.length <= MAX_QUESTION_LENGTH);
  return { ...rest, command, options: Object.fromEntries(fitting) };
}

function composeRefusal(question: Question, error: RefusedQuestion, context: Context): Reply {
  const words = wordsOf(question);
  const { title, remedy } = error.say(words);
  return createReply(question, {
    outcome: 'refused',
    title,
    byline: bylines(context, words),
    lead: remedy,
    suggestions: error.suggestions,
    actions: [...error.suggestions.map((topic) => topicAction(topic, words)), allTopics(words)],
  });
}

/** The button that opens a topic; it names the article if others have a topic of that name. */
export function topicAction({ slug, name, title, article }: Topic, words: Words): Action {
  const label = slug === name ? title : words('action.topic-in', { title, article: article.short });
  return { label, question: createQuestion(slug) };
}

/** The button that lists all topics. */
export function allTopics(words: Words): Action {
  return { label: words('action.topics'), question: createQuestion('topics') };
}

/** The button that says what the labels mean. */
export function toSources(words: Words): Action {
  return { label: words('action.sources'), question: createQuestion('sources') };
}

function bylines({ library }: Context, words: Words): string {
  return composeBylines(library.articles, words);
}
