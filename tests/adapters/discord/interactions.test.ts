import { type APIMessage, InteractionResponseType, MessageFlags } from 'discord.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { handleInteraction } from '../../../src/adapters/discord/handle-interaction.ts';
import { askingButtons, type DiscordMessage } from '../../../src/adapters/discord/render-reply.ts';
import { createGate } from '../../../src/app/gate.ts';
import { type Bot, createBot } from '../../../src/core/bot.ts';
import { createQuestion } from '../../../src/core/question.ts';
import { askerOf, CONTENT, openContent, openTestBot, strictLog } from '../../support/content.ts';
import { type DiscordHarness, openDiscord } from '../../support/discord-harness.ts';
import { textsOf } from '../../support/discord-limits.ts';
import { createTestEditors } from '../../support/editors.ts';
import { createTestFeedback } from '../../support/feedback.ts';

let bot: Bot;
let discord: DiscordHarness;
beforeAll(async () => {
  bot = await openTestBot(CONTENT);
  discord = await openDiscord(bot);
  await discord.server.waitFor('identify', { since: 0 });
});
afterAll(() => discord?.stop());

const textOf = (message: unknown) => textsOf(message as DiscordMessage).join('\n');
const isEphemeral = ({ flags }: Pick<APIMessage, 'flags'>) => ((flags ?? 0) & MessageFlags.Ephemeral) !== 0;
const buttonsOf = (message: Pick<APIMessage, 'components'>) =>
  askingButtons({ components: message.components as DiscordMessage['components'] });
const customId = (message: Pick<APIMessage, 'components'>, label: string) => {
  const button = buttonsOf(message).find((one) => one.label.startsWith(label));
  if (!button) throw new Error(`there is no button ${label}`);
  return button.custom_id;
};

describe('slash commands', () => {
  it.each(['guild', 'bot-dm', 'private-channel'] as const)('answers in a %s, for everyone there', async (context) => {
    const record = await discord.server.interact({ type: 'command', name: 'drones', context });
    expect(record.callback.body.type).toBe(InteractionResponseType.ChannelMessageWithSource);
    const message = await record.answer();
    expect(textOf(message)).toContain('IAI Harop');
    expect(isEphemeral(message)).toBe(false);
  });

  it('answers where the bot is installed to the user only', async () => {
    const { server } = discord;
    const record = await server.interact({ type: 'command', name: 'energy', guild: server.elsewhere });
    expect(textOf(await record.answer())).toContain('**60 per cent**');
  });

  it('answers the asker alone with private: true', async () => {
    const record = await discord.server.interact({ type: 'command', name: 'drones', options: { private: true } });
    expect(isEphemeral(await record.answer())).toBe(true);
  });

  it('tells refusals to the asker alone', async () => {
    const record = await discord.server.interact({ type: 'command', name: 'brief', options: { topic: 'dornes' } });
    expect(isEphemeral(await record.answer())).toBe(true);
    expect(textOf(await record.answer())).toContain('Did you mean drones');
  });

  it('answers every command', async () => {
    for (const { name } of bot.commands) {
      const options = name === 'ask' ? { question: 'who buys the oil?' } : name === 'brief' ? { topic: 'energy' } : {};
      const record = await discord.server.interact({ type: 'command', name, options });
      expect(record.accepted, JSON.stringify(record.callback.body)).toBeDefined();
    }
  });

  it('pings nobody, whatever is asked', async () => {
    const question = '@everyone @here <@1> <@&2>';
    const record = await discord.server.interact({ type: 'command', name: 'ask', options: { question } });
    const { body } = record.callback;
    expect('data' in body && body.data).toMatchObject({ allowed_mentions: { parse: [] } });
    expect(textOf(await record.answer())).not.toMatch(/(?<!\\)@everyone|(?<!\\)<@/);
  });
});

