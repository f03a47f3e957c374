import type { Bot } from './bot.ts';
import type { Subscription } from './digests.ts';
import type { Diagnosis } from './finding.ts';
import type { Memory } from './memory.ts';
import type { Preview } from './preview.ts';
import type { Question } from './question.ts';
import type { Reply } from './reply.ts';
import type { Sender } from './sender.ts';
import {
  type Environment,
  listSecretValues,
  type Problem,
  readSettings,
  type SettingsShape,
  type SettingValues,
} from './setting.ts';

/** The part of a logger that a platform needs; pino has it. */
export interface PlatformLog {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

/** What a platform may know about the bot and its own settings. */
export interface Site {
  /** The bot's version. */
  readonly version: string;
  /** Who may use what the bot guards: this machine alone, whoever shows ACCESS_TOKEN, or nobody until that is set. */
  readonly readers: 'here' | 'token' | 'nobody';
  /** Where others reach the bot over HTTP, without a slash at its end. */
  readonly publicUrl?: string | undefined;
}

/** What a platform is started with. */
export interface PlatformContext {
  readonly bot: Bot;
  readonly memory: Memory;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly log: PlatformLog;
  /** How the assistants of the other platforms show answers; none if left out. */
  readonly assistants?: () => Promise<readonly Assistant[]>;
  /** Ends this connection and has the platform started again after a pause. Further calls do nothing. */
  fail(error: unknown): void;
}

/**
 * Answers one HTTP request. `reader` is a key for whoever reads the answer, if the bot guards the route and what is asked there
 * counts as asked by a reader.
 */
export type RouteHandler = (request: Request, reader?: string) => Promise<Response>;

/** A question as a call of one of the bot's tools. */
export interface ToolCall {
  readonly tool: string;
  readonly arguments: Readonly<Record<string, string | number>>;
}

/** A platform's own assistant, which calls the bot's tools and shows what they return the platform's way. */
export interface Assistant {
  /** What it wants to be told of every tool. */
  readonly tool: Readonly<Record<string, unknown>>;
  /** What goes beside an answer; `call` writes a button's question as a call of a tool. Pure, and within the platform's limits. */
  render(reply: Reply, call: (question: Question) => ToolCall): Readonly<Record<string, unknown>>;
}

/** A platform that the bot is on. */
export interface Platform {
  readonly name: string;
  /** `connected`, or what it is doing, or why it is not connected. */
  status(): string;
  /** Whether questions asked there reach the bot. */
  isConnected(): boolean;
  /** Tells the platform that a change of content added or removed commands. Never throws. */
  contentChanged(): Promise<void>;
  /** Tells the platform that somebody's digest there changed. Never throws. */
  digestChanged?(subscription: Subscription): void;
  /** Posts digests there; absent if the bot cannot post by itself. */
  readonly sender?: Sender | undefined;
  /** What the platform needs on the bot's port, by method and path below its own name, such as `POST /discord/interactions`. */
  readonly routes: Readonly<Record<string, RouteHandler>>;
  stop(): Promise<void>;
}

/** What the ids of one platform look like. Each expression matches the whole of an id. */
export interface TargetShapes {
  /** A channel to which the bot posts by itself. */
  readonly channel: RegExp;
  /** A server or workspace, which may be written before a channel, with a slash between them. */
  readonly team: RegExp;
  readonly user: RegExp;
  /** A channel and a user to show in messages. */
  readonly example: { readonly channel: string; readonly user: string };
}

/** What the doctor knows. */
export interface DiagnosisContext {
  /** What the bot answers from; absent if the content has errors. */
  readonly covered: Pick<Bot, 'commands' | 'library'> | undefined;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** What a command of the program can use besides its own code. */
export interface ProgramTools {
  /** Standard input, in pieces. */
  readonly input: AsyncIterable<Uint8Array | string>;
  /** Standard output. */
  readonly output: { write(text: string): unknown };
  readonly log: PlatformLog;
  /** A bot that can list its commands; `answers` gives it the means to answer by meaning, if the settings have them. */
  openBot(options?: { readonly answers: boolean }): Promise<Bot>;
  /** The text of a file that the user named. Throws UserError if it cannot be read. */
  readInput(path: string): Promise<string>;
}

/** What a command of the program prints. */
export interface ProgramOutput {
  /** On standard output, so that it can be piped; nothing is printed if it is empty. */
  readonly text: string;
  /** On standard error. */
  readonly aside?: string;
  /** The program ends with 1. */
  readonly failed?: boolean;
}

/** An option of a command of the program, such as `--guild <id>`. */
export interface ProgramOption {
  readonly flags: string;
  readonly description: string;
  readonly choices?: readonly string[];
  readonly preset?: string;
}

/** A command of the program that one platform needs, such as `briefing manifest`. */
export interface ProgramCommand<Config> {
  readonly name: string;
  readonly description: string;
  readonly options: readonly ProgramOption[];
  /** `options` are what was typed, by the long name of each flag. Throws UserError. */
  run(
    config: Config,
    options: Readonly<Record<string, string | undefined>>,
    tools: ProgramTools,
  ): Promise<ProgramOutput>;
}

/** Everything that the bot has to know about a platform. Loading a definition loads no SDK: code that needs one imports it when it runs. */
export interface PlatformParts<Shape extends SettingsShape, Config> {
  /** Lower-case letters and digits. It is written before channels in settings and at the start of paths, and it keys rows in the database. */
  readonly name: string;
  /** What people call it. */
  readonly title: string;
  /** The guide that leads through setting it up. */
  readonly guide: string;
  readonly settings: {
    readonly shape: Shape;
    /** What is wrong with settings that are each valid but don't fit together. */
    check(values: SettingValues<Shape>): readonly Problem[];
    /** What the other members are given. */
    read(values: SettingValues<Shape>, site: Site): Config;
  };
  /** Undefined if nothing is posted there, and nobody there is known. */
  readonly targets: TargetShapes | undefined;
  /**
   * It has no secret of its own and keeps nothing in the database: whoever may see the page may use it. The bot guards its routes
   * as it guards the page, and bounds how often and how much an address sends.
   */
  readonly guarded?: true;
  /** Whether the settings turn this platform on. */
  isSetUp(config: Config): boolean;
  /** Whether the settings let the bot post there by itself. */
  canPost(config: Config): boolean;
  /** Connects the bot. Does not wait for the connection. */
  start(config: Config, context: PlatformContext): Promise<Platform>;
  /** Checks the setup. Changes nothing, never rejects. */
  diagnose(config: Config, context: DiagnosisContext): Promise<Diagnosis>;
  /** What to do about an error from the platform; undefined if nothing is known about it. */
  explainError(error: unknown): Promise<string | undefined>;
  /** How answers look there; undefined if each program shows them its own way. */
  readonly preview: ((config: Config, bot: Bot) => Promise<Preview>) | undefined;
  /** The platform's own assistant, if it has one that calls tools. */
  assistant?(config: Config, bot: Bot): Promise<Assistant>;
  /**
   * Who reads the answer to a request for another platform's guarded route, by a key such as `chat:ada`; undefined if this
   * platform did not sign it. Reads a copy of the request. Never rejects.
   */
  vouch?(config: Config, request: Request, now: number): Promise<string | undefined>;
  /** Commands of the program; most platforms need none. */
  readonly programs: readonly ProgramCommand<NoInfer<Config>>[];
}

/** A platform with its settings. */
export interface ConfiguredPlatform {
  readonly definition: PlatformDefinition;
  /** Values that nobody but the bot may see. */
  readonly secrets: readonly string[];
  readonly isSetUp: boolean;
  readonly canPost: boolean;
  start(context: PlatformContext): Promise<Platform>;
  diagnose(context: DiagnosisContext): Promise<Diagnosis>;
  /** Undefined if it has none. */
  preview(bot: Bot): Promise<Preview> | undefined;
  assistant(bot: Bot): Promise<Assistant> | undefined;
  vouch(request: Request, now: number): Promise<string | undefined>;
  /** Runs the command of the program with this name. Throws UserError. */
  run: (name: string, ...parts: ProgramArguments) => Promise<ProgramOutput>;
}

type ProgramArguments = [options: Readonly<Record<string, string | undefined>>, tools: ProgramTools];

/** A platform with its settings, or all that is wrong with them. */
export type Configuration =
  | { readonly platform: ConfiguredPlatform; readonly problems: readonly [] }
  | { readonly platform: undefined; readonly problems: readonly Problem[] };

/** A platform as the list in src/platforms.ts holds it. */
export interface PlatformDefinition
  extends Pick<PlatformParts<SettingsShape, unknown>, 'name' | 'title' | 'guide' | 'targets' | 'explainError'> {
  /** Whoever may see the page may use it, and it keeps nothing. */
  readonly guarded: boolean;
  /** The name of every setting. */
  readonly settingNames: readonly string[];
  readonly programs: readonly Omit<ProgramCommand<unknown>, 'run'>[];
  /** The platform with the settings of `env`, or all that is wrong with them. */
  configure(env: Environment, site: Site): Configuration;
}

/** Builds a platform's definition from its parts. Leaving one out fails the type check. */
export function definePlatform<const Shape extends SettingsShape, Config>(
  parts: PlatformParts<Shape, Config>,
): PlatformDefinition {
  const { name, title, guide, targets, guarded = false, explainError, programs } = parts;
  const { shape, check, read } = parts.settings;
  const definition: PlatformDefinition = {
    name,
    title,
    guide,
    targets,
    guarded,
    explainError,
    programs,
    settingNames: Object.keys(shape),
    configure(env, site) {
      const { values, problems } = readSettings(shape, env);
      if (!values) return { platform: undefined, problems };
      const mismatches = check(values);
      if (mismatches.length > 0) return { platform: undefined, problems: mismatches };
      return { platform: bind(read(values, site), listSecretValues(shape, values)), problems: [] };
    },
  };
  const bind = (config: Config, secrets: readonly string[]): ConfiguredPlatform => ({
    definition,
    secrets,
    isSetUp: parts.isSetUp(config),
    canPost: parts.canPost(config),
    start: (context) => parts.start(config, context),
    diagnose: (context) => parts.diagnose(config, context),
    preview: (bot) => parts.preview?.(config, bot),
    assistant: (bot) => parts.assistant?.(config, bot),
    vouch: async (request, now) => parts.vouch?.(config, request, now),
    async run(wanted, ...args) {
      const command = programs.find((one) => one.name === wanted);
      if (!command) throw new Error(`${title} has no command ${wanted}`);
      return command.run(config, ...args);
    },
  });
  return definition;
}
