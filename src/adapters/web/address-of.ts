import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';

/** Who asks, by the address of the connection; the same for all who come through one proxy. */
export function addressOf(context: Context): string {
  return (context.env as Partial<HttpBindings>)?.incoming?.socket?.remoteAddress ?? 'unknown';
}
