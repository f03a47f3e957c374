import type { App } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { composeNoText } from '../../core/ask-about.ts';
import { createQuestion } from '../../core/question.ts';
import type { Reply } from '../../core/reply.ts';
import { isDirect } from './compose-asker.ts';
import { answerFor, cutQuestion, early, type Handling } from './handling.ts';
import { parseCommand } from './parse-command.ts';
import { renderSlack } from './render-reply.ts';

/** The shortcut in a message's menu. */
export const ASK_SHORTCUT = 'ask_about_message';

/**
 * Slash commands and the message shortcut. The asker alone sees the answer and can share it; in a direct conversation with the
 * bot it is a message like any other. An acknowledgement carries the answer if that is there in time, which spares a request.
 */
export function handleCommands(app: App, handling: Handling): void {
  const isAlone = async (client: WebClient, channel: string) =>
    isDirect(channel) && (await handling.conversations.isOwn(client, channel));
  /** An answer for the asker alone is gone after Slack restarts. In the bot's own conversation, there is nobody to hide it from. */
  const composeAnswer = async (answer: Promise<Reply>, client: WebClient, channel: string) => {
    const [reply, lasts] = await Promise.all([answer, isAlone(client, channel)]);
    return lasts
      ? { response_type: 'in_channel' as const, ...renderSlack(reply) }
      : { response_type: 'ephemeral' as const, ...renderSlack(reply, { sharable: true }) };
  };

  // A command without a listener is never acknowledged, and its user sees a time-out.
  app.command(/.*/, async ({ command, ack, respond, client }) => {
    const { user_id: user, team_id: team, channel_id: channel } = command;
    const question = parseCommand(handling.bot, command.command, command.text ?? '', handling.prefix);
    const answer = composeAnswer(answerFor(handling, client, { user, team, channel }, question), client, channel);
    const message = await early(answer, handling);
    if (message) return ack(message);
    await ack();
    await respond(await answer);
  });

  app.shortcut({ type: 'message_action', callback_id: ASK_SHORTCUT }, async ({ shortcut, ack, respond, client }) => {
    await ack();
    const place = { user: shortcut.user.id, team: shortcut.team?.id ?? '', channel: shortcut.channel.id };
    const text = cutQuestion(shortcut.message.text ?? '');
    const reply = text
      ? answerFor(handling, client, place, createQuestion('ask', { question: text }))
      : handling.locales.of(client, place.user).then((locale) => composeNoText(handling.bot.library, { locale }));
    const thread = shortcut.message.thread_ts as string | undefined;
    await respond({
      replace_original: false,
      ...(thread ? { thread_ts: thread } : {}),
      ...(await composeAnswer(reply, client, place.channel)),
    });
  });
}
