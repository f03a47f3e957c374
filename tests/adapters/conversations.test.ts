import { PassThrough, Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DiscordMessage } from '../../src/adapters/discord/render-reply.ts';
import { answerLines } from '../../src/adapters/terminal/json.ts';
import { promptInTerminal } from '../../src/adapters/terminal/prompt.ts';
import { createConversations } from '../../src/conversation/conversations.ts';
import type { Bot } from '../../src/core/bot.ts';
import { openTestBot } from '../support/content.ts';
import { type DiscordHarness, openDiscord } from '../support/discord-harness.ts';
import { textsOf } from '../support/discord-limits.ts';
import { openPlayground } from '../support/playground.ts';
import { openSlack, type SlackHarness } from '../support/slack-harness.ts';

const FOLLOWED = 'You asked: “who says so?”, after “Cargo”.';
const ASKED_BACK = 'About what?';

const open = (): Promise<Bot> =>
  openTestBot(undefined, undefined, { conversations: createConversations({ now: () => 0 }) });

describe('on Discord', () => {
  let discord: DiscordHarness;
  beforeAll(async () => {
    discord = await openDiscord(await open());
    await discord.server.waitFor('identify', { since: 0 });
  });
  afterAll(() => discord?.stop());

  const textOf = (body: unknown) => textsOf(body as DiscordMessage).join('\n');

  it('a direct message follows up on the one before', async () => {
    const { server } = discord;
    expect(textOf((await server.message({ content: 'who says so?', channel: 'dm' }).reply()).body)).toContain(
      ASKED_BACK,
    );
    await server.message({ content: 'cargo', channel: 'dm' }).reply();
    expect(textOf((await server.message({ content: 'who says so?', channel: 'dm' }).reply()).body)).toContain(FOLLOWED);
  });

  it('a reply to the bot’s own message needs no mention, and follows up on it', async () => {
    const { server } = discord;
    const first = await server.message({ content: `<@${server.botUserId}> cargo`, channel: 'guild' }).reply();
    const second = server.message({ content: 'who says so?', channel: 'guild', repliesTo: first.message });
    expect(textOf((await second.reply()).body)).toContain(FOLLOWED);
  });

  it('a reply to somebody else’s message is left alone', async () => {
    const { server } = discord;
    const other = server.message({ content: 'hello', channel: 'guild' });
    const ignored = server.message({ content: 'cargo', channel: 'guild', repliesTo: other.message });
    await server.message({ content: 'cargo', channel: 'dm' }).reply();
    const answered = server.createdMessages.map(({ body }) => body.message_reference?.message_id);
    expect(answered).not.toContain(ignored.message.id);
  });
});

describe('on Slack', () => {
  let slack: SlackHarness;
  beforeAll(async () => {
    slack = await openSlack(await open(), { transport: 'http' });
  });
  afterAll(() => slack?.stop());

  const say = async (text: string, where: { channel?: string; thread?: string } = {}) =>
    (await slack.server.message({ text, ...where })).reply();

  it('a direct message follows up in its thread, and a new one begins anew', async () => {
    const { thread_ts: thread } = (await say('cargo')) as { thread_ts: string };
    expect(JSON.stringify(await say('who says so?', { thread }))).toContain(FOLLOWED);
    expect(JSON.stringify(await say('who says so?'))).toContain(ASKED_BACK);
  });

  it('a mention follows up in its thread, and in no other', async () => {
    const channel = slack.server.state.channel.id;
    const { thread_ts: thread } = (await say('cargo', { channel })) as { thread_ts: string };
    expect(JSON.stringify(await say('who says so?', { channel }))).toContain(ASKED_BACK);
    expect(JSON.stringify(await say('who says so?', { channel, thread }))).toContain(FOLLOWED);
  });
});

it('on the page, a visit follows up on itself and on no other', async () => {
  const app = await openPlayground(await open());
  const ask = async (body: object) => {
    const response = await app.request('http://localhost/api/answer', { method: 'POST', body: JSON.stringify(body) });
    return JSON.stringify(await response.json());
  };
  await ask({ path: '/cargo', conversation: 'one' });
  expect(await ask({ text: 'who says so?', conversation: 'two' })).toContain(ASKED_BACK);
  expect(await ask({ text: 'who says so?' })).toContain(ASKED_BACK);
  expect(await ask({ text: 'who says so?', conversation: 'one' })).toContain(FOLLOWED);
  expect(await ask({ text: 'cargo', conversation: 'x'.repeat(65) })).toContain('error');
});

it('in the terminal', async () => {
  const output = new PassThrough();
  let shown = '';
  output.on('data', (chunk) => {
    shown += chunk;
  });
  const input = new PassThrough();
  const ended = promptInTerminal(await open(), {
    input: input as unknown as NodeJS.ReadStream,
    output: output as unknown as NodeJS.WriteStream,
    style: (_, text) => text,
  });
  input.end('cargo\nwho says so?\n');
  await ended;
  expect(shown).toContain(FOLLOWED);
});

it('of programs, only if they say that their lines are one', async () => {
  const bot = await open();
  const read = async (conversation?: string) => {
    const lines: string[] = [];
    await answerLines(bot, Readable.from(['cargo\nwho says so?\n']), (line) => lines.push(line), conversation);
    return lines.map((line) => JSON.parse(line));
  };
  expect(await read()).toMatchObject([{ verdict: 'answered' }, { verdict: 'declined', claims: [] }]);
  expect(await read('json')).toMatchObject([{ verdict: 'answered' }, { verdict: 'answered', lead: FOLLOWED }]);
});
