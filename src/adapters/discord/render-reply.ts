// The enums without the rest of discord.js: the page draws these messages even if Discord is not in use.
import {
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  type APIButtonComponentWithURL,
  type APIContainerComponent,
  type APIMediaGalleryComponent,
  type APIStringSelectComponent,
  type APITextDisplayComponent,
  ButtonStyle,
  ComponentType,
  MessageFlags,
} from 'discord-api-types/v10';
import type { Note } from '../../core/article.ts';
import { composeVoteId, VOTES, type Vote } from '../../core/feedback.ts';
import { composeCorrection, type Markup, writeNote } from '../../core/note.ts';
import { composeQuestionPath } from '../../core/question.ts';
import { rememberRendering } from '../../core/remember.ts';
import {
  type ClaimEntry,
  collectActions,
  collectNotes,
  composeAsked,
  composeLanguage,
  composePosition,
  composeTrace,
  type Entry,
  type Image,
  isAsk,
  isIntroduction,
  type Link,
  listFigures,
  type Menu,
  noteMarks,
  type Reply,
  type SharedTrace,
  shareTrace,
  writeOwnTrace,
  writeSharedTrace,
} from '../../core/reply.ts';
import { quote } from '../../core/text.ts';
import { beside, type Words, wordsOf } from '../../i18n/words.ts';
import { PICTURE } from './compose-files.ts';
import { escapeDiscord } from './escape.ts';
import { DISCORD_LIMITS } from './limits.ts';
import { writeDiscord } from './write-text.ts';

/** A message of Components V2, https://docs.discord.com/developers/components/reference */
export interface DiscordMessage {
  readonly flags: MessageFlags;
  readonly allowed_mentions: { parse: [] };
  readonly components: (APIContainerComponent | ButtonRow | MenuRow)[];
}

type SmallButton = APIButtonComponentWithCustomId;
type Button = SmallButton & { label: string };
export type ButtonRow = APIActionRowComponent<SmallButton | APIButtonComponentWithURL>;
export type MenuRow = APIActionRowComponent<APIStringSelectComponent>;

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
/** The custom id of a menu begins so; what is chosen is a question's path. */
export const MENU = 'menu';
const VOTE_EMOJI: Readonly<Record<Vote, string>> = { helpful: '👍', unhelpful: '👎' };

