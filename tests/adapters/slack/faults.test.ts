import { afterEach, beforeAll, expect, it } from 'vitest';
import { type Bot, type BotOptions, createBot } from '../../../src/core/bot.ts';
import { createDigests } from '../../../src/digest/digests.ts';
import { openStore, type Store } from '../../../src/store/open-store.ts';
import { openContent, openTestBot, strictLog } from '../../support/content.ts';
import { type OpenSlackOptions, openSlack, type SlackHarness } from '../../support/slack-harness.ts';

let bot: Bot;
beforeAll(async () => {
  bot = await openTestBot();
});
const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

async function start(options: Partial<OpenSlackOptions> = {}, on = bot): Promise<SlackHarness> {
  const harness = await openSlack(on, { transport: 'http', ...options });
  open.push(harness.stop);
  return harness;
}

async function digestBot(): Promise<Bot> {
  const store: Store = await openStore('sqlite::memory:');
  open.push(store.close);
  const options: BotOptions = {
    digests: createDigests({
      db: store.db,
      illustrate: async (reply) => reply,
      now: () => Date.UTC(2026, 5, 1),
      defaultZone: 'UTC',
    }),
  };
  return createBot(await openContent(bot.library), strictLog, options);
}

const POST = 'chat.postMessage';
const textOf = (body: Record<string, unknown>) => JSON.stringify(body.blocks);
const answers = async ({ server }: SlackHarness) =>
  textOf((await server.command('/cargo')).ack ?? {}).includes('Cargo');

it('waits as long as Slack says, then answers', async () => {
  const { server } = await start();
  server.fail(POST, { status: 429, retryAfter: 0, times: 2 });
  expect(textOf(await (await server.message({ text: 'cargo' })).reply())).toContain('Cargo');
  expect(server.calls(POST)).toHaveLength(3);
});

it.each([500, 502, 503])('tries again after a %s, and posts once', async (status) => {
  const { server } = await start();
  server.fail(POST, { status, times: 2 });
  await (await server.message({ text: 'cargo' })).reply();
  expect(server.state.posted).toHaveLength(1);
});

it('gives a failing post up after three tries, within seconds, says so in the log and goes on', async () => {
  const harness = await start();
  harness.server.fail(POST, { status: 500, times: 50 });
  await harness.server.message({ text: 'cargo' });
  await harness.log.wait(/something could not be answered on Slack/);
  expect(harness.server.calls(POST)).toHaveLength(3);
  expect(await answers(harness)).toBe(true);
});

it('takes a new connection where Slack asks for one, and misses nothing', async () => {
  const harness = await start({ transport: 'socket' });
  const { server } = harness;
  const before = server.calls('apps.connections.open').length;
  server.refreshSockets();
  await server.called('apps.connections.open', before + 1);
  await server.connected();
  expect(await answers(harness)).toBe(true);
});

it('connects again where the connection drops', async () => {
  const harness = await start({ transport: 'socket' });
  harness.server.dropSockets();
  await harness.log.wait(/^Slack: connected/, 2);
  expect(harness.platform.status()).toBe('connected');
  expect(await answers(harness)).toBe(true);
});

it('keeps asking for a connection while Slack is down, and takes it up once it is back', async () => {
  const harness = await start({ transport: 'socket' });
  const { server } = harness;
  server.fail('apps.connections.open', { status: 503, times: 3 });
  server.dropSockets();
  await server.called('apps.connections.open', 5);
  await server.connected();
  expect(await answers(harness)).toBe(true);
}, 20_000);

it('says what to do where the token is refused, and leaves the other platforms running', async () => {
  const harness = await start({ settings: { botToken: 'xoxb-wrong' }, eager: true });
  await harness.log.wait(/Slack: not connected; other platforms go on/);
  expect(harness.log.lines.at(-1)?.details.remedy).toContain('https://api.slack.com/apps');
  expect(JSON.stringify(harness.log.lines)).not.toContain('xoxb-wrong');
  expect(harness.platform.status()).toContain('Slack refuses the token');
  const response = await fetch(`${harness.url}/slack/events`, { method: 'POST', body: '{}' });
  expect(response.status).toBe(503);
});

it('says what to do where the app’s own token is refused', async () => {
  const harness = await start({ transport: 'socket', settings: { appToken: 'xapp-wrong' }, eager: true });
  await harness.log.wait(/Slack: not connected; other platforms go on/);
  expect(harness.platform.status()).toContain('Slack refuses the token');
});

