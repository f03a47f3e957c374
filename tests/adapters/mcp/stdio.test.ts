import { Readable } from 'node:stream';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { getDefaultEnvironment, StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveStdio } from '../../../src/adapters/mcp/serve-stdio.ts';
import type { Bot } from '../../../src/core/bot.ts';
import { openTestBot } from '../../support/content.ts';
import { recordLog } from '../../support/discord-harness.ts';
import { CONTENT } from '../../support/folders.ts';
import { callTool } from '../../support/mcp.ts';
import { runProgram } from '../../support/program.ts';

const DECLINED = 'who won the football match?';

describe('a client that starts “briefing mcp”', () => {
  const client = new Client({ name: 'test', version: '1.0.0' });
  const faults: Error[] = [];
  let aside = '';
  beforeAll(async () => {
    const transport = new StdioClientTransport({
      command: process.execPath,
      args: ['bin/briefing.js', 'mcp'],
      env: { ...getDefaultEnvironment(), CONTENT_DIR: CONTENT, SEMANTIC_SEARCH: 'off', LOG_LEVEL: 'trace' },
      stderr: 'pipe',
    });
    transport.stderr?.on('data', (chunk) => {
      aside += chunk;
    });
    // A line that isn't of the protocol would be an error. An answer may have been on its way when its question was given up.
    client.onerror = (error) => /unknown message ID/.test(error.message) || faults.push(error);
    await client.connect(transport);
    await client.listTools();
  });
  afterAll(() => client.close());

  it('is answered, told the nearest, and declined', async () => {
    const [answered, nearest, declined] = await Promise.all(
      ['who buys the oil?', 'what does the oil cost?', DECLINED].map((question) =>
        callTool(client, 'ask', { question }),
      ),
    );
    expect(answered?.answer).toMatchObject({ verdict: 'answered', claims: [{ paragraphs: [11] }] });
    expect(nearest?.text).toContain('Verdict: nearest. The article does not answer this.');
    expect(declined?.text).toContain('Verdict: declined. The article does not say.');
    // Only Slack's assistant, which comes over HTTP, has a use for blocks.
    expect(answered?.meta).toBeUndefined();
  });

  it('lists topics, and reads one', async () => {
    expect((await callTool(client, 'topics')).answer.lines.length).toBeGreaterThan(3);
    const { contents } = await client.readResource({ uri: 'briefing://topics/drones' });
    expect(contents).toMatchObject([{ mimeType: 'application/json', text: expect.stringContaining('"claims":[{') }]);
  });

  it('gives up one question, and goes on', async () => {
    const giveUp = new AbortController();
    const call = client.callTool({ name: 'ask', arguments: { question: DECLINED } }, undefined, {
      signal: giveUp.signal,
    });
    giveUp.abort('enough');
    await expect(call).rejects.toThrow('enough');
    expect((await callTool(client, 'sources')).answer.title).toBe('Sources and labels');
  });

  it('finds nothing but the protocol on standard output, and no question in the log', () => {
    expect(faults).toEqual([]);
    expect(aside).not.toMatch(/football|oil/);
  });
});

it('ends when its input ends, once everything is answered', async () => {
  const call = (id: number, question: string) =>
    JSON.stringify({ jsonrpc: '2.0', id, method: 'tools/call', params: { name: 'ask', arguments: { question } } });
  const input = ['this is no message', '{"half": ', call(1, DECLINED), call(2, '/topics'), ''].join('\n');
  const { code, stdout, stderr } = await runProgram(['mcp'], {}, input);
  const lines = stdout.trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line).id).toSorted()).toEqual([1, 2]);
  expect(code).toBe(0);
  expect(stderr).toMatch(/a client sent what cannot be answered/);
  expect(stderr).not.toMatch(/football|no message/);
});

it('waits for an answer that takes long, even if nobody sends anything more', async () => {
  const release = Promise.withResolvers<void>();
  const bot = await openTestBot();
  const slow: Bot = { ...bot, answer: (question) => release.promise.then(() => bot.answer(question)) };
  const call = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'topics', arguments: {} } };
  const written: string[] = [];
  const options = { log: recordLog(), version: '1.0.0', output: { write: (text: string) => written.push(text) } };
  const served = serveStdio(slow, { ...options, input: Readable.from([`${JSON.stringify(call)}\n`]) });
  await new Promise((resolve) => setImmediate(resolve));
  expect(written).toEqual([]);
  release.resolve();
  await served;
  expect(written.map((line) => JSON.parse(line).id)).toEqual([1]);
});

it('ends if somebody sends a line without an end', async () => {
  const { code, stdout } = await runProgram(['mcp'], {}, 'x'.repeat(2_000_000));
  expect([code, stdout]).toEqual([0, '']);
});

it('says what is wrong with the content on standard error', async () => {
  const { code, stdout, stderr } = await runProgram(['mcp'], { CONTENT_DIR: '/nowhere/at/all' });
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toContain('/nowhere/at/all');
});
