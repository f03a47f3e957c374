import { html, raw } from 'hono/html';
import { SHARE_ACTION } from './render-reply.ts';

/** A piece of HTML whose texts are escaped. */
type Html = ReturnType<typeof html>;

/** The parts of a Slack message that the page can draw, https://docs.slack.dev/reference/block-kit/blocks */
export interface SlackPayload {
  readonly blocks: readonly SlackBlock[];
}

interface SlackText {
  readonly type: 'plain_text' | 'mrkdwn';
  readonly text: string;
}

type SlackBlock =
  | { readonly type: 'header' | 'section'; readonly text: SlackText }
  | { readonly type: 'context'; readonly elements: readonly SlackText[] }
  | { readonly type: 'divider' }
  | { readonly type: 'image'; readonly alt_text: string }
  | { readonly type: 'actions'; readonly elements: readonly SlackElement[] };

interface SlackOption {
  readonly text: SlackText;
  readonly value: string;
}

type SlackElement =
  | (SlackOption & { readonly type: 'button'; readonly style?: string; readonly action_id: string })
  | { readonly type: 'overflow'; readonly options: readonly SlackOption[] };

/** What the page says once an answer is shared. */
const SHARE_NOTICE = 'Slack posts this for the whole channel, with your name at its end.';

/** A Slack message as HTML, as `Preview` of the core wants it; `picture` is the address of what is attached. */
export async function drawMessage({ blocks }: SlackPayload, picture: string | undefined): Promise<string> {
  const drawn = await html`<div class="slack-message">
    <img class="avatar" src="/favicon.svg" alt="" width="36" height="36">
    <div class="slack-body">
      <p class="slack-author">Briefing Bot <span class="slack-tag">APP</span></p>
      ${blocks.map((block) => drawBlock(block, picture))}
    </div>
  </div>`;
  return drawn.toString();
}

function drawBlock(block: SlackBlock, picture: string | undefined): Html {
  switch (block.type) {
    case 'header':
      return html`<h2 class="slack-header">${drawText(block.text)}</h2>`;
    case 'section':
      return html`<p class="slack-section">${drawText(block.text)}</p>`;
    case 'context':
      return html`<p class="slack-context">${block.elements.map((one) => [drawText(one), ' '])}</p>`;
    case 'divider':
      return html`<hr class="slack-divider">`;
    case 'image':
      return html`<img class="slack-picture" src="${picture ?? ''}" alt="${block.alt_text}">`;
    case 'actions':
      return html`<div class="slack-actions">${block.elements.flatMap(drawElement)}</div>`;
  }
}

function drawElement(element: SlackElement): Html | Html[] {
  if (element.type === 'overflow') return element.options.map((option) => drawButton(option, 'slack-button further'));
  const kind = element.style ? `slack-button ${element.style}` : 'slack-button';
  return drawButton(element, kind, element.action_id === SHARE_ACTION);
}

/** A value that is no path opens a form. */
function drawButton({ text, value }: SlackOption, kind: string, shares = false): Html {
  const label = drawText(text);
  if (!value.startsWith('/')) return html`<button type="button" class="${kind}" data-form>${label}</button>`;
  return shares
    ? html`<button type="button" class="${kind}" data-path="${value}" data-shares data-notice="${SHARE_NOTICE}">${label}</button>`
    : html`<button type="button" class="${kind}" data-path="${value}">${label}</button>`;
}

/** Slack's markup, https://docs.slack.dev/messaging/formatting-message-text */
function drawText({ type, text }: SlackText): Html {
  if (type === 'plain_text') return html`${text}`;
  const shown = text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
  const escaped = html`${shown}`.toString();
  return raw(
    escaped
      .replace(/(^|[\s(])\*([^*\n]+)\*(?=$|[\s.,;:)])/gm, '$1<strong>$2</strong>')
      .replace(/(^|[\s(])_([^_\n]+)_(?=$|[\s.,;:)])/gm, '$1<em>$2</em>')
      .replaceAll('\n', '<br>'),
  );
}
