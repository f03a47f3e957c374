import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js';
import { ErrorCode } from '@modelcontextprotocol/sdk/types.js';
import type { Platform, PlatformContext } from '../../core/platform.ts';
import { createMcpServer } from './create-server.ts';

/**
 * Answers clients over HTTP without sessions: each request has a server of its own, so that any process of several can answer
 * it and nothing is kept of anybody. https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#streamable-http
 */
export function startMcp(
  version: string,
  { bot, log, assistants = async () => [] }: Pick<PlatformContext, 'bot' | 'log' | 'assistants'>,
): Platform {
  const post = async (request: Request, reader?: string): Promise<Response> => {
    const body = parse(await request.text());
    // The protocol has no batches, and one would pass the bounds on requests.
    if (typeof body !== 'object' || body === null || Array.isArray(body)) return refuse();
    const server = createMcpServer(bot, { version, log, reader, assistants: await assistants() });
    const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true });
    const gone = Promise.withResolvers<Response>();
    request.signal.addEventListener('abort', () => gone.resolve(new Response(null, { status: 499 })), { once: true });
    try {
      await server.connect(transport);
      return await Promise.race([transport.handleRequest(request, { parsedBody: body }), gone.promise]);
    } finally {
      await server.close();
    }
  };
  log.info({}, 'MCP: answering over HTTP');
  return {
    name: 'mcp',
    status: () => 'over HTTP',
    isConnected: () => true,
    contentChanged: async () => undefined,
    routes: { 'POST /mcp': post, 'GET /mcp': refuseStream, 'DELETE /mcp': refuseStream },
    stop: async () => undefined,
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function refuse(): Response {
  const error = { code: ErrorCode.ParseError, message: 'Send one JSON-RPC message as an object.' };
  return Response.json({ jsonrpc: '2.0', error, id: null }, { status: 400 });
}

/** There is no session to listen to or to end. */
async function refuseStream(): Promise<Response> {
  return new Response('Send each message as a POST.\n', { status: 405, headers: { allow: 'POST' } });
}
