import {
  type APIInteraction,
  type APIMessage,
  type APIMessageComponentInteraction,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ComponentType,
  InteractionContextType,
  InteractionType,
  MessageFlags,
} from 'discord.js';
import type { Community } from '../../core/choices.ts';
import { parseVoteId, type Rating } from '../../core/feedback.ts';
import {
  ACTION_OPTION,
  createQuestion,
  MAX_QUESTION_LENGTH,
  MAX_TEXT_LENGTH,
  parseQuestionPath,
  type Question,
} from '../../core/question.ts';
import { CHANNEL_OPTION, type ChosenChannel, readChosenChannel } from './chosen-channel.ts';
import { composeAsker, type DiscordManagers, localeOf } from './compose-asker.ts';
import { PRIVATE_OPTION } from './compose-commands.ts';
import { ASK_PRIVATELY, QUESTION_INPUT } from './render-reply.ts';

/**
 * Where an answer goes:
 * - channel: a new message for everyone
 * - asker: a new message that the asker alone sees
 * - message: in place of the message whose button was pressed
 */
export type AnswerPlace = 'channel' | 'asker' | 'message';

export type Request =
  | { readonly kind: 'ping' }
  | { readonly kind: 'question'; readonly question: Question; readonly place: AnswerPlace }
  | {
      readonly kind: 'completion';
      readonly command: string;
      readonly option: string;
      readonly typed: string;
      readonly community: Community;
    }
  | { readonly kind: 'private-question' }
  | { readonly kind: 'no-text' }
  /** A channel was chosen that isn't the asker's to choose. */
  | { readonly kind: 'closed-channel' }
  /** A word on an answer; `isForm` if it came with the form for a line. */
  | { readonly kind: 'rating'; readonly rating: Rating; readonly isForm: boolean }
  | { readonly kind: 'unknown' };

/** What somebody wants who used a command, an option, a button or a form. */
export function parseInteraction(interaction: APIInteraction, managers: DiscordManagers = {}): Request {
  switch (interaction.type) {
    case InteractionType.Ping:
      return { kind: 'ping' };
    case InteractionType.ApplicationCommand: {
      if (interaction.data.type === ApplicationCommandType.Message) {
        const { resolved, target_id: id } = interaction.data;
        const text = readWords(resolved.messages[id]);
        if (!text) return { kind: 'no-text' };
        const asked = createQuestion('ask', { question: text }, { private: true });
        return { kind: 'question', question: askedBy(asked, interaction, managers), place: 'asker' };
      }
      if (interaction.data.type !== ApplicationCommandType.ChatInput) return { kind: 'unknown' };
      const options: Record<string, string> = {};
      let hidden = false;
      let place: string | undefined;
      const [first] = interaction.data.options ?? [];
      if (first?.type === ApplicationCommandOptionType.Subcommand) options[ACTION_OPTION] = first.name;
      for (const option of flatten(interaction.data.options ?? [])) {
        if (option.type === ApplicationCommandOptionType.String) options[option.name] = option.value;
        if (option.type === ApplicationCommandOptionType.Boolean && option.name === PRIVATE_OPTION)
          hidden = option.value;
        if (option.type === ApplicationCommandOptionType.Channel && option.name === CHANNEL_OPTION)
          place = option.value;
      }
      const { guild_id: server, data } = interaction;
      const channel = place === undefined ? undefined : readChosenChannel(server, data.resolved?.channels?.[place]);
      if (place !== undefined && !channel) return { kind: 'closed-channel' };
      const about = { private: hidden, ...(channel ? { place: channel.id } : {}) };
      const question = createQuestion(interaction.data.name, options, about);
      return {
        kind: 'question',
        question: askedBy(question, interaction, managers, channel),
        place: hidden ? 'asker' : 'channel',
      };
    }
    case InteractionType.ApplicationCommandAutocomplete: {
      const focused = flatten(interaction.data.options).find((option) => 'focused' in option && option.focused);
      if (focused?.type !== ApplicationCommandOptionType.String) return { kind: 'unknown' };
      const community = { platform: 'discord', team: interaction.guild_id ?? '' };
      return {
        kind: 'completion',
        command: interaction.data.name,
        option: focused.name,
        typed: focused.value,
        community,
      };
    }
    case InteractionType.MessageComponent:
      return parseButton(interaction, managers);
    case InteractionType.ModalSubmit: {
      const vote = parseVoteId(interaction.data.custom_id);
      const inputs = interaction.data.components.flatMap((one) =>
        one.type === ComponentType.ActionRow ? one.components : one.type === ComponentType.Label ? [one.component] : [],
      );
      const input = inputs.find((one) => one.custom_id === QUESTION_INPUT);
      const text = input && 'value' in input ? String(input.value ?? '') : '';
      if (vote) {
        const wanted = text.trim() ? { wanted: text } : {};
        return {
          kind: 'rating',
          rating: { ...vote, ...wanted, ...voterOf(interaction, managers) },
          isForm: true,
        };
      }
      const question = createQuestion('ask', { question: text }, { private: true });
      return { kind: 'question', question: askedBy(question, interaction, managers), place: 'asker' };
    }
    default:
      return { kind: 'unknown' };
  }
}

