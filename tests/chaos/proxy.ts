import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a proxy does with a request. Those with `after` in their name hand it on first, those without never do. */
export type Trouble =
  | { readonly what: 'none' }
  /** It ends the connection. */
  | { readonly what: 'drop' | 'drop after' }
  /** It says nothing at all. */
  | { readonly what: 'silence' | 'silence after' }
  /** It answers something of its own. */
  | { readonly what: 'answer' | 'answer after'; readonly answer: Answer }
  /** It ends the connection, and hands the request on only when it is told to. */
  | { readonly what: 'late' }
  /** It answers after so many milliseconds. */
  | { readonly what: 'slow'; readonly ms: number };

export interface Answer {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

export interface Proxy {
  readonly url: string;
  /** Hands on what came late. */
  land(): Promise<void>;
  close(): Promise<void>;
}

/** Stands before a platform and makes trouble, as `choose` says for each request to a path. */
export async function startProxy(target: string, choose: (path: string) => Trouble): Promise<Proxy> {
  const { origin, pathname } = new URL(target);
  const late: (() => Promise<unknown>)[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const body = await readBody(incoming);
    const handOn = () => forward(origin, incoming, body);
    const trouble = choose(incoming.url ?? '');
    switch (trouble.what) {
      case 'none':
        return respond(outgoing, await handOn());
      case 'slow':
        await new Promise((resolve) => setTimeout(resolve, trouble.ms));
        return respond(outgoing, await handOn());
      case 'late':
        late.push(handOn);
        return void incoming.socket.destroy();
      case 'drop after':
        await handOn();
        return void incoming.socket.destroy();
      case 'drop':
        return void incoming.socket.destroy();
      case 'silence after':
        await handOn();
        return;
      case 'silence':
        return;
      case 'answer after':
        await handOn();
        return respond(outgoing, trouble.answer);
      case 'answer':
        return respond(outgoing, trouble.answer);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${pathname}`,
    async land() {
      for (const handOn of late.splice(0)) await handOn();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function readBody(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  if (!incoming.headers['content-type']?.startsWith('application/json')) return body;
  // Discord's memory of nonces would hide what is sent twice, and lasts some minutes only.
  const { nonce: _, enforce_nonce: __, ...rest } = JSON.parse(body.toString() || '{}');
  return Buffer.from(JSON.stringify(rest));
}

function forward(origin: string, incoming: IncomingMessage, body: Buffer): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = { ...incoming.headers, 'content-length': String(body.length) };
    const options = { method: incoming.method ?? 'GET', headers, agent: false };
    const outgoing = request(`${origin}${incoming.url}`, options, async (answer) => {
      const chunks: Buffer[] = [];
      for await (const chunk of answer) chunks.push(chunk);
      resolve({
        status: answer.statusCode ?? 502,
        headers: { 'content-type': answer.headers['content-type'] ?? 'text/plain' },
        body: Buffer.concat(chunks).toString(),
      });
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

function respond(outgoing: ServerResponse, { status, headers = {}, body = '' }: Answer): void {
  outgoing.writeHead(status, headers).end(body);
}
