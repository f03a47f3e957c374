import { generateKeyPairSync, sign } from 'node:crypto';
import { PassThrough, Readable } from 'node:stream';
import { type APIInteraction, type APIMessage, REST } from 'discord.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { handleMessage, readMessage } from '../../src/adapters/discord/handle-message.ts';
import { createInteractionsEndpoint } from '../../src/adapters/discord/http-endpoint.ts';
import { readPublicKey } from '../../src/adapters/discord/verify-request.ts';
import { answerLines } from '../../src/adapters/terminal/json.ts';
import { promptInTerminal } from '../../src/adapters/terminal/prompt.ts';
import { completeText } from '../../src/core/complete-text.ts';
import { MAX_QUESTION_LENGTH, MAX_TEXT_LENGTH } from '../../src/core/question.ts';
import { openTestBot } from '../support/content.ts';
import { recordLog } from '../support/discord-harness.ts';
import { openPlayground } from '../support/playground.ts';
import { openSlack, type SlackHarness } from '../support/slack-harness.ts';

// Strings that once took seconds to read, and their like, over every way in: no text costs more than its length does.

/** What repeats in a hostile string. */
const UNITS = [
  ...['!', '.', '“', "'", ' ', '\t', '\n', '-', '_', '*', '~', '`', '|', '#', ':', '/', '\\', '@', '?', '=', '&', '%'],
  ...['<', '>', '<#', '<!', '<@', '<@1>', '<|', '&amp;', '&lt;', '[^', '](', '://', 'a@', '0', '9.', '1,000 ', '8 am '],
  ...['a/ ', 'utc ', ', ', 'topics:', 'to\u0301', '\u200d', '\u202e', '\ud83d', '\ufdfa', 'ß', 'İ', '🦊', 'أ'],
  ...['is a ', 'who is it ', 'bias it ', 'ferries ', 'ferry cargo ', 'zq xv ', 'and who ', 'facts here ', 'the '],
];
/** Around it, so that neither the beginning nor the end matches. */
const SHAPES = [(body: string) => `a${body}x`, (body: string) => body];

const fill = (unit: string, length: number) => unit.repeat(Math.ceil(length / unit.length)).slice(0, length);

const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const HEX = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url').toString('hex');
const NOW = 1_800_000_000_000;

const bot = await openTestBot();
const endpoint = createInteractionsEndpoint(bot, {
  key: readPublicKey(HEX),
  rest: new REST(),
  now: () => NOW,
  log: recordLog(),
  take: async () => true,
});
const page = await openPlayground(bot);
let slack: SlackHarness;
beforeAll(async () => {
  slack = await openSlack(bot, { transport: 'http' });
});
afterAll(() => slack?.stop());

let ids = 0;
async function interact(parts: object): Promise<unknown> {
  ids += 1;
  const body = JSON.stringify({
    id: String(ids),
    application_id: '1',
    token: 'a-token',
    version: 1,
    guild_id: '2',
    member: { user: { id: '3' } },
    ...parts,
  } satisfies Partial<Record<keyof APIInteraction, unknown>>);
  const signature = sign(null, Buffer.from(`${NOW / 1000}${body}`), privateKey).toString('hex');
  const headers = { 'x-signature-ed25519': signature, 'x-signature-timestamp': String(NOW / 1000) };
  const response = await endpoint(new Request('https://bot.example/', { method: 'POST', body, headers }));
  expect(response.status).toBe(200);
  return response.json();
}

const command = (name: string, options: object[]) => interact({ type: 2, data: { id: '4', name, type: 1, options } });
const text = (name: string, value: string) => ({ name, type: 3, value });
const answer = async (body: object) => {
  const response = await page.request('http://localhost/api/answer', { method: 'POST', body: JSON.stringify(body) });
  // A body of more than 64 KiB is refused unread.
  return response.status === 413 || response.json();
};

