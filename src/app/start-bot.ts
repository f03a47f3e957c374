import { access, constants, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Hono } from 'hono';
import type { Logger } from 'pino';
import type { SlackPlatform } from '../adapters/slack/start-slack.ts';
import { createWebApp } from '../adapters/web/app.ts';
import { type Access, createGuard } from '../adapters/web/guard.ts';
import { isLoopback, listen } from '../adapters/web/listen.ts';
import { createPlayground } from '../adapters/web/playground.ts';
import { FaultyContent } from '../content/fault.ts';
import { watchContent } from '../content/watch.ts';
import type { Bot } from '../core/bot.ts';
import type { Observer } from '../core/observer.ts';
import type { Platform } from '../core/platform.ts';
import { wait } from '../core/wait.ts';
import { systemClock } from '../digest/clock.ts';
import { createDigesting, type Digesting } from '../digest/digesting.ts';
import { createDigests, syncFixedDigests } from '../digest/digests.ts';
import { createIllustrator } from '../digest/illustrate.ts';
import { startObserving } from '../observe/observing.ts';
import { createChoices } from '../store/choices.ts';
import { createVault } from '../store/installations.ts';
import { countDeliveries } from '../store/ledger.ts';
import { checkStore, openStore, type Store } from '../store/open-store.ts';
import { createSealer } from '../store/seal.ts';
import { takeEvent } from '../store/seen.ts';
import { listOwned, removeTeam } from '../store/subscriptions.ts';
import type { Config } from './config.ts';
import { createGate } from './gate.ts';
import { openBot } from './open-bot.ts';
import { createPageRenderers } from './page-renderers.ts';
import { version } from './version.ts';

/** How long answers under way may take when the bot stops, in milliseconds. */
const STOP_GRACE_MS = 1000;
/** How long a stopping bot still takes requests, in milliseconds. */
const DRAIN_MS = 250;
/** Of one address; a person types less, and a proxy's visitors share it. */
const PAGE_QUESTIONS_PER_MINUTE = 300;
const DAY_MS = 24 * 3_600_000;

export interface Running {
  /** Where the bot listens. */
  readonly url: string;
  /** Whether the local page is there. */
  readonly hasPage: boolean;
  readonly bot: Bot;
  stop(): Promise<void>;
}

/** Where the bot keeps subscriptions and what it delivered. */
export function databaseUrl({
  databaseUrl: url,
  dataDirectory,
}: Pick<Config, 'databaseUrl' | 'dataDirectory'>): string {
  return url ?? `sqlite:${join(dataDirectory, 'briefing.db')}`;
}

/**
 * Starts everything that the settings ask for. Throws FaultyContent, PortUnavailable or StoreUnavailable; then nothing is
 * left running.
 */
export async function startBot(config: Config, log: Logger): Promise<Running> {
  const undo: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    return await start(config, log, undo, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

async function start(
  config: Config,
  log: Logger,
  undo: (() => Promise<void>)[],
  stop: () => Promise<void>,
): Promise<Running> {
  for (const { name, meant } of config.misspelt)
    log.warn({}, `${name} is no setting; write ${meant}, if that is meant`);
  await warnOfReadOnly(config.dataDirectory, log);
  const onPlatforms = Boolean(config.discord.token || config.discord.publicKey || config.slack);
  const store = onPlatforms ? await openStore(databaseUrl(config)) : undefined;
  if (store) undo.push(store.close);
  const illustrator = createIllustrator(config.digest.pictures, log);
  undo.push(illustrator.close);

  const platforms: Platform[] = [];
  let slack: SlackPlatform | undefined;
  const digests = createDigests({
    db: store?.db,
    library: (target) => bot.libraryOf(target),
    illustrate: illustrator.illustrate,
    now: Date.now,
    defaultZone: config.digest.defaultZone,
    onChange: (subscription) => slack?.digestChanged(subscription),
  });
  const observing = await startObserving({
    ...config,
    version,
    platforms: () => platforms,
    deliveries: store && (() => countDeliveries(store.db, Date.now() - DAY_MS)),
    now: Date.now,
    log,
  });
  undo.push(observing.stop);
  const { observer } = observing;
  const choices = store && createChoices(store.db);
  const gate = createGate(config.questionsPerMinute);
  const open = await openBot(config, log, { gate, digests, choices, observer });
  undo.push(open.close);
  const { bot } = open;

  let stopping = false;
  // Then the last good content answers.
  let faulty = false;
  const app = createWebApp(async () => {
    const database = store ? await checkStore(store) : undefined;
    return {
      // A balancer sends nothing more to a process that stops.
      ready: !stopping && database !== 'unreachable',
      content: { articles: bot.library.articles.length, topics: bot.library.topics.length, faulty },
      ...(database ? { database } : {}),
      ...Object.fromEntries(platforms.map((platform) => [platform.name, platform.status()])),
    };
  }, log);
  const access = composeAccess(config);
  if (access) {
    const guard = createGuard(access);
    const gate = createGate(PAGE_QUESTIONS_PER_MINUTE);
    const renderers = createPageRenderers(bot, config.slackApp.prefix);
    if (config.playground) app.route('/', await createPlayground(bot, { renderers, guard, gate }));
    const { metrics } = observing;
    if (metrics) {
      app.get('/metrics', guard, async (context) => {
        const { body, contentType } = await metrics.read();
        return context.body(body, 200, { 'content-type': contentType });
      });
    }
  } else if (config.playground || config.metrics) {
    log.warn({}, 'HOST is open to other machines: the page and /metrics stay off until ACCESS_TOKEN is set');
  }
  if (config.discord.token || config.discord.publicKey) platforms.push(await putOnDiscord(bot, config, app, log));
  if (config.slack && store) {
    slack = await putOnSlack(bot, config.slack, config, store, app, log);
    platforms.push(slack);
  }
  undo.push(async () => void (await Promise.all(platforms.map((platform) => platform.stop()))));
  const web = await listen(app, config.host, config.port);
  undo.push(() => web.close(STOP_GRACE_MS));
  undo.push(async () => {
    stopping = true;
    // Closing drops connections whose request is on its way and not yet read.
    await wait(DRAIN_MS);
  });

  if (store) {
    await syncFixedDigests(store.db, config.digest.fixed, Date.now());
    const digesting = await startDigests(store, platforms, bot, illustrator.illustrate, config, observer, log);
    undo.push(digesting.stop);
  }
  void open.search.ready.then(() => log.info({ meaning: config.semanticSearch }, 'search ready'));

  const unwatch = await watchContent(config.contentDirectory, async () => {
    try {
      await open.reload();
      faulty = false;
      log.info({ topics: bot.library.topics.length }, 'content taken anew');
      await Promise.all(platforms.map((platform) => platform.contentChanged()));
    } catch (error) {
      faulty ||= error instanceof FaultyContent;
      if (!(error instanceof FaultyContent)) log.error({ err: error }, 'content could not be read');
      else log.error({ faults: error.message.split('\n') }, 'faulty content: the last good content stays');
    }
  });
  undo.push(unwatch);
  return { url: web.url, bot, hasPage: config.playground && access !== undefined, stop };
}

/** Without a database, all that is in the folder can be made anew, so the bot runs without it. */
async function warnOfReadOnly(folder: string, log: Logger): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
  } catch (error) {
    log.warn({ err: error }, `${folder} cannot be written to: nothing is kept there; name another folder in DATA_DIR`);
  }
}

