import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Bot } from '../../../src/core/bot.ts';
import { openTestBot } from '../../support/content.ts';
import { type OpenSlackOptions, openSlack, type SlackHarness } from '../../support/slack-harness.ts';

// Slack asks for pauses, by a 429. Whoever caused one waits, and nobody else.

let bot: Bot;
beforeAll(async () => {
  bot = await openTestBot();
});
const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

async function start(options: Partial<OpenSlackOptions> = {}): Promise<SlackHarness> {
  const harness = await openSlack(bot, { transport: 'http', ...options });
  open.push(harness.stop);
  return harness;
}

const POST = 'chat.postMessage';
const titleOf = (body: Record<string, unknown>) =>
  (body.blocks as { text?: { text: string } }[] | undefined)?.[0]?.text?.text;

describe('two people in one workspace under 429s', () => {
  it('one whose answer is held back keeps no other waiting', async () => {
    const { server } = await start();
    const { ada, admin } = server.state.people;
    const adas = server.state.dm(ada).id;
    server.fail(POST, { status: 429, retryAfter: 50, where: ({ channel }) => channel === adas });
    await server.message({ text: 'cargo', user: ada });
    await server.called(POST);
    const reply = await (await server.message({ text: 'ferries', user: admin })).reply();
    expect(titleOf(reply)).toBe('Ferries');
    expect(server.state.posted).toHaveLength(1);
  });

  it('one whose home tab is held back keeps no other waiting', async () => {
    const { server } = await start();
    const { ada, admin } = server.state.people;
    server.fail('views.publish', { status: 429, retryAfter: 50, where: ({ user_id: user }) => user === ada.id });
    await server.homeOpened('home', ada);
    await server.called('views.publish');
    await server.homeOpened('home', admin);
    expect(await server.until('the other’s home tab', () => server.state.homes.get(admin.id))).toBeDefined();
  });

  it('a status or a title that is held back delays no answer', async () => {
    const { server } = await start();
    for (const method of ['assistant.threads.setStatus', 'assistant.threads.setTitle'])
      server.fail(method, { status: 429, retryAfter: 50 });
    expect(titleOf(await (await server.message({ text: 'cargo' })).reply())).toBe('Cargo');
  });
});

it('gives an answer up for which Slack wants a pause beyond all bounds', async () => {
  const { server, log } = await start();
  server.fail(POST, { status: 429, retryAfter: 86_400 });
  await server.message({ text: 'cargo' });
  await log.wait(/something could not be answered on Slack/);
  expect(server.calls(POST)).toHaveLength(1);
});

describe('an app that is distributed outside the Marketplace', () => {
  const distributed = { server: { distributed: true } };
  const HISTORY = 'conversations.history';

  it('needs no look at a conversation that Slack told it of', async () => {
    const { server } = await start(distributed);
    const { people } = server.state;
    const [adas, graces] = [server.state.dm(people.ada).id, server.state.dm(people.admin).id];
    const shown = await (await server.message({ text: 'cargo' })).reply();
    await server.homeOpened('messages', people.admin);
    await server.called('assistant.threads.setSuggestedPrompts');
    for (const channel of [adas, graces]) {
      const reply = await (await server.press(shown, 'Sources', { channel })).reply();
      expect(reply).toMatchObject({ response_type: 'in_channel' });
    }
    expect(server.calls(HISTORY)).toEqual([]);
  });

  it('answers the presser alone and at once if it may not look, and keeps nobody waiting', async () => {
    const { server } = await start(distributed);
    const { ack } = await server.command('/cargo');
    server.state.looksLeft = 0;
    const channel = server.state.addChannel({ is_im: true }).id;
    const reply = await (await server.press(ack ?? {}, 'Sources', { channel })).reply();
    expect(reply).toMatchObject({ response_type: 'ephemeral' });
    expect(titleOf(await (await server.message({ text: 'ferries', user: server.state.people.admin })).reply())).toBe(
      'Ferries',
    );
    // A minute later it may look, and does.
    server.state.looksLeft = 1;
    const later = await (await server.press(ack ?? {}, 'Sources', { channel })).reply();
    expect(later).toMatchObject({ response_type: 'in_channel' });
    expect(server.calls(HISTORY)).toHaveLength(2);
  });
});
