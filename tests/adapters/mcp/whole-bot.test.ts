import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { afterEach, expect, it } from 'vitest';
import { loadConfig } from '../../../src/app/config.ts';
import { examine } from '../../../src/app/examine.ts';
import { createLog } from '../../../src/app/log.ts';
import { startBot } from '../../../src/app/start-bot.ts';
import { HARBOUR } from '../../support/folders.ts';
import { callMessage, callTool, postMessage } from '../../support/mcp.ts';

const TOKEN = 'a-token-of-16-letters';
const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

function configure(env: Record<string, string> = {}) {
  const directory = mkdtempSync(join(tmpdir(), 'briefing-mcp-'));
  open.push(async () => rmSync(directory, { recursive: true }));
  const common = { CONTENT_DIR: HARBOUR, SEMANTIC_SEARCH: 'off', GAPS: 'off', FEEDBACK: 'off', DESK: 'off', PORT: '0' };
  return loadConfig({ ...common, DATA_DIR: directory, ...env });
}

async function start(env?: Record<string, string>) {
  const config = configure(env);
  const running = await startBot(config, createLog('silent', false));
  open.push(running.stop);
  return { ...running, config };
}

it('a bot without any setting answers a client on its port, and needs no database for it', async () => {
  const { url, config } = await start();
  const client = new Client({ name: 'test', version: '1.0.0' });
  await client.connect(new StreamableHTTPClientTransport(new URL(`${url}/mcp`)));
  await client.listTools();
  const { answer, meta } = await callTool(client, 'ask', { question: 'how often should the ferry sail?' });
  expect(answer.verdict).toBe('answered');
  expect(meta).toMatchObject({ slack: { blocks: expect.any(Array) } });
  await client.close();
  expect(await (await fetch(`${url}/readyz`)).json()).toMatchObject({ ready: true, mcp: 'over HTTP' });
  const metrics = await (await fetch(`${url}/metrics`)).text();
  expect(metrics).toMatch(/briefing_answers_total\{[^}]*platform="mcp"[^}]*\} 1/);
  expect(existsSync(join(config.dataDirectory, 'briefing.db'))).toBe(false);
});

it.each([
  ['off by its setting', { MCP: 'off' }, 404],
  ['off if others may reach the port and there is no token', { HOST: '0.0.0.0' }, 404],
  ['behind the token if there is one', { HOST: '0.0.0.0', ACCESS_TOKEN: TOKEN }, 401],
  ['on without the page', { PLAYGROUND: 'off', METRICS: 'off' }, 200],
])('it is %s', async (_, env, status) => {
  const { url } = await start(env);
  expect((await postMessage(`${url}/mcp`, callMessage('topics', {}))).status).toBe(status);
});

it('the doctor says for whom it is on', async () => {
  const find = async (env?: Record<string, string>) =>
    (await examine(() => configure(env), Date.now)).filter(({ part }) => part === 'MCP').map(({ what }) => what);
  expect(await find()).toEqual(['/mcp on the port answers clients on this machine']);
  expect(await find({ ACCESS_TOKEN: TOKEN, PUBLIC_URL: 'https://bot.example' })).toEqual([
    'https://bot.example/mcp answers clients that send ACCESS_TOKEN as a bearer token',
  ]);
  expect(await find({ ACCESS_TOKEN: TOKEN, PUBLIC_URL: 'http://bot.example' })).toContain('PUBLIC_URL isn’t https');
  expect(await find({ MCP: 'off' })).toEqual(['it isn’t set up']);
});
