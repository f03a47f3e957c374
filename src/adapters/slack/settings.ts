import { z } from 'zod';
import type { Problem, SettingsShape, SettingValues } from '../../core/setting.ts';
import { VIEWS } from './view.ts';

/**
 * Put before each slash command's name. If two apps of a workspace have a command of the same name, Slack runs the one of the app
 * that was installed last, https://docs.slack.dev/interactivity/implementing-slash-commands: names such as `ask` and `sources` are common.
 */
const DEFAULT_PREFIX = 'brief-';

/** Slack's settings, as environment variables hold them. */
export const slackSettings = {
  SLACK_BOT_TOKEN: {
    schema: z
      .string()
      .regex(/^xoxb-\S+$/)
      .optional(),
    fault: "isn't a bot token, which begins with xoxb-",
    remedy: 'Copy the Bot User OAuth Token from OAuth & Permissions.',
    secret: true,
  },
  SLACK_APP_TOKEN: {
    schema: z
      .string()
      .regex(/^xapp-\S+$/)
      .optional(),
    fault: "isn't an app-level token, which begins with xapp-",
    remedy: 'Copy it from Basic Information, App-Level Tokens.',
    secret: true,
  },
  SLACK_SIGNING_SECRET: {
    schema: z.string().regex(/^\S+$/).optional(),
    fault: 'has white space in it',
    remedy: 'Copy it again from Basic Information.',
    secret: true,
  },
  SLACK_CLIENT_ID: {
    schema: z
      .string()
      .regex(/^\d+\.\d+$/)
      .optional(),
    fault: "isn't a client id",
    remedy: 'Copy it from Basic Information.',
  },
  SLACK_CLIENT_SECRET: {
    schema: z.string().regex(/^\S+$/).optional(),
    fault: 'has white space in it',
    remedy: 'Copy it again from Basic Information.',
    secret: true,
  },
  SLACK_ENCRYPTION_KEYS: {
    schema: z
      .string()
      .transform((text) => text.split(',').map((key) => key.trim()))
      .refine((keys) => keys.every((key) => Buffer.from(key, 'base64').length === 32))
      .optional(),
    fault: "holds something that isn't a key of 32 bytes",
    remedy: 'Make one with: openssl rand -base64 32',
    secret: true,
  },
  SLACK_COMMAND_PREFIX: {
    schema: z
      .string()
      .regex(/^[a-z0-9_-]{1,10}$/)
      .default(DEFAULT_PREFIX)
      .transform((prefix) => (prefix === 'off' ? '' : prefix)),
    fault: "isn't a prefix for commands",
    remedy: 'Write off, or at most 10 lower-case letters, digits, hyphens or underscores, such as news-',
  },
  SLACK_DIGEST_GROUP: {
    schema: z
      .string()
      .regex(/^S[A-Z0-9]+$/)
      .optional(),
    fault: "isn't a user group's id",
    remedy: 'Copy one such as S0123ABCD',
  },
  SLACK_VIEW: {
    schema: z.enum(VIEWS).default('agent'),
    fault: "isn't a view that the bot knows",
    remedy: 'Write agent, assistant for an app made before July 2026, or off.',
  },
  SLACK_CONFIG_TOKEN: {
    schema: z
      .string()
      .regex(/^xoxe\S+$/)
      .optional(),
    fault: "isn't a configuration token, which begins with xoxe",
    remedy: 'Copy it from Your App Configuration Tokens.',
    secret: true,
  },
  SLACK_API_URL: {
    schema: z
      .url({ protocol: /^https?$/ })
      .transform((url) => (url.endsWith('/') ? url : `${url}/`))
      .optional(),
    fault: "isn't an address",
    remedy: 'Write one such as http://localhost:4000/api/',
  },
} satisfies SettingsShape;

/** What is wrong with Slack's settings together. */
export function checkSlackSettings(values: SettingValues<typeof slackSettings>): Problem[] {
  const { SLACK_BOT_TOKEN: token, SLACK_CLIENT_ID: client, SLACK_APP_TOKEN: app } = values;
  const { SLACK_SIGNING_SECRET: secret, SLACK_CLIENT_SECRET: clientSecret, SLACK_ENCRYPTION_KEYS: keys } = values;
  const problem = (setting: string, what: string, remedy: string) => [
    { code: 'settings-do-not-fit', setting, what, remedy },
  ];
  return [
    ...((token || client) && !app && !secret
      ? problem(
          'SLACK_APP_TOKEN',
          'Slack has no way to reach the bot',
          'Set SLACK_APP_TOKEN for Socket Mode, or SLACK_SIGNING_SECRET for HTTP.',
        )
      : []),
    ...((app || secret) && !token && !client
      ? problem('SLACK_BOT_TOKEN', 'SLACK_BOT_TOKEN is missing', 'Copy it from OAuth & Permissions of your app.')
      : []),
    ...(client && token
      ? problem(
          'SLACK_CLIENT_ID',
          'SLACK_BOT_TOKEN is for one workspace and SLACK_CLIENT_ID for many',
          'Set one of them.',
        )
      : []),
    ...(client && !(clientSecret && keys)
      ? problem(
          'SLACK_CLIENT_ID',
          'SLACK_CLIENT_ID needs SLACK_CLIENT_SECRET and SLACK_ENCRYPTION_KEYS',
          'Copy the secret from Basic Information, and make a key with: openssl rand -base64 32',
        )
      : []),
  ];
}