/**
 * Somebody's message as a question: what it says itself, what it forwards, or else what its embeds say, without mentions and
 * cut to a question's length. The answer repeats what was asked.
 */
function readWords(message: APIMessage | undefined): string {
  const forwarded = message?.message_snapshots?.map((one) => one.message.content) ?? [];
  const embedded = message?.embeds.flatMap(({ title, description }) => [title ?? '', description ?? '']) ?? [];
  const [words = ''] = [[message?.content ?? ''], forwarded, embedded]
    .map((texts) => texts.join('\n'))
    .filter(hasWords);
  return words.slice(0, MAX_TEXT_LENGTH).replace(MARKUP, ' ').slice(0, MAX_QUESTION_LENGTH).trim();
}

/** Mentions, emoji and times, https://docs.discord.com/developers/reference#message-formatting */
const MARKUP = /<(?:[@#/:]|a:|t:|id:)[^<>]{1,100}>/g;

function hasWords(text: string): boolean {
  return text.replace(MARKUP, '').trim() !== '';
}

function parseButton(interaction: APIMessageComponentInteraction, managers: DiscordManagers): Request {
  if (interaction.data.custom_id === ASK_PRIVATELY) return { kind: 'private-question' };
  const vote = parseVoteId(interaction.data.custom_id);
  if (vote) return { kind: 'rating', rating: { ...vote, ...voterOf(interaction, managers) }, isForm: false };
  const path = 'values' in interaction.data ? (interaction.data.values[0] ?? '') : interaction.data.custom_id;
  const parsed = parseQuestionPath(path);
  // A button that an older version of the bot made: the core answers an unknown command with what there is.
  const question = aboutForum(parsed ?? createQuestion(path), interaction);
  // The bot itself wrote the place there, below an answer that only a person sees who may write in it.
  const channel = question.place === undefined ? undefined : { id: question.place };
  if (channel && !interaction.guild_id) return { kind: 'closed-channel' };
  return {
    kind: 'question',
    question: askedBy(question, interaction, managers, channel),
    place: placeOfButton(interaction, question),
  };
}

/** A digest that is a forum's post belongs to the forum. A post and the message that begins it have the same id. */
function aboutForum(question: Question, { channel, message }: APIMessageComponentInteraction): Question {
  const forum = channel && message.id === channel.id && 'parent_id' in channel ? channel.parent_id : undefined;
  return forum && question.command === 'digest' ? { ...question, place: forum } : question;
}

/**
 * Paging turns the page for everybody who reads it. Any other answer is a new message, so that none is lost: for the presser
 * alone in a server and below a private answer, and for everybody in a conversation.
 */
function placeOfButton(
  { message, context, guild_id }: APIMessageComponentInteraction,
  { from }: Question,
): AnswerPlace {
  if (from !== undefined) return 'message';
  const isPrivate = ((message.flags ?? 0) & MessageFlags.Ephemeral) !== 0;
  return isPrivate || guild_id || context === InteractionContextType.Guild ? 'asker' : 'channel';
}

/** All options of a command, those of its subcommand included. */
function flatten<Option extends { type: ApplicationCommandOptionType }>(options: readonly Option[]) {
  type Basic = Exclude<
    Option,
    { type: ApplicationCommandOptionType.Subcommand | ApplicationCommandOptionType.SubcommandGroup }
  >;
  return options.flatMap((option) => ('options' in option ? ((option.options ?? []) as Basic[]) : [option as Basic]));
}

function askedBy(
  question: Question,
  interaction: APIInteraction,
  managers: DiscordManagers,
  channel?: ChosenChannel,
): Question {
  const asker = composeAsker(interaction, managers, channel);
  // A thread is a channel of its own.
  const spoken = localeOf(interaction);
  const asked = spoken === undefined ? question : { ...question, locale: spoken };
  return asker ? { ...asked, asker, conversation: interaction.channel?.id ?? '' } : asked;
}

function voterOf(interaction: APIInteraction, managers: DiscordManagers) {
  const locale = localeOf(interaction);
  const person = composeAsker(interaction, managers)?.key ?? 'discord:';
  return { person, ...(locale === undefined ? {} : { locale }) };
}
