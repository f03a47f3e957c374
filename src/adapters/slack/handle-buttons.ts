import type { App, BlockAction, ButtonAction, OverflowAction, RespondFn } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { createQuestion, parseQuestionPath, type Question } from '../../core/question.ts';
import { isForAsker, type Reply } from '../../core/reply.ts';
import { isDirect } from './compose-asker.ts';
import { answerFor, early, type Handling } from './handling.ts';
import { outwait } from './outwait.ts';
import {
  ASK_ACTION,
  FORM_ACTION,
  LINK_ACTION,
  MENU_ACTION,
  renderSlack,
  SHARE_ACTION,
  SHARER_BLOCK,
} from './render-reply.ts';
import {
  QUESTION_INPUT,
  QUESTION_VIEW,
  renderAnswerView,
  renderQuestionView,
  renderWaitingView,
} from './render-views.ts';

/** The action ids of buttons and menus that ask a question. */
const ASKING = new RegExp(`^(${ASK_ACTION}:|${MENU_ACTION}$)`);

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
    const question = readQuestion(action as ButtonAction | OverflowAction);
    const pressed = locate(body);
    const reply = await answerTo(client, pressed, question);
    if (body.view) return showInView(client, body, reply);
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
    // Through the response's own address it works where the bot is no member, too.
    await respond({
      response_type: 'in_channel',
      replace_original: false,
      ...thread,
      ...renderSlack(reply, { sharedBy: nameOf(body) }),
    });
    await respond({ delete_original: true });
  });

  app.action<BlockAction>(FORM_ACTION, async ({ ack, body, client }) => {
    await ack();
    const { channel, thread } = locate(body);
    const view = renderQuestionView(JSON.stringify({ channel, thread }));
    if (body.view?.type === 'modal') await client.views.push({ trigger_id: body.trigger_id, view });
    else await client.views.open({ trigger_id: body.trigger_id, view });
  });

  app.view(QUESTION_VIEW, async ({ ack, body, view, client, context }) => {
    const text = view.state.values[QUESTION_INPUT]?.[QUESTION_INPUT]?.value ?? '';
    const { channel = '', thread } = JSON.parse(view.private_metadata || '{}') as { channel?: string; thread?: string };
    // In a channel that workspaces share, the form names that of whoever sends it, and the context the one that was asked.
    const place = { user: body.user.id, team: context.teamId ?? body.team?.id ?? '', channel, thread };
    const answer = answerFor(handling, client, place, createQuestion('ask', { question: text }));
    const reply = await early(answer, handling);
    // The answer takes the form's place: it stays private and needs no membership in any channel.
    if (reply) return ack({ response_action: 'update', view: renderAnswerView(reply) });
    await ack({ response_action: 'update', view: renderWaitingView() });
    const answered = renderAnswerView(await answer);
    await outwait(() => client.views.update({ view_id: view.id, view: answered }));
  });
}

function readQuestion(action: ButtonAction | OverflowAction): Question {
  const path = action.type === 'overflow' ? action.selected_option.value : action.value;
  // A button that an older version of the bot made: the core answers an unknown command with what there is.
  return parseQuestionPath(path ?? '') ?? createQuestion(path ?? 'help');
}

async function showInView(client: WebClient, body: BlockAction, reply: Reply): Promise<void> {
  const view = renderAnswerView(reply);
  const { view: shown } = body;
  if (shown?.type === 'modal') await outwait(() => client.views.update({ view_id: shown.id, view }));
  else await client.views.open({ trigger_id: body.trigger_id, view });
}

/**
 * Paging turns the page for everybody who reads it. What only the presser asked for stays with the presser in a channel,
 * and is a message like any other in a direct conversation.
 */
async function respondTo(
  respond: RespondFn,
  pressed: Pressed,
  question: Question,
  reply: Reply,
  isOwn: () => Promise<boolean | undefined>,
): Promise<void> {
  const thread = pressed.thread ? { thread_ts: pressed.thread } : {};
  if (pressed.ephemeral || (question.from !== undefined && !isForAsker(reply))) {
    const sharable = pressed.ephemeral;
    await respond({
      response_type: sharable ? 'ephemeral' : 'in_channel',
      replace_original: true,
      ...(sharable ? thread : {}),
      ...renderSlack(reply, { sharable, sharedBy: readSharer(pressed.body) }),
    });
  } else if (isDirect(pressed.channel) && (await isOwn())) {
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

/** Who shared the message, where somebody did: turning its page must not hide that. */
function readSharer({ message }: BlockAction): string | undefined {
  const blocks = (message?.blocks ?? []) as { block_id?: string }[];
  const found = blocks.find(({ block_id: id }) => id?.startsWith(SHARER_BLOCK));
  return found?.block_id?.slice(SHARER_BLOCK.length);
}

function nameOf({ user }: BlockAction): string {
  return ('name' in user && user.name) || ('username' in user && user.username) || 'a reader';
}
