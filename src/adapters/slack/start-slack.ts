import type { App, Authorize } from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import type { Subscription } from '../../core/digests.ts';
import type { Vault } from '../../core/memory.ts';
import type { Platform, PlatformContext } from '../../core/platform.ts';
import { createTakeOnce } from '../../core/take-once.ts';
import { within } from '../../time/wait.ts';
import { composeClientOptions } from './client-options.ts';
import { EVENTS_PATH, INSTALL_PATH, REDIRECT_PATH } from './compose-manifest.ts';
import { authorizeToken, createApp, createSocketReceiver, type Removal, untilAccepted } from './connect.ts';
import { createDirectConversations } from './conversations.ts';
import { explainError, isFinal, remedyFor } from './explain-error.ts';
import { publishHome } from './handle-home.ts';
import type { Handling } from './handling.ts';
import { createHttpReceiver } from './http-receiver.ts';
import { createInstaller, type InstallSettings } from './install.ts';
import { createSlackSender } from './send-digest.ts';
import { serveNode } from './serve-node.ts';
import { createSlashNames } from './slash-names.ts';
import { createUserLocales } from './user-locales.ts';
import type { View } from './view.ts';

export interface SlackSettings {
  /** Absent if workspaces install the app. */
  readonly botToken?: string | undefined;
  /** Socket Mode. */
  readonly appToken?: string | undefined;
  /** Requests over HTTP. */
  readonly signingSecret?: string | undefined;
  readonly oauth?: InstallSettings | undefined;
  /** Another base address than Slack's, such as `http://127.0.0.1:4000/api/`. */
  readonly apiUrl?: string | undefined;
  /** A user group that may change channels' digests. */
  readonly digestGroup?: string | undefined;
  /** Before each slash command's name but that of `/brief`. */
  readonly prefix: string;
  /** How people talk with the app; the agent's way if left out. */
  readonly view?: View;
  /** Where Slack reaches the bot over HTTP. */
  readonly publicUrl?: string | undefined;
  /** After this, in milliseconds, an answer that is not there yet is acknowledged first, and a request no longer waits for the bot to connect. */
  readonly acknowledgeAfterMs?: number;
  /** How long opening the socket may take, in milliseconds. */
  readonly openWithinMs?: number;
}

/** What the adapter needs of the bot's database. */
export interface SlackMemory {
  readonly vault: Vault | undefined;
  /** Notes an event's id; false if it was noted before. */
  take(eventId: string): Promise<boolean>;
  /** The digests that a person owns in a workspace. */
  digestsOf(user: string, team: string): Promise<readonly Subscription[]>;
  /** Forgets all that belongs to a workspace. */
  forgetTeam(team: string): Promise<void>;
}

export interface SlackPlatform extends Platform {
  /** Answers what Slack sends over HTTP; 404 if no signing secret is set. */
  endpoint(request: Request): Promise<Response>;
  /** Resolves once the bot is connected, or cannot be. Never rejects. */
  readonly ready: Promise<void>;
}

/** Slack wants an acknowledgement within 3 seconds. */
const ACKNOWLEDGE_AFTER_MS = 1500;
/** Slack's client waits for ever for a socket whose other side takes the connection and says nothing. */
const OPEN_WITHIN_MS = 60_000;

