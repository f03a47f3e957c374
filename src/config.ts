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
  LOG_LEVEL: z.enum(LOG_LEVELS, `LOG_LEVEL is unknown; write one of ${LOG_LEVELS.join(', ')}`).default('info'),
});

/** All settings, checked. */
export interface Config {
  /** 0 for any free port. */
  readonly port: number;
  readonly host: string;
  readonly playground: boolean;
  readonly contentDirectory: string;
  readonly logLevel: (typeof LOG_LEVELS)[number];
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
  const { success, data, error } = settings.safeParse(set);
  if (!success) throw new FaultySettings(error.issues.map(({ message }) => message).join('\n'));
  return {
    port: data.PORT,
    host: data.HOST,
    playground: data.PLAYGROUND,
    contentDirectory: data.CONTENT_DIR,
    logLevel: data.LOG_LEVEL,
  };
}
