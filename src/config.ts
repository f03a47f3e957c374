import { z } from 'zod';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

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
  LOG_LEVEL: z.enum(LOG_LEVELS, `LOG_LEVEL is unknown; write one of ${LOG_LEVELS.join(', ')}`).default('info'),
});

/** `0-3,8` as the numbers that it means. */
function parseShards(text: string): number[] {
  return text.split(',').flatMap((part) => {
    const [first, last = first] = part.split('-').map(Number) as [number, number?];
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
  });
}

/** Settings that are right each in itself but not together. */
const together = settings.superRefine(
  ({ SHARDS, SHARD_COUNT, DISCORD_GATEWAY, DISCORD_TOKEN, DISCORD_PUBLIC_KEY }, context) => {
    if ((SHARDS === undefined) !== (SHARD_COUNT === undefined)) {
      context.addIssue('SHARDS and SHARD_COUNT belong together; write both, or leave both out');
    } else if (SHARDS && (SHARDS.length === 0 || Math.max(...SHARDS) >= (SHARD_COUNT ?? 0))) {
      context.addIssue('SHARDS names a shard beyond SHARD_COUNT; they are numbered from 0 to one below it');
    }
    if (!DISCORD_GATEWAY && DISCORD_TOKEN && !DISCORD_PUBLIC_KEY) {
      context.addIssue(
        'DISCORD_GATEWAY=off leaves Discord no way in; write DISCORD_PUBLIC_KEY too, or take DISCORD_GATEWAY out',
      );
    }
  },
);

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
  };
}

/** Settings that cannot be used. Its message has a line for each, with the remedy. */
export class FaultySettings extends Error {
  override readonly name = 'FaultySettings';
}

/**
 * Reads the settings from environment variables; an empty one counts as not set. Throws FaultySettings that names every
 * problem at once. No value is repeated in the message, since it may be a secret.
 */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()));
  const { success, data, error } = together.safeParse(set);
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
    },
  };
}