it('waits for a Slack that is down, and refuses requests meanwhile without hanging', async () => {
  const harness = await start({
    eager: true,
    settings: { acknowledgeAfterMs: 0 },
    prepare: (server) => server.fail('auth.test', { status: 503, times: 3 }),
  });
  expect((await fetch(`${harness.url}/slack/events`, { method: 'POST', body: '{}' })).status).toBe(503);
  await harness.platform.ready;
  expect(harness.log.lines).toContainEqual(expect.objectContaining({ level: 'warn' }));
  const exchange = await harness.server.command('/cargo');
  expect(JSON.stringify(await exchange.reply())).toContain('Cargo');
  expect(harness.platform.status()).toBe('over HTTP');
});

it('answers a message while it cannot know whether it came before', async () => {
  const harness = await start({ memory: { take: () => Promise.reject(new Error('the database is away')) } });
  expect(textOf(await (await harness.server.message({ text: 'cargo' })).reply())).toContain('Cargo');
  expect(harness.log.lines).toContainEqual(expect.objectContaining({ level: 'warn' }));
});

it('logs what to do where the token is revoked while it runs', async () => {
  const harness = await start();
  harness.server.state.revoked.add(harness.server.state.botToken);
  await harness.server.message({ text: 'cargo' });
  await harness.log.wait(/something could not be answered on Slack/);
  expect(harness.log.lines.at(-1)?.details.remedy).toContain('Install the app to the workspace again');
  expect(await answers(harness)).toBe(true);
});

it('names the scope that is missing, to the operator and to whoever needs it', async () => {
  const harness = await start({}, await digestBot());
  const { server } = harness;
  server.state.missingScopes.set('chat:write', 'yes');
  await server.message({ text: 'cargo' });
  await harness.log.wait(/something could not be answered on Slack/);
  expect(harness.log.lines.at(-1)?.details.remedy).toContain('lacks the scope chat:write');

  server.state.missingScopes.set('users:read', 'yes');
  const reply = await (await server.command('/digest', 'subscribe time:08:00')).reply();
  expect(textOf(reply)).toContain('lacks the scope users:read');
  expect(textOf(reply)).toContain('briefing manifest');
});

it('says how to invite it where somebody subscribes a channel that it is not in', async () => {
  const { server } = await start({}, await digestBot());
  const { people, elsewhere } = server.state;
  const where = { user: people.admin, channel: elsewhere.id };
  const reply = await (await server.command('/digest', 'subscribe time:08:00', where)).reply();
  expect(textOf(reply)).toContain('/invite @briefing-bot');
  expect(textOf(await (await server.command('/digest', 'status', where)).reply())).toContain('There is none here');
});

it('subscribes no conversation of two people, in which it can post nothing', async () => {
  const { server } = await start({}, await digestBot());
  const where = { channel: server.state.addChannel({ is_im: true, is_member: false }).id };
  const reply = await (await server.command('/digest', 'subscribe time:08:00', where)).reply();
  expect(textOf(reply)).toContain('between two people');
});

it('takes an admin of another workspace for no admin', async () => {
  const { server } = await start({}, await digestBot());
  const stranger = { ...server.state.people.admin, id: server.state.id('U'), team_id: server.state.id('T') };
  server.state.users.set(stranger.id, stranger);
  const reply = await (await server.command('/digest', 'subscribe time:08:00', { user: stranger })).reply();
  expect(textOf(reply)).toContain('Ask someone who manages it');
});

it.each(['app_uninstalled', 'tokens_revoked'])(
  'keeps its digests where %s comes to an app of one workspace',
  async (type) => {
    const forgotten: string[] = [];
    const harness = await start({ memory: { forgetTeam: async (team) => void forgotten.push(team) } });
    await harness.server.event({ type, tokens: { bot: ['U1'] } });
    await harness.log.wait(/Slack: the app was/);
    expect(forgotten).toEqual([]);
  },
);

it.each([
  ['a member', 'ada', false],
  ['an admin', 'admin', true],
  ['the channel’s creator', 'creator', true],
] as const)('lets %s change a channel’s digests or not', async (_, name, may) => {
  const { server } = await start({}, await digestBot());
  const where = { user: server.state.people[name] };
  const reply = await (await server.command('/digest', 'subscribe time:08:00', where)).reply();
  expect(textOf(reply).includes('Subscribed')).toBe(may);
});

it('lets a configured group change them, and takes the zone that Slack knows', async () => {
  const { server } = await start({ settings: { digestGroup: 'S1' } }, await digestBot());
  server.state.group.push(server.state.people.ada.id);
  const reply = await (await server.command('/digest', 'subscribe time:08:00')).reply();
  expect(textOf(reply)).toContain('08:00 Europe/London, every day');
});

it('lets anybody have a digest in their own direct messages', async () => {
  const { server } = await start({}, await digestBot());
  const { people } = server.state;
  const where = { user: people.ada, channel: server.state.dm(people.ada).id };
  const reply = await (await server.command('/digest', 'subscribe time:08:00 days:weekdays', where)).reply();
  expect(textOf(reply)).toContain('Monday to Friday');
});
