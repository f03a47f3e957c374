// An hour at a bounded rate over the page, Discord and Slack, with a digest in each every minute, watching memory.
// SOAK_MINUTES shortens it. Run with: npx node bench/soak.ts
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startDiscordServer } from '../tests/support/discord-server.ts';
import { startLocalSlack } from '../tests/support/local-slack.ts';
import { QUESTIONS, startProgram } from './program.ts';
import { print, quantile, report } from './report.ts';

const MINUTES = Number(process.env.SOAK_MINUTES ?? 60);
/** A third of them on the page, which takes 300 a minute of one address. */
const A_SECOND = 9;
const SAMPLE_MS = 5000;
const MINUTE_MS = 60_000;

/** The slope of a line through the points, by least squares. */
function slopeOf(points: readonly (readonly [number, number])[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(points.map(([a]) => a)), mean(points.map(([, b]) => b))];
  const [top, bottom] = points.reduce(([t, d], [a, b]) => [t + (a - x) * (b - y), d + (a - x) ** 2], [0, 0]);
  return bottom === 0 ? 0 : top / bottom;
}

const discord = await startDiscordServer({ timeout: 60_000 });
const slack = await startLocalSlack({ timeout: 60_000 });
const folder = await mkdtemp(join(tmpdir(), 'briefing-soak-'));

/** A digest in a channel of each platform for every whole minute that begins during the soak. */
const first = Math.ceil((Date.now() + 10_000) / MINUTE_MS) * MINUTE_MS;
const last = Date.now() + (MINUTES - 0.5) * MINUTE_MS;
const digests: string[] = [];
for (let due = first; due <= last; due += MINUTE_MS) {
  const time = new Date(due).toISOString().slice(11, 16);
  digests.push(`slack:${slack.state.channel.id} ${time} UTC`, `discord:${discord.dmChannelId()} ${time} UTC`);
}
const program = await startProgram({
  DATA_DIR: folder,
  QUESTIONS_PER_MINUTE: '10000',
  DISCORD_TOKEN: discord.token,
  DISCORD_API_URL: discord.apiUrl,
  SLACK_BOT_TOKEN: slack.state.botToken,
  SLACK_APP_TOKEN: slack.state.appToken,
  SLACK_API_URL: slack.apiUrl,
  DIGEST_CHANNELS: digests.join(';'),
});
await slack.connected();
await discord.waitFor((request) => request.method === 'PUT', { since: 0 });

const ways: readonly ((question: string) => Promise<unknown>)[] = [
  (question) => program.ask(question),
  (question) =>
    question.startsWith('/')
      ? discord.interact({ type: 'command', name: question.slice(1) })
      : discord.interact({ type: 'command', name: 'ask', options: { question } }),
  (question) =>
    question.startsWith('/') ? slack.command(question).then((one) => one.reply()) : slack.command('/ask', question),
];
const start = performance.now();
const end = start + MINUTES * MINUTE_MS;
const memory: [number, number][] = [];
const times: number[] = [];
let next = start;
let sampled = Number.NEGATIVE_INFINITY;
for (let index = 0; performance.now() < end; index += 1) {
  const before = performance.now();
  await ways[index % ways.length]?.(QUESTIONS[index % QUESTIONS.length] as string);
  const now = performance.now();
  times.push(now - before);
  // What the local servers remember is not the program's.
  slack.state.calls.length = 0;
  if (now - sampled >= SAMPLE_MS) {
    sampled = now;
    memory.push([(now - start) / 3_600_000, await program.memory()]);
  }
  next += 1000 / A_SECOND;
  await sleep(Math.max(0, next - performance.now()));
}
const posted = [
  ...slack.state.posted.map(({ body }) => body),
  ...discord.createdMessages.map(({ body }) => body),
].filter((body) => JSON.stringify(body).includes('Daily briefing')).length;
await program.stop();
await slack.close();
await discord.close();
await rm(folder, { recursive: true });

// The first half warms up: code is compiled, pools fill.
const settled = memory.slice(Math.floor(memory.length / 2));
const slope = slopeOf(settled);
const values = settled.map(([, megabytes]) => megabytes);
print(`${times.length} questions in ${MINUTES} min; ${memory.length} samples of memory; ${posted} digests posted`);
report({
  what: `Soak of ${MINUTES} min, ${A_SECOND} questions a second over page, Discord and Slack`,
  ours: `memory ${Math.min(...values).toFixed(0)} to ${Math.max(...values).toFixed(0)} MB in its second half, slope ${slope.toFixed(1)} MB an hour; p50 ${quantile(times, 0.5).toFixed(1)} ms, p99 ${quantile(times, 0.99).toFixed(1)} ms`,
  peer: `at its start ${memory[0]?.[1].toFixed(0)} MB`,
});
report({
  what: 'Digests during the soak, one a minute on each platform',
  ours: `${posted} posted`,
  peer: `${digests.length} due`,
  ratio: posted / digests.length,
});
