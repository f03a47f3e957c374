import type {
  ActionsBlock,
  Button,
  ContextActionsBlock,
  ContextBlock,
  DividerBlock,
  HeaderBlock,
  ImageBlock,
  MrkdwnElement,
  PlainTextElement,
  SectionBlock,
  StaticSelect,
} from '@slack/types';
import type { Note } from '../../core/article.ts';
import { isPassing } from '../../core/editors.ts';
import { composeVoteId, type Vote } from '../../core/feedback.ts';
import { composeCorrection, type Markup, writeNote } from '../../core/note.ts';
import { composeQuestionPath } from '../../core/question.ts';
import { rememberRendering } from '../../core/remember.ts';
import {
  type Action,
  type ClaimEntry,
  collectActions,
  collectNotes,
  composeAsked,
  composeLanguage,
  composePosition,
  composeTrace,
  type Entry,
  isAsk,
  isIntroduction,
  type Link,
  listFigures,
  type Menu,
  noteMarks,
  type Reply,
  type SharedTrace,
  shareTrace,
  writeLead,
  writeOwnTrace,
  writeSharedTrace,
} from '../../core/reply.ts';
import { quote, writeMoment, writeText } from '../../core/text.ts';
import { beside, type Words, wordsOf } from '../../i18n/words.ts';
import { escapeSlack } from './escape.ts';
import { SLACK_LIMITS } from './limits.ts';
import { writeSlack } from './write-text.ts';

/** The blocks that answers use, out of all that Block Kit has, https://docs.slack.dev/reference/block-kit/blocks */
export type Block =
  | HeaderBlock
  | SectionBlock
  | ContextBlock
  | DividerBlock
  | ImageBlock
  | ActionsBlock
  | ContextActionsBlock;

export interface SlackMessage {
  readonly text: string;
  readonly blocks: Block[];
  readonly mrkdwn: true;
  readonly unfurl_links: false;
  readonly unfurl_media: false;
}

/** Every button that asks a question has an action id that begins so; its value is the question's path. */
export const ASK_ACTION = 'ask';
/** Leads back to the answer that a window showed before; its value is that question's path. */
export const BACK_ACTION = 'ask:back';
/** The menu of further questions. */
export const MENU_ACTION = 'ask-menu';
/** A link out of Slack begins so: Slack tells of the press, and wants to hear that it was heard. */
export const LINK_ACTION = 'link';
/** Posts the answer, which only its asker sees, for everyone; its value is the question's path. */
export const SHARE_ACTION = 'share';
/** The id of the block that says who shared an answer begins so; their name follows. */
export const SHARER_BLOCK = 'shared-by:';
/** A menu of actions begins so; what is chosen is a question's path. */
export const TOPICS_ACTION = 'ask-topic';
/** The two buttons that say whether an answer helped. */
export const RATE_ACTION = 'rate';
/** Opens a form for a question in one's own words. */
export const FORM_ACTION = 'ask-form';

export interface SlackOptions {
  /** The message answers the one right above it, which holds the question. */
  readonly below?: boolean;
  /** The asker alone sees the message: offer to share it. */
  readonly sharable?: boolean;
  /** The picture's id, once uploaded. */
  readonly fileId?: string | undefined;
  /** Who shared the answer, by name. */
  readonly sharedBy?: string | undefined;
}

/**
 * A reply as Block Kit with a plain text for notifications: the article's claims as sections, the editors' notes apart as
 * context below a divider, buttons last. Within Slack's limits for every reply that core composes from valid content.
 */
export const renderSlack = rememberRendering(
  (reply, options: SlackOptions): SlackMessage => ({
    text: renderFallback(reply).slice(0, SLACK_LIMITS.fallbackText),
    mrkdwn: true,
    unfurl_links: false,
    unfurl_media: false,
    blocks: renderBlocks(reply, options),
  }),
);

/** A sentence of the bot's own as a message. */
export function renderSentence(text: string): SlackMessage {
  const written = escapeSlack(text);
  return { text: written, mrkdwn: true, unfurl_links: false, unfurl_media: false, blocks: [context(written)] };
}

