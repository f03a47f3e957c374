import type { Note } from '../../core/article.ts';
import { composeQuestionPath } from '../../core/question.ts';
import { rememberRendering } from '../../core/remember.ts';
import {
  type Action,
  collectActions,
  collectNotes,
  composePosition,
  composeTrace,
  type Entry,
  type Image,
  NOTE_LABELS,
  NOTES_HEADING,
  noteMarks,
  type Reply,
} from '../../core/reply.ts';
import { PICTURE } from './compose-files.ts';
import { escapeDiscord } from './escape.ts';
import { DISCORD_LIMITS, MESSAGE_FLAGS } from './limits.ts';

/** Components V2, https://docs.discord.com/developers/components/reference */
export interface TextDisplay {
  type: 10;
  content: string;
}
export interface MediaGallery {
  type: 12;
  items: { media: { url: string }; description: string }[];
}
export interface Separator {
  type: 14;
}
export interface Button {
  type: 2;
  style: 1 | 2;
  label: string;
  custom_id: string;
}
export interface ActionRow {
  type: 1;
  components: Button[];
}
export interface Container {
  type: 17;
  accent_color: number;
  components: (TextDisplay | Separator | MediaGallery)[];
}
export interface DiscordMessage {
  flags: number;
  allowed_mentions: { parse: [] };
  components: (Container | ActionRow)[];
}

const COLOURS = {
  answered: 0x2f6fde,
  nearest: 0x8a8f98,
  declined: 0x8a8f98,
  refused: 0x8a8f98,
  listed: 0x4a7a6d,
  failed: 0xc0392b,
} as const;
/** Notes have a colour of their own, so that nobody takes them for the article. */
const NOTES_COLOUR = 0xd9a406;

/** The custom id of the button, and of the form that it opens, that ask a question which nobody else sees. */
export const ASK_PRIVATELY = 'ask-privately';
/** The custom id of that form's text. */
export const QUESTION_INPUT = 'question';

export interface DiscordOptions {
  /** The asker alone sees the message. */
  readonly ephemeral?: boolean;
  /** Others see the message: offer a way to ask so that they do not. */
  readonly askPrivately?: boolean;
}

/**
 * A reply as a Discord message of Components V2: the article's claims in one container, the editors' notes apart in a
 * second, buttons below. Within Discord's limits for every reply that core composes from valid content.
 */
export const renderDiscord = rememberRendering(render);

function render(reply: Reply, { ephemeral = false, askPrivately = false }: DiscordOptions): DiscordMessage {
  const notes = collectNotes(reply);
  const position = composePosition(reply);
  return {
    flags: MESSAGE_FLAGS.componentsV2 | (ephemeral ? MESSAGE_FLAGS.ephemeral : 0),
    allowed_mentions: { parse: [] },
    components: [
      container(COLOURS[reply.outcome], [
        text(renderHead(reply, notes)),
        ...(reply.image ? [picture(reply.image)] : []),
        ...(reply.entries.length > 0 ? [{ type: 14 } as const] : []),
        ...reply.entries.map((entry) => text(renderEntry(entry, notes))),
        ...(position ? [text(`-# ${position}`)] : []),
      ]),
      ...(notes.length > 0 ? [container(NOTES_COLOUR, [text(renderNotes(notes))])] : []),
      ...renderButtons(collectActions(reply), askPrivately),
    ],
  };
}

function container(accent_color: number, components: Container['components']): Container {
  return { type: 17, accent_color, components };
}

function picture({ alt }: Image): MediaGallery {
  const description = alt.slice(0, DISCORD_LIMITS.imageDescription);
  return { type: 12, items: [{ media: { url: `attachment://${PICTURE}` }, description }] };
}

function text(content: string): TextDisplay {
  return { type: 10, content };
}

function renderHead(reply: Reply, notes: readonly Note[]): string {
  const marks = reply.notes.map((note) => `[${notes.indexOf(note) + 1}]`).join('');
  return [
    `## ${escapeDiscord(reply.title)}`,
    ...reply.byline.split('\n').map((line) => `-# ${escapeDiscord(line)}`),
    ...(reply.lead ? [`${escapeDiscord(reply.lead)}${marks ? ` ${marks}` : ''}`] : []),
  ].join('\n');
}

function renderEntry(entry: Entry, notes: readonly Note[]): string {
  if (entry.type === 'line')
    return `${entry.label ? `**${escapeDiscord(entry.label)}** · ` : ''}${escapeDiscord(entry.text)}`;
  const marks = noteMarks(entry, notes).map((mark) => ` [${mark}]`);
  const { kind, source } = composeTrace(entry.claim);
  return [
    ...(entry.heading ? [`**${escapeDiscord(entry.heading)}**`] : []),
    `${escapeDiscord(entry.claim.text)}${marks.join('')}`,
    `-# **${kind}** · ${escapeDiscord(source)}`,
  ].join('\n');
}

function renderNotes(notes: readonly Note[]): string {
  return [
    `-# ${NOTES_HEADING}`,
    ...notes.map(({ kind, text: note }, index) => `[${index + 1}] **${NOTE_LABELS[kind]}.** ${escapeDiscord(note)}`),
  ].join('\n');
}

function renderButtons(actions: readonly Action[], askPrivately: boolean): ActionRow[] {
  const buttons = actions.map(
    ({ label, question, primary }): Button => ({
      type: 2,
      style: primary ? 1 : 2,
      label: label.slice(0, DISCORD_LIMITS.buttonLabel),
      custom_id: composeQuestionPath(question),
    }),
  );
  if (askPrivately) buttons.push({ type: 2, style: 2, label: 'Ask privately', custom_id: ASK_PRIVATELY });
  const rows: ActionRow[] = [];
  for (let start = 0; start < buttons.length; start += DISCORD_LIMITS.buttonsInRow) {
    rows.push({ type: 1, components: buttons.slice(start, start + DISCORD_LIMITS.buttonsInRow) });
  }
  return rows;
}
