import { AsyncLocalStorage } from 'node:async_hooks';
import type { Observer } from '../core/observer.ts';
import type { ConfiguredPlatform, Platform, PlatformContext, PlatformLog } from '../core/platform.ts';
import { type Sender, SendFailure } from '../core/sender.ts';
import { endsWithin, type Timers } from '../time/timers.ts';

/** The first pause before a platform is started again, in milliseconds; each further one is twice as long. */
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 60_000;
/** After running this long without a failure, in milliseconds, a platform starts again from the first pause. */
const HEALTHY_MS = 5 * 60_000;
/** How long starting may take, without the connection, which nobody waits for, in milliseconds. */
const START_MS = 30_000;
/** How long a connection may take to end, in milliseconds. */
const STOP_MS = 2000;

export interface SupervisorOptions {
  readonly timers: Timers;
  /** From 0 to 1, so that many processes don't all reconnect at once. */
  readonly random: () => number;
  readonly log: PlatformLog;
}

/** A platform that is restarted whenever it fails. */
export interface SupervisedPlatform extends Omit<Platform, 'routes'> {
  /** Whoever may see the page may use its routes, and nobody else. */
  readonly guarded: boolean;
  /** Answers a request for one of the platform's routes: 404 if it has none like it, 503 while it is not running. */
  answer(request: Request, reader?: string): Promise<Response>;
}

export interface Supervisor {
  /**
   * Starts a platform, and restarts it whenever it fails. Resolves once it has started or failed for the first time.
   * Never rejects.
   */
  supervise(
    platform: ConfiguredPlatform,
    context: Omit<PlatformContext, 'fail'>,
    observer: Observer,
  ): Promise<SupervisedPlatform>;
  /**
   * Handles an error that nobody caught, in the context in which Node reports it. If it came from a platform, restarts that
   * platform and returns its name. Undefined if it came from anywhere else.
   */
  contain(error: unknown): string | undefined;
}

/** One life of a platform, from its start to its failure. */
interface Life {
  readonly platform: string;
  /** Milliseconds, by the supervisor's timers. */
  readonly begun: number;
  running: Platform | undefined;
  /** Ends this life, unless it has already ended. */
  fail(error: unknown): void;
}

/**
 * Keeps platforms apart: whatever one throws, even late, twice or from a timer, ends at most its own connection. Everything a
 * platform does runs in its own context, which lets an uncaught error be traced back to it.
 */
export function createSupervisor({ timers, random, log }: SupervisorOptions): Supervisor {
  const lives = new AsyncLocalStorage<Life>();

  async function supervise(
    configured: ConfiguredPlatform,
    context: Omit<PlatformContext, 'fail'>,
    observer: Observer,
  ): Promise<SupervisedPlatform> {
    const { name, title, guarded } = configured.definition;
    let stopped = false;
    let life: Life | undefined;
    let failures = 0;
    let callOff = () => {};

    const end = async ({ running }: Life): Promise<void> => {
      if (!running) return;
      try {
        const ended = await endsWithin(timers, running.stop(), STOP_MS);
        if (!ended) log.warn({}, `${title}: the connection took too long to end`);
      } catch (error) {
        log.warn({ err: error }, `${title}: the connection did not close cleanly`);
      }
    };

    const begin = async (): Promise<void> => {
      const current: Life = {
        platform: name,
        begun: timers.now(),
        running: undefined,
        fail: (error) => fail(current, error),
      };
      life = current;
      await lives.run(current, async () => {
        const callOffLimit = timers.after(START_MS, () => current.fail(new Error('starting took too long')));
        try {
          current.running = await configured.start({ ...context, fail: current.fail });
          // It took so long that it was given up in the meantime.
          if (life !== current) await end(current);
        } catch (error) {
          current.fail(error);
        } finally {
          callOffLimit();
        }
      });
    };

    const fail = (failed: Life, error: unknown): void => {
      if (life !== failed || stopped) {
        log.warn({ err: error }, `${title}: an error from a connection that has ended`);
        return;
      }
      life = undefined;
      failures = timers.now() - failed.begun >= HEALTHY_MS ? 1 : failures + 1;
      const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(failures - 1, 16)) * (0.5 + random() / 2);
      log.error(
        { err: error, inSeconds: Math.ceil(pause / 1000) },
        `${title}: failed and will be restarted; other platforms go on`,
      );
      observer.restarted?.(name);
      callOff = timers.after(pause, () => void begin());
      void end(failed);
    };

    /** Runs work of the running platform in its context, so that whatever it throws is traced back to it. */
    const inside = <T>(work: (running: Platform) => T, otherwise: () => T): T => {
      const current = life;
      const running = current?.running;
      return current && running ? lives.run(current, () => work(running)) : otherwise();
    };

    await begin();
    const sender = configured.canPost ? composeSender(name, title, inside) : undefined;
    return {
      name,
      guarded,
      status: () =>
        inside(
          (running) => running.status(),
          () => 'failed; restarting',
        ),
      isConnected: () =>
        inside(
          (running) => running.isConnected(),
          () => false,
        ),
      contentChanged: () =>
        inside(
          (running) => running.contentChanged(),
          async () => undefined,
        ),
      digestChanged: (subscription) =>
        inside(
          (running) => running.digestChanged?.(subscription),
          () => undefined,
        ),
      sender,
      answer: (request, reader) =>
        inside(
          async ({ routes }) => {
            const handle = routes[`${request.method} ${new URL(request.url).pathname}`];
            return handle ? handle(request, reader) : new Response('There is nothing here.\n', { status: 404 });
          },
          async () => new Response(`${title} is restarting.\n`, { status: 503, headers: { 'retry-after': '5' } }),
        ),
      async stop() {
        stopped = true;
        callOff();
        if (life) await end(life);
      },
    };
  }

  return {
    supervise,
    contain(error) {
      const life = lives.getStore();
      life?.fail(error);
      return life?.platform;
    },
  };
}

type Inside = <T>(work: (running: Platform) => T, otherwise: () => T) => T;

/** Posts through whatever connection is open at the time. */
function composeSender(platform: string, title: string, inside: Inside): Sender {
  const use = <T>(work: (sender: Sender) => Promise<T>): Promise<T> =>
    inside(
      async ({ sender }) => {
        if (!sender) throw new SendFailure('unreachable', `${title} is not ready.`);
        return work(sender);
      },
      async () => {
        throw new SendFailure('unreachable', `${title} is restarting.`);
      },
    );
  return {
    platform,
    paceOf: (target) =>
      inside(
        ({ sender }) => sender?.paceOf(target),
        () => undefined,
      ) ?? { key: platform, intervalMs: FIRST_PAUSE_MS },
    send: (...order) => use((sender) => sender.send(...order)),
    find: (...order) => use((sender) => sender.find(...order)),
    tell: (...order) => use((sender) => sender.tell(...order)),
  };
}
