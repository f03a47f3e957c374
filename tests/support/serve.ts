import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';

type Pages = Record<'install' | 'redirect', (request: IncomingMessage, response: ServerResponse) => Promise<void>>;

/** Serves an endpoint on a free port of this machine, and the pages of an OAuth flow where it has them. */
export async function serveRequests(
  answer: (request: Request) => Promise<Response>,
  pages?: Pages,
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const listener = getRequestListener(answer, { overrideGlobalObjects: false });
  const http = createServer((request, response) => {
    const page = /^\/slack\/(install|oauth_redirect)/.exec(request.url ?? '')?.[1];
    if (pages && page) void pages[page === 'install' ? 'install' : 'redirect'](request, response);
    else void listener(request, response);
  });
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
