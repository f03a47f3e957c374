import {
  type SlackMemory,
  type SlackPlatform,
  type SlackSettings,
  startSlack,
} from '../../src/adapters/slack/start-slack.ts';
import type { Bot } from '../../src/core/bot.ts';
import { type RecordedLog, recordLog } from './discord-harness.ts';
import { type LocalSlack, type LocalSlackOptions, startLocalSlack } from './local-slack.ts';
import { answerByRoutes, serveRequests } from './serve.ts';
import { checkSlackBody } from './slack-limits.ts';

export interface SlackHarness {
  readonly server: LocalSlack;
  readonly platform: SlackPlatform;
  readonly log: RecordedLog;
  /** Where the bot listens; empty in Socket Mode. */
  readonly url: string;
  stop(): Promise<void>;
}

/** A memory of one process, without a database. */
export function createTestMemory(parts: Partial<SlackMemory> = {}): SlackMemory {
  const seen = new Set<string>();
  return {
    vault: undefined,
    take: async (id) => {
      const isNew = !seen.has(id);
      seen.add(id);
      return isNew;
    },
    digestsOf: async () => [],
    forgetTeam: async () => undefined,
    ...parts,
  };
}

export interface OpenSlackOptions {
  readonly transport: 'socket' | 'http';
  readonly settings?: Partial<SlackSettings>;
  readonly memory?: Partial<SlackMemory>;
  readonly server?: LocalSlackOptions;
  /** Do not wait until the bot is connected. */
  readonly eager?: boolean;
  /** Before the bot starts. */
  readonly prepare?: (server: LocalSlack) => void;
}

/** The real adapter on the real Bolt app, connected to a local Slack that refuses what Slack documents as too much. */
export async function openSlack(bot: Bot, options: OpenSlackOptions): Promise<SlackHarness> {
  const server = await startLocalSlack({ onMessage: checkSlackBody, ...options.server });
  options.prepare?.(server);
  const log = recordLog();
  const { botToken, appToken, signingSecret } = server.state;
  const transport = options.transport === 'socket' ? { appToken } : { signingSecret };
  const platform = startSlack(
    { botToken, ...transport, apiUrl: server.apiUrl, prefix: '', ...options.settings },
    createTestMemory(options.memory),
    { bot, now: Date.now, log, fail: (error) => log.error({ err: error }, 'Slack: failed') },
  );
  const web =
    options.transport === 'http' ? await serveRequests((request) => answerByRoutes(platform, request)) : undefined;
  server.deliverTo(web?.url);
  if (!options.eager) {
    await platform.ready;
    if (options.transport === 'socket') await server.connected();
  }
  return {
    server,
    platform,
    log,
    url: web?.url ?? '',
    async stop() {
      await platform.stop();
      await web?.close();
      await server.close();
    },
  };
}
