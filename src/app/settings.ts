import { distance } from 'fastest-levenshtein';
import { z } from 'zod';
import type { SettingsShape } from '../core/setting.ts';
import { findTimeZone } from '../core/time-zones.ts';
import { parseNetworks } from '../import/web/addresses.ts';
import { modelSettings } from './model-settings.ts';
import { parseBackupTime } from './parse-backup.ts';

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** An on-off setting. */
function flag(preset: boolean) {
  const schema = z.stringbool({ truthy: ['on', 'true', '1', 'yes'], falsy: ['off', 'false', '0', 'no'] });
  return { schema: schema.default(preset), fault: 'is neither on nor off', remedy: 'Write on or off.' };
}

/** An address without a slash at its end. */
const address = z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, ''));

/** What opens a page to those who have it. */
const token = {
  schema: z
    .string()
    .regex(/^[\w.~+-]{16,200}$/)
    .optional(),
  fault: "isn't a token of at least 16 safe characters",
  remedy: 'Make one with: openssl rand -hex 16',
  secret: true,
} as const;

/** The bot's own settings, as environment variables hold them. Those of a platform are in its folder. */
export const ownSettings = {
  PORT: {
    schema: z.coerce.number().int().min(0).max(65_535).default(3000),
    fault: "isn't a whole number from 0 to 65535",
    remedy: 'Write a port such as 3000, or 0 for any free one.',
  },
  HOST: {
    schema: z
      .string()
      .regex(/^[\w.:-]+$/)
      .default('127.0.0.1'),
    fault: "isn't an address",
    remedy: 'Write 127.0.0.1 for this machine only, or 0.0.0.0 for all networks.',
  },
  PUBLIC_URL: {
    schema: address.optional(),
    fault: "isn't an address",
    remedy: 'Write the address at which others reach the bot, such as https://briefing.example.org',
  },
  PLAYGROUND: flag(true),
  CONTENT_DIR: {
    schema: z.string().default('content'),
    fault: "isn't a folder",
    remedy: 'Write the name of a folder.',
  },
  IMPORT_PRIVATE_ADDRESSES: {
    schema: z
      .string()
      .default('')
      .transform((text, context) => {
        const networks = parseNetworks(text);
        if (!networks) context.addIssue({ code: 'custom' });
        return networks ?? [];
      }),
    fault: "isn't a list of networks",
    remedy: 'Write addresses or networks such as 10.2.0.0/16, 192.168.1.5',
  },
  SEMANTIC_SEARCH: flag(true),
  GAPS: flag(true),
  FEEDBACK: flag(true),
  ...modelSettings,
  DATA_DIR: { schema: z.string().default('data'), fault: "isn't a folder", remedy: 'Write the name of a folder.' },
  QUESTIONS_PER_MINUTE: {
    schema: z.coerce.number().int().min(1).default(20),
    fault: "isn't a whole number from 1",
    remedy: 'Write how many questions one person may ask in a minute, such as 20',
  },
  DATABASE_URL: {
    schema: z
      .string()
      .regex(/^(sqlite:.+|postgres(ql)?:\/\/.+)$/s)
      .optional(),
    fault: "isn't the address of a database",
    remedy: 'Write sqlite:data/briefing.db, sqlite::memory: or postgres://user:password@host/name',
  },
  DIGEST_TIME_ZONE: {
    schema: z
      .string()
      .refine((zone) => findTimeZone(zone) !== undefined)
      .default('UTC'),
    fault: "isn't a time zone",
    remedy: 'Write one such as Europe/London',
  },
  DIGEST_CHANNELS: {
    schema: z.string().default(''),
    fault: "isn't a list of digests",
    remedy: 'See docs/digest.md.',
  },
  DIGEST_PICTURES: flag(true),
  CATCH_UP: {
    // A digest more than a day late is yesterday's.
    schema: z.coerce.number().min(0).max(24).default(6),
    fault: "isn't a number from 0 to 24",
    remedy: 'Write for how many hours a late digest is still sent, such as 6',
  },
  ACCESS_TOKEN: token,
  DESK: flag(true),
  EDITOR_TOKEN: token,
  METRICS: flag(true),
  OTEL_EXPORTER_OTLP_ENDPOINT: {
    schema: address.optional(),
    fault: "isn't an address",
    remedy: 'Write one such as http://localhost:4318',
  },
  ALERT_CHANNEL: { schema: z.string().optional(), fault: "isn't a channel", remedy: 'See docs/deploy.md.' },
  EDITORS_CHANNEL: { schema: z.string().optional(), fault: "isn't a channel", remedy: 'See docs/content.md.' },
  RETENTION_DAYS: {
    schema: z.coerce.number().int().min(2).max(3650).default(90),
    fault: "isn't a whole number from 2 to 3650",
    remedy: 'Write for how many days records of deliveries are kept, such as 90',
  },
  AUDIT_KEEP: {
    schema: z.coerce.number().int().min(1).max(3650).default(365),
    fault: "isn't a whole number from 1 to 3650",
    remedy: 'Write for how many days it is kept who changed what, such as 365',
  },
  BACKUP_DIR: { schema: z.string().optional(), fault: "isn't a folder", remedy: 'Write the name of a folder.' },
  BACKUP_AT: {
    schema: z
      .string()
      .default('03:30')
      .transform((text, context) => {
        const at = parseBackupTime(text);
        if (!at) context.addIssue({ code: 'custom' });
        return at ?? { time: '' };
      }),
    fault: "isn't a time of day",
    remedy: 'Write one such as 03:30, with a time zone if you like: 03:30 Europe/London',
  },
  BACKUP_KEEP: {
    schema: z.coerce.number().int().min(1).max(3650).default(14),
    fault: "isn't a whole number from 1 to 3650",
    remedy: 'Write how many backups are kept, one for each day, such as 14',
  },
  LOG_LEVEL: {
    schema: z.enum(LOG_LEVELS).default('info'),
    fault: "isn't a log level",
    remedy: `Write one of ${LOG_LEVELS.join(', ')}.`,
  },
} satisfies SettingsShape;

/** Shorter names, such as `PORT`, are close to too many others. */
const SHORTEST_MISSPELT = 7;
const MOST_SLIPS = 2;

/** Variables that programs beside the bot read, such as Node, PostgreSQL's or a collector's. They may stand in `.env`, too. */
const OF_OTHERS = /^(?:TZ|LANG|LC_|NODE_|NPM_|PG|POSTGRES_|COMPOSE_|DOCKER_|OTEL_)|_PROXY$/i;

/** A variable that looks like a setting and isn't one. */
export interface Misspelt {
  readonly name: string;
  /** The setting that was probably meant, if one is near. */
  readonly meant?: string;
}

/**
 * The variables whose names are almost those of settings, and of those in the file `.env` each that isn't one. Without a warning
 * they would be ignored silently. `written` are the file's names: whatever stands there was meant for the bot.
 */
export function findMisspelt(
  env: Readonly<Record<string, unknown>>,
  settings: readonly string[],
  written: ReadonlySet<string> = new Set(),
): Misspelt[] {
  return Object.keys(env).flatMap((name) => {
    const isWritten = written.has(name);
    if (settings.includes(name) || (!isWritten && name.length < SHORTEST_MISSPELT)) return [];
    const near = settings.map((known) => ({ known, slips: distance(known, name.toUpperCase()) }));
    const [nearest] = near.filter(({ slips }) => slips <= MOST_SLIPS).toSorted((a, b) => a.slips - b.slips);
    if (nearest) return [{ name, meant: nearest.known }];
    return isWritten && !OF_OTHERS.test(name) ? [{ name }] : [];
  });
}
