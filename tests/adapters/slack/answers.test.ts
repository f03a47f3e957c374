import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSlashNames } from '../../../src/adapters/slack/slash-names.ts';
import { type Bot, createBot } from '../../../src/core/bot.ts';
import { createQuestion } from '../../../src/core/question.ts';
import { writeText } from '../../../src/core/text.ts';
import { CONTENT, openContent, openTestBot, strictLog } from '../../support/content.ts';
import { createTestEditors } from '../../support/editors.ts';
import { createTestFeedback } from '../../support/feedback.ts';
import { labelsOf } from '../../support/local-slack.ts';
import { openSlack, type SlackHarness } from '../../support/slack-harness.ts';

let bot: Bot;
beforeAll(async () => {
  bot = await openTestBot(CONTENT);
});

type Body = Record<string, unknown>;
const headingOf = (body: Body) => (body.blocks as { text?: { text: string } }[])[0]?.text?.text;
/** The title that the plain text has, with or without a heading. */
const titleOf = (body: Body) => String(body.text ?? '').split(' (')[0];
const textOf = (body: Body) => JSON.stringify(body.blocks);

describe.each(['socket', 'http'] as const)('over %s', (transport) => {
  let slack: SlackHarness;
  let server: SlackHarness['server'];
  beforeAll(async () => {
    slack = await openSlack(bot, { transport });
    server = slack.server;
  });
  afterAll(() => slack?.stop());

  it('answers a slash command with its acknowledgement, to the asker alone', async () => {
    const { ack, responses } = await server.command('/drones');
    expect(ack).toMatchObject({ response_type: 'ephemeral' });
    expect(titleOf(ack as Body)).toBe('Drones');
    expect(String(ack?.text)).toContain('Azerbaijan-Israel');
    expect(responses).toEqual([]);
    expect(labelsOf(ack as Body)).toContain('Share to channel');
  });

  it.each([
    ['/brief', 'drones', 'Drones'],
    ['/brief', '/energy', 'Energy'],
    ['/brief', 'timeline', 'Timeline'],
    ['/brief', 'ask who sells weapons to Azerbaijan?', 'What the article says'],
    ['/brief', '', 'What you can ask'],
    ['/brief', 'no such thing at all', 'There is no such topic'],
    ['/ask', 'who sells weapons to Azerbaijan?', 'What the article says'],
    ['/nonsense', '', 'There is no such command or topic'],
  ])('%s %s answers %s', async (command, text, title) => {
    expect(titleOf(await (await server.command(command, text)).reply())).toBe(title);
  });

  it('shares an answer through the asker, with their name, and takes the private one away', async () => {
    const { ack } = await server.command('/drones');
    const { responses } = await server.press(ack as Body, 'Share to channel', { ephemeral: true });
    await server.until('both responses', () => responses[1]);
    expect(responses[0]).toMatchObject({ response_type: 'in_channel', replace_original: false });
    expect(textOf(responses[0] as Body)).toContain('Shared by ada');
    expect(labelsOf(responses[0] as Body)).not.toContain('Share to channel');
    expect(responses[1]).toEqual({ delete_original: true });

    // Turning its page does not hide who shared it.
    const { ack: long } = await server.command('/mediation');
    const shared = await server.press(long as Body, 'Share to channel', { ephemeral: true });
    await server.until('both responses', () => shared.responses[1]);
    const more = await (await server.press(shared.responses[0] as Body, 'More')).reply();
    expect(more).toMatchObject({ replace_original: true, response_type: 'in_channel' });
    expect(textOf(more)).toContain('Shared by ada');
  });

  it('turns the page in place for all, and answers other buttons to the presser alone in a channel', async () => {
    const shown = await (await server.message({ text: 'mediation', channel: server.state.channel.id })).reply();
    const thread = String(shown.thread_ts);
    const more = await (await server.press(shown, 'More', { thread })).reply();
    expect(more).toMatchObject({ replace_original: true, response_type: 'in_channel' });
    const sources = await (await server.press(shown, 'Sources', { thread })).reply();
    expect(sources).toMatchObject({ response_type: 'ephemeral', replace_original: false, thread_ts: thread });
  });

  it('answers a mention in its thread, and one within a thread there', async () => {
    const channel = server.state.channel.id;
    const first = await (await server.message({ text: 'energy', channel })).reply();
    expect(first).toMatchObject({ channel, thread_ts: expect.stringMatching(/^\d+\.\d+$/) });
    const inThread = await (await server.message({ text: 'energy', channel, thread: '1700000000.000100' })).reply();
    expect(inThread).toMatchObject({ thread_ts: '1700000000.000100' });
    expect(titleOf(inThread)).toBe('Energy');
  });

  it('takes links, channels and entities in a message as what was typed', async () => {
    const text = 'who &amp; <#C1|general> <https://example.org|example.org> &lt;b&gt; <@U99>';
    const reply = await (await server.message({ text })).reply();
    expect(reply.text).toContain('who &amp; general example.org &lt;b&gt;');
  });

  it('stays silent for edits, bots, joins and itself', async () => {
    const before = server.state.posted.length;
    await server.message({ text: 'drones', extra: { subtype: 'message_changed' } });
    await server.message({ text: 'drones', extra: { subtype: 'channel_join' } });
    await server.message({ text: 'drones', extra: { bot_id: 'B1', subtype: 'bot_message' } });
    await server.message({ text: 'drones', extra: { user: server.state.botUserId } });
    await (await server.message({ text: 'energy' })).reply();
    expect(server.state.posted).toHaveLength(before + 1);
  });

  it('answers an event that Slack sends again once', async () => {
    const before = server.state.posted.length;
    const { people } = server.state;
    const event = {
      type: 'message',
      channel_type: 'im',
      channel: server.state.dm(people.ada).id,
      user: people.ada.id,
      text: 'drones',
      ts: '1.1',
    };
    await server.event(event, { eventId: 'EvAGAIN' });
    await server.event(event, { eventId: 'EvAGAIN', retry: 1 });
    await server.event({ ...event, text: 'energy' });
    await server.posted(before + 2);
    expect(server.state.posted.slice(before).map(({ body }) => titleOf(body))).toEqual(['Drones', 'Energy']);
  });

  it('suggests questions if somebody opens the Messages tab, and answers there', async () => {
    await server.homeOpened('messages');
    const { body } = await server.called('assistant.threads.setSuggestedPrompts');
    expect(server.state.prompts.get(server.state.dm(server.state.people.ada).id)).toEqual(body.prompts);
    for (const { message } of body.prompts as { message: string }[])
      expect((await bot.answer(bot.parse(message))).outcome).toBe('answered');
    server.state.calls.length = 0;
  });

  it('answers each direct message in a thread of its own, with status and title', async () => {
    server.state.calls.length = 0;
    const ts = '1700000000.000200';
    const reply = await (await server.message({ text: 'drones', extra: { ts } })).reply();
    expect(reply).toMatchObject({ thread_ts: ts });
    expect((await server.called('assistant.threads.setTitle')).body).toMatchObject({ thread_ts: ts, title: 'drones' });
    expect((await server.called('assistant.threads.setStatus')).body).toMatchObject({ thread_ts: ts });
    const next = await (await server.message({ text: 'energy', thread: ts })).reply();
    expect(next).toMatchObject({ thread_ts: ts });
    expect(server.calls('assistant.threads.setTitle')).toHaveLength(1);
  });

  it('a command to the bot alone is answered so that it lasts, one in a channel to its asker', async () => {
    const { state } = server;
    const own = state.dm(state.people.creator).id;
    const { ack } = await server.command('/drones', '', { channel: own });
    expect(ack).toMatchObject({ response_type: 'in_channel' });
    expect(labelsOf(ack as Body)).not.toContain('Share to channel');
    await (await server.shortcut('drones', { channel: own })).reply();
    expect(server.restartClient(own).map(titleOf)).toEqual(['Drones', 'What the article says']);

    const others = state.addChannel({ is_im: true, is_member: false }).id;
    for (const channel of [state.channel.id, others]) {
      const { ack: hidden } = await server.command('/drones', '', { channel });
      expect(hidden).toMatchObject({ response_type: 'ephemeral' });
      expect(server.restartClient(channel)).not.toContain(hidden);
    }
  });

  it('shows every topic on the home tab, and answers there in a window', async () => {
    await server.homeOpened();
    await server.called('views.publish');
    const home = server.state.homes.get(server.state.people.ada.id) as Body;
    for (const { title } of bot.library.topics) expect(labelsOf(home)).toContain(title);

    const opened = server.state.views.length;
    await server.press(home, 'Drones', { view: 'home' });
    const window = await server.until('a window', () => server.state.views[opened]);
    expect(headingOf(window)).toBe('Drones');
    await server.press(window, 'Sources', { view: 'modal' });
    expect(headingOf(await server.until('the next answer', () => server.state.views[opened + 1]))).toBe(
      'Sources and labels',
    );
  });

  it('takes a question in a form', async () => {
    await server.homeOpened();
    await server.called('views.publish');
    const opened = server.state.views.length;
    await server.press(server.state.homes.get(server.state.people.ada.id) as Body, 'Ask a question', { view: 'home' });
    const form = await server.until('the form', () => server.state.views[opened]);
    const { ack } = await server.submit(form, 'who sells weapons to Azerbaijan?');
    expect(ack).toMatchObject({ response_action: 'update' });
    expect(textOf(ack?.view as Body)).toContain('who sells weapons');
  });

  it('asks the article about a message, in the message’s menu', async () => {
    const reply = await (await server.shortcut('Who sells weapons to Azerbaijan? '.repeat(60))).reply();
    expect(reply).toMatchObject({ response_type: 'ephemeral' });
    expect(textOf(reply)).toContain('You asked');
    expect(titleOf(await (await server.shortcut(' ')).reply())).toBe('That message has no text');
  });

  it('answers a button in somebody else’s conversation to the presser alone, in one with the bot for both', async () => {
    const { ack } = await server.command('/drones');
    const others = server.state.addChannel({ is_im: true, is_member: false }).id;
    expect(await (await server.press(ack as Body, 'Sources', { channel: others })).reply()).toMatchObject({
      response_type: 'ephemeral',
    });
    const own = server.state.dm(server.state.people.ada).id;
    expect(await (await server.press(ack as Body, 'Sources', { channel: own })).reply()).toMatchObject({
      response_type: 'in_channel',
    });
  });
});

