import type {
  ActionsBlock,
  Button,
  ContextBlock,
  DividerBlock,
  HeaderBlock,
  ImageBlock,
  MrkdwnElement,
  PlainTextElement,
  SectionBlock,
} from '@slack/types';
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
  type Link,
  NOTE_LABELS,
  NOTES_HEADING,
  noteMarks,
  type Reply,
} from '../../core/reply.ts';
import { quote, writeText } from '../../core/text.ts';
import { escapeSlack } from './escape.ts';
import { SLACK_LIMITS } from './limits.ts';
import { writeSlack } from './write-text.ts';

/** The blocks that answers use, out of all that Block Kit has, https://docs.slack.dev/reference/block-kit/blocks */
export type Block = HeaderBlock | SectionBlock | ContextBlock | DividerBlock | ImageBlock | ActionsBlock;

export interface SlackMessage {
  readonly text: string;
  readonly blocks: Block[];
  readonly mrkdwn: true;
  readonly unfurl_links: false;
  readonly unfurl_media: false;
}

/** Every button that asks a question has an action id that begins so; its value is the question's path. */
export const ASK_ACTION = 'ask';
/** The menu of further questions. */
export const MENU_ACTION = 'ask-menu';
/** A link out of Slack begins so: Slack tells of the press, and wants to hear that it was heard. */
export const LINK_ACTION = 'link';
/** Posts the answer, which only its asker sees, for everyone; its value is the question's path. */
export const SHARE_ACTION = 'share';
/** The id of the block that says who shared an answer begins so; their name follows. */
export const SHARER_BLOCK = 'shared-by:';
/** Opens a form for a question in one's own words. */
export const FORM_ACTION = 'ask-form';

