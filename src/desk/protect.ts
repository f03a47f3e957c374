import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';

const COOKIE = 'briefing-desk-form';
const FIELD = 'csrf';

/** Forms that no other website can send. */
export interface Protection {
  /** The token for the forms of an answer; it also sets the cookie that the token belongs to. */
  token(context: Context): string;
  /** Refuses whatever changes something, unless it comes from one of the desk's own pages and carries that page's token. */
  readonly check: MiddlewareHandler;
}

/** Tokens are good for one browser, until the program is started again. */
export function createProtection(publicUrl?: string): Protection {
  const key = randomBytes(32);
  // A page with several forms has one cookie.
  const visits = new WeakMap<Request, string>();
  const sign = (visit: string) => createHmac('sha256', key).update(visit).digest('base64url');
  return {
    token(context) {
      const given = visits.get(context.req.raw);
      if (given !== undefined) return sign(given);
      const known = getCookie(context, COOKIE);
      const visit = known && /^[\w-]{20,64}$/.test(known) ? known : randomBytes(24).toString('base64url');
      const secure = context.req.header('x-forwarded-proto') === 'https';
      if (visit !== known)
        setCookie(context, COOKIE, visit, { httpOnly: true, sameSite: 'Strict', path: '/desk', secure });
      visits.set(context.req.raw, visit);
      return sign(visit);
    },
    async check(context, next) {
      if (context.req.method === 'GET' || context.req.method === 'HEAD') return next();
      if (!isOwn(context, publicUrl)) return context.text('The desk takes nothing from other websites.\n', 403);
      const form = await context.req.parseBody().catch(() => ({}) as Record<string, unknown>);
      const visit = getCookie(context, COOKIE) ?? '';
      const shown = Buffer.from(String(form[FIELD] ?? ''));
      const wanted = Buffer.from(sign(visit));
      if (visit && shown.length === wanted.length && timingSafeEqual(shown, wanted)) return next();
      return context.text(
        'This page is from before the program was started again. Go back, copy what you wrote, reload the page and paste it.\n',
        403,
      );
    },
  };
}

/** Whether a request comes from the desk's own page, as far as the browser says. */
function isOwn(context: Context, publicUrl: string | undefined): boolean {
  // https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Sec-Fetch-Site
  const site = context.req.header('sec-fetch-site');
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  const origin = context.req.header('origin');
  if (origin === undefined) return true;
  const hosts = [new URL(context.req.url).host, publicUrl && URL.parse(publicUrl)?.host];
  return hosts.includes(URL.parse(origin)?.host);
}
