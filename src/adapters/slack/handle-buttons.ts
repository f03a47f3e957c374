import type { App, BlockAction, ButtonAction, OverflowAction, RespondFn, StaticSelectAction } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { parseVoteId } from '../../core/feedback.ts';
import { composeQuestionPath, createQuestion, parseQuestionPath, type Question } from '../../core/question.ts';
import { isForAsker, type Reply } from '../../core/reply.ts';
import { wordsOf } from '../../i18n/words.ts';
import { composeAsker, isDirect } from './compose-asker.ts';
import { answerFor, early, type Handling, wordsFor } from './handling.ts';
import { outwait } from './outwait.ts';
import {
  ASK_ACTION,
  BACK_ACTION,
  FORM_ACTION,
  LINK_ACTION,
  MENU_ACTION,
  RATE_ACTION,
  renderSentence,
  renderSlack,
  SHARE_ACTION,
  SHARER_BLOCK,
  TOPICS_ACTION,
} from './render-reply.ts';
import {
  QUESTION_INPUT,
  QUESTION_VIEW,
  renderAnswerView,
  renderQuestionView,
  renderWaitingView,
  renderWantedView,
  WANTED_VIEW,
} from './render-views.ts';

/** The action ids of buttons and menus that ask a question. */
const ASKING = new RegExp(`^(${ASK_ACTION}:|(${MENU_ACTION}|${TOPICS_ACTION})$)`);

const LINKING = new RegExp(`^${LINK_ACTION}:`);

/** Where a pressed button stands. */
interface Pressed {
  readonly body: BlockAction;
  readonly channel: string;
  readonly thread: string | undefined;
  /** The presser alone sees the message. */
  readonly ephemeral: boolean;
}

function locate(body: BlockAction): Pressed {
  const { container, channel, message } = body;
  return {
    body,
    channel: channel?.id ?? (container.channel_id as string | undefined) ?? '',
    thread: (container.thread_ts as string | undefined) ?? (message?.thread_ts as string | undefined),
    ephemeral: container.is_ephemeral === true,
  };
}

/** Buttons and menus of answers and of App Home, and the form for a question. */
export function handleButtons(app: App, handling: Handling): void {
  const answerTo = (client: WebClient, { body, channel, thread }: Pressed, question: Question) =>
    answerFor(handling, client, { user: body.user.id, team: body.team?.id ?? '', channel, thread }, question);

  app.action<BlockAction>(ASKING, async ({ ack, action, body, client, respond }) => {
    await ack();
    const question = readQuestion(action as AskingAction);
    const pressed = locate(body);
    const reply = await answerTo(client, pressed, question);
    const isBack = action.action_id === BACK_ACTION;
    if (body.view) return showInView(client, body, reply, walkTo(body.view.private_metadata, question, isBack));
    await respondTo(respond, pressed, question, reply, () => handling.conversations.isOwn(client, pressed.channel));
  });

  app.action<BlockAction>(LINKING, ({ ack }) => ack());

  app.action<BlockAction>(SHARE_ACTION, async ({ ack, action, body, client, respond }) => {
    await ack();
    const question = readQuestion(action as ButtonAction);
    const pressed = locate(body);
    const reply = await answerTo(client, pressed, question);
    const thread = pressed.thread ? { thread_ts: pressed.thread } : {};
    if (isForAsker(reply)) {
      await respond({ response_type: 'ephemeral', replace_original: false, ...thread, ...renderSlack(reply) });
      return;
    }
    // Through the response's own address, it works even if the bot isn't a member.
    await respond({
      response_type: 'in_channel',
      replace_original: false,
      ...thread,
      ...renderSlack(reply, { sharedBy: nameOf(body) ?? wordsOf(reply.question)('shared-by.reader') }),
    });
    await respond({ delete_original: true });
  });

  app.action<BlockAction>(FORM_ACTION, async ({ ack, body, client }) => {
    await ack();
    const { channel, thread } = locate(body);
    const words = await wordsFor(handling, client, body.user.id);
    const view = renderQuestionView(JSON.stringify({ channel, thread }), words);
    if (body.view?.type === 'modal') await client.views.push({ trigger_id: body.trigger_id, view });
    else await client.views.open({ trigger_id: body.trigger_id, view });
  });

  const voter = (client: WebClient, user: string, team: string, channel: string): string =>
    composeAsker(client, { user, team, channel }, handling.managers, handling.conversations).key;

  app.action<BlockAction>(RATE_ACTION, async ({ ack, action, body, client, respond }) => {
    await ack();
    const vote = parseVoteId((action as { value?: string }).value ?? '');
    if (!vote) return;
    const { channel, thread } = locate(body);
    const person = voter(client, body.user.id, body.team?.id ?? '', channel);
    const words = await wordsFor(handling, client, body.user.id);
    const said = handling.bot.rate({ ...vote, person, locale: words.locale });
    if (vote.vote === 'unhelpful') {
      await client.views.open({ trigger_id: body.trigger_id, view: renderWantedView(vote.question, words) });
      return void (await said);
    }
    await respond({
      response_type: 'ephemeral',
      replace_original: false,
      ...(thread ? { thread_ts: thread } : {}),
      ...renderSentence(await said),
    });
  });

  app.view(WANTED_VIEW, async ({ ack, body, view, client }) => {
    await ack();
    const vote = parseVoteId(view.private_metadata);
    const wanted = view.state.values[QUESTION_INPUT]?.[QUESTION_INPUT]?.value?.trim();
    if (vote && wanted)
      await handling.bot.rate({ ...vote, wanted, person: voter(client, body.user.id, body.team?.id ?? '', '') });
  });

  app.view(QUESTION_VIEW, async ({ ack, body, view, client, context }) => {
    const text = view.state.values[QUESTION_INPUT]?.[QUESTION_INPUT]?.value ?? '';
    const { channel = '', thread } = JSON.parse(view.private_metadata || '{}') as { channel?: string; thread?: string };
    // In a channel that workspaces share, the form names that of whoever sends it, and the context the one that was asked.
    const place = { user: body.user.id, team: context.teamId ?? body.team?.id ?? '', channel, thread };
    const answer = answerFor(handling, client, place, createQuestion('ask', { question: text }));
    const reply = await early(answer, handling);
    // The answer takes the form's place: it stays private and needs no membership in any channel.
    const path = walkTo('', createQuestion('ask', { question: text }), false);
    if (reply) return ack({ response_action: 'update', view: renderAnswerView(reply, path) });
    const words = await wordsFor(handling, client, body.user.id);
    await ack({ response_action: 'update', view: renderWaitingView(words) });
    const answered = renderAnswerView(await answer, path);
    await outwait(() => client.views.update({ view_id: view.id, view: answered }));
  });
}

