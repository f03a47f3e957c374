// The enums without the rest of discord.js: the page draws these messages where Discord is not in use, too.
import {
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  type APIButtonComponentWithURL,
  type APIContainerComponent,
  type APIMediaGalleryComponent,
  type APITextDisplayComponent,
  ButtonStyle,
  ComponentType,
  MessageFlags,
} from 'discord-api-types/v10';
import type { Note } from '../../core/article.ts';
import { composeCorrection, type Markup, writeNote } from '../../core/note.ts';
import { composeQuestionPath } from '../../core/question.ts';
import { rememberRendering } from '../../core/remember.ts';
import {
  type Action,
  claimAddress,
  collectActions,
  collectNotes,
  composePosition,
  composeTrace,
  type Entry,
  type Image,
  type Link,
  NOTE_LABELS,
  NOTES_HEADING,
  noteMarks,
  type Reply,
} from '../../core/reply.ts';
import { quote } from '../../core/text.ts';
import { PICTURE } from './compose-files.ts';
import { escapeDiscord } from './escape.ts';
import { DISCORD_LIMITS } from './limits.ts';
import { writeDiscord } from './write-text.ts';

/** A message of Components V2, https://docs.discord.com/developers/components/reference */
export interface DiscordMessage {
  readonly flags: MessageFlags;
  readonly allowed_mentions: { parse: [] };
  readonly components: (APIContainerComponent | ButtonRow)[];
}

type Button = APIButtonComponentWithCustomId & { label: string };
export type ButtonRow = APIActionRowComponent<Button | APIButtonComponentWithURL>;

