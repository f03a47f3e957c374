import { definePlatform } from '../../core/platform.ts';
import { discordPrograms } from './programs.ts';
import { checkDiscordSettings, discordSettings } from './settings.ts';

/** Discord, over the gateway, over HTTP, or both. */
export const discord = definePlatform({
  name: 'discord',
  title: 'Discord',
  guide: 'docs/discord.md',
  settings: {
    shape: discordSettings,
    check: checkDiscordSettings,
    read: (values) => ({
      token: values.DISCORD_TOKEN,
      apiUrl: values.DISCORD_API_URL,
      register: values.DISCORD_REGISTER === 'auto',
      gateway: values.DISCORD_GATEWAY,
      publicKey: values.DISCORD_PUBLIC_KEY,
      shards: values.SHARDS && values.SHARD_COUNT ? { ids: values.SHARDS, count: values.SHARD_COUNT } : undefined,
      publishes: values.DISCORD_CROSSPOST,
      managers: { role: values.DISCORD_DIGEST_ROLE },
    }),
  },
  // https://docs.discord.com/developers/reference#snowflakes
  targets: {
    channel: /^\d{15,21}$/,
    team: /^\d{15,21}$/,
    user: /^\d{15,21}$/,
    example: { channel: '123456789012345678', user: '123456789012345678' },
  },
  isSetUp: ({ token, publicKey }) => Boolean(token || publicKey),
  canPost: ({ token }) => token !== undefined,
  async start(config, context) {
    const { startDiscord } = await import('./start-discord.ts');
    return startDiscord(config, context);
  },
  async diagnose(config, { covered, now }) {
    const { diagnoseDiscord } = await import('./diagnose.ts');
    return diagnoseDiscord(config, covered?.commands, now);
  },
  async explainError(error) {
    const { explainError } = await import('./explain-error.ts');
    return explainError(error);
  },
  async preview() {
    const { previewDiscord } = await import('./preview.ts');
    return previewDiscord;
  },
  programs: discordPrograms,
});
