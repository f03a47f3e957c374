import { createHash, timingSafeEqual } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { isLoopback } from './loopback.ts';

/** How a token is named to people, and where a browser keeps it. */
interface Kept {
  readonly setting: string;
  readonly cookie: string;
  /** The pages that it opens. */
  readonly path: string;
}

const READERS: Kept = { setting: 'ACCESS_TOKEN', cookie: 'briefing', path: '/' };

/** Whom the page and the metrics answer. */
export type Access =
  /** This machine, by a local name only, so that no website can reach it by pointing a name of its own at this machine. */
  | { readonly from: 'here' }
  /** Whoever shows the token: once as `?token=`, from then on by a cookie, or as a bearer token. */
  | { readonly from: 'anywhere'; readonly token: string; readonly kept?: Kept };

/** Lets through whom `access` names; all others get 401 or 403. */
export function createGuard(access: Access): MiddlewareHandler {
  if (access.from === 'here') {
    return async (context, next) => {
      const { hostname, host } = new URL(context.req.url);
      const isForwarded = ['x-forwarded-for', 'forwarded'].some((name) => context.req.header(name) !== undefined);
      if (isForwarded) return context.text('A proxy passed this on. Behind one, this page needs a token.\n', 403);
      if (!isLoopback(hostname)) return context.text('This page answers to localhost only.\n', 403);
      // Browsers say which site a request comes from, https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Sec-Fetch-Site
      const site = context.req.header('sec-fetch-site');
      // Older ones say it in `Origin` alone, which is `null` for a form of a page that sends no referrer.
      const origin = context.req.header('origin');
      const isOwn =
        site === undefined
          ? origin === undefined || URL.parse(origin)?.host === host
          : site === 'same-origin' || site === 'none';
      if (context.req.method !== 'GET' && !isOwn) {
        return context.text('This page takes no questions from other websites.\n', 403);
      }
      return next();
    };
  }
  const { token, kept: { setting, cookie, path } = READERS } = access;
  return async (context, next) => {
    const shown = context.req.query('token');
    if (context.req.method === 'GET' && shown !== undefined && isEqual(shown, token)) {
      const secure = context.req.header('x-forwarded-proto') === 'https';
      setCookie(context, cookie, token, { httpOnly: true, sameSite: 'Strict', path, secure, maxAge: 30 * 86_400 });
      // The token does not stay in the address bar, nor in the history of who looks over a shoulder.
      return context.redirect(context.req.path);
    }
    const bearer = /^Bearer (.+)$/i.exec(context.req.header('authorization') ?? '')?.[1];
    if (isEqual(bearer ?? getCookie(context, cookie) ?? '', token)) return next();
    // A program that speaks HTTP sends it so.
    context.header('www-authenticate', 'Bearer');
    return context.text(`Add ?token= and the bot’s ${setting} to this address.\n`, 401);
  };
}

/** Takes the same time whatever differs. */
function isEqual(shown: string, token: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(shown), digest(token));
}
