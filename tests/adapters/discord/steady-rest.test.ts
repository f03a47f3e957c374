import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { RateLimitError } from 'discord.js';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createRest } from '../../../src/adapters/discord/rest.ts';

const DAY_MS = 24 * 3_600_000;
const NOW = Date.UTC(2027, 0, 10);
const BUCKET_IS_EMPTY = { 'x-ratelimit-limit': '1', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset-after': '1' };

let headers: Record<string, string> = {};
const server = createServer((_, response) => {
  response.writeHead(200, { 'content-type': 'application/json', ...headers }).end('{}');
});
beforeEach(async () => {
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  vi.useFakeTimers({ toFake: ['Date', 'performance'], now: NOW });
});
afterEach(async () => {
  vi.useRealTimers();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const open = () => {
  const { port } = server.address() as AddressInfo;
  return createRest('token', `http://127.0.0.1:${port}`, { rejectOnRateLimit: () => true });
};

it.each([
  ['one channel', BUCKET_IS_EMPTY, 1],
  ['everything', {}, 50],
])('keeps no pause for %s from a clock that was ahead', async (_, answered, requests) => {
  const rest = open();
  headers = answered;
  vi.setSystemTime(NOW + 40 * DAY_MS);
  for (let count = 0; count < requests; count += 1) await rest.post('/channels/1/messages');
  // It has to wait now, by the clock as it is.
  await expect(rest.post('/channels/1/messages')).rejects.toBeInstanceOf(RateLimitError);
  vi.setSystemTime(NOW);
  expect(await rest.post('/channels/1/messages')).toEqual({});
});

it('keeps a pause while nobody sets the clock', async () => {
  const rest = open();
  headers = BUCKET_IS_EMPTY;
  await rest.post('/channels/1/messages');
  await expect(rest.post('/channels/1/messages')).rejects.toBeInstanceOf(RateLimitError);
  await expect(rest.post('/channels/1/messages')).rejects.toBeInstanceOf(RateLimitError);
});
