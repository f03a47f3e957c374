import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { REST } from 'discord.js';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createInteractionsEndpoint } from '../src/adapters/discord/http-endpoint.ts';
import { renderDiscord } from '../src/adapters/discord/render-reply.ts';
import { readPublicKey } from '../src/adapters/discord/verify-request.ts';
import { startMcp } from '../src/adapters/mcp/start-mcp.ts';
import { renderSlack } from '../src/adapters/slack/render-reply.ts';
import { FaultySettings, listSettings, loadConfig } from '../src/app/config.ts';
import { FaultyContent } from '../src/content/fault.ts';
import { loadContent } from '../src/content/load.ts';
import { UserError } from '../src/core/errors.ts';
import { composeQuestionPath, parseQuestionPath } from '../src/core/question.ts';
import { formatOf, readDocument } from '../src/import/read-document.ts';
import { COMMAND_NAMES, CONTENT, HARBOUR, openTestBot } from './support/content.ts';
import { checkBody, recordLog } from './support/discord-harness.ts';
import { startDiscordServer } from './support/discord-server.ts';
import { callMessage } from './support/mcp.ts';
import { openPlayground } from './support/playground.ts';
import { openSlack, type SlackHarness } from './support/slack-harness.ts';
import { checkSlackBody } from './support/slack-limits.ts';

// Whatever comes in by any entry: an end within the time, no crash, no fault of ours, nothing that a platform refuses.

/** FUZZ_RUNS=10000 looks longer. */
const numRuns = Number(process.env.FUZZ_RUNS ?? 150);
const TIME = 60_000 + numRuns * 50;

const bot = await openTestBot();

const words = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.lorem({ maxCount: 12 }),
  fc.constantFrom(
    '/',
    '//',
    '/brief',
    '/ask ',
    '/digest subscribe ',
    '/cargo?~from=99',
    '@everyone',
    '\u202E',
    '\0',
    '__proto__',
  ),
  fc.constantFrom('x', '*', '🦊', '"', '\n').map((character) => character.repeat(1200)),
);
/** A JSON value with the names that platforms use in it. */
const json = fc.object({
  key: fc.constantFrom(
    ...[
      'id',
      'token',
      'type',
      'data',
      'name',
      'options',
      'value',
      'focused',
      'custom_id',
      'components',
      'member',
      'user',
    ],
    ...[
      'message',
      'event',
      'event_id',
      'command',
      'text',
      'channel',
      'team_id',
      'actions',
      'view',
      'container',
      '__proto__',
    ],
  ),
  maxDepth: 4,
});

it(
  'a question, a path and a button: an answer that both platforms take',
  () =>
    fc.assert(
      fc.asyncProperty(words, async (text) => {
        const question = parseQuestionPath(text) ?? bot.parse(text);
        const reply = await bot.answer(question);
        expect(reply.outcome).not.toBe('failed');
        checkBody('create-message', renderDiscord(reply));
        checkSlackBody('message', { ...renderSlack(reply) });
        const again = parseQuestionPath(composeQuestionPath(reply.question));
        expect(again).toMatchObject({ command: reply.question.command });
      }),
      { numRuns: numRuns * 4 },
    ),
  TIME,
);

it(
  'the page: a status that says what is wrong, or an answer',
  async () => {
    const app = await openPlayground(bot);
    const bodies = fc.oneof(
      json.map((value) => JSON.stringify(value)),
      words.map((text) => JSON.stringify({ text })),
      words,
    );
    await fc.assert(
      fc.asyncProperty(bodies, words, async (body, line) => {
        const answer = await app.request('http://localhost/api/answer', { method: 'POST', body });
        expect([200, 400]).toContain(answer.status);
        await answer.json();
        const completion = await app.request(
          `http://localhost/api/complete?line=${encodeURIComponent(line.toWellFormed())}`,
        );
        expect(completion.status).toBe(200);
      }),
      { numRuns },
    );
  },
  TIME,
);

