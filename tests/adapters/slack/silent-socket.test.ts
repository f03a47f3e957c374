import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startSlack } from '../../../src/adapters/slack/start-slack.ts';
import { openTestBot } from '../../support/content.ts';
import { recordLog } from '../../support/discord-harness.ts';
import { serveRequests } from '../../support/serve.ts';
import { createTestMemory } from '../../support/slack-harness.ts';

let silent: Server;
let api: Awaited<ReturnType<typeof serveRequests>>;
beforeEach(async () => {
  silent = createServer((socket) => socket.on('error', () => socket.destroy())).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const { port } = silent.address() as AddressInfo;
  api = await serveRequests(async (request) =>
    Response.json({
      ok: true,
      ...(request.url.endsWith('connections.open') ? { url: `ws://127.0.0.1:${port}/` } : { team_id: 'T1' }),
    }),
  );
});
afterEach(async () => {
  silent.close();
  await api.close();
});

it('a socket whose other side takes the connection and says nothing fails in time', async () => {
  const failed = Promise.withResolvers<unknown>();
  const settings = {
    botToken: 'xoxb-1',
    appToken: 'xapp-1',
    apiUrl: `${api.url}/`,
    prefix: '',
    openWithinMs: 50,
  };
  const platform = startSlack(settings, createTestMemory(), {
    bot: await openTestBot(),
    now: Date.now,
    log: recordLog(),
    fail: failed.resolve,
  });
  expect(await failed.promise).toEqual(new Error('Slack’s socket did not open in time'));
  expect(platform.isConnected()).toBe(false);
  void platform.stop();
});