export interface DiscordOptions {
  /** The asker alone sees the message. */
  readonly ephemeral?: boolean;
  /** The message answers the one right above it, which holds the question. */
  readonly below?: boolean;
  /** Others see the message, so offer a way to ask in private. */
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

/** How one message is written. */
interface Style {
  readonly options: DiscordOptions;
  readonly markup: Markup;
  readonly words: Words;
}

function renderWith(markup: Markup, reply: Reply, options: DiscordOptions): DiscordMessage {
  const { ephemeral = false, askPrivately = false } = options;
  const notes = collectNotes(reply);
  const position = composePosition(reply);
  const words = wordsOf(reply.question);
  const shared = shareTrace(reply.entries, words);
  return {
    flags: MessageFlags.IsComponentsV2 | (ephemeral ? MessageFlags.Ephemeral : 0),
    allowed_mentions: { parse: [] },
    components: [
      container(COLOURS[reply.outcome], [
        text(renderHead(reply, notes, shared, { options, markup, words })),
        ...(reply.image ? [picture(reply.image)] : []),
        ...(reply.entries.length > 0 ? [{ type: ComponentType.Separator } as const] : []),
        ...reply.entries.map((entry) => text(renderEntry(entry, notes, shared, markup, words))),
        ...(position ? [text(`-# ${position}`)] : []),
      ]),
      ...(notes.length > 0 ? [container(NOTES_COLOUR, [text(renderNotes(notes, markup, words))])] : []),
      ...(reply.menu ? renderMenu(reply.menu, words) : []),
      ...renderButtons(reply, askPrivately, words),
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
    .flatMap((one): readonly object[] => (one.type === ComponentType.ActionRow ? one.components : []))
    .filter((one): one is Button => 'custom_id' in one && 'label' in one);
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

/** Small print above the claims says what all answers have; a title and a lead that say more stand out. */
function renderHead(reply: Reply, notes: readonly Note[], shared: SharedTrace | undefined, style: Style) {
  const { options, markup, words } = style;
  const { asked, lead, question } = reply;
  const language = composeLanguage(reply);
  // Discord shows the channel's name there, to those who can see the channel.
  const place = question.place === undefined ? '' : ` · <#${question.place}>`;
  const marks = reply.notes.map((note) => `[${notes.indexOf(note) + 1}]`).join('');
  const isAskedAbove = options.below === true && asked?.after === undefined;
  const said = writeDiscord(lead ?? '');
  // A lead without a title is the verdict, or the answer itself.
  const stressed = said && reply.untitled && !isIntroduction(reply) ? `**${said}**` : said;
  return [
    ...(reply.untitled ? [] : [`### ${escapeDiscord(reply.title)}${place}`]),
    ...reply.byline.split('\n').map((line) => `-# ${escapeDiscord(line)}`),
    ...(language ? [`-# ${language}`] : []),
    ...(asked && !isAskedAbove ? [`-# ${escapeDiscord(composeAsked(asked, words))}`] : []),
    ...(lead || marks ? [`${isIntroduction(reply) ? '-# ' : ''}${[stressed, marks].filter(Boolean).join(' ')}`] : []),
    ...(shared ? [`-# ${writeSharedTrace(shared, markup, words)}`] : []),
  ].join('\n');
}

function renderEntry(
  entry: Entry,
  notes: readonly Note[],
  shared: SharedTrace | undefined,
  markup: Markup,
  words: Words,
): string {
  if (entry.type === 'part')
    return [
      `**${escapeDiscord(quote(entry.question, words))}**`,
      ...(entry.text ? [escapeDiscord(entry.text)] : []),
    ].join('\n');
  if (entry.type === 'line')
    return `${entry.label ? `**${beside(writeDiscord(entry.label), words)}** · ` : ''}${writeDiscord(entry.text)}`;
  const marks = noteMarks(entry, notes).map((mark) => ` [${mark}]`);
  const { kind } = composeTrace(entry.claim, words);
  const correction = composeCorrection(entry.claim, words);
  const lines = [
    ...(entry.heading ? [`**${escapeDiscord(entry.heading)}**`] : []),
    `${renderClaim(entry)}${marks.join('')}`,
    `-# ${[`**${kind}**`, ...writeOwnTrace(entry, shared, markup, words)].join(' · ')}`,
    ...(correction ? [`-# ${escapeDiscord(correction)}`] : []),
  ];
  // What only comes near is small print in a quotation, and an answer plain text.
  return lines.map((line) => (entry.nearest ? `> ${line.startsWith('-# ') ? line : `-# ${line}`}` : line)).join('\n');
}

/** Its figures stand out, if they do not stand above it already or it only comes near. */
function renderClaim({ claim, heading, nearest }: ClaimEntry): string {
  if (heading || nearest) return escapeDiscord(claim.text);
  return listFigures(claim)
    .map(({ text: run, isFigure }) => (isFigure ? `**${escapeDiscord(run)}**` : escapeDiscord(run)))
    .join('');
}

function renderNotes(notes: readonly Note[], markup: Markup, words: Words): string {
  return [
    `-# **${words('note.heading')}**`,
    ...notes.map(
      (note, index) => `-# [${index + 1}] **${words(`note.${note.kind}`)}.** ${writeNote(note, markup, words)}`,
    ),
  ].join('\n');
}

/** Questions in the asker's own way of speaking come first, in rows of their own; what leads elsewhere follows. */
function renderButtons(reply: Reply, askPrivately: boolean, words: Words): ButtonRow[] {
  const actions = collectActions(reply);
  const [asks, others] = [actions.filter(isAsk), actions.filter((action) => !isAsk(action))].map((some) =>
    some.map(({ label, question, primary }) =>
      button(label, composeQuestionPath(question), primary ? ButtonStyle.Primary : ButtonStyle.Secondary),
    ),
  );
  const rest: SmallButton[] = [
    ...(others ?? []),
    ...(askPrivately ? [button(words('action.ask-privately'), ASK_PRIVATELY)] : []),
    ...(reply.ratedAs === undefined ? [] : VOTES.map((vote) => voteButton(vote, reply.ratedAs ?? ''))),
  ];
  return [...fillRows(asks ?? []), ...fillRows(rest)];
}

function fillRows(buttons: readonly SmallButton[]): ButtonRow[] {
  return Array.from({ length: Math.ceil(buttons.length / DISCORD_LIMITS.buttonsInRow) }, (_, row) => ({
    type: ComponentType.ActionRow as const,
    components: buttons.slice(row * DISCORD_LIMITS.buttonsInRow, (row + 1) * DISCORD_LIMITS.buttonsInRow),
  }));
}

function voteButton(vote: Vote, ratedAs: string): SmallButton {
  const custom_id = composeVoteId(vote, ratedAs);
  return { type: ComponentType.Button, style: ButtonStyle.Secondary, emoji: { name: VOTE_EMOJI[vote] }, custom_id };
}

/** Menus of actions, each as long as Discord allows. */
function renderMenu({ placeholder, actions }: Menu, words: Words): MenuRow[] {
  const size = DISCORD_LIMITS.menuOptions;
  const menus = Array.from({ length: Math.ceil(actions.length / size) }, (_, index) =>
    actions.slice(index * size, (index + 1) * size),
  );
  return menus.slice(0, DISCORD_LIMITS.menus).map((some, index) => ({
    type: ComponentType.ActionRow,
    components: [
      {
        type: ComponentType.StringSelect,
        custom_id: `${MENU}:${index}`,
        placeholder:
          menus.length > 1 ? words('menu.part', { placeholder, number: index + 1, total: menus.length }) : placeholder,
        options: some.map(({ label, question }) => ({
          label: label.slice(0, DISCORD_LIMITS.menuLabel),
          value: composeQuestionPath(question),
        })),
      },
    ],
  }));
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
