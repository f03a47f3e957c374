import type { Memory } from '../../core/memory.ts';
import type { Platform, PlatformContext } from '../../core/platform.ts';
import { createTakeOnce } from '../../core/take-once.ts';
import { connectDiscord, type GatewaySettings } from './connect.ts';
import { explainError } from './explain-error.ts';
import { createInteractionsEndpoint } from './http-endpoint.ts';
import { registerCommands } from './register-commands.ts';
import { createRest } from './rest.ts';
import { createDiscordSender } from './send-digest.ts';
import { readPublicKey } from './verify-request.ts';

export interface DiscordSettings extends Omit<GatewaySettings, 'token'> {
  /** Absent if the bot answers over HTTP only and registers its commands elsewhere. */
  readonly token?: string | undefined;
  /** Connect to the gateway, if there is a token. */
  readonly gateway: boolean;
  /** Register commands at the start and when content changes, if there is a token. */
  readonly register: boolean;
  /** Publish digests in announcement channels to their followers. */
  readonly publishes?: boolean;
  /** 64 hexadecimal digits; takes interactions over HTTP. */
  readonly publicKey?: string | undefined;
}

/** What the adapter needs of the bot's database. */
export type DiscordMemory = Pick<Memory, 'take' | 'reserve'>;

export interface DiscordPlatform extends Platform {
  /** Answers interactions that Discord sends over HTTP; 404 if no public key is set. */
  endpoint(request: Request): Promise<Response>;
  /** Resolves once it is known whether Discord takes the token, and then all commands are registered. Never rejects. */
  readonly ready: Promise<void>;
}

/** Where Discord sends interactions over HTTP, on the bot's port. */
const INTERACTIONS_PATH = '/discord/interactions';

/** Puts the bot on Discord over the gateway, over HTTP, or both. Does not wait for the connection and never throws. */
export function startDiscord(
  settings: DiscordSettings,
  { bot, memory, now, log, fail }: Omit<PlatformContext, 'memory'> & { readonly memory: DiscordMemory },
): DiscordPlatform {
  const { token, publicKey, apiUrl, shards, managers, deferAfterMs } = settings;
  const rest = createRest(token, apiUrl);
  const connection =
    token && settings.gateway ? connectDiscord({ ...settings, token }, { bot, memory, now, log, fail }) : undefined;
  const endpoint = publicKey
    ? createInteractionsEndpoint(bot, {
        key: readPublicKey(publicKey),
        rest,
        now,
        log,
        managers,
        deferAfterMs,
        take: createTakeOnce(memory.take, log),
      })
    : async () => new Response('DISCORD_PUBLIC_KEY is not set.\n', { status: 404 });

  // Of several processes, the one with the first shard speaks for all.
  const registers = settings.register && token && (shards?.ids.includes(0) ?? true);
  const register = async (): Promise<void> => {
    const accepted = (await connection?.accepted) ?? true;
    if (!registers || !accepted) return;
    try {
      const { left, ...registration } = await registerCommands(rest, bot.commands);
      log.info(registration, 'Discord: commands registered');
      if (left.length > 0) log.warn({ left }, 'Discord allows 100 commands; these are reachable through /brief only');
    } catch (error) {
      log.error({ err: error, remedy: explainError(error) }, 'Discord: commands could not be registered');
    }
  };
  if (!connection && !publicKey) {
    log.warn(
      {},
      'Discord: DISCORD_GATEWAY=off without DISCORD_PUBLIC_KEY: this process delivers digests but answers nothing',
    );
  }
  const ready = register();

  return {
    name: 'discord',
    status: () => connection?.status() ?? (publicKey ? 'over HTTP' : 'digests only'),
    isConnected: () => !connection || connection.status() === 'connected',
    contentChanged: register,
    endpoint,
    routes: { [`POST ${INTERACTIONS_PATH}`]: endpoint },
    sender: token ? createDiscordSender(token, apiUrl, { publishes: settings.publishes ?? false }) : undefined,
    ready,
    stop: async () => connection?.stop(),
  };
}
