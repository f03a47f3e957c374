import type {
  ActionsBlockElement,
  ContextActionsBlockElement,
  ContextBlockElement,
  PlainTextOption,
  TextObject,
} from '@slack/types';
import { html } from 'hono/html';
import type { Drawing } from '../../core/preview.ts';
import { english, type Words } from '../../i18n/words.ts';
import { type Block, SHARE_ACTION, type SlackMessage } from './render-reply.ts';

/** A piece of HTML in which every text is escaped. */
type Html = ReturnType<typeof html>;

/** A message as HTML that looks much as it does on Slack. Draws the blocks that `renderSlack` uses, and no others. */
export function drawSlack({ blocks }: Pick<SlackMessage, 'blocks'>, page: Drawing, words: Words = english): Html {
  const drawing = { ...page, notice: words('shared-by.notice', { platform: 'Slack' }) };
  return html`${blocks.map((block) => drawBlock(block, drawing))}`;
}

function drawBlock(block: Block, drawing: SlackDrawing): Html {
  switch (block.type) {
    case 'header':
      return html`<h2 class="slack-header">${drawText(block.text)}</h2>`;
    case 'section':
      return html`<p class="slack-section">${block.text && drawText(block.text)}</p>`;
    case 'context':
      return html`<p class="slack-context">${block.elements.map(drawContext)}</p>`;
    case 'divider':
      return html`<hr class="slack-divider">`;
    case 'image':
      return html`<img class="slack-picture" src="${drawing.picture ?? ''}" alt="${block.alt_text}">`;
    case 'context_actions':
      return html`<div class="slack-actions slack-votes">${block.elements.map((element) => drawVotes(element, drawing))}</div>`;
    case 'actions':
      return html`<div class="slack-actions">${block.elements.map((element) => drawElement(element, drawing))}</div>`;
  }
}

function drawContext(element: ContextBlockElement): Html {
  return element.type === 'image' ? html`` : drawText(element);
}

function drawElement(element: ActionsBlockElement, drawing: SlackDrawing): Html {
  if (element.type === 'overflow') {
    return html`${element.options.map((option) => drawButton(option, 'further', drawing))}`;
  }
  if (element.type === 'static_select') {
    const options = element.options ?? [];
    return html`<details class="slack-menu"><summary>${element.placeholder && drawText(element.placeholder)}</summary>${options.map((option) => drawButton(option, '', drawing))}</details>`;
  }
  if (element.type !== 'button') return html``;
  if (element.url)
    return html`<a class="slack-button" href="${element.url}" target="_blank" rel="noopener noreferrer">${drawText(element.text)}</a>`;
  return drawButton(element, element.style ?? '', drawing, element.action_id === SHARE_ACTION);
}

function drawVotes(element: ContextActionsBlockElement, drawing: SlackDrawing): Html {
  if (element.type !== 'feedback_buttons') return html``;
  return html`${[element.positive_button, element.negative_button].map((one) => drawButton(one, 'vote', drawing))}`;
}

/** A drawing, and what the page says once an answer is shared. */
type SlackDrawing = Drawing & { readonly notice: string };

type Pressable = Pick<PlainTextOption, 'text' | 'value'>;

function drawButton({ text, value = '' }: Pressable, style: string, drawing: SlackDrawing, shares = false): Html {
  const classes = ['slack-button', style].filter(Boolean).join(' ');
  return html`<button type="button" class="${classes}"${shares ? html` data-notice="${drawing.notice}" data-shares` : ''} ${drawing.press(value)}>${drawText(text)}</button>`;
}

const EMPHASIS = /(?<=^|[\s(])(?:\*(?<strong>[^*\n]+)\*|_(?<em>[^_\n]+)_)(?=$|[\s.,;:)])/gm;

/** Slack's markup, https://docs.slack.dev/messaging/formatting-message-text */
function drawText({ type, text }: TextObject): Html {
  if (type === 'plain_text') return html`${text}`;
  const parts: Html[] = [];
  let end = 0;
  for (const { index, 0: whole, groups: { url, shown } = {} } of text.matchAll(LINK)) {
    parts.push(drawMarkup(text.slice(end, index)));
    parts.push(
      html`<a href="${url?.replaceAll('&amp;', '&')}" target="_blank" rel="noopener noreferrer">${drawMarkup(shown ?? '')}</a>`,
    );
    end = index + whole.length;
  }
  return html`${parts}${drawMarkup(text.slice(end))}`;
}

/** Only the bot's own links have these angles: in all other text they are escaped. */
const LINK = /<(?<url>https?:[^|<>]+)\|(?<shown>[^|<>]*)>/g;

function drawMarkup(text: string): Html {
  const shown = text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
  const parts: Html[] = [];
  let end = 0;
  for (const { index, 0: whole, groups: { strong, em } = {} } of shown.matchAll(EMPHASIS)) {
    parts.push(drawLines(shown.slice(end, index)));
    parts.push(strong === undefined ? html`<em>${em}</em>` : html`<strong>${strong}</strong>`);
    end = index + whole.length;
  }
  return html`${parts}${drawLines(shown.slice(end))}`;
}

function drawLines(text: string): Html {
  return html`${text.split('\n').flatMap((line, index) => (index > 0 ? [html`<br>`, line] : [line]))}`;
}
