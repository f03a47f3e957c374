// A signed slash command over HTTP, from request to answer: this bot beside bare Bolt, which acknowledges with a fixed text
// or with this bot's own message made beforehand, and beside the Chat SDK, which posts a fixed text. Same run, same kind of
// local server. Run with: npx node bench/slack.ts
import { Agent, request } from 'node:http';
import { createSlackAdapter } from '@chat-adapter/slack';
import { createMemoryState } from '@chat-adapter/state-memory';
import { App, HTTPReceiver, LogLevel } from '@slack/bolt';
import { type Adapter, Chat } from 'chat';
import { renderSlack } from '../src/adapters/slack/render-reply.ts';
import { startSlack } from '../src/adapters/slack/start-slack.ts';
import { createWebApp } from '../src/adapters/web/app.ts';
import { listen } from '../src/adapters/web/listen.ts';
import { openBot } from '../src/app/open-bot.ts';
import { type LocalSlack, startLocalSlack } from '../tests/support/local-slack.ts';
import { serveRequests } from '../tests/support/serve.ts';
import { createTestMemory } from '../tests/support/slack-harness.ts';
import { print, quantile, quiet, report, takeTurns } from './report.ts';

function giveUp(error: unknown): never {
  throw error;
}

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 6);
const WARM_UP = 200;
const SEQUENTIAL = 400;
const BURST = 500;
const CONFIG = { contentDirectory: 'content', dataDirectory: 'data', semanticSearch: false };

interface Measured {
  readonly sequential: readonly number[];
  readonly burstMs: number;
}

/** Sends signed commands and waits for each answer: in the acknowledgement, or in the conversation. */
async function measure(server: LocalSlack, url: string): Promise<Measured> {
  const { state } = server;
  const agent = new Agent({ keepAlive: true });
  const { hostname, port } = new URL(url);
  const post = (body: string) =>
    new Promise<string>((resolve, reject) => {
      const headers = { 'content-type': 'application/x-www-form-urlencoded', ...server.sign(body) };
      request({ agent, hostname, port, path: '/slack/events', method: 'POST', headers }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part) => {
          text += part;
        });
        response.on('end', () => (response.statusCode === 200 ? resolve(text) : reject(new Error(text))));
      })
        .on('error', reject)
        .end(body);
    });
  const ask = async (): Promise<number> => {
    // A channel of its own, so that an answer posted there is known to be this one's.
    const { id: channel_id } = state.addChannel();
    const body = new URLSearchParams({
      team_id: state.teamId,
      api_app_id: state.appId,
      command: '/drones',
      text: '',
      channel_id,
      channel_name: 'general',
      user_id: state.people.ada.id,
      user_name: 'ada',
      trigger_id: state.id('G'),
      response_url: `${server.url}/response/none`,
      is_enterprise_install: 'false',
    }).toString();
    const start = performance.now();
    const answer = await post(body);
    if (!answer) await server.until('an answer', () => state.posted.find(({ channel }) => channel === channel_id));
    const ms = performance.now() - start;
    state.posted.length = 0;
    state.channels.delete(channel_id);
    return ms;
  };
  for (let index = 0; index < WARM_UP; index += 1) await ask();
  const sequential: number[] = [];
  for (let index = 0; index < SEQUENTIAL; index += 1) sequential.push(await ask());
  const start = performance.now();
  await Promise.all(Array.from({ length: BURST }, () => post(body(state))));
  const burstMs = performance.now() - start;
  agent.destroy();
  return { sequential, burstMs };
}

function body({ teamId, appId, channel, people, id }: LocalSlack['state']): string {
  const fields = { team_id: teamId, api_app_id: appId, command: '/drones', text: '', channel_id: channel.id };
  return new URLSearchParams({ ...fields, user_id: people.ada.id, user_name: 'ada', trigger_id: id('G') }).toString();
}

const { bot } = await openBot(CONFIG, quiet);
const prepared = { response_type: 'ephemeral' as const, ...renderSlack(await bot.answer(bot.parse('drones'))) };

async function ours(): Promise<Measured> {
  const server = await startLocalSlack({ timeout: 30_000 });
  const { botToken, signingSecret } = server.state;
  const settings = { botToken, signingSecret, apiUrl: server.apiUrl, prefix: '' };
  const platform = startSlack(settings, createTestMemory(), { bot, now: Date.now, log: quiet, fail: giveUp });
  await platform.ready;
  // On the port as the program opens it, with its headers and limits.
  const app = createWebApp(async () => ({ ready: true }), quiet);
  app.post('/slack/events', (context) => platform.endpoint(context.req.raw));
  const web = await listen(app, '127.0.0.1', 0);
  const result = await measure(server, web.url);
  await platform.stop();
  await web.close(0);
  await server.close();
  return result;
}

async function bareBolt(answer: string | typeof prepared): Promise<Measured> {
  const server = await startLocalSlack({ timeout: 30_000 });
  const { botToken: token, signingSecret } = server.state;
  const receiver = new HTTPReceiver({ signingSecret, port: 0, logLevel: LogLevel.ERROR });
  const app = new App({ token, receiver, clientOptions: { slackApiUrl: server.apiUrl }, logLevel: LogLevel.ERROR });
  app.command('/drones', async ({ ack }) => ack(answer));
  const http = await app.start(0);
  const address = http.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const result = await measure(server, `http://127.0.0.1:${port}`);
  await app.stop();
  await server.close();
  return result;
}

async function chatSdk(): Promise<Measured> {
  const server = await startLocalSlack({ timeout: 30_000 });
  const { botToken, signingSecret } = server.state;
  const slack = createSlackAdapter({ botToken, signingSecret, apiUrl: server.apiUrl });
  const chat = new Chat({
    userName: 'bench',
    adapters: { slack: slack as Adapter },
    state: createMemoryState(),
    logger: 'error',
  });
  chat.onSlashCommand('/drones', async ({ channel, user }) => {
    await channel.postEphemeral(user, 'A fixed text.', { fallbackToDM: false });
  });
  await chat.initialize();
  const web = await serveRequests((received) => chat.webhooks.slack(received));
  const result = await measure(server, web.url);
  await chat.shutdown();
  await web.close();
  await server.close();
  return result;
}

const results = await takeTurns(ROUNDS, {
  'this bot': ours,
  'bare Bolt, fixed text': () => bareBolt('A fixed text.'),
  'bare Bolt, same message': () => bareBolt(prepared),
  'Chat SDK, fixed text': chatSdk,
});

print(`Node ${process.version}; ${ROUNDS} rounds of ${SEQUENTIAL} one by one and ${BURST} at once`);
const figures = Object.entries(results).map(([name, all]) => {
  const sequential = all.flatMap((one) => one.sequential);
  const burst = quantile(
    all.map(({ burstMs }) => burstMs),
    0.5,
  );
  return { name, p50: quantile(sequential, 0.5), p99: quantile(sequential, 0.99), burst };
});
for (const { name, p50, p99, burst } of figures) {
  print(
    `  ${name.padEnd(26)} p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms; ${BURST} at once ${burst.toFixed(0)} ms`,
  );
}
const [us, ...peers] = figures;
for (const peer of peers) {
  for (const key of ['p50', 'p99'] as const) {
    const [a, b] = [us?.[key] ?? 0, peer[key]];
    report({
      what: `Slack, command to answer, ${key}`,
      ours: `${a.toFixed(2)} ms`,
      peer: `${peer.name} ${b.toFixed(2)} ms`,
      ratio: a / b,
    });
  }
}
// The Chat SDK goes on calling servers that are gone.
setTimeout(() => process.exit(0), 100);