describe.each([
  ['assistant', '1700000000.000200', '1700000000.000200'],
  ['off', undefined, undefined],
] as const)('where people talk with the app in the way %s', (view, thread, expected) => {
  it('it answers where the message stands', async () => {
    const { server, stop } = await openSlack(bot, { transport: 'http', settings: { view }, server: { agent: false } });
    try {
      const reply = await (await server.message({ text: 'drones', ...(thread ? { thread } : {}) })).reply();
      expect(reply.thread_ts).toBe(expected);
      expect(server.calls('assistant.threads.setStatus')).toHaveLength(view === 'off' ? 0 : 1);
    } finally {
      await stop();
    }
  });
});

it('greets in the assistant panel with questions that the article answers', async () => {
  const settings = { view: 'assistant' as const };
  const { server, stop } = await openSlack(bot, { transport: 'socket', settings, server: { agent: false } });
  try {
    await server.assistantThread();
    await server.called('assistant.threads.setSuggestedPrompts');
    const prompts = server.state.prompts.get(server.state.dm(server.state.people.ada).id);
    const listed = prompts as { title: string; message: string }[];
    expect(listed.length).toBeLessThanOrEqual(4);
    for (const { message } of listed) expect((await bot.answer(bot.parse(message))).outcome).toBe('answered');
  } finally {
    await stop();
  }
});

