import { html, raw } from 'hono/html';
import MarkdownIt from 'markdown-it';

/** A piece of HTML whose texts are escaped. */
type Html = ReturnType<typeof html>;

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

/** A Discord message as HTML, as `Preview` of the core wants it; `picture` is the address of what is attached. */
export async function drawMessage({ components }: DiscordPayload, picture: string | undefined): Promise<string> {
  const drawn = await html`<div class="discord-message">
    <img class="avatar" src="/favicon.svg" alt="" width="40" height="40">
    <div class="discord-body">
      <p class="discord-author">Briefing Bot <span class="discord-tag">APP</span></p>
      ${components.map((component) => drawComponent(component, picture))}
    </div>
  </div>`;
  return drawn.toString();
}

function drawComponent(component: DiscordComponent, picture: string | undefined): Html | Html[] {
  const draw = (part: DiscordComponent) => drawComponent(part, picture);
  switch (component.type) {
    case 1:
      return html`<div class="discord-row">${component.components.map(draw)}</div>`;
    case 2:
      return drawButton(component);
    case 10:
      return html`<div class="discord-text">${raw(drawMarkup(component.content))}</div>`;
    case 12:
      return component.items.map(
        ({ description }) => html`<img class="discord-picture" src="${picture ?? ''}" alt="${description}">`,
      );
    case 14:
      return html`<hr class="discord-separator">`;
    case 17: {
      const colour = `#${component.accent_color.toString(16).padStart(6, '0')}`;
      // The page's content security policy allows no inline style: an SVG attribute carries the colour.
      return html`<div class="discord-container"><svg class="discord-accent" aria-hidden="true"><rect width="100%" height="100%" fill="${colour}"/></svg>${component.components.map(draw)}</div>`;
    }
  }
}

/** A custom id that is no path opens a form. */
function drawButton({ style, label, custom_id: id }: Extract<DiscordComponent, { type: 2 }>): Html {
  const kind = style === 1 ? 'discord-button primary' : 'discord-button';
  return id.startsWith('/')
    ? html`<button type="button" class="${kind}" data-path="${id}">${label}</button>`
    : html`<button type="button" class="${kind}" data-form>${label}</button>`;
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
