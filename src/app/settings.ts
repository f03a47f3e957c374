import { distance } from 'fastest-levenshtein';
import { z } from 'zod';
import { VIEWS } from '../adapters/slack/view.ts';
import { parseTime } from '../core/date.ts';
import { DAYS, type Days, type FixedDigest, type Target } from '../core/digests.ts';
import { findTimeZone } from '../core/time-zones.ts';

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** An on-off setting as people write it. */
function flag(name: string, preset: 'on' | 'off') {
  return z
    .enum(
      ['on', 'off', 'true', 'false', '1', '0', 'yes', 'no'],
      `${name} is neither on nor off; write ${name}=on or ${name}=off`,
    )
    .default(preset)
    .transform((value) => ['on', 'true', '1', 'yes'].includes(value));
}

/** Names as short as `PORT` are near too many others. */
const SHORTEST_MISSPELT = 7;
const MOST_SLIPS = 2;

const settings = z.object({
  PORT: z.coerce
    .number('PORT is no number; write a port such as PORT=3000, or 0 for any free one')
    .int('PORT is no whole number; write a port such as PORT=3000')
    .min(0, 'PORT is below 0; write one from 1 to 65535, or 0 for any free one')
    .max(65535, 'PORT is above 65535; write one from 1 to 65535')
    .default(3000),
  HOST: z
    .string()
    .regex(/^[\w.:-]+$/, 'HOST is no address; write 127.0.0.1 for this machine only, or 0.0.0.0 for all networks')
    .default('127.0.0.1'),
  PLAYGROUND: flag('PLAYGROUND', 'on'),
  CONTENT_DIR: z.string().default('content'),
  SEMANTIC_SEARCH: flag('SEMANTIC_SEARCH', 'on'),
  GAPS: flag('GAPS', 'on'),
  DATA_DIR: z.string().default('data'),
  QUESTIONS_PER_MINUTE: z.coerce
    .number('QUESTIONS_PER_MINUTE is no number; write how many questions one person may ask in a minute, such as 20')
    .int('QUESTIONS_PER_MINUTE is no whole number; write one such as 20')
    .min(1, 'QUESTIONS_PER_MINUTE is below 1; write one such as 20')
    .default(20),
  DISCORD_TOKEN: z
    .string()
    .regex(/^\S+$/, 'DISCORD_TOKEN has white space in it; copy the token anew, without quotation marks')
    .optional(),
  DISCORD_API_URL: z
    .url({ protocol: /^https?$/, error: 'DISCORD_API_URL is no address; write one such as http://localhost:4000/api' })
    .optional(),
  DISCORD_REGISTER: z
    .enum(['auto', 'off'], 'DISCORD_REGISTER is unknown; write auto, or off to use "briefing register" by hand')
    .default('auto'),
  DISCORD_GATEWAY: flag('DISCORD_GATEWAY', 'on'),
  DISCORD_PUBLIC_KEY: z
    .string()
    .regex(
      /^[0-9a-f]{64}$/i,
      'DISCORD_PUBLIC_KEY is no public key; copy the 64 digits from General Information of your application',
    )
    .optional(),
  SHARDS: z
    .string()
    .regex(/^\d+(-\d+)?(,\d+(-\d+)?)*$/, 'SHARDS is no list of shards; write one such as 0-3 or 0,2')
    .transform(parseShards)
    .optional(),
  SHARD_COUNT: z.coerce
    .number('SHARD_COUNT is no number; write how many shards all processes run together')
    .int('SHARD_COUNT is no whole number; write one such as 16')
    .min(1, 'SHARD_COUNT is below 1; write how many shards all processes run together')
    .optional(),
  DISCORD_DIGEST_ROLE: z
    .string()
    .regex(/^\d{15,21}$/, 'DISCORD_DIGEST_ROLE is no role id; copy it from the role’s menu in developer mode')
    .optional(),
  SLACK_BOT_TOKEN: z
    .string()
    .regex(/^xoxb-\S+$/, 'SLACK_BOT_TOKEN does not begin with xoxb-; copy the Bot User OAuth Token')
    .optional(),
  SLACK_APP_TOKEN: z
    .string()
    .regex(/^xapp-\S+$/, 'SLACK_APP_TOKEN does not begin with xapp-; copy the App-Level Token')
    .optional(),
  SLACK_SIGNING_SECRET: z
    .string()
    .regex(/^\S+$/, 'SLACK_SIGNING_SECRET has white space in it; copy it anew from Basic Information')
    .optional(),
  SLACK_CLIENT_ID: z
    .string()
    .regex(/^\d+\.\d+$/, 'SLACK_CLIENT_ID is no client id; copy it from Basic Information')
    .optional(),
  SLACK_CLIENT_SECRET: z
    .string()
    .regex(/^\S+$/, 'SLACK_CLIENT_SECRET has white space in it; copy it anew from Basic Information')
    .optional(),
  SLACK_ENCRYPTION_KEYS: z
    .string()
    .transform((text) => text.split(',').map((key) => key.trim()))
    .refine(
      (keys) => keys.every((key) => Buffer.from(key, 'base64').length === 32),
      'SLACK_ENCRYPTION_KEYS holds something that is no key; make one with: openssl rand -base64 32',
    )
    .optional(),
  SLACK_COMMAND_PREFIX: z
    .string()
    .regex(/^[a-z0-9_-]{1,10}$/, 'SLACK_COMMAND_PREFIX is no prefix; write at most 10 letters such as brief-')
    .optional(),
  SLACK_DIGEST_GROUP: z
    .string()
    .regex(/^S[A-Z0-9]+$/, 'SLACK_DIGEST_GROUP is no id of a user group; copy one such as S0123ABCD')
    .optional(),
  SLACK_VIEW: z
    .enum(VIEWS, 'SLACK_VIEW is unknown; write agent, assistant for an app made before July 2026, or off')
    .default('agent'),
  SLACK_CONFIG_TOKEN: z
    .string()
    .regex(/^xoxe\S+$/, 'SLACK_CONFIG_TOKEN does not begin with xoxe; copy it from Your App Configuration Tokens')
    .optional(),
  SLACK_API_URL: z
    .url({ protocol: /^https?$/, error: 'SLACK_API_URL is no address; write one such as http://localhost:4000/api/' })
    .transform((url) => (url.endsWith('/') ? url : `${url}/`))
    .optional(),
  PUBLIC_URL: z
    .url({
      protocol: /^https?$/,
      error:
        'PUBLIC_URL is no address; write the one that others reach the bot at, such as https://briefing.example.org',
    })
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
  DATABASE_URL: z
    .string()
    .regex(
      /^(sqlite:.+|postgres(ql)?:\/\/.+)$/s,
      'DATABASE_URL is no address of a database; write sqlite:data/briefing.db, sqlite::memory: or postgres://user:password@host/name',
    )
    .optional(),
  DIGEST_TIME_ZONE: z
    .string()
    .refine(
      (zone) => findTimeZone(zone) !== undefined,
      'DIGEST_TIME_ZONE is no time zone; write one such as Europe/London',
    )
    .default('UTC'),
  DIGEST_CHANNELS: z.string().transform(parseFixedDigests).optional(),
  DIGEST_PICTURES: flag('DIGEST_PICTURES', 'on'),
  CATCH_UP: z.coerce
    .number('CATCH_UP is no number; write for how many hours a late digest is still sent, such as 6')
    .min(0, 'CATCH_UP is below 0; write for how many hours a late digest is still sent')
    .max(24, 'CATCH_UP is above 24; a digest that old is yesterday’s')
    .default(6),
  ACCESS_TOKEN: z
    .string()
    .regex(/^[\w.~+-]{16,200}$/, 'ACCESS_TOKEN is no safe token; make one with: openssl rand -hex 16')
    .optional(),
  METRICS: flag('METRICS', 'on'),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({
      protocol: /^https?$/,
      error: 'OTEL_EXPORTER_OTLP_ENDPOINT is no address; write one such as http://localhost:4318',
    })
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
  ALERT_CHANNEL: z
    .string()
    .regex(
      /^(discord:\d{15,21}|slack:(T\w+\/)?[CGD]\w+)$/,
      'ALERT_CHANNEL is no channel; write such as slack:C0123ABCD or discord:123456789012345678',
    )
    .transform(parseTarget)
    .optional(),
  RETENTION_DAYS: z.coerce
    .number('RETENTION_DAYS is no number; write how many days records of deliveries are kept, such as 90')
    .int('RETENTION_DAYS is no whole number; write one such as 90')
    .min(2, 'RETENTION_DAYS is below 2; write one such as 90')
    .max(3650, 'RETENTION_DAYS is above 3650; write one such as 90')
    .default(90),
  LOG_LEVEL: z.enum(LOG_LEVELS, `LOG_LEVEL is unknown; write one of ${LOG_LEVELS.join(', ')}`).default('info'),
});