it(
  'a message to /mcp: a JSON value, or a call of a tool with any arguments',
  async () => {
    const log = recordLog();
    const platform = startMcp('1.0.0', { bot, log });
    const tool = fc.constantFrom('ask', 'brief', 'topics', 'sources', 'figures', 'nothing', '__proto__');
    const question = fc.record(
      { question: words, topic: words, from: fc.oneof(fc.integer(), words) },
      { requiredKeys: [] },
    );
    const call = fc.tuple(tool, fc.oneof(question, json)).map(([name, args]) => callMessage(name, args));
    const other = fc
      .tuple(fc.constantFrom('initialize', 'tools/list', 'resources/read', 'completion/complete', 'zebra'), json)
      .map(([method, params]) => ({ jsonrpc: '2.0', id: 1, method, params }));
    await fc.assert(
      fc.asyncProperty(fc.oneof(call, other, json), async (body) => {
        const headers = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
        const request = new Request('http://localhost/mcp', { method: 'POST', headers, body: JSON.stringify(body) });
        const response = await platform.routes['POST /mcp']?.(request);
        expect([200, 202, 400]).toContain(response?.status);
        expect(log.lines.filter(({ level }) => level === 'error')).toEqual([]);
      }),
      { numRuns },
    );
  },
  TIME,
);

describe('a signed interaction of Discord’s', () => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const hex = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url').toString('hex');
  const now = 1_800_000_000_000;
  const shapes = fc.oneof(
    json,
    fc.record(
      {
        id: fc.uuid(),
        token: fc.constant('t'),
        application_id: fc.constant('1'),
        type: fc.integer({ min: 0, max: 7 }),
        guild_id: fc.option(fc.constant('2')),
        member: fc.option(fc.record({ user: fc.record({ id: fc.constant('3') }) })),
        user: fc.option(fc.record({ id: fc.constant('3') })),
        data: fc.option(
          fc.record({
            name: fc.oneof(words, fc.constantFrom('cargo', 'brief', 'ask', 'digest')),
            type: fc.integer({ min: 0, max: 4 }),
            custom_id: words,
            component_type: fc.integer({ min: 0, max: 9 }),
            options: fc.option(
              fc.array(
                fc.record({ name: words, type: fc.integer({ min: 1, max: 11 }), value: words, focused: fc.boolean() }),
              ),
            ),
            components: fc.option(fc.array(json, { maxLength: 3 })),
          }),
        ),
      },
      { requiredKeys: ['id', 'token', 'type'] },
    ),
    words,
  );

  it(
    'gets an answer or a refusal',
    async () => {
      const server = await startDiscordServer();
      const rest = new REST({ api: server.apiUrl, retries: 0 }).setToken(server.token);
      const endpoint = createInteractionsEndpoint(bot, {
        key: readPublicKey(hex),
        rest,
        now: () => now,
        log: recordLog(),
        take: async () => true,
      });
      await fc.assert(
        fc.asyncProperty(shapes, async (shape) => {
          const body = typeof shape === 'string' ? shape : JSON.stringify(shape);
          const seconds = String(now / 1000);
          const signature = sign(null, Buffer.from(`${seconds}${body}`), privateKey).toString('hex');
          const headers = { 'x-signature-ed25519': signature, 'x-signature-timestamp': seconds };
          const response = await endpoint(new Request('https://bot.example/', { method: 'POST', body, headers }));
          expect([200, 202, 400, 401, 409, 500]).toContain(response.status);
          if (response.status === 200) await response.json();
        }),
        { numRuns: numRuns * 2 },
      );
      await server.close();
    },
    TIME,
  );
});

