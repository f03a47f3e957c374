import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { addressOf } from '../adapters/web/address-of.ts';
import { type Access, createGuard } from '../adapters/web/guard.ts';
import type { Gate } from '../core/bot.ts';
import type { ConfiguredPlatform } from '../core/platform.ts';
import type { SupervisedPlatform } from './supervisor.ts';

/** What programs ask is far smaller. */
const MAX_BODY_BYTES = 64 * 1024;

export interface GuardedOptions {
  readonly access: Access;
  /** Those that may have signed a request. */
  readonly platforms: readonly ConfiguredPlatform[];
  /** How many seconds a caller must wait before the next request; 0 lets it through. */
  readonly gate: Gate;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

interface Asked {
  Variables: { reader: string | undefined };
}

/**
 * The routes of a platform without a secret of its own: for whoever may see the page, and for requests that another platform
 * signed.
 */
export function composeGuardedRoutes(
  platform: Pick<SupervisedPlatform, 'name' | 'answer'>,
  { access, platforms, gate, now }: GuardedOptions,
): Hono<Asked> {
  const { name, answer } = platform;
  const guard = createGuard(access);
  /** Undefined for whoever is on this machine, and isn't a reader but tries the bot out. */
  const readerOf = (context: Context): string | undefined =>
    access.from === 'here' ? undefined : `${name}:${addressOf(context)}`;
  const vouch = async (request: Request): Promise<string | undefined> => {
    if (request.method !== 'POST') return undefined;
    const found = await Promise.all(platforms.map((one) => one.vouch(request.clone(), now())));
    return found.find((reader) => reader !== undefined);
  };

  const app = new Hono<Asked>();
  app.all(
    `/${name}/*`,
    bodyLimit({ maxSize: MAX_BODY_BYTES }),
    async (context, next) => {
      const signer = await vouch(context.req.raw);
      context.set('reader', signer ?? readerOf(context));
      return signer === undefined ? guard(context, next) : next();
    },
    async (context) => {
      const reader = context.get('reader');
      const seconds = await gate(reader ?? `${name}:${addressOf(context)}`);
      if (seconds === 0) return answer(context.req.raw, reader);
      context.header('retry-after', String(seconds));
      return context.text(`That is a lot at once. Try again in ${seconds} s.\n`, 429);
    },
  );
  return app;
}