it('shares no refusal, and takes no answer away for it', async () => {
  let refuses = false;
  const busy = createBot(await openContent(bot.library), strictLog, { gate: async () => (refuses ? 9 : 0) });
  const { server, stop } = await openSlack(busy, { transport: 'http' });
  try {
    const { ack } = await server.command('/drones');
    refuses = true;
    const shared = await server.press(ack as Body, 'Share to channel', { ephemeral: true });
    expect(await shared.reply()).toMatchObject({ response_type: 'ephemeral', replace_original: false });
    refuses = false;
    // Whatever else was on its way would have come before this.
    await (await server.command('/energy')).reply();
    expect(shared.responses).toHaveLength(1);
  } finally {
    await stop();
  }
});

it('acknowledges first if an answer takes long, and answers then', async () => {
  const gate = Promise.withResolvers<void>();
  const slow: Bot = {
    ...bot,
    commands: bot.commands,
    library: bot.library,
    parse: bot.parse,
    answer: (question) => gate.promise.then(() => bot.answer(question)),
  };
  const { server, stop } = await openSlack(slow, { transport: 'http', settings: { acknowledgeAfterMs: 0 } });
  try {
    const delivery = await server.command('/drones');
    expect(delivery).toMatchObject({ status: 200, ack: undefined });
    gate.resolve();
    expect(await delivery.reply()).toMatchObject({ response_type: 'ephemeral' });
  } finally {
    await stop();
  }
});