describe('the command in a message’s menu', () => {
  const ask = async (parts: Partial<APIMessage>) => {
    const { message } = discord.server.message({ content: 'x', channel: 'guild' });
    const request = {
      type: 'message-command',
      name: 'What the article says',
      message: { ...message, ...parts },
    } as const;
    return (await discord.server.interact(request)).answer();
  };

  it('asks the article about that message, for the asker alone', async () => {
    const answer = await ask({ content: '<@123> who thanked Israel for weapons? <:smile:1>' });
    expect(isEphemeral(answer)).toBe(true);
    expect(textOf(answer)).toContain('Ilham Aliyev, President of Azerbaijan');
    expect(textOf(answer)).toContain('“who thanked Israel for weapons?”');
  });

  it.each<[string, Partial<APIMessage>]>([
    [
      'forwards',
      {
        content: '',
        message_reference: { type: 1, message_id: '1', channel_id: '2' },
        message_snapshots: [{ message: { content: 'who thanked Israel for weapons?' } }] as never,
      },
    ],
    ['shows in an embed', { content: '', embeds: [{ title: 'News', description: 'Who thanked Israel for weapons?' }] }],
  ])('takes the words that a message %s', async (_, parts) => {
    expect(textOf(await ask(parts))).toContain('Ilham Aliyev, President of Azerbaijan');
  });

  it('asks about the beginning of a message that is too long for a question', async () => {
    expect(textOf(await ask({ content: 'Who sells weapons to Azerbaijan? '.repeat(120) }))).toContain('You asked');
  });

  it.each(['', ' ', '<@123> <:smile:1>'])('says so if a message has no words, as %j has none', async (content) => {
    const answer = await ask({ content });
    expect(isEphemeral(answer)).toBe(true);
    expect(textOf(answer)).toContain('That message has no text');
  });
});

describe('autocomplete', () => {
  it('offers topics, by typing error and alias, at most 25', async () => {
    const complete = async (typed: string) => {
      const record = await discord.server.interact({
        type: 'autocomplete',
        name: 'brief',
        options: { topic: typed },
        focused: 'topic',
      });
      return record.choices.map(({ value }) => value);
    };
    expect(await complete('dornes')).toEqual(['drones']);
    expect((await complete('uav'))[0]).toBe('drones');
    expect((await complete('')).length).toBe(Math.min(25, bot.library.topics.length));
    expect(await complete('zzzz')).toEqual([]);
  });
});

