import type { Note } from '../../core/article.ts';
import { composeQuestionPath } from '../../core/question.ts';
import {
  type Action,
  collectActions,
  collectNotes,
  composePosition,
  composeTrace,
  type Entry,
  NOTE_LABELS,
  NOTES_HEADING,
  noteMarks,
  type Reply,
} from '../../core/reply.ts';
import { escapeSlack } from './escape.ts';
import { SLACK_LIMITS } from './limits.ts';

/** The blocks of Block Kit that answers use, https://docs.slack.dev/reference/block-kit/blocks */
export interface PlainText {
  type: 'plain_text';
  text: string;
  emoji: boolean;
}
export interface MarkdownText {
  type: 'mrkdwn';
  text: string;
  /** Names and addresses in the text stay text. */
  verbatim: true;
}
export interface Button {
  type: 'button';
  text: PlainText;
  action_id: string;
  value: string;
  style?: 'primary';
}
export type Block =
  | { type: 'header'; text: PlainText }
  | { type: 'section'; text: MarkdownText }
  | { type: 'context'; elements: MarkdownText[] }
  | { type: 'divider' }
  | { type: 'actions'; elements: Button[] };
export interface SlackMessage {
  text: string;
  blocks: Block[];
  mrkdwn: true;
  unfurl_links: false;
  unfurl_media: false;
}

/** Every button's action id begins so; its value is the question's path. */
export const ASK_ACTION = 'ask';

/**
 * A reply as Block Kit with a plain text for notifications: the article's claims as sections, the editors' notes apart as
 * context below a divider, buttons last. Within Slack's limits for every reply that core composes from valid content.
 */
export function renderSlack(reply: Reply): SlackMessage {
  const notes = collectNotes(reply);
  const position = composePosition(reply);
  return {
    text: renderFallback(reply).slice(0, SLACK_LIMITS.fallbackText),
    mrkdwn: true,
    unfurl_links: false,
    unfurl_media: false,
    blocks: [
      { type: 'header', text: plain(reply.title.slice(0, SLACK_LIMITS.headerText)) },
      context(escapeSlack(reply.byline)),
      ...(reply.lead ? [section(renderLead(reply, notes))] : []),
      ...reply.entries.map((entry) => section(renderEntry(entry, notes))),
      ...(position ? [context(position)] : []),
      ...(notes.length > 0 ? [{ type: 'divider' } as const, ...renderNotes(notes)] : []),
      ...renderButtons(collectActions(reply)),
    ],
  };
}

function plain(text: string): PlainText {
  return { type: 'plain_text', text, emoji: false };
}

function mrkdwn(text: string): MarkdownText {
  return { type: 'mrkdwn', text, verbatim: true };
}

function section(text: string): Block {
  return { type: 'section', text: mrkdwn(text) };
}

function context(text: string): Block {
  return { type: 'context', elements: [mrkdwn(text)] };
}

function renderLead(reply: Reply, notes: readonly Note[]): string {
  const marks = reply.notes.map((note) => ` [${notes.indexOf(note) + 1}]`);
  return `${escapeSlack(reply.lead ?? '')}${marks.join('')}`;
}

function renderEntry(entry: Entry, notes: readonly Note[]): string {
  if (entry.type === 'line')
    return `${entry.label ? `*${escapeSlack(entry.label)}* · ` : ''}${escapeSlack(entry.text)}`;
  const marks = noteMarks(entry, notes).map((mark) => ` [${mark}]`);
  const { kind, source } = composeTrace(entry.claim);
  return [
    ...(entry.heading ? [`*${escapeSlack(entry.heading)}*`] : []),
    `${escapeSlack(entry.claim.text)}${marks.join('')}`,
    `*${kind}* · _${escapeSlack(source)}_`,
  ].join('\n');
}

function renderNotes(notes: readonly Note[]): Block[] {
  return [
    context(`*${NOTES_HEADING}*`),
    ...notes.map(({ kind, text }, index) => context(`[${index + 1}] *${NOTE_LABELS[kind]}.* ${escapeSlack(text)}`)),
  ];
}

function renderButtons(actions: readonly Action[]): Block[] {
  if (actions.length === 0) return [];
  const elements = actions.slice(0, SLACK_LIMITS.actionsElements).map(
    ({ label, question, primary }, index): Button => ({
      type: 'button',
      text: plain(label.slice(0, SLACK_LIMITS.buttonLabel)),
      action_id: `${ASK_ACTION}:${index}`,
      value: composeQuestionPath(question),
      ...(primary ? { style: 'primary' as const } : {}),
    }),
  );
  return [{ type: 'actions', elements }];
}

/** What a notification and a screen reader say: title, byline, claims with their traces, notes. */
function renderFallback(reply: Reply): string {
  return [
    `${reply.title} (${reply.byline.replaceAll('\n', '; ')})`,
    ...(reply.lead ? [reply.lead] : []),
    ...reply.entries.map((entry) =>
      entry.type === 'line'
        ? `${entry.label ? `${entry.label}: ` : ''}${entry.text}`
        : `${entry.claim.text} (${Object.values(composeTrace(entry.claim)).join(' · ')})`,
    ),
    ...collectNotes(reply).map(({ kind, text }) => `${NOTES_HEADING}: ${NOTE_LABELS[kind]}. ${text}`),
  ]
    .map(escapeSlack)
    .join('\n');
}
