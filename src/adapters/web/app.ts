import { readFileSync } from 'node:fs';
import { Hono, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { HTTPException } from 'hono/http-exception';
import { secureHeaders } from 'hono/secure-headers';
import type { Log } from '../../core/bot.ts';

/** Whether the bot can answer, and the state of each part by name. */
export interface Readiness {
  readonly ready: boolean;
  readonly [part: string]: unknown;
}

/** What platforms send is far smaller. */
const MAX_BODY_BYTES = 1024 * 1024;
/** Where editors upload an article: a file has at most 10 MB, and the form around it little. */
const UPLOADS = '/desk/bring';
const MAX_UPLOAD_BYTES = 11 * 1024 * 1024;

/**
 * The bot's one HTTP port, to which parts add their routes. `/healthz` says that the process is up, `/readyz` whether it
 * can answer (503 if not).
 */
export function createWebApp(readiness: () => Promise<Readiness>, log: Log): Hono {
  const app = new Hono();
  const icon = readFileSync(new URL('page/favicon.svg', import.meta.url), 'utf8');
  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
      xFrameOptions: 'DENY',
    }),
  );
  const [limit, uploadLimit] = [limitBody(MAX_BODY_BYTES), limitBody(MAX_UPLOAD_BYTES)];
  app.use((context, next) => (context.req.path === UPLOADS ? uploadLimit : limit)(context, next));
  app.get('/healthz', (context) => context.json({ status: 'up' }));
  // The same on every page; it tells nothing.
  app.get('/favicon.svg', (context) => context.body(icon, 200, { 'content-type': 'image/svg+xml' }));
  app.get('/readyz', async (context) => {
    const state = await readiness();
    return context.json(state, state.ready ? 200 : 503);
  });
  app.notFound((context) => context.text('There is nothing here.\n', 404));
  app.onError((error, context) => {
    // A refusal, such as of a body that is too large, isn't a fault.
    if (error instanceof HTTPException) return error.getResponse();
    const request = crypto.randomUUID().slice(0, 8);
    log.error({ err: error, path: context.req.path, request }, 'a request failed');
    return context.text(`That went wrong; it is logged as ${request}.\n`, 500);
  });
  return app;
}

/** Refuses longer bodies with 413: at once if the length is announced, which the HTTP server holds a request to. */
function limitBody(maxSize: number): MiddlewareHandler {
  const whileReading = bodyLimit({ maxSize });
  return (context, next) => {
    const length = context.req.header('content-length');
    // Reading along costs more than all else that the port does.
    return length !== undefined && Number(length) <= maxSize ? next() : whileReading(context, next);
  };
}
