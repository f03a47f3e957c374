import {
  type APIInteraction,
  Client,
  type ClientOptions,
  Events,
  GatewayDispatchEvents,
  type GatewayMessageCreateDispatchData,
  IntentsBitField,
  Options,
  Routes,
  SimpleShardingStrategy,
} from 'discord.js';
import type { Memory } from '../../core/memory.ts';
import type { PlatformContext } from '../../core/platform.ts';
import type { DiscordManagers } from './compose-asker.ts';
import { explainClose, explainError, isFinal } from './explain-error.ts';
import { handleInteraction } from './handle-interaction.ts';
import { handleMessage, readMessage, readRoleMention } from './handle-message.ts';
import { identifyInTurn } from './identify-in-turn.ts';
import { createOwnRoles } from './own-roles.ts';
import { composeRestOptions } from './rest.ts';
import { sendReply } from './send-reply.ts';
import { SteadyRest } from './steady-rest.ts';

const CONNECTED = 'connected';
const CONNECTING = 'connecting';

/** The worst of the shards' states. */
function summarize(states: readonly string[]): string {
  const closed = states.find((state) => state !== CONNECTED && state !== CONNECTING);
  return closed ?? (states.length > 0 && states.every((state) => state === CONNECTED) ? CONNECTED : CONNECTING);
}

/** What connects shards within discord.js. */
type ShardManager = Parameters<NonNullable<NonNullable<ClientOptions['ws']>['buildStrategy']>>[0];

export interface GatewaySettings {
  readonly token: string;
  /** Another base address than Discord's, such as `http://127.0.0.1:4000/api`. */
  readonly apiUrl?: string | undefined;
  /** The shards that this process runs, of how many; all that Discord recommends if left out. */
  readonly shards?: { readonly ids: readonly number[]; readonly count: number } | undefined;
  /** Who may change a server's digests. */
  readonly managers?: DiscordManagers | undefined;
  /** After this, in milliseconds, an answer that is not there yet is acknowledged first. */
  readonly deferAfterMs?: number | undefined;
  /** How shards identify themselves, for a gateway that is not Discord's. */
  readonly ws?: ClientOptions['ws'];
}

export interface DiscordConnection {
  /** `connected`, `connecting`, or why there is no connection. */
  status(): string;
  /** Resolves once it is known whether Discord takes the token. Never rejects. */
  readonly accepted: Promise<boolean>;
  stop(): Promise<void>;
}

/**
 * Connects to Discord's gateway and answers what comes in. It does not wait for the connection and never throws: a token
 * that is refused is reported with its remedy, and any other failure to log in goes to `fail`.
 */