/** The name of every setting. */
export const SETTING_NAMES: readonly string[] = Object.keys(settings.shape);

/** A variable that looks like a setting and is none, and the setting that was probably meant. */
export interface Misspelt {
  readonly name: string;
  readonly meant: string;
}

/** Variables of this environment whose names are nearly those of settings: without a word they would count for nothing. */
export function findMisspelt(env: Readonly<Record<string, string | undefined>>): Misspelt[] {
  return Object.keys(env).flatMap((name) => {
    if (SETTING_NAMES.includes(name) || name.length < SHORTEST_MISSPELT) return [];
    const meant = SETTING_NAMES.find((known) => distance(known, name.toUpperCase()) <= MOST_SLIPS);
    return meant ? [{ name, meant }] : [];
  });
}

/** `slack:T0123/C0123` or `discord:123`. */
function parseTarget(text: string): Target {
  const [, platform = '', team = '', channel = ''] = /^(\w+):(?:(\w+)\/)?(\w+)$/.exec(text) ?? [];
  return { platform, team, channel };
}

/** `0-3,8` as the numbers that it means. */
function parseShards(text: string): number[] {
  return text.split(',').flatMap((part) => {
    const [first, last = first] = part.split('-').map(Number) as [number, number?];
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
  });
}

/**
 * `discord:123456789012345678 08:00 Europe/London weekdays drones,energy; slack:C0123 9:00`, one for each channel. Before the
 * channel may stand its server or workspace, with a slash between them.
 */