describe('buttons', () => {
  const open = async (name: string, options: Record<string, string | boolean> = {}) =>
    (await discord.server.interact({ type: 'command', name, options })).answer();
  const press = (message: APIMessage, label: string) =>
    discord.server.interact({ type: 'button', customId: customId(message, label), message });

  it('turn the page in place, for anybody, forward and back', async () => {
    const first = await open('mediation');
    const more = await press(first, 'More');
    expect(more.callback.body.type).toBe(InteractionResponseType.UpdateMessage);
    const second = await more.answer();
    expect(second.id).toBe(first.id);
    expect(textOf(second)).toMatch(/-# \d+–\d+ of \d+/);
    const back = await press(second, 'Back');
    expect(back.callback.body.type).toBe(InteractionResponseType.UpdateMessage);
    expect(textOf(await back.answer())).toMatch(/-# 1–\d of \d+/);
  });

  it('that ask something else leave the message to the others and answer the presser', async () => {
    const message = await open('drones');
    const record = await press(message, 'Sources');
    const answer = await record.answer();
    expect(answer.id).not.toBe(message.id);
    expect(isEphemeral(answer)).toBe(true);
  });

  it('of an answer that only the asker sees leave it there, but for turning its page', async () => {
    const message = await open('mediation', { private: true });
    const other = await press(message, 'Sources');
    expect(other.callback.body.type).toBe(InteractionResponseType.ChannelMessageWithSource);
    expect(isEphemeral(await other.answer())).toBe(true);
    const page = await press(message, 'More');
    expect(page.callback.body.type).toBe(InteractionResponseType.UpdateMessage);
    const options = { private: true };
    const direct = discord.server.interact({ type: 'command', name: 'mediation', options, context: 'bot-dm' });
    const below = await press(await (await direct).answer(), 'Sources');
    expect(isEphemeral(await below.answer())).toBe(true);
  });

  it('that an older version made are answered, to the presser, and change nothing', async () => {
    const message = await open('drones');
    for (const old of ['/drone-wars?~from=5', 'v0:topic:drones', '%%%']) {
      const record = await discord.server.interact({ type: 'button', customId: old, message });
      expect(isEphemeral(await record.answer())).toBe(true);
      expect(textOf(await record.answer())).toContain('There is no such command or topic');
    }
  });

  it('ask privately by a form', async () => {
    const message = await open('drones');
    const form = await press(message, 'Ask privately');
    expect(form.callback.body.type).toBe(InteractionResponseType.Modal);
    const record = await discord.server.interact({
      type: 'modal',
      customId: 'ask-privately',
      fields: { question: 'who thanked Israel for weapons?' },
    });
    expect(isEphemeral(await record.answer())).toBe(true);
    expect(textOf(await record.answer())).toContain('Ilham Aliyev, President of Azerbaijan');
  });

  it('work after a restart: another process answers them', async () => {
    const message = await open('mediation');
    const id = customId(message, 'More');
    const other = await openTestBot(CONTENT);
    let shown = '';
    const button = (await discord.server.interact({ type: 'button', customId: id, message })).interaction;
    await handleInteraction(other, button, {
      respond: async (response) => {
        shown = textOf('data' in response ? response.data : {});
      },
      edit: async () => {},
    });
    expect(shown).toMatch(/–\d+ of \d+/);
  });
});

describe('slow answers', () => {
  it.each([
    ['a command', undefined, InteractionResponseType.DeferredChannelMessageWithSource],
    ['turning a page', 'More', InteractionResponseType.DeferredMessageUpdate],
  ])('acknowledges %s first and edits the answer in', async (_, label, type) => {
    const message = await (await discord.server.interact({ type: 'command', name: 'mediation' })).answer();
    const record = label
      ? await discord.server.interact({ type: 'button', customId: customId(message, label), message })
      : await discord.server.interact({ type: 'command', name: 'mediation' });
    const { promise, resolve } = Promise.withResolvers<void>();
    const slow: Bot = { ...bot, answer: (question) => promise.then(() => bot.answer(question)) };
    const steps: unknown[] = [];
    await handleInteraction(
      slow,
      record.interaction,
      {
        respond: async (response) => {
          steps.push(response.type);
          resolve();
        },
        edit: async (body) => void steps.push(textOf(body)),
      },
      { deferAfterMs: 0 },
    );
    expect(steps).toEqual([type, expect.stringContaining('Mediation')]);
  });
});

describe('pictures', () => {
  const illustrated = (whenReady: () => Promise<unknown>): Bot => ({
    ...bot,
    answer: async (question) => {
      await whenReady();
      return { ...(await bot.answer(question)), image: { png: new Uint8Array([1, 2, 3]), alt: 'A card.' } };
    },
  });
  const namesOf = ({ attachments }: APIMessage) => attachments.map(({ filename }) => filename);

  it.each([
    ['come with the answer', undefined],
    ['come with the edit that follows an acknowledgement', 0],
  ])('%s, and are replaced by a button’s', async (_, deferAfterMs) => {
    const acknowledged = () => other.server.waitFor(({ path }) => path.endsWith('/callback'));
    const whenReady = async () => (deferAfterMs === undefined ? undefined : acknowledged());
    const other: DiscordHarness = await openDiscord(illustrated(whenReady), { deferAfterMs });
    try {
      await other.server.waitFor('identify', { since: 0 });
      const options = { private: true };
      const message = await (await other.server.interact({ type: 'command', name: 'mediation', options })).answer();
      expect(namesOf(message)).toEqual(['briefing.png']);
      const next = await other.server.interact({ type: 'button', customId: customId(message, 'More'), message });
      expect(namesOf(await next.answer())).toEqual(['briefing.png']);
    } finally {
      await other.stop();
    }
  });
});

it('asks people who ask a great deal to wait, each on their own', async () => {
  const limited = createBot(await openContent(bot.library), strictLog, { gate: createGate(2) });
  const ask = (key: string) => limited.answer({ ...createQuestion('drones'), asker: askerOf({ key }) });
  expect((await ask('discord:1')).outcome).toBe('answered');
  expect((await ask('discord:1')).outcome).toBe('answered');
  const third = await ask('discord:1');
  expect(third).toMatchObject({ outcome: 'refused', title: 'One moment, please' });
  expect(third.lead).toMatch(/Ask again in \d+ seconds?\./);
  expect((await ask('discord:2')).outcome).toBe('answered');
});

it('answers a burst of 200 at once, all of them', async () => {
  const records = await Promise.all(
    Array.from({ length: 200 }, (_, index) =>
      discord.server.interact({ type: 'command', name: bot.library.topics[index % 5]?.slug ?? 'drones' }),
    ),
  );
  expect(records.filter(({ accepted }) => accepted)).toHaveLength(200);
});

describe('votes on an answer', () => {
  const feedback = createTestFeedback();
  let rated: DiscordHarness;
  beforeAll(async () => {
    rated = await openDiscord(await openTestBot(CONTENT, strictLog, { feedback }));
    await rated.server.waitFor('identify', { since: 0 });
  });
  afterAll(() => rated?.stop());
  const idOf = ({ components }: Pick<APIMessage, 'components'>, emoji: string) => {
    const rows = (components ?? []) as { components?: { emoji?: { name?: string }; custom_id?: string }[] }[];
    const buttons = rows.flatMap((row) => row.components ?? []);
    return buttons.find((one) => one.emoji?.name === emoji)?.custom_id ?? '';
  };
  const contentOf = (body: unknown) => (body as { data: { content?: string; flags?: number } }).data;

  it('are two small buttons; the one that helped is thanked for, to its presser alone', async () => {
    const message = await (await rated.server.interact({ type: 'command', name: 'drones' })).answer();
    const pressed = await rated.server.interact({ type: 'button', customId: idOf(message, '👍'), message });
    expect(contentOf(pressed.callback.body)).toMatchObject({
      content: expect.stringContaining('counted as helpful'),
      flags: MessageFlags.Ephemeral,
    });
    expect(feedback.ratings()).toMatchObject([{ vote: 'helpful', question: '/drones' }]);
  });

  it('not what was asked opens a form for a line, counts without it, and can be changed', async () => {
    const options = { question: 'who thanked Israel for weapons?' };
    const message = await (await rated.server.interact({ type: 'command', name: 'ask', options })).answer();
    const customId = idOf(message, '👎');
    const form = await rated.server.interact({ type: 'button', customId, message });
    expect(form.callback.body.type).toBe(InteractionResponseType.Modal);
    const last = () => feedback.ratings().at(-1);
    expect(last()).toMatchObject({ vote: 'unhelpful', question: options.question });
    expect(last()).not.toHaveProperty('wanted');
    const fields = { question: 'Whom did Israel thank?' };
    const sent = await rated.server.interact({ type: 'modal', customId, fields, message });
    expect(contentOf(sent.callback.body).content).toContain('not who wrote it');
    expect(last()).toMatchObject({ vote: 'unhelpful', wanted: 'Whom did Israel thank?' });
    await rated.server.interact({ type: 'button', customId: idOf(message, '👍'), message });
    expect(feedback.ratings()).toHaveLength(2);
    expect(last()).toMatchObject({ vote: 'helpful' });
  });

  it('stand below no list of the bot’s own, and nowhere if nobody is asked', async () => {
    const list = await (await rated.server.interact({ type: 'command', name: 'topics' })).answer();
    const without = await (await discord.server.interact({ type: 'command', name: 'drones' })).answer();
    for (const message of [list, without]) expect(JSON.stringify(message.components)).not.toContain('rate:');
    const old = await discord.server.interact({ type: 'button', customId: 'rate:helpful:x', message: without });
    expect(contentOf(old.callback.body).content).toContain('takes no votes');
  });
});

it.each(['guild', 'private-channel'] as const)(
  'passes a declined question in a %s on to the editors, and says so to whoever pressed alone',
  async (context) => {
    const editors = createTestEditors();
    const own = await openDiscord(await openTestBot(CONTENT, strictLog, { editors }));
    try {
      await own.server.waitFor('identify', { since: 0 });
      const options = { question: 'who won the football match?' };
      const message = await (await own.server.interact({ type: 'command', name: 'ask', options, context })).answer();
      const button = { type: 'button' as const, customId: customId(message, 'Ask the editors'), message, context };
      const told = await (await own.server.interact(button)).answer();
      expect(textOf(told)).toContain('Passed on to the editors');
      expect(isEphemeral(told)).toBe(true);
      expect(editors.passed).toEqual([options.question]);
    } finally {
      await own.stop();
    }
  },
);

it('a menu opens the topic that is chosen', async () => {
  const message = await (await discord.server.interact({ type: 'command', name: 'topics' })).answer();
  const chosen = await discord.server.interact({ type: 'menu', customId: 'menu:0', value: '/drones', message });
  expect(textOf(await chosen.answer())).toContain('IAI Harop');
});