/** The blocks of a message. */
function renderBlocks(reply: Reply, options: SlackOptions): Block[] {
  return [
    ...renderBody(reply, options),
    ...(reply.ratedAs === undefined ? [] : [renderVotes(reply.ratedAs, wordsOf(reply.question))]),
  ];
}

/** The blocks of an answer in a view, which takes no feedback buttons. */
export function renderViewBlocks(reply: Reply): Block[] {
  return renderBody(reply, {});
}

function renderBody(reply: Reply, { sharable = false, below = false, fileId, sharedBy }: SlackOptions): Block[] {
  const notes = collectNotes(reply);
  const position = composePosition(reply);
  const words = wordsOf(reply.question);
  const shared = shareTrace(reply.entries, words);
  return [
    ...(reply.untitled
      ? []
      : [{ type: 'header', text: plain(reply.title.slice(0, SLACK_LIMITS.headerText)) } as const]),
    ...renderHead(reply, notes, below, words),
    ...(reply.image && fileId ? [picture(fileId, reply.image.alt)] : []),
    ...(shared ? [context(fit(SLACK_LIMITS.contextText, (markup) => writeSharedTrace(shared, markup, words)))] : []),
    ...reply.entries.flatMap((entry) => renderEntry(entry, notes, shared, words)),
    ...(position ? [context(position)] : []),
    ...(notes.length > 0 ? [{ type: 'divider' } as const, ...renderNotes(notes, words)] : []),
    ...(sharedBy ? [renderSharer(sharedBy, words)] : []),
    ...(reply.menu ? renderMenu(reply.menu) : []),
    ...renderButtons(reply, sharable && SHARABLE.has(reply.outcome) && !isPassing(reply.question), words),
  ];
}

/** What says something of the article; what does not need not be shown to others. */
const SHARABLE: ReadonlySet<Reply['outcome']> = new Set(['answered', 'nearest', 'listed']);

/** The block's id also holds the name, so that it can be read back exactly. */
function renderSharer(name: string, words: Words): Block {
  const block_id = `${SHARER_BLOCK}${name}`.slice(0, SLACK_LIMITS.blockId);
  return { type: 'context', elements: [mrkdwn(words('shared-by', { name: escapeSlack(name) }))], block_id };
}

function picture(id: string, alt: string): Block {
  return { type: 'image', slack_file: { id }, alt_text: alt.slice(0, SLACK_LIMITS.imageAlt) };
}

export function plain(text: string): PlainTextElement {
  return { type: 'plain_text', text, emoji: false };
}

/** Names and addresses in it stay text. */
function mrkdwn(text: string): MrkdwnElement {
  return { type: 'mrkdwn', text, verbatim: true };
}

export function section(text: string): Block {
  return { type: 'section', text: mrkdwn(text) };
}

export function context(...texts: readonly string[]): Block {
  return { type: 'context', elements: texts.map(mrkdwn) };
}

/** What all answers have stands small: byline, question, and a lead that only leads in. */
function renderHead(reply: Reply, notes: readonly Note[], below: boolean, words: Words): Block[] {
  const { byline, asked, lead } = reply;
  const marks = reply.notes.map((note) => `[${notes.indexOf(note) + 1}]`).join(' ');
  const isAskedAbove = below && asked?.after === undefined;
  const isSmall = isIntroduction(reply);
  const plainly = writeSlack(lead ?? '', words);
  // A lead without a title is the verdict, or the answer itself.
  const stressed = plainly && reply.untitled && !isSmall ? `*${plainly}*` : plainly;
  const said = [stressed, marks].filter(Boolean).join(' ');
  const language = composeLanguage(reply);
  const small = [
    escapeSlack(byline),
    ...(language ? [language] : []),
    ...(asked && !isAskedAbove ? [escapeSlack(composeAsked(asked, words))] : []),
  ];
  return [
    context(small.join('\n')),
    ...(said && isSmall ? [context(said)] : []),
    ...(said && !isSmall ? [section(said)] : []),
  ];
}