function parseFixedDigests(text: string, context: z.RefinementCtx): FixedDigest[] {
  return text
    .split(/[;\n]/)
    .map((entry) => entry.trim())
    .filter(Boolean)
    .flatMap((entry, index) => {
      const [, platform, team = '', channel, clock, rest = ''] =
        /^(discord|slack):(?:(\w+)\/)?(\w+) +(\S+)(?: +(.*))?$/.exec(entry) ?? [];
      const words = rest.split(/ +/).filter(Boolean);
      const time = parseTime(clock ?? '');
      // `iran` may be a topic, and is a zone, too.
      const zone = words.find((word) => /\/|^utc$/i.test(word) && findTimeZone(word));
      const days = words.find((word) => (DAYS as readonly string[]).includes(word)) as Days | undefined;
      const others = words.filter((word) => word !== zone && word !== days);
      if (!platform || !channel || !time || others.length > 1) {
        context.addIssue(
          `DIGEST_CHANNELS, entry ${index + 1}, cannot be read; write such as slack:C0123ABCD 08:00 Europe/London weekdays drones,energy`,
        );
        return [];
      }
      const topics = (others[0] ?? '').split(',').filter(Boolean);
      return [{ platform, team, channel, time, zone: zone ?? '', days: days ?? 'daily', topics }];
    });
}

/** All settings as environment variables have them, each right in itself and all right together. */
export const settingsSchema = settings.superRefine(
  (
    {
      SHARDS,
      SHARD_COUNT,
      SLACK_BOT_TOKEN,
      SLACK_APP_TOKEN,
      SLACK_SIGNING_SECRET,
      SLACK_CLIENT_ID,
      SLACK_CLIENT_SECRET,
      SLACK_ENCRYPTION_KEYS,
    },
    context,
  ) => {
    if ((SHARDS === undefined) !== (SHARD_COUNT === undefined)) {
      context.addIssue('SHARDS and SHARD_COUNT belong together; write both, or leave both out');
    } else if (SHARDS && (SHARDS.length === 0 || Math.max(...SHARDS) >= (SHARD_COUNT ?? 0))) {
      context.addIssue('SHARDS names a shard beyond SHARD_COUNT; they are numbered from 0 to one below it');
    }
    if ((SLACK_BOT_TOKEN || SLACK_CLIENT_ID) && !SLACK_APP_TOKEN && !SLACK_SIGNING_SECRET) {
      context.addIssue('Slack has no way in; write SLACK_APP_TOKEN for Socket Mode, or SLACK_SIGNING_SECRET for HTTP');
    }
    if ((SLACK_APP_TOKEN || SLACK_SIGNING_SECRET) && !SLACK_BOT_TOKEN && !SLACK_CLIENT_ID) {
      context.addIssue('SLACK_BOT_TOKEN is missing; copy it from OAuth & Permissions of your app');
    }
    if (SLACK_CLIENT_ID && SLACK_BOT_TOKEN) {
      context.addIssue('SLACK_BOT_TOKEN is for one workspace and SLACK_CLIENT_ID for many; write one of them');
    }
    if (SLACK_CLIENT_ID && (!SLACK_CLIENT_SECRET || !SLACK_ENCRYPTION_KEYS)) {
      context.addIssue(
        'SLACK_CLIENT_ID needs SLACK_CLIENT_SECRET too, and SLACK_ENCRYPTION_KEYS, made with: openssl rand -base64 32',
      );
    }
  },
);