const COLOURS = {
  answered: 0x2f6fde,
  nearest: 0xa9b4c6,
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

function render(reply: Reply, options: DiscordOptions): DiscordMessage {
  const linked = renderWith(LINKED, reply, options);
  return lengthOf(linked) <= DISCORD_LIMITS.text ? linked : renderWith(UNLINKED, reply, options);
}

/** How texts and the links in them are written. Addresses count as characters, so a message too long for them goes without. */
const LINKED: Markup = { text: escapeDiscord, link: (shown, url) => `[${shown}](${url})` };
const UNLINKED: Markup = { text: escapeDiscord, link: (shown) => shown };

function renderWith(
  markup: Markup,
  reply: Reply,
  { ephemeral = false, askPrivately = false }: DiscordOptions,
): DiscordMessage {
  const notes = collectNotes(reply);
  const position = composePosition(reply);
  return {
    flags: MessageFlags.IsComponentsV2 | (ephemeral ? MessageFlags.Ephemeral : 0),
    allowed_mentions: { parse: [] },
    components: [
      container(COLOURS[reply.outcome], [
        text(renderHead(reply, notes)),
        ...(reply.image ? [picture(reply.image)] : []),
        ...(reply.entries.length > 0 ? [{ type: ComponentType.Separator } as const] : []),
        ...reply.entries.map((entry) => text(renderEntry(entry, notes, markup))),
        ...(position ? [text(`-# ${position}`)] : []),
      ]),
      ...(notes.length > 0 ? [container(NOTES_COLOUR, [text(renderNotes(notes, markup))])] : []),
      ...renderButtons(collectActions(reply), askPrivately),
      ...renderLinks(reply.links),
    ],
  };
}

function lengthOf({ components }: DiscordMessage): number {
  const texts = components
    .flatMap((one): readonly object[] => one.components)
    .flatMap((one) => ('content' in one && typeof one.content === 'string' ? [one.content] : []));
  return texts.reduce((total, { length }) => total + length, 0);
}

/** The buttons of a message that ask something; links, which Discord opens by itself, are not among them. */
export function askingButtons({ components }: Pick<DiscordMessage, 'components'>): Button[] {
  return components
    .flatMap((one) => (one.type === ComponentType.ActionRow ? one.components : []))
    .filter((one) => 'custom_id' in one);
}

function container(accent_color: number, components: APIContainerComponent['components']): APIContainerComponent {
  return { type: ComponentType.Container, accent_color, components };
}

function picture({ alt }: Image): APIMediaGalleryComponent {
  const description = alt.slice(0, DISCORD_LIMITS.imageDescription);
  return { type: ComponentType.MediaGallery, items: [{ media: { url: `attachment://${PICTURE}` }, description }] };
}

function text(content: string): APITextDisplayComponent {
  return { type: ComponentType.TextDisplay, content };
}

function renderHead(reply: Reply, notes: readonly Note[]): string {
  const marks = reply.notes.map((note) => `[${notes.indexOf(note) + 1}]`).join('');
  return [
    `## ${escapeDiscord(reply.title)}`,
    ...reply.byline.split('\n').map((line) => `-# ${escapeDiscord(line)}`),
    ...(reply.lead ? [`${writeDiscord(reply.lead)}${marks ? ` ${marks}` : ''}`] : []),
  ].join('\n');
}

function renderEntry(entry: Entry, notes: readonly Note[], { link }: Markup): string {
  if (entry.type === 'part')
    return [`### ${escapeDiscord(quote(entry.question))}`, ...(entry.text ? [escapeDiscord(entry.text)] : [])].join(
      '\n',
    );
  if (entry.type === 'line')
    return `${entry.label ? `**${writeDiscord(entry.label)}** · ` : ''}${writeDiscord(entry.text)}`;
  const marks = noteMarks(entry, notes).map((mark) => ` [${mark}]`);
  const { kind, paragraphs, speaker } = composeTrace(entry.claim);
  const address = claimAddress(entry);
  const correction = composeCorrection(entry.claim);
  const lines = [
    ...(entry.heading ? [`**${escapeDiscord(entry.heading)}**`] : []),
    `${escapeDiscord(entry.claim.text)}${marks.join('')}`,
    `-# **${kind}** · ${address ? link(paragraphs, address) : paragraphs} · ${escapeDiscord(speaker)}`,
    ...(correction ? [`-# ${escapeDiscord(correction)}`] : []),
  ];
  // What only comes near is small print in a quotation, and an answer plain text.
  return lines.map((line) => (entry.nearest ? `> ${line.startsWith('-# ') ? line : `-# ${line}`}` : line)).join('\n');
}

function renderNotes(notes: readonly Note[], markup: Markup): string {
  return [
    `-# ${NOTES_HEADING}`,
    ...notes.map((note, index) => `[${index + 1}] **${NOTE_LABELS[note.kind]}.** ${writeNote(note, markup)}`),
  ].join('\n');
}

function renderButtons(actions: readonly Action[], askPrivately: boolean): ButtonRow[] {
  const buttons = actions.map(({ label, question, primary }) =>
    button(label, composeQuestionPath(question), primary ? ButtonStyle.Primary : ButtonStyle.Secondary),
  );
  if (askPrivately) buttons.push(button('Ask privately', ASK_PRIVATELY));
  const rows: ButtonRow[] = [];
  for (let start = 0; start < buttons.length; start += DISCORD_LIMITS.buttonsInRow) {
    rows.push({ type: ComponentType.ActionRow, components: buttons.slice(start, start + DISCORD_LIMITS.buttonsInRow) });
  }
  return rows;
}

function renderLinks(links: readonly Link[]): ButtonRow[] {
  if (links.length === 0) return [];
  const components = links.map(({ label, url }) => ({
    type: ComponentType.Button as const,
    style: ButtonStyle.Link as const,
    label: label.slice(0, DISCORD_LIMITS.buttonLabel),
    url,
  }));
  return [{ type: ComponentType.ActionRow, components }];
}

function button(label: string, custom_id: string, style: Button['style'] = ButtonStyle.Secondary): Button {
  return { type: ComponentType.Button, style, label: label.slice(0, DISCORD_LIMITS.buttonLabel), custom_id };
}