it('acknowledges a form first if its answer takes long, and shows it then', async () => {
  const gate = Promise.withResolvers<void>();
  const slow: Bot = { ...bot, answer: (question) => gate.promise.then(() => bot.answer(question)) };
  const { server, stop } = await openSlack(slow, { transport: 'socket', settings: { acknowledgeAfterMs: 0 } });
  try {
    const form = { type: 'modal', callback_id: 'question', id: 'V1', blocks: [], private_metadata: '{}' };
    const { ack } = await server.submit(form, 'who sells weapons to Azerbaijan?');
    expect(textOf(ack?.view as Body)).toContain('Looking in the article');
    gate.resolve();
    const view = await server.until('the answer', () => server.state.views[0]);
    expect(view.id).toBe('V1');
    expect(textOf(view)).toContain('who sells weapons');
  } finally {
    await stop();
  }
});

it('names its commands as they are typed there, and leaves what people asked as it is', async () => {
  const { server, stop } = await openSlack(bot, { transport: 'http', settings: { prefix: 'news-' } });
  try {
    const help = textOf((await server.command('/brief')).ack as Body);
    expect(help).toContain('/news-ask');
    expect(help).toContain('/brief topic:');
    expect(textOf((await server.command('/news-topics')).ack as Body)).toContain('/news-drones');
    const { ack } = await server.command('/news-ask', 'who /drones sells weapons to Azerbaijan?');
    expect(textOf(ack as Body)).toContain('who /drones sells');
    await server.homeOpened();
    await server.called('views.publish');
    expect(JSON.stringify([...server.state.homes.values()])).toContain('/news-digest subscribe time:08:00');
  } finally {
    await stop();
  }
});

it('names a command that Slack keeps for itself by the way that leads to it', async () => {
  const names = createSlashNames(() => bot.commands, '');
  const written = ['drones', 'help', 'brief'].map((name) => names.write(createQuestion(name)));
  expect(written).toEqual(['/drones', '/brief help', '/brief']);
  expect(names.write(createQuestion('digest', { action: 'subscribe', time: '08:00' }))).toBe(
    '/digest subscribe time:08:00',
  );
  const reply = await bot.answer(bot.parse('/nonsense-zzz'));
  expect(writeText(reply.lead ?? '')).toContain('Type /help to see');
  expect(names.applyTo(reply).lead).toContain('Type /brief help to see');
});

it('takes a prefix before its commands, and /brief without it', async () => {
  const { server, stop } = await openSlack(bot, { transport: 'http', settings: { prefix: 'news-' } });
  try {
    expect(titleOf(await (await server.command('/news-drones')).reply())).toBe('Drones');
    expect(titleOf(await (await server.command('/brief', 'drones')).reply())).toBe('Drones');
  } finally {
    await stop();
  }
});

describe('over HTTP, a request', () => {
  let slack: SlackHarness;
  beforeAll(async () => {
    slack = await openSlack(bot, { transport: 'http' });
  });
  afterAll(() => slack?.stop());

  const body = new URLSearchParams({
    command: '/drones',
    text: '',
    team_id: 'T1',
    user_id: 'U1',
    channel_id: 'C1',
  }).toString();
  const send = (headers: Record<string, string>, text = body) =>
    fetch(`${slack.url}/slack/events`, {
      method: 'POST',
      body: text,
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    });

  it('that is signed well is answered, and refused when it comes again', async () => {
    const headers = slack.server.sign(body);
    expect((await send(headers)).status).toBe(200);
    expect((await send(headers)).status).toBe(409);
  });

  it('with a bad, missing or borrowed signature, or an old or future time, is refused', async () => {
    const now = Math.floor(Date.now() / 1000);
    const { 'x-slack-request-timestamp': time = '' } = slack.server.sign(body);
    expect((await send({ 'x-slack-request-timestamp': time, 'x-slack-signature': 'v0=00' })).status).toBe(401);
    expect((await send({})).status).toBe(401);
    expect((await send(slack.server.sign(body), `${body}&more=1`)).status).toBe(401);
    expect((await send(slack.server.sign(body, now - 400))).status).toBe(401);
    expect((await send(slack.server.sign(body, now + 400))).status).toBe(401);
  });

  it('that checks the address is answered with its challenge', async () => {
    const text = JSON.stringify({ type: 'url_verification', challenge: 'abc' });
    const response = await fetch(`${slack.url}/slack/events`, {
      method: 'POST',
      body: text,
      headers: { 'content-type': 'application/json', ...slack.server.sign(text) },
    });
    expect(await response.json()).toEqual({ challenge: 'abc' });
  });

  it.each([
    ['application/json', '{"type":'],
    ['application/json', 'null'],
    ['application/x-www-form-urlencoded', 'payload=%7B'],
  ])('that is signed but is no %s (%s) is refused', async (type, text) => {
    expect((await send({ ...slack.server.sign(text), 'content-type': type }, text)).status).toBe(400);
  });
});