export interface SlackOptions {
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

/** The blocks alone, as a view takes them. */
export function renderBlocks(reply: Reply, { sharable = false, fileId, sharedBy }: SlackOptions = {}): Block[] {
  const notes = collectNotes(reply);
  const position = composePosition(reply);
  return [
    { type: 'header', text: plain(reply.title.slice(0, SLACK_LIMITS.headerText)) },
    context(escapeSlack(reply.byline)),
    ...(reply.lead ? [section(renderLead(reply, notes))] : []),
    ...(reply.image && fileId ? [picture(fileId, reply.image.alt)] : []),
    ...reply.entries.map((entry) => renderEntry(entry, notes)),
    ...(position ? [context(position)] : []),
    ...(notes.length > 0 ? [{ type: 'divider' } as const, ...renderNotes(notes)] : []),
    ...(sharedBy ? [renderSharer(sharedBy)] : []),
    ...renderButtons(reply, sharable && SHARABLE.has(reply.outcome)),
  ];
}

/** What says something of the article; what does not need not be shown to others. */
const SHARABLE: ReadonlySet<Reply['outcome']> = new Set(['answered', 'nearest', 'listed']);

/** The name stands in the block's id too, where it is read back letter by letter. */
function renderSharer(name: string): Block {
  const block_id = `${SHARER_BLOCK}${name}`.slice(0, SLACK_LIMITS.blockId);
  return { type: 'context', elements: [mrkdwn(`Shared by ${escapeSlack(name)}`)], block_id };
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

function renderLead(reply: Reply, notes: readonly Note[]): string {
  const marks = reply.notes.map((note) => ` [${notes.indexOf(note) + 1}]`);
  return `${writeSlack(reply.lead ?? '')}${marks.join('')}`;
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

/** What only comes near stands in a context block, small and grey, and an answer in a section. */
function renderEntry(entry: Entry, notes: readonly Note[]): Block {
  if (entry.type === 'part')
    return section([`*${escapeSlack(quote(entry.question))}*`, escapeSlack(entry.text)].filter(Boolean).join('\n'));
  if (entry.type === 'line') {
    const label = entry.label ? `*${writeSlack(entry.label)}* · ` : '';
    return section(`${label}${writeSlack(entry.text)}`);
  }
  const marks = noteMarks(entry, notes).map((mark) => ` [${mark}]`);
  const { kind, paragraphs, speaker } = composeTrace(entry.claim);
  const address = claimAddress(entry);
  const correction = composeCorrection(entry.claim);
  const write = ({ link }: Markup) =>
    [
      ...(entry.heading ? [`*${escapeSlack(entry.heading)}*`] : []),
      `${escapeSlack(entry.claim.text)}${marks.join('')}`,
      // An underscore in an address would end the emphasis around it.
      `*${kind}* · ${address ? `${link(paragraphs, address)} · _` : `_${paragraphs} · `}${escapeSlack(speaker)}_`,
    ].join('\n');
  const corrections = correction ? [escapeSlack(correction)] : [];
  if (entry.nearest) return context(fit(SLACK_LIMITS.contextText, write), ...corrections);
  return section(fit(SLACK_LIMITS.sectionText, (markup) => [write(markup), ...corrections].join('\n')));
}

function renderNotes(notes: readonly Note[]): Block[] {
  return [
    context(`*${NOTES_HEADING}*`),
    ...notes.map((note, index) =>
      context(
        fit(
          SLACK_LIMITS.contextText,
          (markup) => `[${index + 1}] *${NOTE_LABELS[note.kind]}.* ${writeNote(note, markup)}`,
        ),
      ),
    ),
  ];
}

/** Buttons for what most people want next; where there are many, the last ones in a menu. */
const BUTTONS_BEFORE_MENU = 4;

function renderButtons(reply: Reply, sharable: boolean): Block[] {
  const actions = collectActions(reply);
  const menu = isMenu(reply, actions) ? actions.slice(BUTTONS_BEFORE_MENU) : [];
  const elements: ActionsBlock['elements'] = actions
    .slice(0, menu.length > 0 ? BUTTONS_BEFORE_MENU : SLACK_LIMITS.actionsElements - 2 - reply.links.length)
    .map(({ label, question, primary }, index) =>
      button(label, `${ASK_ACTION}:${index}`, composeQuestionPath(question), primary),
    );
  elements.push(...reply.links.map(renderLink));
  if (reply.offersQuestion) elements.push(button('Ask a question', FORM_ACTION, reply.question.command));
  if (sharable) elements.push(button('Share to channel', SHARE_ACTION, composeQuestionPath(reply.question)));
  if (menu.length > 0) {
    const options = menu.map(({ label, question }) => ({
      text: plain(label.slice(0, SLACK_LIMITS.optionText)),
      value: composeQuestionPath(question),
    }));
    elements.push({ type: 'overflow', action_id: MENU_ACTION, options });
  }
  return elements.length > 0 ? [{ type: 'actions', elements }] : [];
}

function renderLink({ label, url }: Link, index: number): Button {
  const text = plain(label.slice(0, SLACK_LIMITS.buttonLabel));
  return { type: 'button', text, action_id: `${LINK_ACTION}:${index}`, url };
}

/** A list of topics stays a list of buttons: a menu has room for five. */
function isMenu({ outcome }: Reply, actions: readonly Action[]): boolean {
  const rest = actions.slice(BUTTONS_BEFORE_MENU);
  return (
    outcome === 'answered' &&
    rest.length > 1 &&
    rest.length <= SLACK_LIMITS.overflowOptions &&
    rest.every(({ question }) => composeQuestionPath(question).length <= SLACK_LIMITS.optionValue)
  );
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
  return [
    `${reply.title} (${reply.byline.replaceAll('\n', '; ')})`,
    ...(reply.lead ? [writeText(reply.lead)] : []),
    ...reply.entries.map(renderPlain),
    ...collectNotes(reply).map((note) => `${NOTES_HEADING}: ${NOTE_LABELS[note.kind]}. ${writeNote(note, PLAIN)}`),
  ]
    .map(escapeSlack)
    .join('\n');
}

function renderPlain(entry: Entry): string {
  switch (entry.type) {
    case 'part':
      return [quote(entry.question), entry.text].filter(Boolean).join(' ');
    case 'line':
      return `${entry.label ? `${writeText(entry.label)}: ` : ''}${writeText(entry.text)}`;
    case 'claim': {
      const { kind, source } = composeTrace(entry.claim);
      return [`${entry.claim.text} (${kind} · ${source})`, composeCorrection(entry.claim)].filter(Boolean).join(' ');
    }
  }
}
