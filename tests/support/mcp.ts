import { createHmac } from 'node:crypto';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { type CallToolResult, CallToolResultSchema } from '@modelcontextprotocol/sdk/types.js';
import type { McpAnswer } from '../../src/adapters/mcp/answer-schema.ts';
import { mcp } from '../../src/adapters/mcp/platform.ts';
import { slack } from '../../src/adapters/slack/platform.ts';
import { createWebApp } from '../../src/adapters/web/app.ts';
import type { Access } from '../../src/adapters/web/guard.ts';
import { listen } from '../../src/adapters/web/listen.ts';
import { createGate } from '../../src/app/gate.ts';
import { composeGuardedRoutes } from '../../src/app/guarded-routes.ts';
import { noMemory } from '../../src/app/memory.ts';
import type { Bot } from '../../src/core/bot.ts';
import type { ConfiguredPlatform, PlatformDefinition } from '../../src/core/platform.ts';
import { type RecordedLog, recordLog } from './discord-harness.ts';
import { answerByRoutes } from './serve.ts';

/** The secret with which Slack signs in these tests. */
export const SIGNING_SECRET = 'a'.repeat(32);

export interface McpHarness {
  /** The address that clients connect to. */
  readonly url: string;
  readonly log: RecordedLog;
  /** Connects the official client; `token` is sent as a bearer token. */
  connect(token?: string): Promise<Client>;
  close(): Promise<void>;
}

function configure(definition: PlatformDefinition, env: Record<string, string> = {}): ConfiguredPlatform {
  const { platform, problems } = definition.configure(env, { version: '1.2.3', readers: 'here' });
  if (!platform) throw new Error(JSON.stringify(problems));
  return platform;
}

/** The platform on a port of this machine, guarded as the bot guards it. */
export async function openMcp(
  bot: Bot,
  { access = { from: 'here' }, perMinute = 1000 }: { readonly access?: Access; readonly perMinute?: number } = {},
): Promise<McpHarness> {
  const log = recordLog();
  const others = [
    configure(slack, {
      SLACK_BOT_TOKEN: 'xoxb-1',
      SLACK_SIGNING_SECRET: SIGNING_SECRET,
    }),
  ];
  const platform = await configure(mcp).start({
    bot,
    memory: noMemory,
    now: Date.now,
    log,
    assistants: async () => (await Promise.all(others.map((one) => one.assistant(bot)))).flatMap((one) => one ?? []),
    fail: (error) => log.error({ err: error }, 'MCP: failed'),
  });
  const app = createWebApp(async () => ({ ready: true }), log);
  const answer = (request: Request, reader?: string) => answerByRoutes(platform, request, reader);
  const options = { access, platforms: others, gate: createGate(perMinute), now: Date.now };
  app.route('/', composeGuardedRoutes({ name: 'mcp', answer }, options));
  const web = await listen(app, '127.0.0.1', 0);
  const url = `${web.url}/mcp`;
  const clients: Client[] = [];
  return {
    url,
    log,
    async connect(token) {
      const client = new Client({ name: 'test', version: '1.0.0' });
      const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
      await client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } }));
      clients.push(client);
      return client;
    },
    async close() {
      await Promise.all(clients.map((one) => one.close()));
      await platform.stop();
      await web.close(0);
    },
  };
}

export interface Called {
  readonly text: string;
  readonly answer: McpAnswer;
  readonly isError: boolean;
  readonly meta: CallToolResult['_meta'];
}

/** Calls a tool that answers. The client itself checks the answer against the tool’s schema, once it has listed the tools. */
export async function callTool(client: Client, name: string, args: Record<string, unknown> = {}): Promise<Called> {
  const { content, structuredContent, isError, _meta } = CallToolResultSchema.parse(
    await client.callTool({ name, arguments: args }),
  );
  const [first] = content;
  if (first?.type !== 'text') throw new Error(`${name} returned no text`);
  return { text: first.text, answer: structuredContent as McpAnswer, isError: isError === true, meta: _meta };
}

/** A message as the protocol sends it, without a client. */
export function postMessage(url: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

/** The headers with which Slack signs a body. */
export function signAsSlack(body: string, secret = SIGNING_SECRET): Record<string, string> {
  const seconds = String(Math.floor(Date.now() / 1000));
  const signature = createHmac('sha256', secret).update(`v0:${seconds}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': seconds, 'x-slack-signature': `v0=${signature}` };
}

/** A call of a tool as the protocol sends it. */
export function callMessage(name: string, args: Record<string, unknown>, meta?: Record<string, unknown>) {
  const params = { name, arguments: args, ...(meta ? { _meta: meta } : {}) };
  return { jsonrpc: '2.0', id: 1, method: 'tools/call', params };
}