type AskingAction = ButtonAction | OverflowAction | StaticSelectAction;

function readQuestion(action: AskingAction): Question {
  const path = action.type === 'button' ? action.value : action.selected_option.value;
  // A button that an older version of the bot made: the core answers an unknown command with what there is.
  return parseQuestionPath(path ?? '') ?? createQuestion(path ?? 'help');
}

async function showInView(client: WebClient, body: BlockAction, reply: Reply, path: readonly string[]): Promise<void> {
  const view = renderAnswerView(reply, path);
  const { view: shown } = body;
  if (shown?.type === 'modal') await outwait(() => client.views.update({ view_id: shown.id, view }));
  else await client.views.open({ trigger_id: body.trigger_id, view });
}

/**
 * Paging turns the page for everybody who reads it. Any other answer is a new message, so that none is lost: for the presser
 * alone in a channel and below a private answer, and a message like any other in a direct conversation.
 */
async function respondTo(
  respond: RespondFn,
  pressed: Pressed,
  question: Question,
  reply: Reply,
  isOwn: () => Promise<boolean | undefined>,
): Promise<void> {
  const thread = pressed.thread ? { thread_ts: pressed.thread } : {};
  if (question.from !== undefined && !isForAsker(reply)) {
    const sharable = pressed.ephemeral;
    await respond({
      response_type: sharable ? 'ephemeral' : 'in_channel',
      replace_original: true,
      ...(sharable ? thread : {}),
      ...renderSlack(reply, { sharable, sharedBy: readSharer(pressed.body) }),
    });
  } else if (!pressed.ephemeral && isDirect(pressed.channel) && (await isOwn())) {
    await respond({ response_type: 'in_channel', replace_original: false, ...thread, ...renderSlack(reply) });
  } else {
    await respond({
      response_type: 'ephemeral',
      replace_original: false,
      ...thread,
      ...renderSlack(reply, { sharable: true }),
    });
  }
}

/** Characters of a path, and of all that a window remembers: Slack takes 3,000, https://docs.slack.dev/reference/views */
const MAX_PATH = 500;
const MAX_WALKED = 2900;

/**
 * The paths of the answers that a window has shown, the next one to show last. A page replaces the page before it, and going back
 * forgets the answer that is left. Answers shown long ago are forgotten.
 */
function walkTo(metadata: string, question: Question, isBack: boolean): readonly string[] {
  const before = readWalk(metadata);
  if (isBack) return before.slice(0, -1);
  const path = composeQuestionPath(question);
  if (path.length > MAX_PATH) return before;
  const walked = [...(question.from === undefined ? before : before.slice(0, -1)), path];
  while (JSON.stringify(walked).length > MAX_WALKED) walked.shift();
  return walked;
}

function readWalk(metadata: string): readonly string[] {
  try {
    const walked: unknown = JSON.parse(metadata || '[]');
    return Array.isArray(walked) ? walked.filter((one) => typeof one === 'string') : [];
  } catch {
    return [];
  }
}

/** Who shared the message, if somebody did: turning its page must not hide that. */
function readSharer({ message }: BlockAction): string | undefined {
  const blocks = (message?.blocks ?? []) as { block_id?: string }[];
  const found = blocks.find(({ block_id: id }) => id?.startsWith(SHARER_BLOCK));
  return found?.block_id?.slice(SHARER_BLOCK.length);
}

function nameOf({ user }: BlockAction): string | undefined {
  return ('name' in user && user.name) || ('username' in user && user.username) || undefined;
}