/** Whom the page and the metrics answer; undefined where nobody may. */
function composeAccess({ host, accessToken }: Config): Access | undefined {
  if (accessToken) return { from: 'anywhere', token: accessToken };
  return isLoopback(host) ? { from: 'here' } : undefined;
}

// Each platform is loaded only where it is used, so that a bot without it starts without it.

async function putOnDiscord(bot: Bot, config: Config, app: Hono, log: Logger): Promise<Platform> {
  const { startDiscord } = await import('../adapters/discord/start-discord.ts');
  const discord = startDiscord(bot, config.discord, Date.now, log);
  app.post('/discord/interactions', (context) => discord.endpoint(context.req.raw));
  return discord;
}

async function putOnSlack(
  bot: Bot,
  settings: NonNullable<Config['slack']>,
  { slackApp, publicUrl }: Config,
  { db }: Store,
  app: Hono,
  log: Logger,
): Promise<SlackPlatform> {
  const { startSlack } = await import('../adapters/slack/start-slack.ts');
  const { EVENTS_PATH, INSTALL_PATH, REDIRECT_PATH } = await import('../adapters/slack/compose-manifest.ts');
  const slack = startSlack(
    bot,
    { ...settings, ...slackApp, publicUrl },
    {
      vault: settings.oauth ? createVault(db, createSealer(settings.oauth.encryptionKeys), Date.now) : undefined,
      take: (id) => takeEvent(db, `slack:${id}`, Date.now()),
      digestsOf: (user, team) => listOwned(db, { platform: 'slack', team }, user),
      forgetTeam: (team) => removeTeam(db, 'slack', team),
    },
    Date.now,
    log,
  );
  app.post(EVENTS_PATH, (context) => slack.endpoint(context.req.raw));
  for (const [path, name] of [
    [INSTALL_PATH, 'install'],
    [REDIRECT_PATH, 'redirect'],
  ] as const) {
    app.get(path, async (context) => {
      if (!slack.pages) return context.text('This bot is for one workspace.\n', 404);
      const { incoming, outgoing } = context.env as HttpBindings;
      await slack.pages[name](incoming, outgoing);
      return RESPONSE_ALREADY_SENT;
    });
  }
  return slack;
}

async function startDigests(
  store: Store,
  platforms: readonly Platform[],
  bot: Bot,
  illustrate: Parameters<typeof createDigests>[0]['illustrate'],
  config: Config,
  observer: Observer,
  log: Logger,
): Promise<Digesting> {
  const senders = platforms.flatMap(({ sender }) => sender ?? []);
  const digesting = await createDigesting(store, {
    senders: new Map(senders.map((sender) => [sender.platform, sender])),
    library: (target) => bot.libraryOf(target),
    illustrate,
    clock: systemClock,
    random: Math.random,
    log,
    catchUpMs: config.digest.catchUpMs,
    retentionMs: config.retentionMs,
    observer,
  });
  digesting.start();
  return digesting;
}
