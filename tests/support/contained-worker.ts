// A bot on Discord, impatient with a gateway's handshake, and in a chat. A message of its parent's makes it throw what nobody
// catches.
import { SimpleShardingStrategy } from 'discord.js';
import { type DiscordSettings, startDiscord } from '../../src/adapters/discord/start-discord.ts';
import { loadConfig } from '../../src/app/config.ts';
import { createLog } from '../../src/app/log.ts';
import { runBot } from '../../src/cli/start.ts';
import type { PlatformDefinition } from '../../src/core/platform.ts';
import { platforms } from '../../src/platforms.ts';
import { socketChat } from './socket-chat/platform.ts';

const HANDSHAKE_MS = 100;

const ws: DiscordSettings['ws'] = {
  buildIdentifyThrottler: async () => ({ waitForIdentify: async () => {} }),
  buildStrategy(manager) {
    manager.options.handshakeTimeout = HANDSHAKE_MS;
    return new SimpleShardingStrategy(manager);
  },
};

function hurry(definition: PlatformDefinition): PlatformDefinition {
  return {
    ...definition,
    configure(env, site) {
      const configuration = definition.configure(env, site);
      if (!configuration.platform) return configuration;
      const settings = { token: env.DISCORD_TOKEN, apiUrl: env.DISCORD_API_URL, gateway: true, register: false, ws };
      const platform = {
        ...configuration.platform,
        start: async (context: Parameters<typeof startDiscord>[1]) => startDiscord(settings, context),
      };
      return { platform, problems: [] };
    },
  };
}

process.on('message', (wanted) => {
  if (wanted === 'throw') setImmediate(throwIt);
  if (wanted === 'reject') void Promise.reject(new Error('rejected by nobody’s business'));
});

function throwIt(): void {
  throw new Error('thrown by nobody’s business');
}

const impatient = platforms.map((one) => (one.name === 'discord' ? hurry(one) : one));
await runBot(loadConfig(process.env, [...impatient, socketChat]), createLog('info', false));
