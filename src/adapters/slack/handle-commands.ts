import type { App } from '@slack/bolt';
import { composeBylines } from '../../core/article.ts';
import { createQuestion } from '../../core/question.ts';
import { createReply, type Reply } from '../../core/reply.ts';
import { answerFor, cutQuestion, early, type Handling } from './handling.ts';
import { parseCommand } from './parse-command.ts';
import { renderSlack } from './render-reply.ts';

/** The shortcut in a message's menu. */
export const ASK_SHORTCUT = 'ask_about_message';

/** A message may be only a picture or a card, with no text to ask about. */
function composeNoText({ bot }: Handling): Reply {
  return createReply(createQuestion('help'), {
    outcome: 'refused',
    title: 'That message has no text',
    byline: composeBylines(bot.library.articles),
    lead: 'The bot can look up only text. Choose a message that has some.',
  });
}

/**
 * Slash commands and the message shortcut. The asker alone sees the answer and can share it. An acknowledgement carries
 * the answer wherever that is there in time, which spares a request.
 */
export function handleCommands(app: App, handling: Handling): void {
  // A command without a listener is never acknowledged, and its user sees a time-out.
  app.command(/.*/, async ({ command, ack, respond, client }) => {
    const { user_id: user, team_id: team, channel_id: channel } = command;
    const question = parseCommand(handling.bot, command.command, command.text ?? '', handling.prefix);
    const answer = answerFor(handling, client, { user, team, channel }, question);
    const reply = await early(answer, handling);
    if (reply) return ack({ response_type: 'ephemeral', ...renderSlack(reply, { sharable: true }) });
    await ack();
    await respond({ response_type: 'ephemeral', ...renderSlack(await answer, { sharable: true }) });
  });

  app.shortcut({ type: 'message_action', callback_id: ASK_SHORTCUT }, async ({ shortcut, ack, respond, client }) => {
    await ack();
    const place = { user: shortcut.user.id, team: shortcut.team?.id ?? '', channel: shortcut.channel.id };
    const text = cutQuestion(shortcut.message.text ?? '');
    const reply = text
      ? await answerFor(handling, client, place, createQuestion('ask', { question: text }))
      : composeNoText(handling);
    const thread = shortcut.message.thread_ts as string | undefined;
    await respond({
      response_type: 'ephemeral',
      replace_original: false,
      ...(thread ? { thread_ts: thread } : {}),
      ...renderSlack(reply, { sharable: true }),
    });
  });
}
