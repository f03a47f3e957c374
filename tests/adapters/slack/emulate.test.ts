import { WebClient } from '@slack/web-api';
import { createEmulator, type Emulator } from 'emulate';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { composeClientOptions } from '../../../src/adapters/slack/client-options.ts';
import { listScopes } from '../../../src/adapters/slack/compose-manifest.ts';
import { publishHome } from '../../../src/adapters/slack/handle-home.ts';
import { createSlackSender } from '../../../src/adapters/slack/send-digest.ts';
import { createSlashNames } from '../../../src/adapters/slack/slash-names.ts';
import { createUserLocales } from '../../../src/adapters/slack/user-locales.ts';
import type { Target } from '../../../src/core/digests.ts';
import { composeDigest } from '../../../src/digest/compose-digest.ts';
import { createIllustrator } from '../../../src/digest/illustrate.ts';
import { takeTurn } from '../../../src/digest/turn.ts';
import { openTestBot } from '../../support/content.ts';
import { recordLog } from '../../support/discord-harness.ts';

// Slack's Web API as others wrote it, strict about scopes: it knows none of our assumptions. It has no Socket Mode, commands,
// buttons or rate limits, which the local server of the other tests has.

const CLIENT = { id: '111.222', secret: 'a-secret', redirect: 'http://127.0.0.1/slack/oauth_redirect' };
const bot = await openTestBot();
const scopes = listScopes();

let emulator: Emulator;
let apiUrl: string;
let token: string;
/** Somebody who may do more than the bot. */
let admin: WebClient;
let adminId: string;
beforeAll(async () => {
  const { id: client_id, secret: client_secret, redirect } = CLIENT;
  const app = { client_id, client_secret, name: 'briefing-bot', redirect_uris: [redirect], scopes };
  emulator = await createEmulator({
    service: 'slack',
    port: 0,
    seed: {
      slack: { strict_scopes: true, channels: [{ name: 'general' }, { name: 'closed' }], oauth_apps: [app] },
    },
  });
  apiUrl = `${emulator.url}/api/`;
  adminId = String((await connect('xoxb-anyone').auth.test()).user_id);
  token = await authorize(scopes);
  admin = connect(await authorize(['channels:manage', 'channels:join', 'channels:read', 'channels:history']));
});
afterAll(() => emulator?.close());

const connect = (bearer?: string) => new WebClient(bearer, { slackApiUrl: apiUrl, retryConfig: { retries: 0 } });
const sender = () => createSlackSender(async () => token, composeClientOptions(apiUrl, recordLog()));

/** A token with these scopes, by the OAuth flow. */
async function authorize(granted: readonly string[]): Promise<string> {
  const { id: client_id, secret: client_secret, redirect: redirect_uri } = CLIENT;
  const body = new URLSearchParams({ user_id: adminId, redirect_uri, scope: granted.join(','), client_id });
  const picked = await fetch(`${emulator.url}/oauth/v2/authorize/callback`, {
    method: 'POST',
    redirect: 'manual',
    body,
  });
  const code = new URL(picked.headers.get('location') ?? '').searchParams.get('code') ?? '';
  const { access_token } = await connect().oauth.v2.access({ client_id, client_secret, code, redirect_uri });
  return access_token ?? '';
}

async function findChannel(name: string): Promise<Target> {
  const { channels = [] } = await admin.conversations.list({});
  const channel = channels.find((one) => one.name === name)?.id ?? '';
  return { platform: 'slack', team: '', channel };
}

it('takes a digest with its picture under the manifest’s scopes, and finds it again by its mark', async () => {
  const general = await findChannel('general');
  const [topic] = bot.library.topics;
  if (!topic) throw new Error('no topic');
  const illustrator = createIllustrator(true, recordLog());
  const reply = await illustrator.illustrate(composeDigest(topic, takeTurn(topic).claims), takeTurn(topic));
  await illustrator.close();
  const now = Date.now();
  const lately = { from: now - 60_000, to: now + 60_000 };
  expect(await sender().find(general, 'mark-1', lately)).toBeUndefined();
  const message = await sender().send(general, reply, 'mark-1');
  expect(message).toMatch(/^\d+\.\d+$/);
  expect(await sender().find(general, 'mark-1', lately)).toBe(message);
  expect(await sender().find(general, 'mark-2', lately)).toBeUndefined();
  const { messages = [] } = await admin.conversations.history({ channel: general.channel });
  const posted = messages.find(({ ts }) => ts === message);
  expect(posted?.text).toContain(topic.title);
  expect(JSON.stringify(posted?.blocks)).toContain('slack_file');
});

it('refuses an archived channel in a way that the sender takes for gone', async () => {
  const closed = await findChannel('closed');
  await admin.conversations.join({ channel: closed.channel });
  await admin.conversations.archive({ channel: closed.channel });
  const [topic] = bot.library.topics;
  if (!topic) throw new Error('no topic');
  await expect(sender().send(closed, composeDigest(topic, takeTurn(topic).claims), 'mark')).rejects.toMatchObject({
    kind: 'gone',
  });
});

it('takes a word to the owner and the home tab', async () => {
  const help = await bot.answer(bot.parse('/help'));
  await expect(sender().tell('', adminId, help, 'mark')).resolves.toBeUndefined();
  const handling = {
    bot,
    digestsOf: async () => [],
    names: createSlashNames(() => bot.commands, ''),
    locales: createUserLocales(),
  };
  await expect(publishHome(connect(token), adminId, '', handling)).resolves.toBeUndefined();
});
