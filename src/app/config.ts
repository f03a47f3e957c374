import type { FixedDigest, Target } from '../core/digests.ts';
import { UserError, wordProblem } from '../core/errors.ts';
import type { ConfiguredPlatform, PlatformDefinition } from '../core/platform.ts';
import { type Environment, listSecretValues, type Problem, readSettings, type SettingValues } from '../core/setting.ts';
import type { Network } from '../import/web/addresses.ts';
import { platforms as allPlatforms } from '../platforms.ts';
import { readersOf } from './access.ts';
import { type Models, readModels } from './model-settings.ts';
import type { BackupPlan } from './parse-backup.ts';
import { findMisspelt, type LOG_LEVELS, type Misspelt, ownSettings } from './settings.ts';
import { listExamples, parseFixedDigest, parseReport, parseTarget } from './targets.ts';
import { version } from './version.ts';

/** All settings, checked. */
export interface Config {
  /** 0 for any free port. */
  readonly port: number;
  readonly host: string;
  readonly playground: boolean;
  readonly contentDirectory: string;
  /** Networks from which articles may be imported though they aren't on the public web. */
  readonly importNetworks: readonly Network[];
  readonly logLevel: (typeof LOG_LEVELS)[number];
  /** Whether to search by meaning too, not only by words. */
  readonly semanticSearch: boolean;
  /** Models that run elsewhere. */
  readonly models: Models;
  /** Whether to count the questions that find no answer. */
  readonly gaps: boolean;
  /** Whether to ask readers if an answer helped. */
  readonly feedback: boolean;
  /** Where the bot keeps its data and caches. */
  readonly dataDirectory: string;
  readonly questionsPerMinute: number;
  /** Every platform that the bot knows, whether the settings turn it on or not. */
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
  /** The token that the page and the metrics ask for if other machines can reach them. */
  readonly accessToken?: string | undefined;
  /** Whether the editors' desk is on the port. */
  readonly desk: boolean;
  /** The token that the desk asks for, which lets its holder change content. */
  readonly editorToken?: string | undefined;
  /** Where others reach the bot over HTTP, without a slash at its end. */
  readonly publicUrl?: string | undefined;
  readonly metrics: boolean;
  /** Where traces go, without a slash at its end; absent if none are made. */
  readonly tracesUrl?: string | undefined;
  /** The channel told about repeated failures. */
  readonly alertTarget?: Target | undefined;
  /** The editors' channel, and when it gets the report of what readers missed. */
  readonly editors?: FixedDigest | undefined;
  /** How long records of deliveries are kept, in milliseconds. */
  readonly retentionMs: number;
  /** How long it is kept who changed what, in milliseconds. */
  readonly auditMs: number;
  /** Absent if the bot makes no backups. */
  readonly backup?: BackupPlan | undefined;
  /** Variables that were set and look like misspelt settings. */
  readonly misspelt: readonly Misspelt[];
  /** Every value that must not be shown or logged. */
  readonly secrets: readonly string[];
}

/** Settings that cannot be used. The message has a line for each problem, with its remedy. */
export class FaultySettings extends UserError {
  override readonly name = 'FaultySettings';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(wordProblem).join('\n'));
    this.problems = problems;
  }
}

/** Anything shorter could appear in any program's log by chance. */
const SHORTEST_SECRET = 4;

/** The name of every setting, of the bot's own and of these platforms. */
export function listSettings(platforms: readonly PlatformDefinition[] = allPlatforms): string[] {
  return [...Object.keys(ownSettings), ...platforms.flatMap(({ settingNames }) => settingNames)];
}

/** What was set and isn't a setting, as a problem. */
export function describeMisspelt({ name, meant }: Misspelt): Problem {
  const remedy = meant
    ? `Write ${meant}, if that is what you meant.`
    : 'Remove it from .env; .env.example has every setting.';
  return { code: 'misspelt-setting', setting: name, what: `${name} isn't a setting`, remedy };
}

/**
 * Reads the settings from environment variables; an empty one counts as not set. `written` are the names in the file `.env`. Throws
 * FaultySettings, which names every problem at once, misspelt names too, and repeats no value, since it may be a secret.
 */
