import type { z } from 'zod';
import type { View } from '../adapters/slack/view.ts';
import type { FixedDigest, Target } from '../core/digests.ts';
import { UserError } from '../core/errors.ts';
import { findMisspelt, type LOG_LEVELS, type Misspelt, settingsSchema } from './settings.ts';

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
  /** Count the questions that find no answer. */
  readonly gaps: boolean;
  /** Where the bot keeps what it must not lose, and caches. */
  readonly dataDirectory: string;
  readonly questionsPerMinute: number;
  readonly discord: {
    /** Absent where Discord is not in use, or over HTTP only. */
    readonly token?: string | undefined;
    readonly apiUrl?: string | undefined;
    readonly register: boolean;
    /** Connect to the gateway, where there is a token. */
    readonly gateway: boolean;
    /** 64 hexadecimal digits; answer interactions over HTTP. */
    readonly publicKey?: string | undefined;
    readonly shards?: { readonly ids: readonly number[]; readonly count: number } | undefined;
    /** Who may change a server's digests. */
    readonly managers: { readonly role?: string | undefined };
  };
  /** Absent where Slack is not in use. */
  readonly slack?:
    | {
        /** Absent where workspaces install the app. */
        readonly botToken?: string | undefined;
        /** Socket Mode. */
        readonly appToken?: string | undefined;
        /** Requests over HTTP. */
        readonly signingSecret?: string | undefined;
        /** Installation by any workspace. */
        readonly oauth?:
          | {
              readonly clientId: string;
              readonly clientSecret: string;
              /** 32 bytes each in base64; the first encrypts, all decrypt. */
              readonly encryptionKeys: readonly string[];
            }
          | undefined;
        readonly apiUrl?: string | undefined;
        /** Shows the app's manifest to the doctor. */
        readonly configToken?: string | undefined;
      }
    | undefined;
  /** What the app at Slack is to be, whether or not the bot is on it yet. */
  readonly slackApp: {
    /** Before each slash command's name. */
    readonly prefix: string;
    /** How people talk with the app beside its commands. */
    readonly view: View;
    /** A user group that may change channels' digests. */
    readonly digestGroup?: string | undefined;
  };
  /** Where others reach the bot over HTTP, without a slash at its end. */
  readonly publicUrl?: string | undefined;
  /** Absent for a SQLite file in the data folder. */
  readonly databaseUrl?: string | undefined;
  readonly digest: {
    readonly defaultZone: string;
    readonly fixed: readonly FixedDigest[];
    readonly pictures: boolean;
    /** How late a digest may still be delivered, in milliseconds. */
    readonly catchUpMs: number;
  };
  /** What the page and the metrics want to see where others than this machine reach them. */
  readonly accessToken?: string | undefined;
  readonly metrics: boolean;
  /** Where traces go, without a slash at its end; absent where none are made. */
  readonly tracesUrl?: string | undefined;
  /** Hears of repeated failures. */
  readonly alertTarget?: Target | undefined;
  /** How long records of deliveries are kept, in milliseconds. */
  readonly retentionMs: number;
  /** What was set under a name that is none. */
  readonly misspelt: readonly Misspelt[];
}

/** Settings that cannot be used. Its message has a line for each, with the remedy. */
export class FaultySettings extends UserError {
  override readonly name = 'FaultySettings';
}

/**
 * Reads the settings from environment variables; an empty one counts as not set. Throws FaultySettings that names every
 * problem at once. No value is repeated in the message, since it may be a secret.
 */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()));
  const { success, data, error } = settingsSchema.safeParse(set);
  if (!success) throw new FaultySettings(error.issues.map(({ message }) => message).join('\n'));
  return {
    port: data.PORT,
    host: data.HOST,
    playground: data.PLAYGROUND,
    contentDirectory: data.CONTENT_DIR,
    logLevel: data.LOG_LEVEL,
    semanticSearch: data.SEMANTIC_SEARCH,
    gaps: data.GAPS,
    dataDirectory: data.DATA_DIR,
    questionsPerMinute: data.QUESTIONS_PER_MINUTE,
    discord: {
      token: data.DISCORD_TOKEN,
      apiUrl: data.DISCORD_API_URL,
      register: data.DISCORD_REGISTER === 'auto',
      gateway: data.DISCORD_GATEWAY,
      publicKey: data.DISCORD_PUBLIC_KEY,
      shards: data.SHARDS && data.SHARD_COUNT ? { ids: data.SHARDS, count: data.SHARD_COUNT } : undefined,
      managers: { role: data.DISCORD_DIGEST_ROLE },
    },
    slack: composeSlack(data),
    slackApp: {
      prefix: data.SLACK_COMMAND_PREFIX ?? '',
      view: data.SLACK_VIEW,
      digestGroup: data.SLACK_DIGEST_GROUP,
    },
    publicUrl: data.PUBLIC_URL,
    databaseUrl: data.DATABASE_URL,
    digest: {
      defaultZone: data.DIGEST_TIME_ZONE,
      fixed: (data.DIGEST_CHANNELS ?? []).map((one) => ({ ...one, zone: one.zone || data.DIGEST_TIME_ZONE })),
      pictures: data.DIGEST_PICTURES,
      // A tick comes a little after the minute: a digest that is on time is never too late.
      catchUpMs: Math.max(data.CATCH_UP * 3_600_000, 60_000),
    },
    accessToken: data.ACCESS_TOKEN,
    metrics: data.METRICS,
    tracesUrl: data.OTEL_EXPORTER_OTLP_ENDPOINT,
    alertTarget: data.ALERT_CHANNEL,
    retentionMs: data.RETENTION_DAYS * 24 * 3_600_000,
    misspelt: findMisspelt(set),
  };
}

function composeSlack(data: z.infer<typeof settingsSchema>): Config['slack'] {
  const { SLACK_CLIENT_ID: clientId, SLACK_CLIENT_SECRET: clientSecret, SLACK_ENCRYPTION_KEYS: encryptionKeys } = data;
  if (!data.SLACK_BOT_TOKEN && !clientId) return undefined;
  return {
    botToken: data.SLACK_BOT_TOKEN,
    appToken: data.SLACK_APP_TOKEN,
    signingSecret: data.SLACK_SIGNING_SECRET,
    oauth: clientId && clientSecret && encryptionKeys ? { clientId, clientSecret, encryptionKeys } : undefined,
    apiUrl: data.SLACK_API_URL,
    configToken: data.SLACK_CONFIG_TOKEN,
  };
}

/** Every value that nobody but the bot may see. */
export function listSecrets({ discord, slack, accessToken, databaseUrl }: Config): string[] {
  const password = databaseUrl && URL.canParse(databaseUrl) ? new URL(databaseUrl).password : undefined;
  return [
    discord.token,
    slack?.botToken,
    slack?.appToken,
    slack?.signingSecret,
    slack?.configToken,
    slack?.oauth?.clientSecret,
    ...(slack?.oauth?.encryptionKeys ?? []),
    accessToken,
    password,
    password && decodeURIComponent(password),
  ].filter((secret) => (secret?.length ?? 0) > 3) as string[];
}
