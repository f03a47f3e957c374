import type { HomeView, ModalView } from '@slack/types';
import { composeByline, type Topic } from '../../core/article.ts';
import type { Subscription } from '../../core/digests.ts';
import { composeVoteId, MAX_WANTED, WANTED_FORM } from '../../core/feedback.ts';
import type { Library } from '../../core/library.ts';
import { composeQuestionPath, createQuestion, MAX_QUESTION_LENGTH, type Question } from '../../core/question.ts';
import type { Reply } from '../../core/reply.ts';
import { capitalize } from '../../core/text.ts';
import { escapeSlack } from './escape.ts';
import { SLACK_LIMITS } from './limits.ts';
import {
  ASK_ACTION,
  BACK_ACTION,
  type Block,
  button,
  context,
  FORM_ACTION,
  plain,
  renderMenu,
  renderViewBlocks,
  section,
} from './render-reply.ts';
import type { SlashNames } from './slash-names.ts';
import { writeDate } from './write-text.ts';

export const ANSWER_VIEW = 'answer';
export const QUESTION_VIEW = 'question';
export const WANTED_VIEW = 'wanted';
/** The block and the action of the form's text. */
export const QUESTION_INPUT = 'question';

const TITLE = 'Briefing';

/**
 * An answer in a window of its own, for buttons on App Home, where there is no conversation to answer in. `walked` are the
 * paths of the answers that the window has shown, this one last: a button leads back to the one before.
 */
export function renderAnswerView(reply: Reply, walked: readonly string[] = []): ModalView {
  const before = walked.at(-2);
  const back: Block[] = before ? [{ type: 'actions', elements: [button('Previous answer', BACK_ACTION, before)] }] : [];
  return {
    ...(walked.length > 0 ? { private_metadata: JSON.stringify(walked) } : {}),
    type: 'modal',
    callback_id: ANSWER_VIEW,
    title: plain(TITLE),
    close: plain('Close'),
    blocks: [...renderViewBlocks(reply), ...back],
  };
}

/** What stands there until the answer comes. */
export function renderWaitingView(): ModalView {
  return {
    type: 'modal',
    callback_id: ANSWER_VIEW,
    title: plain(TITLE),
    close: plain('Close'),
    blocks: [section('Looking in the article…')],
  };
}

/** The form for a line on what somebody had wanted to know who was not helped. */
export function renderWantedView(question: string): ModalView {
  const { title, label, hint } = WANTED_FORM;
  return {
    type: 'modal',
    callback_id: WANTED_VIEW,
    title: plain(title),
    submit: plain('Send'),
    close: plain('Skip'),
    private_metadata: composeVoteId('unhelpful', question),
    blocks: [
      context(hint),
      {
        type: 'input',
        block_id: QUESTION_INPUT,
        label: plain(label),
        element: {
          type: 'plain_text_input',
          action_id: QUESTION_INPUT,
          max_length: MAX_WANTED,
          focus_on_load: true,
        },
      },
    ],
  };
}

/** The form for a question; `channel` is where the answer goes, to the asker alone. */
export function renderQuestionView(channel: string): ModalView {
  return {
    type: 'modal',
    callback_id: QUESTION_VIEW,
    title: plain('Ask the article'),
    submit: plain('Ask'),
    close: plain('Cancel'),
    private_metadata: channel,
    blocks: [
      {
        type: 'input',
        block_id: QUESTION_INPUT,
        label: plain('Your question'),
        element: {
          type: 'plain_text_input',
          action_id: QUESTION_INPUT,
          max_length: MAX_QUESTION_LENGTH,
          focus_on_load: true,
        },
      },
    ],
  };
}

/** Blocks of the home tab that are not buttons to topics or digests. */
const HOME_RESERVE = 12;

/** The home tab: what the bot covers, its topics, and the digests that this person set up. */
export function renderHome(library: Library, digests: readonly Subscription[], names: SlashNames): HomeView {
  const topics = renderTopics(library.topics);
  const room = SLACK_LIMITS.viewBlocks - HOME_RESERVE - topics.length;
  return {
    type: 'home',
    blocks: [
      { type: 'header', text: plain('What this bot covers') },
      context(library.articles.map((article) => escapeSlack(composeByline(article))).join('\n')),
      section(
        'Write to me in your own words, mention me in a channel, or use a command such as `/brief topics`. Every line of an answer names its paragraph and who says it. Notes that are not from the article are set apart.',
      ),
      {
        type: 'actions',
        elements: [
          button('Ask a question', FORM_ACTION, 'ask', true),
          ...['topics', 'timeline', 'figures', 'sources', 'help'].map((name, index) =>
            button(capitalize(name), `${ASK_ACTION}:command:${index}`, composeQuestionPath(createQuestion(name))),
          ),
        ],
      },
      { type: 'divider' },
      { type: 'header', text: plain('Topics') },
      ...topics,
      { type: 'divider' },
      { type: 'header', text: plain('Your digests') },
      ...(digests.length > 0
        ? digests.slice(0, Math.max(0, Math.floor(room / 2))).flatMap(digestBlocks)
        : [
            section(
              `You have none yet. Type \`${names.write(createQuestion('digest', { action: 'subscribe', time: '08:00' }))}\` in a channel, or to me in a direct message.`,
            ),
          ]),
    ],
  };
}

/** As many topics as stand side by side as buttons; more are menus. */
const MAX_TOPIC_BUTTONS = 5;

function renderTopics(topics: readonly Topic[]): Block[] {
  if (topics.length === 0) return [];
  const actions = topics.map(({ title, slug }) => ({ label: title, question: createQuestion(slug) }));
  if (topics.length > MAX_TOPIC_BUTTONS)
    return chunk(actions, SLACK_LIMITS.menuOptions).flatMap((some) =>
      renderMenu({ placeholder: 'Choose a topic', actions: some }),
    );
  const elements = actions.map(({ label, question }, index) =>
    button(label, `${ASK_ACTION}:topic:${index}`, composeQuestionPath(question)),
  );
  return [{ type: 'actions', elements }];
}

function digestBlocks(digest: Subscription, index: number): Block[] {
  const { id, time, zone, days, state, reason, nextDue, direct, channel } = digest;
  const where = direct ? 'here, in direct messages' : `<#${channel}>`;
  const next = nextDue === undefined ? '' : `Next: ${writeDate({ moment: nextDue, zone })}.`;
  const paused = state === 'paused' ? `Paused${reason ? `: ${reason}` : '.'}` : '';
  const [label, action] = state === 'active' ? (['Pause', 'pause'] as const) : (['Resume', 'resume'] as const);
  const path = (name: 'pause' | 'resume' | 'unsubscribe'): Question =>
    createQuestion('digest', { action: name, digest: id });
  return [
    section(
      `*${escapeSlack(`${time} ${zone}, ${days}`)}* · ${where}\n${[next, escapeSlack(paused)].filter(Boolean).join(' ')}`,
    ),
    {
      type: 'actions',
      elements: [
        button(label, `${ASK_ACTION}:digest:${index}:0`, composeQuestionPath(path(action))),
        button('Unsubscribe', `${ASK_ACTION}:digest:${index}:1`, composeQuestionPath(path('unsubscribe'))),
      ],
    },
  ];
}

function chunk<T>(list: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, index) =>
    list.slice(index * size, (index + 1) * size),
  );
}
