import { access, constants, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { createWebApp } from '../adapters/web/app.ts';
import { type Access, createGuard } from '../adapters/web/guard.ts';
import { isLoopback, listen } from '../adapters/web/listen.ts';
import { createPlayground } from '../adapters/web/playground.ts';
import { FaultyContent } from '../content/fault.ts';
import { watchContent } from '../content/watch.ts';
import { createConversations } from '../conversation/conversations.ts';
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
import { countDeliveries } from '../store/ledger.ts';
import { checkStore, openStore, type Store } from '../store/open-store.ts';
import { wasForgotten } from '../store/people.ts';
import type { Config } from './config.ts';
import { createGate } from './gate.ts';
import { createMemory } from './memory.ts';
import { openBot } from './open-bot.ts';
import { openSides } from './open-sides.ts';
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
  for (const { name, meant } of config.misspelt) log.warn({}, `${name} isn't a setting. Did you mean ${meant}?`);
  await warnOfReadOnly(config.dataDirectory, log);
  const setUp = config.platforms.filter(({ isSetUp }) => isSetUp);
  const store = setUp.length > 0 ? await openStore(databaseUrl(config)) : undefined;
  if (store) undo.push(store.close);
  const illustrator = createIllustrator(config.digest.pictures, log);
  undo.push(illustrator.close);

  const platforms: Platform[] = [];
  const digests = createDigests({
    db: store?.db,
    library: (target) => bot.libraryOf(target),
    illustrate: illustrator.illustrate,
    now: Date.now,
    defaultZone: config.digest.defaultZone,
    onChange: (subscription) => {
      for (const platform of platforms) {
        if (platform.name === subscription.platform) platform.digestChanged?.(subscription);
      }
    },
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
  const conversations = createConversations({
    now: Date.now,
    wasForgotten: store && ((person, since) => wasForgotten(store.db, person, since)),
  });
  const open = await openBot(config, log, { gate, digests, choices, conversations, observer });
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
    if (config.playground) {
      app.route('/', await createPlayground(bot, { sides: await openSides(config.platforms, bot), guard, gate }));
    }
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
  if (store) {
    for (const one of setUp) {
      const memory = createMemory(store, one.definition.name, Date.now);
      platforms.push(await one.start({ bot, memory, now: Date.now, log }));
    }
  }
  for (const { routes } of platforms) {
    for (const [route, handle] of Object.entries(routes)) {
      const [method = '', path = ''] = route.split(' ');
      app.on(method, path, (context) => handle(context.req.raw));
    }
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
    db: store.db,
    senders: new Map(senders.map((sender) => [sender.platform, sender])),
    library: (target) => bot.libraryOf(target),
    illustrate,
    platforms: config.platforms.map(({ definition }) => definition.name),
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
