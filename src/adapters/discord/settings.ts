import { z } from 'zod';
import type { Problem, SettingsShape, SettingValues } from '../../core/setting.ts';

const onOff = z.stringbool({ truthy: ['on', 'true', '1', 'yes'], falsy: ['off', 'false', '0', 'no'] });

/** Discord's settings, as environment variables hold them. */
export const discordSettings = {
  DISCORD_TOKEN: {
    schema: z.string().regex(/^\S+$/).optional(),
    fault: 'has white space in it',
    remedy: 'Copy the token again, without quotation marks.',
    secret: true,
  },
  DISCORD_API_URL: {
    schema: z.url({ protocol: /^https?$/ }).optional(),
    fault: "isn't an address",
    remedy: 'Write one such as http://localhost:4000/api',
  },
  DISCORD_REGISTER: {
    schema: z.enum(['auto', 'off']).default('auto'),
    fault: 'is neither auto nor off',
    remedy: 'Write auto, or off to run "npx briefing register" yourself.',
  },
  DISCORD_GATEWAY: { schema: onOff.default(true), fault: 'is neither on nor off', remedy: 'Write on or off.' },
  DISCORD_PUBLIC_KEY: {
    schema: z
      .string()
      .regex(/^[0-9a-f]{64}$/i)
      .optional(),
    fault: "isn't a public key",
    remedy: 'Copy its 64 digits from General Information of your application.',
  },
  SHARDS: {
    schema: z
      .string()
      .regex(/^\d{1,5}(-\d{1,5})?(,\d{1,5}(-\d{1,5})?)*$/)
      .transform(parseShards)
      .optional(),
    fault: "isn't a list of shards",
    remedy: 'Write one such as 0-3 or 0,2',
  },
  SHARD_COUNT: {
    schema: z.coerce.number().int().min(1).max(100_000).optional(),
    fault: "isn't a whole number from 1 to 100000",
    remedy: 'Write how many shards all processes run in total, such as 16',
  },
  DISCORD_CROSSPOST: { schema: onOff.default(true), fault: 'is neither on nor off', remedy: 'Write on or off.' },
  DISCORD_DIGEST_ROLE: {
    schema: z
      .string()
      .regex(/^\d{15,21}$/)
      .optional(),
    fault: "isn't a role's id",
    remedy: 'Copy it from the role’s menu, with developer mode on.',
  },
} satisfies SettingsShape;

/** Problems between Discord's settings. */
export function checkDiscordSettings({ SHARDS, SHARD_COUNT }: SettingValues<typeof discordSettings>): Problem[] {
  const code = 'settings-do-not-fit';
  if ((SHARDS === undefined) !== (SHARD_COUNT === undefined)) {
    return [
      { code, setting: 'SHARDS', what: 'SHARDS and SHARD_COUNT belong together', remedy: 'Set both, or neither.' },
    ];
  }
  if (SHARDS && (SHARDS.length === 0 || Math.max(...SHARDS) >= (SHARD_COUNT ?? 0))) {
    const remedy = 'Shards are numbered from 0 to one below SHARD_COUNT.';
    return [{ code, setting: 'SHARDS', what: 'SHARDS names a shard beyond SHARD_COUNT', remedy }];
  }
  return [];
}

/** `0-3,8` as the numbers that it means. */
function parseShards(text: string): number[] {
  return text.split(',').flatMap((part) => {
    const [first, last = first] = part.split('-').map(Number) as [number, number?];
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
  });
}