/** A link, https://docs.slack.dev/messaging/formatting-message-text#linking-urls */
const LINKED: Markup = { text: escapeSlack, link: (shown, url) => `<${url.replaceAll('&', '&amp;')}|${shown}>` };
const UNLINKED: Markup = { text: escapeSlack, link: (shown) => shown };
const PLAIN: Markup = { text: (text) => text, link: (shown) => shown };

/** A text with its links; without them if it is too long for its block. */
function fit(limit: number, write: (markup: Markup) => string): string {
  const linked = write(LINKED);
  return linked.length <= limit ? linked : write(UNLINKED);
}

/** A claim stands in a section, and its trace below it in a context block, small and grey; what only comes near stands there as a whole. */
function renderEntry(entry: Entry, notes: readonly Note[], shared: SharedTrace | undefined, words: Words): Block[] {
  if (entry.type === 'part')
    return [
      section([`*${escapeSlack(quote(entry.question, words))}*`, escapeSlack(entry.text)].filter(Boolean).join('\n')),
    ];
  if (entry.type === 'line') {
    const label = entry.label ? `*${beside(writeSlack(entry.label, words), words)}* · ` : '';
    return [section(`${label}${writeSlack(entry.text, words)}`)];
  }
  const marks = noteMarks(entry, notes).map((mark) => ` [${mark}]`);
  const { kind } = composeTrace(entry.claim, words);
  const correction = composeCorrection(entry.claim, words);
  const heading = entry.heading ? [`*${escapeSlack(entry.heading)}*`] : [];
  const claim = [...heading, `${renderClaim(entry)}${marks.join('')}`].join('\n');
  const trace = (markup: Markup) =>
    [
      [`*${kind}*`, ...writeOwnTrace(entry, shared, markup, words)].join(' · '),
      ...(correction ? [escapeSlack(correction)] : []),
    ].join('\n');
  if (!entry.nearest) return [section(claim), context(fit(SLACK_LIMITS.contextText, trace))];
  return [context(fit(SLACK_LIMITS.contextText, (markup) => [claim, trace(markup)].join('\n')))];
}

/** Its figures stand out, if they do not stand above it already or it only comes near. */
function renderClaim({ claim, heading, nearest }: ClaimEntry): string {
  if (heading || nearest) return escapeSlack(claim.text);
  return listFigures(claim)
    .map(({ text, isFigure }) => (isFigure ? `*${escapeSlack(text)}*` : escapeSlack(text)))
    .join('');
}

function renderNotes(notes: readonly Note[], words: Words): Block[] {
  return [
    context(`*${words('note.heading')}*`),
    ...notes.map((note, index) =>
      context(
        fit(
          SLACK_LIMITS.contextText,
          (markup) => `[${index + 1}] *${words(`note.${note.kind}`)}.* ${writeNote(note, markup, words)}`,
        ),
      ),
    ),
  ];
}

/** Questions in the asker's own way of speaking come first, in a block of their own; what leads elsewhere follows. */
function renderButtons(reply: Reply, sharable: boolean, words: Words): Block[] {
  const actions = collectActions(reply);
  const [asks, others] = [actions.filter(isAsk), actions.filter((action) => !isAsk(action))] as const;
  const menu = others.length > MOST_BUTTONS && fitMenu(others) ? others.slice(MOST_BUTTONS - 1) : [];
  const buttons = others.slice(0, menu.length > 0 ? MOST_BUTTONS - 1 : SLACK_LIMITS.actionsElements - RESERVE);
  const rest: ActionsBlock['elements'] = [
    ...buttons.map(askButton),
    ...reply.links.map(renderLink),
    ...(reply.offersQuestion ? [button(words('action.ask-question'), FORM_ACTION, reply.question.command)] : []),
    ...(sharable ? [button(words('action.share'), SHARE_ACTION, composeQuestionPath(reply.question))] : []),
    ...(menu.length > 0 ? [{ type: 'overflow' as const, action_id: MENU_ACTION, options: menu.map(option) }] : []),
  ];
  const own = asks.slice(0, SLACK_LIMITS.actionsElements).map((action, index) => askButton(action, ASKS + index));
  return [own, rest].filter(({ length }) => length > 0).map((elements) => ({ type: 'actions', elements }));
}