it('a button of an older version gets a way on', async () => {
  const { server, stop } = await openSlack(bot, { transport: 'http' });
  try {
    const old = {
      blocks: [
        {
          type: 'actions',
          elements: [{ type: 'button', text: { text: 'Old' }, action_id: 'ask:0', value: 'something-old' }],
        },
      ],
    };
    expect(titleOf(await (await server.press(old, 'Old', { ephemeral: true })).reply())).toBe(
      'There is no such command or topic',
    );
  } finally {
    await stop();
  }
});

it('asks Slack for a person’s language once, and who may manage a channel only if a command needs it', async () => {
  const { server, stop } = await openSlack(bot, { transport: 'http' });
  try {
    await server.command('/drones');
    await server.command('/energy');
    expect(server.calls('users.info')).toHaveLength(1);
    expect(server.calls('conversations.info')).toHaveLength(0);
    expect(createQuestion('drones').asker).toBeUndefined();
  } finally {
    await stop();
  }
});

it('passes a declined question on to the editors, and says so to whoever pressed alone, who can’t share that', async () => {
  const editors = createTestEditors();
  const { server, stop } = await openSlack(await openTestBot(CONTENT, strictLog, { editors }), { transport: 'http' });
  try {
    const channel = server.state.channel.id;
    const asked = await server.message({ text: 'who won the football match?', channel });
    const declined = await asked.reply();
    const { responses } = await server.press(declined, 'Ask the editors', { channel });
    const told = await server.until('the answer', () => responses[0]);
    expect(told).toMatchObject({ response_type: 'ephemeral', replace_original: false });
    expect(titleOf(told as Body)).toBe('Passed on to the editors');
    expect(labelsOf(told as Body)).not.toContain('Share to channel');
    expect(editors.passed).toEqual(['who won the football match?']);
  } finally {
    await stop();
  }
});

describe('votes on an answer', () => {
  const feedback = createTestFeedback();
  let slack: SlackHarness;
  beforeAll(async () => {
    slack = await openSlack(await openTestBot(CONTENT, undefined, { feedback }), { transport: 'http' });
  });
  afterAll(() => slack?.stop());

  it('are Slack’s own feedback buttons; the one that helped is thanked for, to its presser alone', async () => {
    const { ack } = await slack.server.command('/drones');
    const pressed = await slack.server.press(ack as Body, 'Helpful', { ephemeral: true });
    expect(await pressed.reply()).toMatchObject({
      response_type: 'ephemeral',
      replace_original: false,
      text: expect.stringContaining('counted as helpful'),
    });
    expect(feedback.ratings()).toMatchObject([
      { vote: 'helpful', question: '/drones', person: expect.stringMatching(/^slack:U/) },
    ]);
  });

  it('not what was asked opens a form for a line, counts without it, and keeps the line', async () => {
    const { ack } = await slack.server.command('/ask', 'who thanked Israel for weapons?');
    const opened = slack.server.state.views.length;
    await slack.server.press(ack as Body, 'Not what I asked', { ephemeral: true });
    const form = await slack.server.until('the form', () => slack.server.state.views[opened]);
    const last = () => feedback.ratings().at(-1);
    expect(last()).toMatchObject({ vote: 'unhelpful', question: 'who thanked Israel for weapons?' });
    await slack.server.submit(form, 'Whom did Israel thank?');
    await slack.server.until('the line', () => last()?.wanted);
    expect(last()).toMatchObject({ vote: 'unhelpful', wanted: 'Whom did Israel thank?' });
  });
});

it('a window leads back to the answer before, and a menu of topics stands on the home tab', async () => {
  const { server, stop } = await openSlack(bot, { transport: 'http' });
  try {
    await server.homeOpened();
    await server.called('views.publish');
    const opened = server.state.views.length;
    const view = async (index: number) => server.until('a window', () => server.state.views[opened + index]);
    await server.press(server.state.homes.get(server.state.people.ada.id) as Body, 'Drones', { view: 'home' });
    const first = await view(0);
    expect(labelsOf(first)).not.toContain('Previous answer');
    await server.press(first, 'Sources', { view: 'modal' });
    const second = await view(1);
    expect(headingOf(second)).toBe('Sources and labels');
    await server.press(second, 'Previous answer', { view: 'modal' });
    const third = await view(2);
    expect(headingOf(third)).toBe('Drones');
    expect(labelsOf(third)).not.toContain('Previous answer');
  } finally {
    await stop();
  }
});
