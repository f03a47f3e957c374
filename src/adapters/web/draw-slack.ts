import { composePress, escapeHtml } from './html.ts';

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

/** The action id of the button that shares an answer with the channel. */
const SHARE_ACTION = 'share';

/** A Slack message as HTML. Buttons carry what `composePress` makes of their value; `picture` is the address of what is attached. */
export function drawSlack({ blocks }: SlackPayload, picture?: string): string {
  return blocks.map((block) => drawBlock(block, picture)).join('');
}

function drawBlock(block: SlackBlock, picture: string | undefined): string {
  switch (block.type) {
    case 'header':
      return `<h2 class="slack-header">${drawText(block.text)}</h2>`;
    case 'section':
      return `<p class="slack-section">${drawText(block.text)}</p>`;
    case 'context':
      return `<p class="slack-context">${block.elements.map(drawText).join(' ')}</p>`;
    case 'divider':
      return '<hr class="slack-divider">';
    case 'image':
      return `<img class="slack-picture" src="${escapeHtml(picture ?? '')}" alt="${escapeHtml(block.alt_text)}">`;
    case 'actions':
      return `<div class="slack-actions">${block.elements.map(drawElement).join('')}</div>`;
  }
}

function drawElement(element: SlackElement): string {
  if (element.type === 'overflow') return element.options.map((option) => drawButton(option, 'further')).join('');
  return drawButton(element, element.style, element.action_id === SHARE_ACTION);
}

function drawButton({ text, value }: SlackOption, style: string | undefined, shares = false): string {
  return `<button type="button" class="slack-button${style ? ` ${escapeHtml(style)}` : ''}"${shares ? ' data-shares' : ''} ${composePress(value)}>${drawText(text)}</button>`;
}

/** Slack's markup, https://docs.slack.dev/messaging/formatting-message-text */
function drawText({ type, text }: SlackText): string {
  if (type === 'plain_text') return escapeHtml(text);
  const shown = text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
  return escapeHtml(shown)
    .replace(/(^|[\s(])\*([^*\n]+)\*(?=$|[\s.,;:)])/gm, '$1<strong>$2</strong>')
    .replace(/(^|[\s(])_([^_\n]+)_(?=$|[\s.,;:)])/gm, '$1<em>$2</em>')
    .replaceAll('\n', '<br>');
}
