import * as schemas from 'discord-api-spec/zod';
import {
  type DiscordMemory,
  type DiscordPlatform,
  type DiscordSettings,
  startDiscord,
} from '../../src/adapters/discord/start-discord.ts';
import type { Bot } from '../../src/core/bot.ts';
import { checkDiscordMessage } from './discord-limits.ts';
import { type BodyKind, type DiscordServer, type DiscordServerOptions, startDiscordServer } from './discord-server.ts';
import { createWaiting } from './waiting.ts';

interface LogLine {
  readonly level: 'info' | 'warn' | 'error';
  readonly message: string;
  readonly details: Record<string, unknown>;
}

/** What the adapter logged so far. */
export interface RecordedLog {
  readonly lines: LogLine[];
  /** Resolves once so many lines match; rejects after a minute. */
  wait(pattern: RegExp, count?: number): Promise<void>;
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

export function recordLog(): RecordedLog {
  const lines: LogLine[] = [];
  const waiting = createWaiting(() => lines.map(({ level, message }) => `${level}: ${message}`).join('\n'));
  const record = (level: LogLine['level']) => (details: object, message: string) => {
    lines.push({ level, message, details: details as Record<string, unknown> });
    waiting.changed();
  };
  const wait = async (pattern: RegExp, count = 1): Promise<void> => {
    const isThere = () => lines.filter(({ message }) => pattern.test(message)).length >= count || undefined;
    await waiting.until(`${pattern} in the log, ${count} times`, isThere);
  };
  return { lines, wait, info: record('info'), warn: record('warn'), error: record('error') };
}

const SCHEMAS = new Map(Object.entries(schemas));

const CALLBACKS: Readonly<Record<number, string>> = {
  1: 'PongInteractionCallbackRequestSchema',
  4: 'CreateMessageInteractionCallbackRequestSchema',
  5: 'CreateMessageInteractionCallbackRequestSchema',
  6: 'UpdateMessageInteractionCallbackRequestSchema',
  7: 'UpdateMessageInteractionCallbackRequestSchema',
  8: 'ApplicationCommandAutocompleteCallbackRequestSchema',
  9: 'ModalInteractionCallbackRequestSchema',
};

/** Checks a body against Discord's published description of its HTTP API, and messages against its documented limits. */
export function checkBody(kind: BodyKind, body: unknown): void {
  const check = (name: string | undefined, value: unknown) => {
    const schema = SCHEMAS.get(name ?? '');
    if (!schema) throw new Error(`Discord's description has no ${name}`);
    schema.parse(value);
  };
  if (kind === 'interaction-callback') {
    const { type, data } = body as { type: number; data?: object };
    check(CALLBACKS[type], body);
    if (data && 'components' in data && (type === 4 || type === 7)) checkDiscordMessage(pick(data));
  } else if (kind === 'bulk-commands') {
    for (const command of body as unknown[]) check('ApplicationCommandUpdateRequestSchema', command);
  } else if (kind === 'create-message') {
    check('MessageCreateRequestSchema', body);
    checkDiscordMessage(pick(body as object));
  } else {
    check('IncomingWebhookUpdateForInteractionCallbackRequestPartialSchema', body);
    checkDiscordMessage(pick(body as object));
  }
}

/** The parts of a message that the limits are about. */
function pick(body: object): object {
  const { flags, components } = body as Record<string, unknown>;
  return { flags, components, allowed_mentions: { parse: [] } };
}

/** A memory of one process, without a database. */
export function createDiscordMemory(): DiscordMemory {
  const seen = new Set<string>();
  return {
    take: async (id) => seen.size < seen.add(id).size,
    reserve: async () => 0,
  };
}

export interface DiscordHarness {
  readonly server: DiscordServer;
  readonly platform: DiscordPlatform;
  readonly log: RecordedLog;
  stop(): Promise<void>;
}

/** The real adapter, connected to a local Discord that refuses what Discord's description does not allow. */
export async function openDiscord(
  bot: Bot,
  settings: Partial<DiscordSettings> = {},
  options: DiscordServerOptions = {},
): Promise<DiscordHarness> {
  const server = await startDiscordServer({ onBody: checkBody, ...options });
  const log = recordLog();
  const platform = startDiscord(
    {
      token: server.token,
      apiUrl: server.apiUrl,
      gateway: true,
      register: false,
      // discord.js lets a shard identify again after five seconds at the earliest.
      ws: { buildIdentifyThrottler: async () => ({ waitForIdentify: async () => {} }) },
      ...settings,
    },
    {
      bot,
      memory: createDiscordMemory(),
      now: Date.now,
      log,
      fail: (error) => log.error({ err: error }, 'Discord: failed'),
    },
  );
  return {
    server,
    platform,
    log,
    async stop() {
      await platform.stop();
      await server.close();
    },
  };
}
