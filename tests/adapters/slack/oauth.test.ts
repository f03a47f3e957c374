import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Bot } from '../../../src/core/bot.ts';
import { createVault } from '../../../src/store/installations.ts';
import { openStore, type Store } from '../../../src/store/open-store.ts';
import { createSealer } from '../../../src/store/seal.ts';
import { addSubscription, listAll, removeTeam } from '../../../src/store/subscriptions.ts';
import { openTestBot } from '../../support/content.ts';
import { openSlack, type SlackHarness } from '../../support/slack-harness.ts';

const bot: Bot = await openTestBot();
const newKey = () => randomBytes(32).toString('base64');

let directory: string;
let store: Store;
let now: number;
const open: (() => Promise<void>)[] = [];
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'briefing-oauth-'));
  store = await openStore(`sqlite:${join(directory, 'briefing.db')}`);
  now = Date.now();
});
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
  await store.close();
  rmSync(directory, { recursive: true });
});

async function start(keys: readonly string[]): Promise<SlackHarness> {
  const vault = createVault(store.db, createSealer(keys), () => now);
  const oauth = { clientId: 'client', clientSecret: 'secret', encryptionKeys: keys };
  const harness = await openSlack(bot, {
    transport: 'http',
    settings: { botToken: undefined, oauth },
    memory: { vault, forgetTeam: (team) => removeTeam(store.db, 'slack', team) },
  });
  open.push(harness.stop);
  return harness;
}

/** Goes through the flow as a browser does: the page, its link, Slack's redirect back. */
async function install({ url, server }: SlackHarness, changeState = (state: string) => state): Promise<Response> {
  const page = await fetch(`${url}/slack/install`);
  const cookie = page.headers.get('set-cookie')?.split(';')[0] ?? '';
  const link = /href="([^"]+)"/.exec(await page.text())?.[1]?.replaceAll('&amp;', '&') ?? '';
  expect(link).toContain(`${server.url}/oauth/v2/authorize`);
  const authorize = new URL(link);
  authorize.searchParams.set('redirect_uri', `${url}/slack/oauth_redirect`);
  const back = await fetch(authorize, { redirect: 'manual' });
  const target = new URL(back.headers.get('location') ?? '');
  target.searchParams.set('state', changeState(target.searchParams.get('state') ?? ''));
  return fetch(target, { headers: { cookie }, redirect: 'manual' });
}

const databaseText = () =>
  readdirSync(directory)
    .map((name) => readFileSync(join(directory, name), 'latin1'))
    .join();

it('installs to a workspace, answers there with its token, and keeps no token readable', async () => {
  const harness = await start([newKey()]);
  const { server } = harness;
  expect((await install(harness)).ok).toBe(true);
  const [access] = server.calls('oauth.v2.access');
  const answer = access?.answer as { access_token: string; refresh_token: string };
  expect(answer.access_token).toMatch(/^xoxe\.xoxb-/);

  await (await server.message({ text: 'cargo' })).reply();
  expect(server.calls('chat.postMessage')[0]?.token).toBe(answer.access_token);

  const kept = databaseText();
  expect(kept).toContain(`slack:${server.state.teamId}`);
  for (const secret of [answer.access_token, answer.refresh_token, 'xoxe', 'xoxb']) expect(kept).not.toContain(secret);
  expect(JSON.stringify(harness.log.lines)).not.toContain('xoxe');
});

it('asks for the scopes that the bot needs, and no more', async () => {
  const { url } = await start([newKey()]);
  const page = await (await fetch(`${url}/slack/install`)).text();
  const scopes = new URL(/href="([^"]+)"/.exec(page)?.[1]?.replaceAll('&amp;', '&') ?? '').searchParams.get('scope');
  expect(scopes?.split(',')).toEqual(expect.arrayContaining(['commands', 'chat:write', 'im:history']));
  expect(scopes).not.toMatch(/usergroups|admin|write\.customize/);
});

it('refuses a state that it did not issue', async () => {
  const harness = await start([newKey()]);
  expect((await install(harness, (state) => `${state}x`)).ok).toBe(false);
  expect(harness.server.calls('oauth.v2.access')).toHaveLength(0);
});

it('answers a workspace that it is not installed to with nothing, and says so in the log', async () => {
  const harness = await start([newKey()]);
  await harness.server.message({ text: 'cargo' });
  await harness.log.wait(/something could not be answered on Slack/);
  expect(harness.log.lines.map(({ details }) => String(details.err)).join()).toContain('not installed');
  expect(harness.server.state.posted).toHaveLength(0);
});

it('refreshes a token that runs out', async () => {
  const harness = await start([newKey()]);
  const { server } = harness;
  server.state.expiresIn = 60;
  await install(harness);
  await (await server.message({ text: 'cargo' })).reply();
  const [first, second] = server.calls('oauth.v2.access');
  expect(second?.body).toMatchObject({ grant_type: 'refresh_token', refresh_token: first?.answer?.refresh_token });
  expect(server.calls('chat.postMessage')[0]?.token).toBe(second?.answer?.access_token);
});

it('reads with an old key what that key sealed, and seals it anew with the newest', async () => {
  const [older, newer] = [newKey(), newKey()];
  const first = await start([older]);
  await install(first);
  const sealed = async () => (await store.db.selectFrom('installations').select('sealed').executeTakeFirst())?.sealed;
  const before = await sealed();
  const name = `slack:${first.server.state.teamId}`;
  const both = createVault(store.db, createSealer([newer, older]), () => now);
  expect(await both.read(name)).toContain('xoxe');
  expect(await sealed()).not.toBe(before);
  const newest = createVault(store.db, createSealer([newer]), () => now);
  expect(await newest.read(name)).toContain('xoxe');
  await expect(createVault(store.db, createSealer([older]), () => now).read(name)).rejects.toThrow(/key/);
});

it('seals to a name: a row that was moved to another workspace does not open', async () => {
  const harness = await start([newKey()]);
  await install(harness);
  await store.db.updateTable('installations').set({ id: 'slack:TOTHER' }).execute();
  await harness.server.message({ text: 'cargo' });
  expect(harness.server.state.posted).toHaveLength(0);
});

it.each([
  ['the app is removed', { type: 'app_uninstalled' }, ['bbbbbbbb']],
  [
    'its tokens are revoked, but for its digests',
    { type: 'tokens_revoked', tokens: { bot: ['U1'] } },
    ['aaaaaaaa', 'bbbbbbbb'],
  ],
])('forgets a workspace if %s', async (_, event, left) => {
  const harness = await start([newKey()]);
  const { teamId: team } = harness.server.state;
  await install(harness);
  const schedule = { time: '08:00', zone: 'UTC', days: 'daily' as const, topics: [], state: 'active' as const };
  const target = { platform: 'slack', channel: 'C1', owner: 'U1', direct: false, fixed: false, ...schedule };
  await addSubscription(store.db, { ...target, id: 'aaaaaaaa', team, nextDue: 1 }, 1);
  await addSubscription(store.db, { ...target, id: 'bbbbbbbb', team: 'TOTHER', nextDue: 1 }, 1);
  await harness.server.event(event);
  await harness.log.wait(/a workspace (removed the app|revoked its tokens)/);
  expect((await listAll(store.db)).map(({ id }) => id)).toEqual(left);
  expect(await store.db.selectFrom('installations').selectAll().execute()).toEqual([]);
});