export function connectDiscord(
  settings: GatewaySettings,
  { bot, memory, now, log, fail }: Omit<PlatformContext, 'memory'> & { readonly memory: Pick<Memory, 'reserve'> },
): DiscordConnection {
  const { token, apiUrl, shards, managers = {}, deferAfterMs, ws } = settings;
  let shardManager: ShardManager | undefined;
  const client = new Client({
    intents: [IntentsBitField.Flags.GuildMessages, IntentsBitField.Flags.DirectMessages],
    rest: composeRestOptions(apiUrl),
    ...(shards ? { shards: [...shards.ids], shardCount: shards.count } : { shards: 'auto' as const }),
    ws: {
      buildIdentifyThrottler: identifyInTurn({ reserve: memory.reserve, now, log }),
      ...ws,
      buildStrategy(manager) {
        shardManager = manager;
        return ws?.buildStrategy?.(manager) ?? new SimpleShardingStrategy(manager);
      },
    },
    // The bot works on what each event carries; it needs no memory of messages and members.
    makeCache: Options.cacheWithLimits({
      MessageManager: 0,
      GuildMemberManager: 0,
      UserManager: 0,
      PresenceManager: 0,
    }),
  });
  // discord.js makes a client of its own, whose timers nobody needs then.
  client.rest.clearHashSweeper();
  client.rest.clearHandlerSweeper();
  client.rest = new SteadyRest(client.options.rest);
  let stopped = false;
  /** What is known of each shard: `connected`, `connecting`, or why it is closed. */
  const shardStates = new Map<number, string>();
  let refusal: string | undefined;

  const attempt = async (what: string, work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      log.warn({ err: error, remedy: explainError(error) }, `${what} could not be answered on Discord`);
    }
  };

  // The raw events, so that the gateway and the HTTP endpoint share one handler and no cache is needed.
  client.ws.on(GatewayDispatchEvents.InteractionCreate, (interaction: APIInteraction) => {
    if (stopped) return;
    const { id, token: key, application_id: application } = interaction;
    void attempt('an interaction', () =>
      handleInteraction(
        bot,
        interaction,
        {
          respond: async (body, files) =>
            void (await client.rest.post(Routes.interactionCallback(id, key), { body, files, auth: false })),
          edit: async (body, files) =>
            void (await client.rest.patch(Routes.webhookMessage(application, key), { body, files, auth: false })),
        },
        { ...managers, deferAfterMs },
      ),
    );
  });
  const ownRoleOf = createOwnRoles(client.rest, () => client.user?.id);
  client.ws.on(GatewayDispatchEvents.MessageCreate, (message: GatewayMessageCreateDispatchData) => {
    if (stopped) return;
    const { channel_id: channel } = message;
    const me = client.user?.id ?? '';
    void attempt('a message', async () => {
      const addressed = readMessage(message, me);
      const text = addressed ?? (await readRoleMention(message, me, ownRoleOf));
      if (text === undefined) return;
      await handleMessage(
        bot,
        message,
        text,
        {
          typing: async () => void (await client.rest.post(Routes.channelTyping(channel))),
          send: (body, files) => sendReply(client.rest, channel, body, files, log),
        },
        { ...managers, hidden: addressed === undefined && text === '' },
      );
    });
  });

  client
    .on(Events.ShardReady, (shard) => {
      shardStates.set(shard, CONNECTED);
      log.info({ shard }, 'Discord: connected');
    })
    .on(Events.ShardResume, (shard) => {
      shardStates.set(shard, CONNECTED);
      log.info({ shard }, 'Discord: connection resumed');
    })
    .on(Events.ShardReconnecting, (shard) => {
      if (stopped) return;
      shardStates.set(shard, CONNECTING);
      log.warn({ shard }, 'Discord: connection lost, connecting again');
    })
    .on(Events.ShardDisconnect, ({ code }, shard) => {
      shardStates.set(shard, explainClose(code) ?? `closed by Discord with code ${code}`);
      log.error({ shard, code, remedy: explainClose(code) }, 'Discord: closed for good; other platforms go on');
    })
    .on(Events.ShardError, (error, shard) => log.warn({ shard, err: error }, 'Discord: connection trouble'))
    .on(Events.Error, (error) => log.error({ err: error }, 'Discord: client trouble'));

  const login = async (): Promise<boolean> => {
    try {
      await client.login(token);
      return true;
    } catch (error) {
      if (stopped) return false;
      if (!isFinal(error)) {
        // Logging in again here would meet shards that discord.js is still connecting by itself.
        fail(error);
        return false;
      }
      refusal = explainError(error) ?? 'refused by Discord';
      log.error({ err: error, remedy: explainError(error) }, 'Discord: not connected; other platforms go on');
      return false;
    }
  };

  return {
    status: () => refusal ?? summarize([...shardStates.values()]),
    accepted: login(),
    async stop() {
      stopped = true;
      // discord.js connects a shard again half a second after it was destroyed while connecting. It asks for the session
      // first, and here it never gets one.
      if (shardManager) shardManager.options.retrieveSessionInfo = () => new Promise(() => {});
      await client.destroy();
    },
  };
}
