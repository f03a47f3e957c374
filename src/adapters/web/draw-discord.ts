import MarkdownIt from 'markdown-it';
import { composePress, escapeHtml } from './html.ts';

/** The parts of a Discord message that the page can draw, https://docs.discord.com/developers/components/reference */
export interface DiscordPayload {
  readonly components: readonly DiscordComponent[];
}

type DiscordComponent =
  | { readonly type: 1; readonly components: readonly DiscordComponent[] }
  | { readonly type: 2; readonly style: number; readonly label: string; readonly custom_id: string }
  | { readonly type: 10; readonly content: string }
  | {
      readonly type: 12;
      readonly items: readonly { readonly media: { readonly url: string }; readonly description: string }[];
    }
  | { readonly type: 14 }
  | { readonly type: 17; readonly accent_color: number; readonly components: readonly DiscordComponent[] };

const markdown = new MarkdownIt({ html: false, breaks: true }).disable(['image', 'table', 'code', 'hr', 'reference']);

/** A Discord message as HTML. Buttons carry what `composePress` makes of their custom id; `picture` is the address of what is attached. */
export function drawDiscord({ components }: DiscordPayload, picture?: string): string {
  return components.map((component) => drawComponent(component, picture)).join('');
}

function drawComponent(component: DiscordComponent, picture: string | undefined): string {
  const draw = (part: DiscordComponent) => drawComponent(part, picture);
  switch (component.type) {
    case 1:
      return `<div class="discord-row">${component.components.map(draw).join('')}</div>`;
    case 2:
      return `<button type="button" class="discord-button${component.style === 1 ? ' primary' : ''}" ${composePress(component.custom_id)}>${escapeHtml(component.label)}</button>`;
    case 10:
      return `<div class="discord-text">${drawMarkup(component.content)}</div>`;
    case 12:
      return component.items
        .map(
          ({ description }) =>
            `<img class="discord-picture" src="${escapeHtml(picture ?? '')}" alt="${escapeHtml(description)}">`,
        )
        .join('');
    case 14:
      return '<hr class="discord-separator">';
    case 17:
      // The page's content security policy allows no inline style: an SVG attribute carries the colour.
      return `<div class="discord-container"><svg class="discord-accent" aria-hidden="true"><rect width="100%" height="100%" fill="#${component.accent_color.toString(16).padStart(6, '0')}"/></svg>${component.components.map(draw).join('')}</div>`;
  }
}

/** Discord's markup: CommonMark's, with `-#` for small print, https://docs.discord.com/developers/reference#message-formatting */
function drawMarkup(content: string): string {
  const blocks = content.split('\n').map((line) => (line.startsWith('-# ') ? { small: line.slice(3) } : { line }));
  return blocks
    .map(({ small, line }) =>
      small === undefined
        ? markdown.render(line ?? '')
        : `<p class="discord-small">${markdown.renderInline(small)}</p>`,
    )
    .join('');
}
