import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request that a model got. */
export interface ModelRequest {
  readonly path: string;
  readonly authorization: string | undefined;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into it as it likes
  readonly body: any;
}

/** What a model answers: a body as JSON or text, with a status of 200; or whatever it does with the response itself. */
export type ModelAnswer = (request: ModelRequest, response: ServerResponse) => unknown;

export interface ModelServer {
  /** The base address, such as `http://127.0.0.1:40000/v1`. */
  readonly url: string;
  readonly requests: ModelRequest[];
  /** What it answers from now on. */
  answer: ModelAnswer;
  close(): Promise<void>;
}

/** A server that speaks as much of OpenAI's API as its test says. */
export async function startModelServer(answer: ModelAnswer): Promise<ModelServer> {
  const requests: ModelRequest[] = [];
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    let text = '';
    for await (const chunk of request) text += chunk;
    const seen = { path: request.url ?? '', authorization: request.headers.authorization, body: JSON.parse(text) };
    requests.push(seen);
    const given = await server.answer(seen, response);
    if (given === undefined || response.writableEnded) return;
    response.setHeader('content-type', 'application/json');
    response.end(typeof given === 'string' ? given : JSON.stringify(given));
  };
  const http = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const server: ModelServer = {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}/v1`,
    requests,
    answer,
    async close() {
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
  return server;
}

/** What /v1/chat/completions answers with this text of the model's. */
export function completionOf(content: unknown): object {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  return { choices: [{ index: 0, message: { role: 'assistant', content: text } }] };
}
