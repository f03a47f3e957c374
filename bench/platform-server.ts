// A process that takes messages as Discord and Slack do, and answers 429 where they would: Discord above 50 requests in any
// second, Slack above one message a second in a channel. bench/digest.ts starts it; what it counted goes to its parent.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** https://docs.discord.com/developers/topics/rate-limits#global-rate-limit */
const DISCORD_A_SECOND = 50;

const recent: number[] = [];
const lastInChannel = new Map<string, number>();
const counts = { posted: 0, refused: 0 };

function allowsDiscord(now: number): boolean {
  while (recent.length > 0 && now - (recent[0] as number) >= 1000) recent.shift();
  if (recent.length >= DISCORD_A_SECOND) return false;
  recent.push(now);
  return true;
}

function allowsSlack(body: string, now: number): boolean {
  const channel = new URLSearchParams(body).get('channel') ?? '';
  if (now - (lastInChannel.get(channel) ?? 0) < 1000) return false;
  lastInChannel.set(channel, now);
  return true;
}

const server = createServer((request, response) => {
  let body = '';
  request.setEncoding('latin1').on('data', (part) => {
    body += part;
  });
  request.on('end', () => {
    const now = performance.now();
    const discord = request.url?.startsWith('/api/v10');
    const allowed = discord ? allowsDiscord(now) : allowsSlack(body, now);
    counts[allowed ? 'posted' : 'refused'] += 1;
    response.setHeader('content-type', 'application/json');
    if (!allowed) {
      response.writeHead(429, { 'retry-after': '1' });
      response.end(JSON.stringify(discord ? { message: 'slow', retry_after: 1, global: true } : { ok: false }));
    } else {
      response.end(JSON.stringify(discord ? { id: String(counts.posted) } : { ok: true, ts: `${counts.posted}.0` }));
    }
  });
});
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on('message', () => {
  process.send?.({ ...counts });
  counts.posted = 0;
  counts.refused = 0;
});
process.on('disconnect', () => process.exit(0));
