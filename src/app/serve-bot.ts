import type { Hono } from 'hono';
import { createWebApp, type Readiness } from '../adapters/web/app.ts';
import { createGuard } from '../adapters/web/guard.ts';
import { createPlayground } from '../adapters/web/playground.ts';
import type { Bot, Log } from '../core/bot.ts';
import type { Metrics } from '../observe/metrics.ts';
import { composeAccess } from './access.ts';
import type { Config } from './config.ts';
import { createGate } from './gate.ts';
import { composeGuardedRoutes } from './guarded-routes.ts';
import { openSides } from './open-sides.ts';
import type { SupervisedPlatform } from './supervisor.ts';

/** Per address, on the page and on each guarded platform. A person types less, but everyone behind one proxy shares it. */
const PAGE_QUESTIONS_PER_MINUTE = 300;

export interface ServeParts {
  readonly bot: Bot;
  readonly platforms: readonly SupervisedPlatform[];
  /** Absent if metrics are off. */
  readonly metrics: Metrics | undefined;
  /** The editors' desk; absent if it is off. */
  readonly desk?: Hono | undefined;
  readonly readiness: () => Promise<Readiness>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly log: Log & { warn(details: object, message: string): void };
}

/** Everything on the bot's port: health checks, the page, metrics, and the platforms' routes. */
export async function composeWebApp(config: Config, parts: ServeParts): Promise<Hono> {
  const { bot, platforms, metrics, readiness, desk, log } = parts;
  const app = createWebApp(readiness, log);
  for (const { name, guarded, answer } of platforms)
    if (!guarded) app.all(`/${name}/*`, (context) => answer(context.req.raw));
  if (desk) app.route('/', desk);
  const access = composeAccess(config);
  if (!access) {
    if (config.playground || config.metrics) {
      log.warn({}, 'HOST is open to other machines: the page and /metrics stay off until ACCESS_TOKEN is set');
    }
    return app;
  }
  const guard = createGuard(access);
  for (const platform of platforms) {
    if (!platform.guarded) continue;
    const gate = createGate(PAGE_QUESTIONS_PER_MINUTE);
    app.route('/', composeGuardedRoutes(platform, { access, platforms: config.platforms, gate, now: parts.now }));
  }
  if (config.playground) {
    const gate = createGate(PAGE_QUESTIONS_PER_MINUTE);
    const sides = await openSides(config.platforms, bot);
    // On this machine alone, whoever uses the page is trying the bot out.
    const hasReaders = access.from === 'anywhere';
    app.route('/', await createPlayground(bot, { sides, guard, gate, hasReaders }));
  }
  if (metrics) {
    app.get('/metrics', guard, async (context) => {
      const { body, contentType } = await metrics.read();
      return context.body(body, 200, { 'content-type': contentType });
    });
  }
  return app;
}

/** Whether the local page is on the port. */
export function hasPage(config: Config): boolean {
  return config.playground && composeAccess(config) !== undefined;
}

/** Whether anybody can ask on the port: on the page, or through a platform that the bot guards. */
export function hasGuarded(config: Config): boolean {
  return hasPage(config) || config.platforms.some(({ isSetUp, definition }) => isSetUp && definition.guarded);
}
