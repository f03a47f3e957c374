import { ApplicationCommandType, REST } from 'discord.js';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { listCommands } from '../../../commands/index.ts';
import { composeCommands } from '../../../src/adapters/discord/compose-commands.ts';
import { composeInvites } from '../../../src/adapters/discord/compose-invite.ts';
import { formatRegistration, registerCommands } from '../../../src/adapters/discord/register-commands.ts';
import { createLibrary } from '../../../src/core/library.ts';
import { emptyPart } from '../../../src/core/search.ts';
import { arbitraryTopics } from '../../support/arbitrary-content.ts';
import { ARTICLE, CONTENT, openTestBot, topicOf } from '../../support/content.ts';
import { checkBody, openDiscord } from '../../support/discord-harness.ts';
import { type DiscordServer, startDiscordServer } from '../../support/discord-server.ts';

/** In a message's menu. */
const ASK_ABOUT = 'What the article says';

const bot = await openTestBot(CONTENT);
let server: DiscordServer;
let rest: REST;
beforeAll(async () => {
  server = await startDiscordServer({ onBody: checkBody });
  rest = new REST({ api: server.apiUrl }).setToken(server.token);
});
afterAll(() => server?.close());

const writes = () => server.requests.filter(({ method }) => method === 'PUT').length;
const commandsOf = (...slugs: string[]) => {
  const topics = slugs.map((slug) => topicOf(slug));
  return listCommands(createLibrary([ARTICLE], topics));
};

describe('registration', () => {
  let before: number;
  beforeEach(() => {
    before = writes();
  });

  it('registers every command, then writes nothing while nothing changes', async () => {
    const first = await registerCommands(rest, bot.commands);
    expect(first.added).toHaveLength(bot.commands.length + 1);
    expect(server.commands().map(({ name }) => name)).toEqual([...bot.commands.map(({ name }) => name), ASK_ABOUT]);
    const second = await registerCommands(rest, bot.commands);
    expect(second).toMatchObject({ added: [], changed: [], removed: [], unchanged: bot.commands.length + 1 });
    expect(writes() - before).toBe(1);
    expect(formatRegistration(second)).toBe(`${bot.commands.length + 1} unchanged; nothing written`);
  });

  it('tells what is new, changed and gone', async () => {
    await registerCommands(rest, commandsOf('kept', 'gone', 'changed'));
    const [kept, changed] = [topicOf('kept'), topicOf('changed', { summary: 'Anew.' })];
    const now = listCommands(createLibrary([ARTICLE], [kept, changed, topicOf('fresh')]));
    const registration = await registerCommands(rest, now);
    expect(registration).toMatchObject({ added: ['fresh'], changed: ['changed'], removed: ['gone'], unchanged: 11 });
    expect(formatRegistration(registration)).toBe('+ /fresh\n~ /changed\n- /gone\n11 unchanged');
  });

  it('in one server only, if that is asked', async () => {
    const guild = server.guilds[0]?.id ?? '';
    await registerCommands(rest, bot.commands, guild);
    expect(server.commands(guild)).toHaveLength(bot.commands.length + 1);
  });

  it('takes a change of a name in another language for a change', async () => {
    const named = (name: string) =>
      listCommands(
        createLibrary([ARTICLE], [topicOf('ports', { locales: { de: { name, description: 'Über Häfen.' } } })]),
      );
    await registerCommands(rest, named('häfen'));
    expect(server.commands().find(({ name }) => name === 'ports')).toMatchObject({
      name_localizations: { de: 'häfen' },
      description_localizations: { de: 'Über Häfen.' },
    });
    expect(await registerCommands(rest, named('häfen'))).toMatchObject({ changed: [] });
    expect(await registerCommands(rest, named('hafen'))).toMatchObject({ changed: ['ports'] });
    expect(await registerCommands(rest, commandsOf('ports'))).toMatchObject({ changed: ['ports'] });
  });

  it('leaves what is over 100 to /brief, and names it', async () => {
    const commands = commandsOf(...Array.from({ length: 120 }, (_, index) => `topic-${index}`));
    const { left } = await registerCommands(rest, commands);
    expect(server.commands().filter(({ type }) => type === 1)).toHaveLength(100);
    expect(left).toEqual(commands.slice(100).map(({ name }) => name));
    expect(server.commands().map(({ name }) => name)).toContain('brief');
  });
});

it('every body keeps to Discord’s description, for any valid content', () => {
  fc.assert(
    fc.property(arbitraryTopics, (topics) => {
      const { bodies } = composeCommands(listCommands(createLibrary([ARTICLE], topics)));
      checkBody('bulk-commands', bodies);
      for (const body of bodies) {
        if (body.type === ApplicationCommandType.Message) {
          expect(body.name.length).toBeLessThanOrEqual(32);
          continue;
        }
        expect(body.name).toMatch(/^[a-z0-9-]{1,32}$/);
        expect(body.description.length).toBeLessThanOrEqual(100);
      }
    }),
    { numRuns: 30 },
  );
});

it('the description that bodies are checked against refuses a wrong one', () => {
  const [body] = composeCommands(bot.commands).bodies;
  expect(() => checkBody('bulk-commands', [{ ...body, description: 'x'.repeat(101) }])).toThrow();
  expect(() => checkBody('bulk-commands', [{ ...body, contexts: [7] }])).toThrow();
  expect(() => checkBody('interaction-callback', { type: 4, data: { components: [{ type: 99 }] } })).toThrow();
});

it('commands can be used in servers, with the bot and elsewhere, installed to a server or to a user', () => {
  for (const body of composeCommands(bot.commands).bodies) {
    expect(body).toMatchObject({ integration_types: [0, 1], contexts: [0, 1, 2] });
    if (body.type === ApplicationCommandType.Message) continue;
    const answering: unknown = body.name === 'digest' ? body.options?.[0] : body;
    const { options } = answering as { options?: readonly object[] };
    expect(options?.at(-1)).toMatchObject({ name: 'private', required: false });
  }
});

it('registers at the start and again when content brings a topic', async () => {
  const changing = await openTestBot();
  const harness = await openDiscord(changing, { register: true });
  try {
    await harness.platform.ready;
    expect(harness.server.commands().map(({ name }) => name)).toContain('cargo');
    changing.load({
      library: bot.library,
      commands: bot.commands,
      search: {
        ask: async (text) => ({ parts: [emptyPart(text)] }),
        names: () => [],
        ready: Promise.resolve(),
        close: () => {},
      },
    });
    await harness.platform.contentChanged();
    expect(harness.server.commands().map(({ name }) => name)).toEqual([
      ...bot.commands.map(({ name }) => name),
      ASK_ABOUT,
    ]);
  } finally {
    await harness.stop();
  }
});

it('of several processes only the one with the first shard registers', async () => {
  const harness = await openDiscord(bot, { register: true, shards: { ids: [1], count: 2 } }, { shards: 2 });
  try {
    await harness.platform.ready;
    expect(harness.server.commands()).toEqual([]);
  } finally {
    await harness.stop();
  }
});

it('invites with the scopes and permissions that are needed and no others', () => {
  const { server: link, account } = composeInvites('123');
  const query = new URL(link).searchParams;
  expect(query.get('scope')).toBe('bot applications.commands');
  // View channel, send messages, attach files, read message history, send messages in threads.
  expect(BigInt(query.get('permissions') ?? '')).toBe(
    (1n << 10n) | (1n << 11n) | (1n << 15n) | (1n << 16n) | (1n << 38n),
  );
  expect(new URL(account).searchParams.get('scope')).toBe('applications.commands');
});
