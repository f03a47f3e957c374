import {
  type APIInteraction,
  type APIInteractionResponse,
  type APIModalInteractionResponse,
  ComponentType,
  InteractionResponseType,
  MessageFlags,
  type RawFile,
  type RESTPatchAPIInteractionOriginalResponseJSONBody,
  TextInputStyle,
} from 'discord.js';
import { composeNoText } from '../../core/ask-about.ts';
import type { Bot } from '../../core/bot.ts';
import { composeVoteId, composeWantedForm, MAX_WANTED } from '../../core/feedback.ts';
import { MAX_QUESTION_LENGTH } from '../../core/question.ts';
import type { Reply } from '../../core/reply.ts';
import { type Words, wordsOf } from '../../i18n/words.ts';
import { within } from '../../time/wait.ts';
import type { DiscordManagers } from './compose-asker.ts';
import { localeOf } from './compose-asker.ts';
import { composeEdit, composeFiles, listFiles } from './compose-files.ts';
import { composeMessage, placeOf } from './compose-message.ts';
import { type AnswerPlace, parseInteraction } from './parse-interaction.ts';
import { ASK_PRIVATELY, QUESTION_INPUT } from './render-reply.ts';

/** How an interaction is answered: by a call of its own over the gateway, by the response itself over HTTP. */
export interface Responder {
  /** The first answer, which Discord wants within 3 seconds. */
  respond(response: APIInteractionResponse, files: RawFile[]): Promise<void>;
  /** The answer that follows one which only acknowledged. */
  edit(message: RESTPatchAPIInteractionOriginalResponseJSONBody, files: RawFile[]): Promise<void>;
}

/** After this, in milliseconds, an answer that is not there yet is acknowledged first. */
const DEFER_AFTER_MS = 1500;

export interface HandlingOptions extends DiscordManagers {
  readonly deferAfterMs?: number | undefined;
}

/** Answers one interaction. Rejects only if Discord refuses the answer. */
export async function handleInteraction(
  bot: Bot,
  interaction: APIInteraction,
  { respond, edit }: Responder,
  { deferAfterMs = DEFER_AFTER_MS, ...managers }: HandlingOptions = {},
): Promise<void> {
  const request = parseInteraction(interaction, managers);
  const spoken = { locale: localeOf(interaction) };
  const words = wordsOf(spoken);
  switch (request.kind) {
    case 'ping':
      return respond({ type: InteractionResponseType.Pong }, []);
    case 'completion': {
      const choices = await bot.complete(request.command, request.option, request.typed, request.community);
      return respond(
        {
          type: InteractionResponseType.ApplicationCommandAutocompleteResult,
          data: { choices: choices.map(({ name, value }) => ({ name, value })) },
        },
        [],
      );
    }
    case 'private-question':
      return respond(composePrivateForm(words), []);
    case 'rating': {
      const { rating, isForm } = request;
      const said = bot.rate(rating);
      // A form must be the first answer.
      if (rating.vote === 'unhelpful' && !isForm) {
        await respond(composeWanted(rating.question, words), []);
        return void (await said);
      }
      const early = await within(said, deferAfterMs);
      if (early)
        return respond({ type: InteractionResponseType.ChannelMessageWithSource, data: composeWord(early) }, []);
      await respond(composeAcknowledgement('asker'), []);
      return edit({ content: await said, allowed_mentions: { parse: [] } }, []);
    }
    case 'question': {
      const answer = bot.answer(request.question);
      const place = request.place === 'channel' && bot.isPrivate(request.question) ? 'asker' : request.place;
      const early = await within(answer, deferAfterMs);
      if (early) return respond(composeResponse(early, place, inServer(interaction)), composeFiles(early));
      await respond(composeAcknowledgement(place), []);
      const late = await answer;
      const files = composeFiles(late);
      return edit(composeEdit(composeMessage(late, place, inServer(interaction)), files), files);
    }
    case 'no-text': {
      const data = composeMessage(composeNoText(bot.library, spoken), 'asker', inServer(interaction));
      return respond({ type: InteractionResponseType.ChannelMessageWithSource, data }, []);
    }
    case 'closed-channel': {
      const data = composeWord(words('closed-channel'));
      return respond({ type: InteractionResponseType.ChannelMessageWithSource, data }, []);
    }
    case 'unknown':
      return respond(
        {
          type: InteractionResponseType.ChannelMessageWithSource,
          data: { content: words('unknown.button'), flags: MessageFlags.Ephemeral },
        },
        [],
      );
  }
}

/** A word for the asker alone. */
function composeWord(content: string) {
  return { content, flags: MessageFlags.Ephemeral, allowed_mentions: { parse: [] } };
}

function composeWanted(question: string, words: Words): APIModalInteractionResponse {
  const { title, label, hint } = composeWantedForm(words);
  return composeForm({
    custom_id: composeVoteId('unhelpful', question),
    title,
    label,
    description: hint,
    max_length: MAX_WANTED,
    required: false,
  });
}

interface FormParts {
  readonly custom_id: string;
  readonly title: string;
  readonly label: string;
  readonly description: string;
  readonly max_length: number;
  readonly required: boolean;
}

/** A form for one line. */
function composeForm({ custom_id, title, label, description, max_length, required }: FormParts) {
  const style = TextInputStyle.Short as const;
  return {
    type: InteractionResponseType.Modal as const,
    data: {
      custom_id,
      title,
      components: [
        {
          type: ComponentType.Label as const,
          label,
          description,
          component: { type: ComponentType.TextInput as const, custom_id: QUESTION_INPUT, style, max_length, required },
        },
      ],
    },
  };
}

function inServer({ guild_id }: APIInteraction): boolean {
  return guild_id !== undefined;
}

function composeResponse(reply: Reply, wanted: AnswerPlace, server: boolean): APIInteractionResponse {
  const place = placeOf(reply, wanted);
  const data = composeMessage(reply, place, server);
  if (place !== 'message') return { type: InteractionResponseType.ChannelMessageWithSource, data };
  return {
    type: InteractionResponseType.UpdateMessage,
    data: { ...data, attachments: listFiles(composeFiles(reply)) },
  };
}

function composeAcknowledgement(place: AnswerPlace): APIInteractionResponse {
  if (place === 'message') return { type: InteractionResponseType.DeferredMessageUpdate };
  return {
    type: InteractionResponseType.DeferredChannelMessageWithSource,
    data: place === 'asker' ? { flags: MessageFlags.Ephemeral } : {},
  };
}

function composePrivateForm(words: Words): APIModalInteractionResponse {
  return composeForm({
    custom_id: ASK_PRIVATELY,
    title: words('action.ask-privately'),
    label: words('ask.form.question'),
    description: words('ask.form.private'),
    max_length: MAX_QUESTION_LENGTH,
    required: true,
  });
}
