import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { Platform } from '../../src/core/platform.ts';

/** Answers a request by a platform's routes, as the bot's own port does. */
export async function answerByRoutes(
  { routes }: Pick<Platform, 'routes'>,
  request: Request,
  reader?: string,
): Promise<Response> {
  const handle = routes[`${request.method} ${new URL(request.url).pathname}`];
  return handle ? handle(request, reader) : new Response(null, { status: 404 });
}

/** Serves an endpoint on a free port of this machine. */
export async function serveRequests(
  answer: (request: Request) => Promise<Response>,
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const http = createServer(getRequestListener(answer, { overrideGlobalObjects: false }));
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        http.close(() => resolve());
        http.closeAllConnections();
      }),
  };
}
