import type { WebClient } from '@slack/web-api';
import type { Bot } from '../../core/bot.ts';
import type { Subscription } from '../../core/digests.ts';
import { MAX_QUESTION_LENGTH, MAX_TEXT_LENGTH, type Question } from '../../core/question.ts';
import type { Reply } from '../../core/reply.ts';
import { type Words, wordsOf } from '../../i18n/words.ts';
import { within } from '../../time/wait.ts';
import { composeAsker, type SlackManagers, type SlackPlace } from './compose-asker.ts';
import type { DirectConversations } from './conversations.ts';
import { decodeSlack } from './escape.ts';
import type { SlackLog } from './log.ts';
import type { SlashNames } from './slash-names.ts';
import type { UserLocales } from './user-locales.ts';
import type { View } from './view.ts';

/** What every listener works with. */
export interface Handling {
  readonly bot: Bot;
  readonly managers: SlackManagers;
  /** Before each slash command's name. */
  readonly prefix: string;
  /** How the bot names its commands to people. */
  readonly names: SlashNames;
  readonly view: View;
  /** The digests that one person owns, for App Home. */
  readonly digestsOf: (user: string, team: string) => Promise<readonly Subscription[]>;
  /** Which direct conversations are the bot's own. */
  readonly conversations: DirectConversations;
  /** The languages of people. */
  readonly locales: UserLocales;
  readonly log: SlackLog;
  /** After this, in milliseconds, an answer that is not there yet is acknowledged first. */
  readonly acknowledgeAfterMs: number;
}

/** Answers for whoever asks in this place. */
export async function answerFor(
  { bot, managers, names, conversations, locales }: Handling,
  client: WebClient,
  place: SlackPlace,
  question: Question,
): Promise<Reply> {
  const conversation = [place.channel, place.thread ?? ''].join(' ').trim();
  const locale = await locales.of(client, place.user);
  const asker = composeAsker(client, { ...place, locale }, managers, conversations);
  // Slack names no language of a channel.
  const reader = asker.direct && locale ? { ...asker, locale } : asker;
  return names.applyTo(await bot.answer({ ...question, ...(locale ? { locale } : {}), asker: reader, conversation }));
}

/** The bot's own words in a person's language. */
export async function wordsFor(
  { locales }: Pick<Handling, 'locales'>,
  client: WebClient,
  user: string,
): Promise<Words> {
  return wordsOf({ locale: await locales.of(client, user) });
}

/** The answer if it is ready in time for the acknowledgement to carry it; otherwise undefined. */
export function early<T>(answer: Promise<T>, { acknowledgeAfterMs }: Handling): Promise<T | undefined> {
  return within(answer, acknowledgeAfterMs);
}

/** Somebody else's message as a question: what is longer than a question may be is cut, and the answer repeats what was asked. */
export function cutQuestion(text: string): string {
  return decodeSlack(text.slice(0, MAX_TEXT_LENGTH)).slice(0, MAX_QUESTION_LENGTH).trim();
}
