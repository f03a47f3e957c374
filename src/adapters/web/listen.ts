import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import type { Hono } from 'hono';
import { UserError } from '../../core/errors.ts';
import { wait } from '../../time/wait.ts';
import { isLoopback } from './loopback.ts';

/** How long requests are still taken once the server is told to close, in milliseconds. */
const LINGER_MS = 100;

export interface Listening {
  /** The address that a browser on this machine opens. */
  readonly url: string;
  /** Lets answers under way finish, for at most `graceMs` milliseconds. */
  close(graceMs: number): Promise<void>;
}

/** A port that cannot be listened on, in words for the person at the terminal. */
export class PortUnavailable extends UserError {
  override readonly name = 'PortUnavailable';
}

/** Serves `app`. Throws PortUnavailable if the port is taken or not allowed. */
export async function listen(app: Hono, host: string, port: number): Promise<Listening> {
  const server = serve({ fetch: app.fetch, hostname: host, port, autoCleanupIncoming: true });
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve);
    server.once('error', (error: NodeJS.ErrnoException) => reject(explain(error, host, port)));
  });
  const { port: actual } = server.address() as AddressInfo;
  return {
    url: `http://${isLoopback(host) || host === '0.0.0.0' || host === '::' ? 'localhost' : host}:${actual}`,
    async close(graceMs) {
      // Node ends connections at once on which it has read no request yet, though one may be on its way.
      await wait(Math.min(LINGER_MS, graceMs));
      await new Promise<void>((resolve) => {
        const timer = setTimeout(() => 'closeAllConnections' in server && server.closeAllConnections(), graceMs);
        server.close(() => {
          clearTimeout(timer);
          resolve();
        });
        if ('closeIdleConnections' in server) server.closeIdleConnections();
      });
    },
  };
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): Error {
  if (error.code === 'EADDRINUSE') {
    return new PortUnavailable(
      `Port ${port} is taken by another program`,
      `Choose another one: PORT=${port + 1} npm start, or PORT=0 for any free one.`,
    );
  }
  if (error.code === 'EACCES') {
    return new PortUnavailable(
      `Port ${port} needs rights that this user doesn’t have`,
      'Choose one above 1023: PORT=3000 npm start.',
    );
  }
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') {
    return new PortUnavailable(
      `HOST=${host} isn't an address of this machine`,
      'Write 127.0.0.1, or 0.0.0.0 for all networks.',
    );
  }
  return error;
}