/** Buttons beside those that ask; where there are more, the last ones are in a menu. */
const MOST_BUTTONS = 5;
/** Elements of a block that are not such buttons: links, the form, sharing. */
const RESERVE = 5;
/** Action ids of questions are counted from here, so that no two of a message are the same. */
const ASKS = 100;

function askButton({ label, question, primary }: Action, index: number): Button {
  return button(label, `${ASK_ACTION}:${index}`, composeQuestionPath(question), primary);
}

function fitMenu(actions: readonly Action[]): boolean {
  const rest = actions.slice(MOST_BUTTONS - 1);
  return rest.length <= SLACK_LIMITS.overflowOptions && rest.every(fitsOption);
}

function fitsOption({ question }: Action): boolean {
  return composeQuestionPath(question).length <= SLACK_LIMITS.optionValue;
}

function option({ label, question }: Action) {
  return { text: plain(label.slice(0, SLACK_LIMITS.optionText)), value: composeQuestionPath(question) };
}

/** A menu to choose one of, https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element#static_select */
export function renderMenu({ placeholder, actions }: Menu): Block[] {
  const options = actions.filter(fitsOption).slice(0, SLACK_LIMITS.menuOptions).map(option);
  if (options.length === 0) return [];
  const menu: StaticSelect = {
    type: 'static_select',
    action_id: TOPICS_ACTION,
    placeholder: plain(placeholder),
    options,
  };
  return [{ type: 'actions', elements: [menu] }];
}

/** https://docs.slack.dev/reference/block-kit/block-elements/feedback-buttons-element */
function renderVotes(ratedAs: string, words: Words): Block {
  const renderVote = (vote: Vote) => ({
    text: plain(words(`vote.${vote}`)),
    accessibility_label: words(`vote.${vote}.described`),
    value: composeVoteId(vote, ratedAs),
  });
  return {
    type: 'context_actions',
    elements: [
      {
        type: 'feedback_buttons',
        action_id: RATE_ACTION,
        positive_button: renderVote('helpful'),
        negative_button: renderVote('unhelpful'),
      },
    ],
  };
}

export function renderLink({ label, url }: Link, index: number): Button {
  const text = plain(label.slice(0, SLACK_LIMITS.buttonLabel));
  return { type: 'button', text, action_id: `${LINK_ACTION}:${index}`, url };
}

export function button(label: string, action_id: string, value: string, primary = false): Button {
  return {
    type: 'button',
    text: plain(label.slice(0, SLACK_LIMITS.buttonLabel)),
    action_id,
    value: value.slice(0, SLACK_LIMITS.buttonValue),
    ...(primary ? { style: 'primary' as const } : {}),
  };
}

/** What a notification and a screen reader say: title, byline, claims with their traces, notes. */
function renderFallback(reply: Reply): string {
  const lead = writeLead(reply);
  const words = wordsOf(reply.question);
  const language = composeLanguage(reply);
  return [
    `${reply.title} (${reply.byline.replaceAll('\n', '; ')})`,
    ...(language ? [language] : []),
    ...(lead ? [lead] : []),
    ...reply.entries.map((entry) => renderPlain(entry, words)),
    ...collectNotes(reply).map(
      (note) => `${words('note.heading')}: ${words(`note.${note.kind}`)}. ${writeNote(note, PLAIN, words)}`,
    ),
  ]
    .map(escapeSlack)
    .join('\n');
}

function renderPlain(entry: Entry, words: Words): string {
  switch (entry.type) {
    case 'part':
      return [quote(entry.question, words), entry.text].filter(Boolean).join(' ');
    case 'line':
      return `${entry.label ? `${beside(writeText(entry.label), words)}: ` : ''}${writeText(entry.text, { moment: (time) => writeMoment(time, words) })}`;
    case 'claim': {
      const { kind, source } = composeTrace(entry.claim, words);
      return [`${entry.claim.text} (${kind} · ${source})`, composeCorrection(entry.claim, words)]
        .filter(Boolean)
        .join(' ');
    }
  }
}