/** Every way in: sends a text and gives what came back. */
const ENTRIES: Readonly<Record<string, (sent: string) => Promise<unknown>>> = {
  'a Discord command': (sent) => command('ask', [text('question', sent)]),
  'a Discord topic': (sent) => command('brief', [text('topic', sent), text('article', sent)]),
  'a Discord subcommand': (sent) =>
    command('digest', [
      { name: 'subscribe', type: 1, options: ['time', 'zone', 'topics'].map((one) => text(one, sent)) },
    ]),
  'a Discord command’s name': (sent) => command(sent, []),
  'a Discord option while it is typed': (sent) =>
    interact({
      type: 4,
      data: { id: '4', name: 'brief', type: 1, options: [{ ...text('topic', sent), focused: true }] },
    }),
  'a Discord zone while it is typed': (sent) =>
    interact({
      type: 4,
      data: {
        ...{ id: '4', name: 'digest', type: 1 },
        options: [{ name: 'subscribe', type: 1, options: [{ ...text('zone', sent), focused: true }] }],
      },
    }),
  'a Discord button': (sent) => interact({ type: 3, message: {}, data: { custom_id: `/${sent}`, component_type: 2 } }),
  'a Discord form': (sent) =>
    interact({
      type: 5,
      data: {
        custom_id: 'ask-privately',
        components: [{ type: 18, component: { type: 4, custom_id: 'question', value: sent } }],
      },
    }),
  'a Discord message': async (sent) => {
    const message = {
      ...{ id: '1', type: 0, channel_id: '2', content: sent, author: { id: '5' } },
    } as unknown as APIMessage;
    const shown: unknown[] = [];
    const read = readMessage(message, '7');
    if (read === undefined) throw new Error('the message is not for the bot');
    await handleMessage(bot, message, read, {
      typing: async () => {},
      send: async (body) => void shown.push(body),
    });
    return shown;
  },
  'a Slack command': async (sent) => (await slack.server.command('/ask', sent)).reply(),
  'a Slack command for all': async (sent) => (await slack.server.command('/brief', sent)).reply(),
  'a Slack message': async (sent) => (await slack.server.message({ text: sent })).reply(),
  'a Slack mention': async (sent) =>
    (await slack.server.message({ text: sent, channel: slack.server.state.channel.id })).reply(),
  'a Slack shortcut': async (sent) => (await slack.server.shortcut(sent)).reply(),
  'a Slack button': async (sent) => {
    const elements = [{ type: 'button', text: { text: 'Go' }, action_id: 'ask:0', value: `/${sent}` }];
    return (await slack.server.press({ blocks: [{ type: 'actions', elements }] }, 'Go')).reply();
  },
  'the page': (sent) => answer({ text: sent }),
  'the page’s buttons': (sent) => answer({ path: `/ask?question=${encodeURIComponent(sent.toWellFormed())}` }),
  'the page’s line while it is typed': async (sent) => completeText(bot, `/brief ${sent}`),
  'the page’s digest while it is typed': async (sent) => completeText(bot, `/digest subscribe ${sent}`),
  'a line of JSON': async (sent) => {
    const lines: string[] = [];
    await answerLines(bot, Readable.from([`${sent.replaceAll('\n', ' ')}\n`]), (line) => lines.push(line));
    return lines;
  },
  'the terminal': async (sent) => {
    const output = new PassThrough();
    output.resume();
    const input = new PassThrough();
    const ended = promptInTerminal(bot, {
      input: input as unknown as NodeJS.ReadStream,
      output: output as unknown as NodeJS.WriteStream,
      style: (_, shown) => shown,
    });
    input.end(`${sent.replaceAll('\n', ' ')}\n`);
    await ended;
  },
};

/** The processor's time, in milliseconds, that sending takes: what else runs on the machine does not count. */
async function costOf(send: (sent: string) => Promise<unknown>, texts: readonly string[]): Promise<number> {
  const before = process.cpuUsage();
  for (const sent of texts) await send(sent);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** As many times the cost of plain words of the same length; a quadratic reading costs thousands of times as much. */
const FACTOR = 30;
/** The least that a measurement counts for, in milliseconds, so that no noise is taken for a cost. */
const FLOOR_MS = 20;

/** Where a text goes whole to a command, and is refused for its length; the others complete it or cut it. */
const ASKING = Object.keys(ENTRIES).filter((name) => !/typed|name|shortcut|button|terminal|JSON/.test(name));

describe.each(Object.entries(ENTRIES))('%s', (_, send) => {
  it.each([MAX_QUESTION_LENGTH - 2, MAX_TEXT_LENGTH - 2])(
    'reads hostile texts of %i characters as fast as plain words',
    async (length) => {
      const plain = fill('some plain words about the harbour ', length);
      await send(plain);
      const allowed = FACTOR * Math.max(FLOOR_MS, await costOf(send, [plain, plain]));
      for (const unit of UNITS) {
        const texts = SHAPES.map((shape) => shape(fill(unit, length)));
        expect(await costOf(send, texts), JSON.stringify(unit)).toBeLessThan(allowed);
      }
    },
  );
});

describe.each(ASKING)('%s', (name) => {
  it('reads nothing of a text that is too long for any question', async () => {
    // Each would be short enough once it is cleaned or decoded.
    for (const unit of [' ', '\u200b', '<@1>']) {
      const shown = JSON.stringify(await ENTRIES[name]?.(`a${fill(unit, MAX_TEXT_LENGTH)}x`));
      expect(shown).toContain('That is too long');
      // Some ways in count what stands before the text, too.
      expect(shown).toMatch(/has 80\d\d characters/);
    }
  });
});
