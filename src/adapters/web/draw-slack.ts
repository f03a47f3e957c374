import { escapeHtml } from './html.ts';

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
  | {
      readonly type: 'actions';
      readonly elements: readonly { readonly text: SlackText; readonly value: string; readonly style?: string }[];
    };

/** A Slack message as HTML. Buttons carry their value in `data-path`. */
export function drawSlack({ blocks }: SlackPayload): string {
  return blocks.map(drawBlock).join('');
}

function drawBlock(block: SlackBlock): string {
  switch (block.type) {
    case 'header':
      return `<h2 class="slack-header">${drawText(block.text)}</h2>`;
    case 'section':
      return `<p class="slack-section">${drawText(block.text)}</p>`;
    case 'context':
      return `<p class="slack-context">${block.elements.map(drawText).join(' ')}</p>`;
    case 'divider':
      return '<hr class="slack-divider">';
    case 'actions':
      return `<div class="slack-actions">${block.elements
        .map(
          ({ text, value, style }) =>
            `<button type="button" class="slack-button${style ? ` ${escapeHtml(style)}` : ''}" data-path="${escapeHtml(value)}">${drawText(text)}</button>`,
        )
        .join('')}</div>`;
  }
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
