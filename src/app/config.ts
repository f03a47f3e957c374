import type { FixedDigest, Target } from '../core/digests.ts';
import { UserError, wordProblem } from '../core/errors.ts';
import type { ConfiguredPlatform, PlatformDefinition } from '../core/platform.ts';
import { type Environment, listSecretValues, type Problem, readSettings, type SettingValues } from '../core/setting.ts';
import { platforms as allPlatforms } from '../platforms.ts';
import { type Models, readModels } from './model-settings.ts';
import { findMisspelt, type LOG_LEVELS, type Misspelt, ownSettings } from './settings.ts';
import { listExamples, parseFixedDigest, parseTarget } from './targets.ts';

/** All settings, checked. */
export interface Config {
  /** 0 for any free port. */
  readonly port: number;
  readonly host: string;
  readonly playground: boolean;
  readonly contentDirectory: string;
  readonly logLevel: (typeof LOG_LEVELS)[number];
  /** Find answers by meaning too, not by words alone. */
  readonly semanticSearch: boolean;
  /** Models that run elsewhere. */
  readonly models: Models;
  /** Count the questions that find no answer. */
  readonly gaps: boolean;
  /** Ask readers whether an answer helped. */
  readonly feedback: boolean;
  /** Where the bot keeps what it must not lose, and caches. */
  readonly dataDirectory: string;
  readonly questionsPerMinute: number;
  /** Every platform that the bot knows, whether the settings put it there or not. */
  readonly platforms: readonly ConfiguredPlatform[];
  /** Absent if it is a SQLite file in the data folder. */
  readonly databaseUrl?: string | undefined;
  readonly digest: {
    readonly defaultZone: string;
    readonly fixed: readonly FixedDigest[];
    readonly pictures: boolean;
    /** How late a digest may still be delivered, in milliseconds. */
    readonly catchUpMs: number;
  };
  /** What the page and the metrics want to see if others than this machine can reach them. */
  readonly accessToken?: string | undefined;
  readonly metrics: boolean;
  /** Where traces go, without a slash at its end; absent if none are made. */
  readonly tracesUrl?: string | undefined;
  /** Hears of repeated failures. */
  readonly alertTarget?: Target | undefined;
  /** How long records of deliveries are kept, in milliseconds. */
  readonly retentionMs: number;
  /** What was set under a name that is not a setting's. */
  readonly misspelt: readonly Misspelt[];
  /** Every value that nobody but the bot may see. */
  readonly secrets: readonly string[];
}

/** Settings that cannot be used. Its message has a line for each problem, with the remedy. */
export class FaultySettings extends UserError {
  override readonly name = 'FaultySettings';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(wordProblem).join('\n'));
    this.problems = problems;
  }
}

/** Anything shorter appears in the log of any program by chance. */
const SHORTEST_SECRET = 4;

/** The name of every setting, of the bot's own and of these platforms. */
export function listSettings(platforms: readonly PlatformDefinition[] = allPlatforms): string[] {
  return [...Object.keys(ownSettings), ...platforms.flatMap(({ settingNames }) => settingNames)];
}

/**
 * Reads the settings from environment variables; an empty one counts as not set. Throws FaultySettings that names every
 * problem at once. No value is repeated in the message, since it may be a secret.
 */
export function loadConfig(env: Environment, platforms: readonly PlatformDefinition[] = allPlatforms): Config {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()));
  const { values, problems } = readSettings(ownSettings, set);
  // What is wrong with a platform's settings is told together with what is wrong with the bot's own.
  const site = { publicUrl: values?.PUBLIC_URL };
  const outcomes = platforms.map((platform) => platform.configure(set, site));
  const configured = outcomes.flatMap(({ platform }) => platform ?? []);
  const read = values && readTargets(values, platforms);
  const models = values && readModels(values);
  const found = [
    ...problems,
    ...(read?.problems ?? []),
    ...(models?.problems ?? []),
    ...outcomes.flatMap((one) => one.problems),
  ];
  if (!values || !read || !models || found.length > 0) throw new FaultySettings(found);
  return {
    port: values.PORT,
    host: values.HOST,
    playground: values.PLAYGROUND,
    contentDirectory: values.CONTENT_DIR,
    logLevel: values.LOG_LEVEL,
    semanticSearch: values.SEMANTIC_SEARCH,
    models: { selector: models.selector, embeddings: models.embeddings },
    gaps: values.GAPS,
    feedback: values.FEEDBACK,
    dataDirectory: values.DATA_DIR,
    questionsPerMinute: values.QUESTIONS_PER_MINUTE,
    platforms: configured,
    databaseUrl: values.DATABASE_URL,
    digest: {
      defaultZone: values.DIGEST_TIME_ZONE,
      fixed: read.fixed,
      pictures: values.DIGEST_PICTURES,
      // A tick comes a little after the minute: a digest that is on time is never too late.
      catchUpMs: Math.max(values.CATCH_UP * 3_600_000, 60_000),
    },
    accessToken: values.ACCESS_TOKEN,
    metrics: values.METRICS,
    tracesUrl: values.OTEL_EXPORTER_OTLP_ENDPOINT,
    alertTarget: read.alertTarget,
    retentionMs: values.RETENTION_DAYS * 24 * 3_600_000,
    misspelt: findMisspelt(set, listSettings(platforms)),
    secrets: [
      ...listSecretValues(ownSettings, values),
      ...listPasswords(values.DATABASE_URL),
      ...configured.flatMap(({ secrets }) => secrets),
    ].filter((secret) => secret.length >= SHORTEST_SECRET),
  };
}

interface Targets {
  readonly fixed: readonly FixedDigest[];
  readonly alertTarget: Target | undefined;
  readonly problems: readonly Problem[];
}

/** The channels that settings name, which depend on the platforms that there are. */
function readTargets(values: SettingValues<typeof ownSettings>, platforms: readonly PlatformDefinition[]): Targets {
  const problems: Problem[] = [];
  const fixed = values.DIGEST_CHANNELS.split(/[;\n]/)
    .map((entry) => entry.trim())
    .filter(Boolean)
    .flatMap((entry, index) => {
      const digest = parseFixedDigest(entry, platforms, values.DIGEST_TIME_ZONE);
      if (digest) return [digest];
      problems.push({
        code: 'unreadable-digest',
        setting: 'DIGEST_CHANNELS',
        what: `DIGEST_CHANNELS has an entry, number ${index + 1}, that can't be read`,
        remedy: `Write a channel such as ${listExamples(platforms, 'channel')}, then the time, such as 08:00 Europe/London weekdays. docs/digest.md has more.`,
      });
      return [];
    });
  const alertTarget = values.ALERT_CHANNEL === undefined ? undefined : parseTarget(values.ALERT_CHANNEL, platforms);
  if (values.ALERT_CHANNEL !== undefined && !alertTarget) {
    problems.push({
      code: 'unreadable-target',
      setting: 'ALERT_CHANNEL',
      what: "ALERT_CHANNEL isn't a channel",
      remedy: `Write one such as ${listExamples(platforms, 'channel')}`,
    });
  }
  return { fixed, alertTarget, problems };
}

/** The password in a database's address, as it is written there and as it is. */
function listPasswords(url: string | undefined): string[] {
  const password = url && URL.canParse(url) ? new URL(url).password : '';
  return password ? [password, decodeURIComponent(password)] : [];
}
