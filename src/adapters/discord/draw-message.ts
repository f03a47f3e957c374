import {
  type APIComponentInContainer,
  type APIComponentInMessageActionRow,
  ButtonStyle,
  ComponentType,
} from 'discord-api-types/v10';
import { html, raw } from 'hono/html';
import MarkdownIt from 'markdown-it';
import type { Drawing } from '../../core/preview.ts';
import { english, type Key, type Words } from '../../i18n/words.ts';
import type { DiscordMessage } from './render-reply.ts';

/** A piece of HTML in which every text is escaped. */
type Html = ReturnType<typeof html>;

type Component = DiscordMessage['components'][number] | APIComponentInContainer | APIComponentInMessageActionRow;

const markdown = new MarkdownIt({ html: false, breaks: true }).disable(['image', 'table', 'code', 'hr', 'reference']);

markdown.renderer.rules.link_open = (tokens, index, options, _, renderer) => {
  tokens[index]?.attrSet('target', '_blank');
  tokens[index]?.attrSet('rel', 'noopener noreferrer');
  return renderer.renderToken(tokens, index, options);
};

/** A message as HTML that looks much as it does on Discord. Draws the components that `renderDiscord` uses, and no others. */
export function drawDiscord({ components }: DiscordMessage, drawing: Drawing, words: Words = english): Html {
  return html`${components.map((component) => drawComponent(component, drawing, words))}`;
}

function drawComponent(component: Component, drawing: Drawing, words: Words): Html {
  const draw = (part: Component) => drawComponent(part, drawing, words);
  switch (component.type) {
    case ComponentType.ActionRow:
      return html`<div class="discord-row">${component.components.map(draw)}</div>`;
    case ComponentType.Button: {
      if ('url' in component)
        return html`<a class="discord-button" href="${component.url}" target="_blank" rel="noopener noreferrer">${component.label}</a>`;
      if (!('custom_id' in component)) return html``;
      const primary = component.style === ButtonStyle.Primary ? ' primary' : '';
      const { emoji, label } = component;
      if (label === undefined) return drawVote(emoji?.name ?? '', component.custom_id, drawing, words);
      return html`<button type="button" class="discord-button${primary}" ${drawing.press(component.custom_id)}>${label}</button>`;
    }
    case ComponentType.StringSelect:
      return html`<details class="discord-menu"><summary>${component.placeholder}</summary>${component.options.map(
        ({ label, value }) =>
          html`<button type="button" class="discord-button" ${drawing.press(value)}>${label}</button>`,
      )}</details>`;
    case ComponentType.TextDisplay:
      return html`<div class="discord-text">${drawMarkup(component.content)}</div>`;
    case ComponentType.MediaGallery:
      return html`${component.items.map(
        ({ description }) =>
          html`<img class="discord-picture" src="${drawing.picture ?? ''}" alt="${description ?? ''}">`,
      )}`;
    case ComponentType.Separator:
      return html`<hr class="discord-separator">`;
    case ComponentType.Container: {
      const colour = `#${(component.accent_color ?? 0).toString(16).padStart(6, '0')}`;
      // The page's content security policy allows no inline style: an SVG attribute carries the colour.
      return html`<div class="discord-container"><svg class="discord-accent" aria-hidden="true"><rect width="100%" height="100%" fill="${colour}"/></svg>${component.components.map(draw)}</div>`;
    }
    default:
      return html``;
  }
}

/** What the buttons that are emoji say to those who do not see them. */
const VOTE_NAMES = new Map<string, Key>([
  ['👍', 'vote.helpful'],
  ['👎', 'vote.unhelpful'],
]);

/** A thumb, drawn since not every machine has a font for emoji. */
function drawVote(emoji: string, id: string, drawing: Drawing, words: Words): Html {
  const key = VOTE_NAMES.get(emoji);
  const name = key ? words(key) : emoji;
  const direction = emoji === '👎' ? 'down' : 'up';
  return html`<button type="button" class="discord-button discord-vote" aria-label="${name}" title="${name}" ${drawing.press(id)}><svg class="${direction}" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><path fill="currentColor" d="M1 7h3v8H1zM5 7l3-6c1.5 0 2.2 1 2 2.2L9.4 6H14c1 0 1.5.9 1.3 1.7l-1.4 5.8c-.2.9-.9 1.5-1.8 1.5H5z"/></svg></button>`;
}

/**
 * Discord's markup: CommonMark's, with `-#` for small print, https://docs.discord.com/developers/reference#message-formatting.
 * markdown-it escapes the text itself.
 */
function drawMarkup(content: string): Html {
  // The bot quotes a text as a whole or not at all.
  if (!content.startsWith(QUOTE)) return html`${content.split('\n').map(drawLine)}`;
  const lines = content.split('\n').map((line) => line.slice(QUOTE.length));
  return html`<blockquote class="discord-quote">${lines.map(drawLine)}</blockquote>`;
}

const QUOTE = '> ';

function drawLine(line: string): Html {
  return line.startsWith('-# ')
    ? html`<p class="discord-small">${raw(markdown.renderInline(line.slice(3)))}</p>`
    : html`${raw(markdown.render(line))}`;
}
