import type { WebClient } from '@slack/web-api';
import type { Bot } from '../../core/bot.ts';
import type { Subscription } from '../../core/digests.ts';
import { MAX_QUESTION_LENGTH, type Question } from '../../core/question.ts';
import type { Reply } from '../../core/reply.ts';
import { within } from '../../core/wait.ts';
import { composeAsker, type Managers, type Place } from './compose-asker.ts';
import type { SlackLog } from './log.ts';

/** What every listener works with. */
export interface Handling {
  readonly bot: Bot;
  readonly managers: Managers;
  /** Before each slash command's name. */
  readonly prefix: string;
  /** The digests that one person owns, for App Home. */
  readonly digestsOf: (user: string) => Promise<readonly Subscription[]>;
  readonly log: SlackLog;
  /** After this, in milliseconds, an answer that is not there yet is acknowledged first. */
  readonly acknowledgeAfterMs: number;
}

/** Answers for whoever asks in this place. */
export function answerFor(
  { bot, managers }: Handling,
  client: WebClient,
  place: Place,
  question: Question,
): Promise<Reply> {
  return bot.answer({ ...question, asker: composeAsker(client, place, managers) });
}

/** The answer where it comes in time for an acknowledgement to carry it; undefined where not. */
export function early(answer: Promise<Reply>, { acknowledgeAfterMs }: Handling): Promise<Reply | undefined> {
  return within(answer, acknowledgeAfterMs);
}

/** A message's text as a question: what is longer than a question may be is cut, and the answer repeats what was asked. */
export function cutQuestion(text: string): string {
  return text.slice(0, MAX_QUESTION_LENGTH);
}