/** Puts the bot on Slack. Does not wait for the connection and never throws. */
export function startSlack(
  settings: SlackSettings,
  memory: SlackMemory,
  { bot, now, log, fail }: Omit<PlatformContext, 'memory'>,
): SlackPlatform {
  const { botToken, appToken, signingSecret, oauth, apiUrl, digestGroup, prefix, publicUrl } = settings;
  const clientOptions = composeClientOptions(apiUrl, log);
  const view = settings.view ?? 'agent';
  const features = { usesGroup: digestGroup !== undefined, view };
  const names = createSlashNames(() => bot.commands, prefix);
  const handling: Handling = {
    bot,
    prefix,
    names,
    view,
    conversations: createDirectConversations(),
    locales: createUserLocales(),
    log,
    managers: { group: digestGroup },
    digestsOf: memory.digestsOf,
    acknowledgeAfterMs: settings.acknowledgeAfterMs ?? ACKNOWLEDGE_AFTER_MS,
  };
  const installer =
    oauth && memory.vault
      ? createInstaller({
          settings: oauth,
          vault: memory.vault,
          clientOptions,
          publicUrl,
          features,
          log,
        })
      : undefined;
  const tokenOf = async (team: string) => (installer ? installer.tokenOf(team) : botToken);
  const stopping = new AbortController();
  const take = createTakeOnce(memory.take, log);
  const http = signingSecret ? createHttpReceiver(signingSecret, now, take) : undefined;
  const apps: App[] = [];
  let state = 'connecting';
  let patience: NodeJS.Timeout | undefined;

  const open = async (): Promise<void> => {
    const authorize: Authorize<boolean> =
      installer?.authorize ?? (await authorizeToken(botToken ?? '', clientOptions, log, stopping.signal));
    const parts = {
      handling,
      authorize,
      clientOptions,
      take,
      onRemoved: async (team: string, how: Removal) => {
        // A workspace of its own may get a new token, and then its digests go on.
        if (!installer) return log.error({ team, remedy: remedyFor('token_revoked') }, `Slack: the app was ${how}`);
        await installer.remove(team);
        if (how === 'revoked') return log.info({ team }, 'Slack: a workspace revoked its tokens; they are deleted');
        await memory.forgetTeam(team);
        log.info({ team }, 'Slack: a workspace removed the app; everything stored about it is deleted');
      },
    };
    if (http) apps.push(await createApp({ ...parts, receiver: http }));
    if (appToken) {
      const socket = createSocketReceiver(appToken, clientOptions, log, (next) => {
        if (next === 'connected' && state !== 'connected') log.info({}, 'Slack: connected');
        state = next;
        clearTimeout(patience);
        if (next !== 'connecting') return;
        const giveUp = () => fail(new Error('Slack’s socket did not open in time'));
        patience = setTimeout(giveUp, settings.openWithinMs ?? OPEN_WITHIN_MS).unref();
      });
      const app = await createApp({ ...parts, receiver: socket });
      apps.push(app);
      await untilAccepted(() => app.start(), 'Slack', log, stopping.signal);
    } else {
      state = 'over HTTP';
      log.info({}, 'Slack: answering over HTTP');
    }
  };
  const ready = open().catch((error: unknown) => {
    if (stopping.signal.aborted) return;
    if (!isFinal(error)) return fail(error);
    state = explainError(error) ?? 'refused by Slack';
    log.error({ err: error, remedy: explainError(error) }, 'Slack: not connected; other platforms go on');
  });

  const endpoint = async (request: Request): Promise<Response> => {
    if (!http) return new Response('SLACK_SIGNING_SECRET is not set.\n', { status: 404 });
    // Slack waits 3 seconds, and sends an event again if it gets an error.
    if (apps.length === 0) await within(ready, handling.acknowledgeAfterMs);
    if (apps.length === 0) return new Response('Slack is not connected.\n', { status: 503 });
    return http.handle(request);
  };
  const notInstallable = async () => new Response('This bot is for one workspace.\n', { status: 404 });

  return {
    name: 'slack',
    status: () => state,
    isConnected: () => ['connected', 'over HTTP'].includes(state),
    contentChanged: async () => undefined,
    endpoint,
    routes: {
      [`POST ${EVENTS_PATH}`]: endpoint,
      [`GET ${INSTALL_PATH}`]: installer ? serveNode(installer.install) : notInstallable,
      [`GET ${REDIRECT_PATH}`]: installer ? serveNode(installer.redirect) : notInstallable,
    },
    sender: createSlackSender(tokenOf, clientOptions, names.applyTo),
    ready,
    digestChanged({ team, owner }) {
      if (!owner) return;
      const publish = async () => {
        const token = await tokenOf(team);
        if (token) await publishHome(new WebClient(token, clientOptions), owner, team, handling);
      };
      publish().catch((error) =>
        log.warn({ err: error, remedy: explainError(error) }, 'a home tab could not be updated'),
      );
    },
    async stop() {
      stopping.abort();
      clearTimeout(patience);
      await Promise.all(apps.map((app) => app.stop()));
    },
  };
}
