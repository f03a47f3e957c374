import { App, type Authorize, type Receiver, SocketModeReceiver } from '@slack/bolt';
import { WebClient, type WebClientOptions } from '@slack/web-api';
import pRetry, { AbortError } from 'p-retry';
import type { Take } from '../../core/take-once.ts';
import { explainError, isFinal } from './explain-error.ts';
import { handleButtons } from './handle-buttons.ts';
import { handleCommands } from './handle-commands.ts';
import { handleHome } from './handle-home.ts';
import { handleMessages } from './handle-messages.ts';
import type { Handling } from './handling.ts';
import { createSlackLogger, type SlackLog } from './log.ts';

export interface ConnectionOptions {
  readonly handling: Handling;
  readonly receiver: Receiver;
  readonly authorize: Authorize<boolean>;
  readonly clientOptions: WebClientOptions;
  /** Whether an event is new, by its id; false if it was taken before, by this process or another. */
  readonly take: Take;
  /** A workspace removed the app, or took its tokens back. */
  readonly onRemoved: (team: string, how: Removal) => Promise<void>;
}

export type Removal = 'uninstalled' | 'revoked';

/** The Bolt app with all its listeners, on any transport. */
export async function createApp(options: ConnectionOptions): Promise<App> {
  const { handling, receiver, authorize, clientOptions, take, onRemoved } = options;
  const { log } = handling;
  const app = new App({
    receiver,
    authorize,
    clientOptions,
    logger: createSlackLogger(log),
    deferInitialization: true,
    // Nothing is remembered from one event to the next.
    convoStore: false,
  });
  await app.init();
  app.use(async ({ body, next }) => {
    if ('event_id' in body && typeof body.event_id === 'string' && !(await take(body.event_id))) return;
    await next();
  });
  handleCommands(app, handling);
  handleButtons(app, handling);
  handleMessages(app, handling);
  handleHome(app, handling);
  app.event('app_uninstalled', async ({ body }) => onRemoved(body.team_id, 'uninstalled'));
  app.event('tokens_revoked', async ({ body, event }) => {
    if ((event.tokens.bot ?? []).length > 0) await onRemoved(body.team_id, 'revoked');
  });
  app.error(async (error) => {
    const cause = 'original' in error ? (error.original ?? error) : error;
    log.warn({ err: cause, remedy: explainError(cause) }, 'something could not be answered on Slack');
  });
  return app;
}

/** Asks Slack whose token this is. Waits for Slack, however long that takes, unless the token is refused: then it throws. */
export async function authorizeToken(
  token: string,
  clientOptions: WebClientOptions,
  log: SlackLog,
  signal: AbortSignal,
): Promise<Authorize<boolean>> {
  const client = new WebClient(token, clientOptions);
  const who = await untilAccepted(() => client.auth.test(), 'Slack', log, signal);
  const { bot_id: botId, user_id: botUserId, team_id: teamId } = who;
  return async () => ({
    botToken: token,
    ...(botId ? { botId } : {}),
    ...(botUserId ? { botUserId } : {}),
    ...(teamId ? { teamId } : {}),
  });
}

/** Tries until it works, more and more rarely; throws only what trying again can't help. */
export async function untilAccepted<T>(
  work: () => Promise<T>,
  what: string,
  log: SlackLog,
  signal: AbortSignal,
): Promise<T> {
  const once = async (): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw isFinal(error) ? new AbortError(error as Error) : error;
    }
  };
  return pRetry(once, {
    retries: Number.POSITIVE_INFINITY,
    minTimeout: 1000,
    maxTimeout: 60_000,
    randomize: true,
    unref: true,
    signal,
    onFailedAttempt: ({ error }) => {
      if (!isFinal(error)) log.warn({ err: error }, `${what} cannot be reached; trying again`);
    },
  });
}

/**
 * A connection without a pong for so long is dead, in milliseconds: Slack's own default, for a slow network must not end good
 * connections. Slack's client waits as long before it connects again, which it must now and then.
 * https://docs.slack.dev/tools/node-slack-sdk/socket-mode/#additional-options
 */
const PING_TIMEOUT_MS = 5000;

/** Slack's socket client gives up for good, without a word, if asking for an address fails more often than it may be tried again. */
const KEEP_ASKING = { forever: true, minTimeout: 200, maxTimeout: 30_000, factor: 2, randomize: true };

/** Socket Mode: a connection of the bot's own, through any firewall. */
export function createSocketReceiver(
  appToken: string,
  clientOptions: WebClientOptions,
  log: SlackLog,
  onState: (state: string) => void,
): SocketModeReceiver {
  const receiver = new SocketModeReceiver({
    appToken,
    logger: createSlackLogger(log),
    clientPingTimeout: PING_TIMEOUT_MS,
    installerOptions: { clientOptions: { ...clientOptions, retryConfig: KEEP_ASKING, rejectRateLimitedCalls: false } },
    processEventErrorHandler: async ({ error }) => {
      log.error({ err: error }, 'an event of Slack’s could not be handled');
      return true;
    },
  });
  for (const state of ['connecting', 'connected', 'reconnecting', 'disconnected']) {
    receiver.client.on(state, () => onState(state === 'reconnecting' ? 'connecting' : state));
  }
  return receiver;
}
