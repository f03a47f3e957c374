import { type App, Assistant, type types } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { LRUCache } from 'lru-cache';
import type { Bot } from '../../core/bot.ts';
import type { Library } from '../../core/library.ts';
import type { Question } from '../../core/question.ts';
import type { Words } from '../../i18n/words.ts';
import { decodeSlack } from './escape.ts';
import { answerFor, type Handling, wordsFor } from './handling.ts';
import { SLACK_LIMITS } from './limits.ts';
import { outwait } from './outwait.ts';
import { renderSlack } from './render-reply.ts';

/** Threads remembered as having their title, so that it stays that of the first question. */
const REMEMBERED_THREADS = 10_000;

interface Written {
  readonly user: string;
  readonly team: string;
  readonly channel: string;
  readonly thread: string | undefined;
  /** The message itself. */
  readonly ts: string;
  readonly text: string;
}

/** Direct messages, mentions, and threads with Slack's agent or assistant: plain words, answered as /ask, in the thread where they stand. */
export function handleMessages(app: App, handling: Handling): void {
  const answer = async (client: WebClient, written: Written): Promise<void> => {
    const { channel, thread } = written;
    const reply = await answerFor(handling, client, written, parseMessage(handling.bot, written.text));
    const message = { channel, ...(thread ? { thread_ts: thread } : {}), ...renderSlack(reply, { below: true }) };
    await outwait(() => client.chat.postMessage(message));
  };

  const titled = new LRUCache<string, true>({ max: REMEMBERED_THREADS });
  /** Answers in a thread with Slack's agent or assistant, which shows a status and has a title: its first question. */
  const answerInThread = async (client: WebClient, written: Written, thread_ts: string): Promise<void> => {
    const { assistant } = client;
    const place = { channel_id: written.channel, thread_ts };
    // Slack clears the status with the next message, so it must not arrive after the answer.
    const words = await wordsFor(handling, client, written.user);
    await assistant.threads.setStatus({ ...place, status: words('ask.looking.status') }).catch(() => undefined);
    const thread = `${written.channel} ${thread_ts}`;
    const isFirst = !titled.has(thread);
    titled.set(thread, true);
    const title = written.text.slice(0, SLACK_LIMITS.threadTitle) || words('ask.a-question');
    await Promise.all([
      answer(client, { ...written, thread: thread_ts }),
      isFirst && assistant.threads.setTitle({ ...place, title }).catch(() => undefined),
    ]);
  };

  if (handling.view === 'assistant') {
    app.assistant(
      new Assistant({
        // The bot asks nothing of where the panel was opened, and Bolt's own store would read the thread for it every time.
        threadContextStore: { get: async () => ({}), save: async () => undefined },
        threadStarted: async ({ event, client, say, setSuggestedPrompts }) => {
          const { bot, names } = handling;
          const words = await wordsFor(handling, client, event.assistant_thread.user_id);
          await say(renderSlack(names.applyTo(await bot.answer({ ...bot.parse('/help'), locale: words.locale }))));
          await setSuggestedPrompts({ title: words('ask.prompts'), prompts: composePrompts(bot.library, words) });
        },
        userMessage: async ({ message, client, context }) => {
          const written = readMessage(message as types.GenericMessageEvent, context.teamId ?? '');
          if (!written) return;
          handling.conversations.remember(written.channel);
          if (written.thread) await answerInThread(client, written, written.thread);
        },
      }),
    );
  }

  app.message(async ({ message, client, context }) => {
    const written = readMessage(message as types.GenericMessageEvent, context.teamId ?? '');
    if (!written) return;
    handling.conversations.remember(written.channel);
    // Each message at the top begins a thread, https://docs.slack.dev/ai/migrating-to-agent-messaging
    if (handling.view === 'agent') await answerInThread(client, written, written.thread ?? written.ts);
    else await answer(client, written);
  });

  app.event('app_mention', async ({ event, client, context }) => {
    if (event.bot_id || !event.user || event.edited) return;
    const { user, channel, ts, thread_ts: thread = ts, text } = event;
    await answer(client, { user, team: context.teamId ?? '', channel, thread, ts, text: decodeSlack(text).trim() });
  });
}

/** A person's own words in a direct conversation; undefined for edits, joins, bots and all else that Slack calls a message. */
function readMessage(message: types.GenericMessageEvent, team: string): Written | undefined {
  const { channel_type, subtype, bot_id, user, channel, text = '', thread_ts: thread, ts } = message;
  const written =
    subtype === undefined || (subtype as string) === 'file_share' || (subtype as string) === 'thread_broadcast';
  if (channel_type !== 'im' || !written || bot_id || !user) return undefined;
  return { user, team, channel, thread, ts, text: decodeSlack(text).trim() };
}

function parseMessage(bot: Bot, text: string): Question {
  return text ? bot.parse(text) : bot.parse('/help');
}

interface Prompt {
  readonly title: string;
  readonly message: string;
}

/** Questions that the content says it answers, one for each of the first topics. */
export function composePrompts({ topics }: Library, words: Words): [Prompt, ...Prompt[]] {
  const asked = topics.flatMap(({ title, claims }) => {
    const question = claims.flatMap(({ asks }) => asks)[0];
    return question ? [{ title, message: question }] : [];
  });
  const [first = { title: words('topics.title'), message: '/topics' }, ...others] = asked.slice(
    0,
    SLACK_LIMITS.suggestedPrompts,
  );
  return [first, ...others];
}
