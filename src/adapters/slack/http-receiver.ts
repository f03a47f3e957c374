import type { App, Receiver } from '@slack/bolt';
import type { Take } from '../../core/take-once.ts';
import { isSigned } from './is-signed.ts';

export interface HttpReceiver extends Receiver {
  /** Answers one signed request of Slack's. */
  handle(request: Request): Promise<Response>;
}

/**
 * Takes Slack's signed requests on a port that the bot shares with others: events, commands, buttons and forms alike. A bad
 * signature, one older than five minutes, and a request that came before, to this process or another, are refused.
 * https://docs.slack.dev/authentication/verifying-requests-from-slack
 */
export function createHttpReceiver(signingSecret: string, now: () => number, take: Take): HttpReceiver {
  let app: App | undefined;

  return {
    init(bolt) {
      app = bolt;
    },
    start: async () => undefined,
    stop: async () => undefined,
    async handle(request) {
      const body = await request.text();
      if (!isSigned(signingSecret, request.headers, body, now())) {
        return new Response('The signature is not Slack’s.\n', { status: 401 });
      }
      const parsed = parseBody(body, request.headers.get('content-type') ?? '');
      if (!parsed)
        return new Response('The body is neither a JSON object nor a form that Slack sends.\n', { status: 400 });
      if (parsed.type === 'url_verification') return Response.json({ challenge: parsed.challenge });
      if (parsed.ssl_check) return new Response(null, { status: 200 });
      if (!(await take(request.headers.get('x-slack-signature') ?? '')))
        return new Response('This request was answered before.\n', { status: 409 });
      const retry = request.headers.get('x-slack-retry-num');
      return new Promise((resolve, reject) => {
        const ack = async (response?: unknown) => resolve(composeAcknowledgement(response));
        app
          ?.processEvent({ body: parsed, ack, ...(retry ? { retryNum: Number(retry) } : {}) })
          // Whatever was not acknowledged gets an end all the same.
          .then(() => resolve(new Response(null, { status: 404 })), reject);
      });
    },
  };
}

function composeAcknowledgement(response: unknown): Response {
  if (response === undefined || response === '') return new Response(null, { status: 200 });
  return typeof response === 'string' ? new Response(response) : Response.json(response);
}

/** Slack sends events as JSON, all else as a form, buttons and views as JSON within a form. Undefined for anything else. */
function parseBody(body: string, contentType: string): Record<string, unknown> | undefined {
  const form = contentType.startsWith('application/json') ? {} : Object.fromEntries(new URLSearchParams(body));
  const json = contentType.startsWith('application/json') ? body : form.payload;
  if (json === undefined) return form;
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
