import type { HomeView, ModalView } from '@slack/types';
import { composeByline, type Topic } from '../../core/article.ts';
import type { Subscription } from '../../core/digests.ts';
import { composeVoteId, composeWantedForm, MAX_WANTED } from '../../core/feedback.ts';
import type { Library } from '../../core/library.ts';
import { composeQuestionPath, createQuestion, MAX_QUESTION_LENGTH, type Question } from '../../core/question.ts';
import type { Reply } from '../../core/reply.ts';
import { type Words, wordsOf } from '../../i18n/words.ts';
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

/**
 * An answer in a window of its own, for buttons on App Home, where there is no conversation to answer in. `walked` are the
 * paths of the answers that the window has shown, this one last: a button leads back to the one before.
 */
export function renderAnswerView(reply: Reply, walked: readonly string[] = []): ModalView {
  const words = wordsOf(reply.question);
  const before = walked.at(-2);
  const back: Block[] = before
    ? [{ type: 'actions', elements: [button(words('home.previous'), BACK_ACTION, before)] }]
    : [];
  return {
    ...(walked.length > 0 ? { private_metadata: JSON.stringify(walked) } : {}),
    type: 'modal',
    callback_id: ANSWER_VIEW,
    title: plain(words('home.name')),
    close: plain(words('form.close')),
    blocks: [...renderViewBlocks(reply), ...back],
  };
}

/** What stands there until the answer comes. */
export function renderWaitingView(words: Words): ModalView {
  return {
    type: 'modal',
    callback_id: ANSWER_VIEW,
    title: plain(words('home.name')),
    close: plain(words('form.close')),
    blocks: [section(words('ask.looking'))],
  };
}

/** The form for a line on what somebody had wanted to know who was not helped. */
export function renderWantedView(question: string, words: Words): ModalView {
  const { title, label, hint } = composeWantedForm(words);
  return {
    type: 'modal',
    callback_id: WANTED_VIEW,
    title: plain(title),
    submit: plain(words('form.send')),
    close: plain(words('form.skip')),
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
export function renderQuestionView(channel: string, words: Words): ModalView {
  return {
    type: 'modal',
    callback_id: QUESTION_VIEW,
    title: plain(words('ask.form')),
    submit: plain(words('ask.form.submit')),
    close: plain(words('form.cancel')),
    private_metadata: channel,
    blocks: [
      {
        type: 'input',
        block_id: QUESTION_INPUT,
        label: plain(words('ask.form.question')),
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

/** Commands with a button on the home tab. */
const COMMANDS = [
  ['topics', 'topics.title'],
  ['timeline', 'timeline.title'],
  ['figures', 'figures.title'],
  ['sources', 'action.sources'],
  ['help', 'action.help'],
] as const;

/** Blocks of the home tab that are not buttons to topics or digests. */
const HOME_RESERVE = 12;

/** The home tab: what the bot covers, its topics, and the digests that this person set up. */
export function renderHome(
  library: Library,
  digests: readonly Subscription[],
  names: SlashNames,
  words: Words,
): HomeView {
  const topics = renderTopics(library.topics, words);
  const room = SLACK_LIMITS.viewBlocks - HOME_RESERVE - topics.length;
  return {
    type: 'home',
    blocks: [
      { type: 'header', text: plain(words('home.title')) },
      context(library.articles.map((article) => escapeSlack(composeByline(article, words))).join('\n')),
      section(words('home.lead')),
      {
        type: 'actions',
        elements: [
          button(words('action.ask-question'), FORM_ACTION, 'ask', true),
          ...COMMANDS.map(([name, label], index) =>
            button(words(label), `${ASK_ACTION}:command:${index}`, composeQuestionPath(createQuestion(name))),
          ),
        ],
      },
      { type: 'divider' },
      { type: 'header', text: plain(words('topics.title')) },
      ...topics,
      { type: 'divider' },
      { type: 'header', text: plain(words('home.digests')) },
      ...(digests.length > 0
        ? digests.slice(0, Math.max(0, Math.floor(room / 2))).flatMap((one, index) => digestBlocks(one, index, words))
        : [
            section(
              words('home.no-digests', {
                command: `\`${names.write(createQuestion('digest', { action: 'subscribe', time: '08:00' }))}\``,
              }),
            ),
          ]),
    ],
  };
}

/** As many topics as stand side by side as buttons; more are menus. */
const MAX_TOPIC_BUTTONS = 5;

function renderTopics(topics: readonly Topic[], words: Words): Block[] {
  if (topics.length === 0) return [];
  const actions = topics.map(({ title, slug }) => ({ label: title, question: createQuestion(slug) }));
  if (topics.length > MAX_TOPIC_BUTTONS)
    return chunk(actions, SLACK_LIMITS.menuOptions).flatMap((some) =>
      renderMenu({ placeholder: words('menu.topics'), actions: some }),
    );
  const elements = actions.map(({ label, question }, index) =>
    button(label, `${ASK_ACTION}:topic:${index}`, composeQuestionPath(question)),
  );
  return [{ type: 'actions', elements }];
}

function digestBlocks(digest: Subscription, index: number, words: Words): Block[] {
  const { id, time, zone, days, state, reason, nextDue, direct, channel } = digest;
  const where = direct ? words('home.direct') : `<#${channel}>`;
  const next =
    nextDue === undefined ? '' : words('digest.next', { moment: writeDate({ moment: nextDue, zone }, words) });
  const why = reason ? words('digest.is-paused.why', { reason }) : words('digest.is-paused');
  const paused = state === 'paused' ? why : '';
  const action = state === 'active' ? ('pause' as const) : ('resume' as const);
  const path = (name: 'pause' | 'resume' | 'unsubscribe'): Question =>
    createQuestion('digest', { action: name, digest: id });
  return [
    section(
      `*${escapeSlack(words('digest.label', { time, zone, days: words(`day.${days}`) }))}* · ${where}\n${[next, escapeSlack(paused)].filter(Boolean).join(' ')}`,
    ),
    {
      type: 'actions',
      elements: [
        button(words(`digest.${action}`), `${ASK_ACTION}:digest:${index}:0`, composeQuestionPath(path(action))),
        button(
          words('digest.unsubscribe'),
          `${ASK_ACTION}:digest:${index}:1`,
          composeQuestionPath(path('unsubscribe')),
        ),
      ],
    },
  ];
}

function chunk<T>(list: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, index) =>
    list.slice(index * size, (index + 1) * size),
  );
}
