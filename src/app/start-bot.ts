import { access, constants, mkdir } from 'node:fs/promises';
import type { Logger } from 'pino';
import { listen } from '../adapters/web/listen.ts';
import { FaultyContent } from '../content/fault.ts';
import { listReviews } from '../content/review.ts';
import { watchContent } from '../content/watch.ts';
import { createConversations } from '../conversation/conversations.ts';
import { type Bot, createBot } from '../core/bot.ts';
import type { Observer } from '../core/observer.ts';
import { systemClock } from '../digest/clock.ts';
import { createDigesting } from '../digest/digesting.ts';
import { createDigests, syncFixedDigests } from '../digest/digests.ts';
import { createIllustrator } from '../digest/illustrate.ts';
import { startObserving } from '../observe/observing.ts';
import { createAudit, forgetAudit } from '../store/audit.ts';
import { checkStore } from '../store/check-store.ts';
import { createChoices } from '../store/choices.ts';
import { countDeliveries } from '../store/ledger.ts';
import { openStore } from '../store/open-store.ts';
import { wasForgotten } from '../store/people.ts';
import { takeEvent } from '../store/seen.ts';
import { createUses } from '../store/uses.ts';
import { systemTimers } from '../time/timers.ts';
import { wait } from '../time/wait.ts';
import type { Config } from './config.ts';
import { composeDatabaseUrl } from './database-url.ts';
import { createGate } from './gate.ts';
import { createMemory, noMemory } from './memory.ts';
import { openBackups } from './open-backups.ts';
import { openContent } from './open-content.ts';
import { deskAuthor, mayOpenDesk, openDesk, openDeskDigests } from './open-desk.ts';
import { openEditors } from './open-editors.ts';
import { type MissedOptions, openMissed } from './open-missed.ts';
import { openReaders } from './open-readers.ts';
import { openReport } from './open-report.ts';
import { openSuggester } from './open-suggester.ts';
import { countOverdue, remindOfReviews } from './remind-of-reviews.ts';
import { composeWebApp, hasPage } from './serve-bot.ts';
import { createStops, type Stops } from './stops.ts';
import { createSupervisor, type SupervisedPlatform, type Supervisor } from './supervisor.ts';
import { version } from './version.ts';
import { watchEventLoop } from './watch-event-loop.ts';

/** How long unfinished answers may take when the bot stops, in milliseconds. */
const STOP_GRACE_MS = 1000;
/** How long a stopping bot still accepts requests, in milliseconds. */
const DRAIN_MS = 250;
const DAY_MS = 24 * 3_600_000;

export interface Running {
  /** Where the bot listens. */
  readonly url: string;
  /** Whether the local page is there. */
  readonly hasPage: boolean;
  /** Whether the editors' desk is there. */
  readonly hasDesk: boolean;
  readonly bot: Bot;
  /** Is told what the bot does. */
  readonly observer: Required<Observer>;
  /** Stops everything within about ten seconds, even if something hangs. Never rejects. */
  stop(): Promise<void>;
}

/** Keeps this process's platforms apart. */
export function createSystemSupervisor(log: Logger): Supervisor {
  return createSupervisor({ timers: systemTimers, random: Math.random, log });
}

/**
 * Starts everything that the settings ask for. If it throws FaultyContent, PortUnavailable or StoreUnavailable, nothing is left
 * running.
 */
export async function startBot(
  config: Config,
  log: Logger,
  supervisor = createSystemSupervisor(log),
): Promise<Running> {
  const stops = createStops(systemTimers, log);
  try {
    return await start(config, log, supervisor, stops);
  } catch (error) {
    await stops.run();
    throw error;
  }
}