describe('a signed request of Slack’s', () => {
  let harness: SlackHarness;
  beforeAll(async () => {
    harness = await openSlack(bot, { transport: 'http' });
  });
  afterAll(() => harness?.stop());

  const shapes = fc.oneof(
    json,
    fc.record({
      type: fc.constantFrom(
        'event_callback',
        'block_actions',
        'view_submission',
        'message_action',
        'url_verification',
        'x',
      ),
      team_id: fc.constant('T1'),
      api_app_id: fc.constant('A1'),
      event_id: fc.uuid(),
      event: fc.option(
        fc.record({
          type: fc.constantFrom(
            'message',
            'app_mention',
            'app_home_opened',
            'assistant_thread_started',
            'tokens_revoked',
            'x',
          ),
          channel_type: fc.constantFrom('im', 'channel'),
          text: words,
          user: fc.option(words),
          channel: fc.constant('D1'),
          ts: fc.constant('1.1'),
        }),
      ),
      actions: fc.option(
        fc.array(fc.record({ action_id: words, value: words, type: fc.constantFrom('button', 'overflow', 'x') }), {
          maxLength: 2,
        }),
      ),
      user: fc.option(fc.record({ id: words })),
      team: fc.option(fc.record({ id: fc.constant('T1') })),
      channel: fc.option(fc.record({ id: fc.constant('C1') })),
      container: fc.option(json),
      view: fc.option(json),
    }),
    words,
  );

  it(
    'gets an end, and the bot goes on',
    async () => {
      await fc.assert(
        fc.asyncProperty(shapes, fc.constantFrom('json', 'form', 'payload'), async (shape, kind) => {
          const text = typeof shape === 'string' ? shape.toWellFormed() : JSON.stringify(shape);
          const body =
            kind === 'json'
              ? text
              : new URLSearchParams(kind === 'payload' ? { payload: text } : { command: text, text }).toString();
          const type = kind === 'json' ? 'application/json' : 'application/x-www-form-urlencoded';
          const headers = { 'content-type': type, ...harness.server.sign(body) };
          const response = await fetch(`${harness.url}/slack/events`, { method: 'POST', body, headers });
          expect([200, 400, 401, 404, 409, 500]).toContain(response.status);
          await response.text();
        }),
        { numRuns },
      );
      const answer = await (await harness.server.command('/cargo')).reply();
      expect(JSON.stringify(answer)).toContain('Cargo');
    },
    TIME,
  );
});

it(
  'a content file: a library, or faults with file and line',
  async () => {
    const directory = mkdtempSync(join(tmpdir(), 'briefing-fuzz-'));
    await cp(HARBOUR, directory, { recursive: true });
    const whole = readFileSync(join(CONTENT, 'azerbaijan-israel/topics/drones.md'), 'utf8').split('\n');
    const mutated = fc
      .array(fc.tuple(fc.nat(whole.length), fc.oneof(words, fc.constantFrom(...whole), fc.constant(undefined))), {
        maxLength: 6,
      })
      .map((edits) => {
        const lines: (string | undefined)[] = [...whole];
        for (const [at, line] of edits) lines[at] = line;
        return lines.filter((line) => line !== undefined).join('\n');
      });
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(mutated, words),
        fc.constantFrom('topics/ferries.md', 'article.yaml'),
        async (text, file) => {
          const path = join(directory, 'harbour', file);
          const before = readFileSync(path, 'utf8');
          await writeFile(path, text);
          try {
            const library = await loadContent(directory, COMMAND_NAMES);
            expect(library.topics.length).toBeGreaterThan(0);
          } catch (error) {
            expect(error).toBeInstanceOf(FaultyContent);
            for (const line of (error as Error).message.split('\n')) expect(line).toMatch(/^\S+:\d+: .+/);
          } finally {
            await writeFile(path, before);
          }
        },
      ),
      { numRuns },
    );
    rmSync(directory, { recursive: true });
  },
  TIME,
);

it('settings: a configuration, or lines that hold no value of theirs', () => {
  const value = fc.oneof(
    words,
    fc.constantFrom('on', '0', '3000', 'xoxb-1', 'sqlite:x', 'postgres://x', 'slack:C1 8:00', '0-3'),
  );
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...listSettings()), value, { maxKeys: 12 }), (env) => {
      try {
        expect(loadConfig(env)).toMatchObject({ host: expect.any(String) });
      } catch (error) {
        expect(error).toBeInstanceOf(FaultySettings);
        const { message } = error as Error;
        expect(message.length).toBeGreaterThan(10);
        for (const one of Object.values(env)) if (one.length > 25) expect(message).not.toContain(one);
      }
    }),
    { numRuns: numRuns * 10 },
  );
});

it(
  'a file to import: an article, or what to do',
  async () => {
    const html = fc.array(
      fc
        .tuple(fc.constantFrom('p', 'h2', 'div', 'li', 'script', 'table', 'article', '!--', 'svg'), words)
        .map(([tag, text]) => `<${tag}>${text}</${tag}>`),
      { maxLength: 20 },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          words,
          html.map((parts) => parts.join('')),
        ),
        fc.constantFrom('a.html', 'a.md', 'a.txt', 'a.pdf', 'a.docx', 'a'),
        async (text, name) => {
          try {
            const document = { name, format: formatOf(name), bytes: Buffer.from(text) };
            expect((await readDocument(document)).sections.length).toBeGreaterThan(0);
          } catch (error) {
            expect(error).toBeInstanceOf(UserError);
          }
        },
      ),
      { numRuns: numRuns * 2 },
    );
  },
  TIME,
);
