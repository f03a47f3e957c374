import type { IncomingMessage, ServerResponse } from 'node:http';
import { toFetchResponse, toReqRes } from 'fetch-to-node';

/** What Slack's installer wants: Node's own request and response. */
type NodeHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** A handler of Node's requests as one of the bot's port. */
export function serveNode(handler: NodeHandler): (request: Request) => Promise<Response> {
  return async (request) => {
    const { req, res } = toReqRes(request);
    await handler(req, res);
    const { status, headers, body } = await toFetchResponse(res);
    const kept = new Headers(headers);
    // They are about a connection, and the bot's port has one of its own.
    for (const name of ['connection', 'transfer-encoding']) kept.delete(name);
    return new Response(body, { status, headers: kept });
  };
}