async function start(config: Config, log: Logger, supervisor: Supervisor, stops: Stops): Promise<Running> {
  const now = Date.now;
  for (const { name, meant } of config.misspelt) {
    if (meant) log.warn({}, `${name} isn't a setting. Did you mean ${meant}?`);
    else log.warn({}, `${name} isn't a setting, and the bot doesn't read it`);
  }
  await warnOfReadOnly(config.dataDirectory, log);

  // Store: only a bot on a platform that keeps something needs it.
  const setUp = config.platforms.filter(({ isSetUp }) => isSetUp);
  const store = setUp.some(({ definition }) => !definition.guarded)
    ? await openStore(composeDatabaseUrl(config))
    : undefined;
  if (store) stops.add('the database', store.close);

  const readers = await openReaders(config, store, now, log);
  if (readers) stops.add('what readers say and miss', readers.close);

  const kept = store ?? readers?.store;
  const backup = kept && config.backup;
  const audit = kept && createAudit(kept.db, { now, log });
  await (kept && forgetAudit(kept.db, now() - config.auditMs));

  // Content.
  // The first article is brought at the desk. A bot on a platform would only be silent, which is worse than not to start.
  const content = await openContent(config, log, { mayBeEmpty: !store && mayOpenDesk(config) });
  stops.add('search', content.close);
  if (content.content.library.topics.length === 0)
    log.warn(
      {},
      'everything is a draft, so the bot answers nothing yet; publish a topic in the desk or with "briefing publish"',
    );
  let faulty = false;

  // Bot. The observers also see the platforms, once they are started.
  const platforms: SupervisedPlatform[] = [];
  const observing = await startObserving({
    ...config,
    version,
    platforms,
    deliveries: store && (() => countDeliveries(store.db, now() - DAY_MS)),
    backups: backup !== undefined,
    database: kept && (async () => (await checkStore(kept)) === 'readable'),
    overdue: countOverdue(() => listReviews(config.contentDirectory), now),
    votes: readers?.votes,
    now,
    log,
  });
  stops.add('alerts and traces', observing.stop);
  const { observer } = observing;
  const { retentionMs } = config;
  const uses = kept && createUses(kept.db, { now, timers: systemTimers, retentionMs, onShown: observer.shown, log });
  stops.add('counts of claims', async () => uses?.stop());
  const illustrator = createIllustrator(config.digest.pictures, log);
  stops.add('pictures', illustrator.close);
  const sources: MissedOptions | undefined = readers && {
    db: readers.store.db,
    library: () => bot.library,
    search: () => content.content.search,
    semantics: content.semantics,
    now,
  };
  const report = sources && openReport(sources, config.feedback);
  const digests = createDigests({
    db: store?.db,
    illustrate: illustrator.illustrate,
    report,
    now,
    defaultZone: config.digest.defaultZone,
    audit,
    onChange(subscription) {
      for (const one of platforms) if (one.name === subscription.platform) one.digestChanged?.(subscription);
    },
  });
  const gate = createGate(config.questionsPerMinute);
  const choices = store && createChoices(store.db, audit);
  const conversations = createConversations({
    now,
    wasForgotten: store && ((person, since) => wasForgotten(store.db, person, since)),
  });
  const { editors } = config;
  const senderOf = (name: string) => platforms.find((one) => one.name === name)?.sender;
  const canPass = store && editors && setUp.some(({ definition }) => definition.name === editors.platform);
  const bot: Bot = createBot(content.content, log, {
    gate,
    digests,
    choices,
    conversations,
    observer,
    feedback: readers?.feedback,
    gaps: readers?.gaps,
    uses,
    editors: canPass
      ? openEditors({ db: store.db, target: editors, sender: () => senderOf(editors.platform), now, log })
      : undefined,
  });

  // Platforms.
  const assistants = async () =>
    (await Promise.all(config.platforms.map(({ assistant }) => assistant(bot)))).flatMap((one) => one ?? []);
  for (const platform of setUp) {
    const { name, guarded } = platform.definition;
    const memory = store && !guarded ? createMemory(store, name, now, audit) : noMemory;
    platforms.push(await supervisor.supervise(platform, { bot, memory, now, log, assistants }, observer));
  }
  stops.add('the platforms', () => Promise.all(platforms.map((platform) => platform.stop())));

  // Server.
  let stopping = false;
  const readiness = async () => {
    const database = store && (await checkStore(store));
    const { articles, topics } = bot.library;
    return {
      // A load balancer sends nothing more to a process that is stopping.
      ready: !stopping && (database === undefined || database === 'readable'),
      content: { articles: articles.length, topics: topics.length, faulty },
      ...(database ? { database } : {}),
      ...Object.fromEntries(platforms.map((platform) => [platform.name, platform.status()])),
    };
  };
  const desk = await openDesk(config, {
    bot,
    semantics: content.semantics,
    digests: store && openDeskDigests(store.db, digests, deskAuthor(config)),
    audit,
    missed: sources && openMissed(sources),
    suggestRemote: openSuggester(config.models, () => bot.library, log),
    now,
    log,
  });
  const app = await composeWebApp(config, { bot, platforms, metrics: observing.metrics, readiness, desk, now, log });
  const web = await listen(app, config.host, config.port);
  stops.add('the port', () => web.close(STOP_GRACE_MS));
  stops.add('requests under way', async () => {
    stopping = true;
    // Closing drops connections whose request has been sent but not read yet.
    await wait(DRAIN_MS);
  });

  // Digest. Last, so that a second bot on the same port ends before it posts anything.
  if (store) {
    await syncFixedDigests(store.db, [...config.digest.fixed, ...(editors && report ? [editors] : [])], now(), audit);
    const senders = platforms.flatMap(({ sender }) => sender ?? []);
    const digesting = await createDigesting(store, {
      senders: new Map(senders.map((sender) => [sender.platform, sender])),
      library: (target) => bot.libraryOf(target),
      illustrate: illustrator.illustrate,
      report,
      platforms: config.platforms.map(({ definition }) => definition.name),
      clock: systemClock,
      random: Math.random,
      log,
      catchUpMs: config.digest.catchUpMs,
      retentionMs: config.retentionMs,
      auditMs: config.auditMs,
      audit,
      uses,
      observer,
    });
    digesting.start();
    stops.add('deliveries', digesting.stop);
  }

  if (backup) {
    const backups = openBackups(backup, kept.url, { observer, log });
    stops.add('backups', backups.stop);
  }

  // What changes and happens while it runs.
  void content.content.search.ready.then(() => log.info({ meaning: config.semanticSearch }, 'search ready'));
  const unwatch = await watchContent(config.contentDirectory, async () => {
    try {
      await content.reload(bot.load);
      faulty = false;
      log.info({ topics: bot.library.topics.length }, 'content reloaded');
      await Promise.all(platforms.map((platform) => platform.contentChanged()));
    } catch (error) {
      faulty ||= error instanceof FaultyContent;
      if (!(error instanceof FaultyContent)) log.error({ err: error }, "the content can't be read");
      else
        log.error({ faults: error.message.split('\n') }, 'the content has errors; the bot keeps the last good content');
    }
  });
  stops.add('the watch on content', unwatch);
  if (observing.post && store) {
    const { post } = observing;
    const list = () => listReviews(config.contentDirectory);
    // As if it were taken when it may be forgotten, so that it outlasts the events of a day.
    const take = (key: string, until: number) => takeEvent(store.db, key, until);
    const unremind = remindOfReviews({ timers: systemTimers, now, list, take, post, log });
    stops.add('reminders', async () => unremind());
  }
  const unwatchLoop = watchEventLoop(observer.held, systemTimers, log);
  stops.add('the watchdog', async () => unwatchLoop());
  return { url: web.url, bot, observer, hasPage: hasPage(config), hasDesk: desk !== undefined, stop: stops.run };
}

/** Without a database, everything in the folder can be recreated, so the bot runs without the folder. */
async function warnOfReadOnly(folder: string, log: Logger): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
  } catch (error) {
    log.warn({ err: error }, `${folder} can't be written to, so nothing is kept. Name another folder in DATA_DIR.`);
  }
}