export function loadConfig(
  env: Environment,
  platforms: readonly PlatformDefinition[] = allPlatforms,
  written: ReadonlySet<string> = new Set(),
): Config {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()));
  const { values, problems } = readSettings(ownSettings, set);
  // Problems with a platform's settings are reported together with problems with the bot's own.
  const readers = values ? readersOf(values.HOST, values.ACCESS_TOKEN) : 'nobody';
  const site = { version, readers, publicUrl: values?.PUBLIC_URL } as const;
  const outcomes = platforms.map((platform) => platform.configure(set, site));
  const configured = outcomes.flatMap(({ platform }) => platform ?? []);
  const read = values && readTargets(values, platforms);
  const models = values && readModels(values);
  const found = [
    ...problems,
    ...(read?.problems ?? []),
    ...(models?.problems ?? []),
    ...(values ? checkBackup(values) : []),
    ...outcomes.flatMap((one) => one.problems),
  ];
  const misspelt = findMisspelt(set, listSettings(platforms), written);
  if (!values || !read || !models || found.length > 0)
    throw new FaultySettings([...found, ...misspelt.map(describeMisspelt)]);
  return {
    port: values.PORT,
    host: values.HOST,
    playground: values.PLAYGROUND,
    contentDirectory: values.CONTENT_DIR,
    importNetworks: values.IMPORT_PRIVATE_ADDRESSES,
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
      // A tick comes slightly after the minute, and a digest that is on time must not count as late.
      catchUpMs: Math.max(values.CATCH_UP * 3_600_000, 60_000),
    },
    accessToken: values.ACCESS_TOKEN,
    desk: values.DESK,
    editorToken: values.EDITOR_TOKEN,
    publicUrl: values.PUBLIC_URL,
    metrics: values.METRICS,
    tracesUrl: values.OTEL_EXPORTER_OTLP_ENDPOINT,
    alertTarget: read.alertTarget,
    editors: read.editors,
    retentionMs: values.RETENTION_DAYS * 24 * 3_600_000,
    auditMs: values.AUDIT_KEEP * 24 * 3_600_000,
    backup: readBackup(values),
    misspelt,
    secrets: [
      ...listSecretValues(ownSettings, values),
      ...listPasswords(values.DATABASE_URL),
      ...configured.flatMap(({ secrets }) => secrets),
    ].filter((secret) => secret.length >= SHORTEST_SECRET),
  };
}

/** What else has its own way of being backed up. */
function checkBackup({ BACKUP_DIR, DATABASE_URL = '' }: SettingValues<typeof ownSettings>): Problem[] {
  if (BACKUP_DIR === undefined || /^(sqlite:(?!:memory:)|$)/.test(DATABASE_URL)) return [];
  return [
    {
      code: 'backup-of-another',
      setting: 'BACKUP_DIR',
      what: 'BACKUP_DIR backs up a SQLite file only, and DATABASE_URL names none',
      remedy: 'Remove it. Back up PostgreSQL with pg_dump, or have its provider do so. See docs/operate.md.',
    },
  ];
}

function readBackup({
  BACKUP_DIR: folder,
  BACKUP_AT: { time, zone },
  BACKUP_KEEP: keep,
  DIGEST_TIME_ZONE,
}: SettingValues<typeof ownSettings>): BackupPlan | undefined {
  return folder === undefined ? undefined : { folder, time, zone: zone ?? DIGEST_TIME_ZONE, keep };
}

interface Targets {
  readonly fixed: readonly FixedDigest[];
  readonly alertTarget: Target | undefined;
  readonly editors: FixedDigest | undefined;
  readonly problems: readonly Problem[];
}

/** The channels that the settings name. They depend on which platforms exist. */
function readTargets(values: SettingValues<typeof ownSettings>, platforms: readonly PlatformDefinition[]): Targets {
  const problems: Problem[] = [];
  const fixed = values.DIGEST_CHANNELS.split(/[;\n]/)
    .map((entry) => entry.trim())
    .filter(Boolean)
    .flatMap((entry, index) => {
      const digest = parseFixedDigest(entry, platforms, values.DIGEST_TIME_ZONE);
      if (typeof digest !== 'string') return [digest];
      problems.push({
        code: 'unreadable-digest',
        setting: 'DIGEST_CHANNELS',
        what: `DIGEST_CHANNELS has an entry that can't be read, number ${index + 1}: ${digest}`,
        remedy: `Write a channel such as ${listExamples(platforms, 'channel')}, then a time such as 08:00 Europe/London weekdays. See docs/digest.md.`,
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
  const declared = values.EDITORS_CHANNEL;
  const editors = declared === undefined ? undefined : parseReport(declared, platforms, values.DIGEST_TIME_ZONE);
  if (declared !== undefined && !editors) {
    problems.push({
      code: 'unreadable-report',
      setting: 'EDITORS_CHANNEL',
      what: "EDITORS_CHANNEL isn't a channel with, if at all, a time on one day of the week",
      remedy: `Write one such as ${listExamples(platforms, 'channel')}, or add when its weekly report comes: 09:00 monday Europe/London`,
    });
  }
  return { fixed, alertTarget, editors, problems };
}

/** The password in a database's address, both percent-encoded and plain. */
function listPasswords(url: string | undefined): string[] {
  const password = url && URL.canParse(url) ? new URL(url).password : '';
  return password ? [password, decodeURIComponent(password)] : [];
}
