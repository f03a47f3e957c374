import { html } from 'hono/html';
import { articlePath, ROOT, topicPath } from '../paths.ts';
import type { DeskArticle, DeskTopic } from '../read-desk.ts';
import { type Html, NOTHING } from './layout.ts';

interface PreviewParts {
  readonly article: DeskArticle;
  readonly topic: DeskTopic;
  readonly of: 'draft' | 'live';
  /** What the editor asked; empty for the topic itself. */
  readonly question: string;
}

/** A reply as readers see it, with a line to try a question and, below it, why the answer is what it is. */
export function composePreview(
  parts: PreviewParts & { readonly panes: Html; readonly words: readonly string[] },
): Html {
  const { panes, words, question } = parts;
  return html`${composeHead(parts)}
    ${
      words.length > 0
        ? html`<section class="card" aria-label="Why"><h2>Why “${question}” is answered so</h2><ul>${words.map((word) => html`<li>${word}</li>`)}</ul></section>`
        : NOTHING
    }
    ${panes}`;
}

/** The same if nothing can be shown. */
export function composeNothingLive(parts: PreviewParts & { readonly isLive: boolean }): Html {
  const live = parts.isLive ? 'The live content has faults that keep the bot from answering.' : 'Nothing is live yet.';
  return html`${composeHead(parts)}<p class="notice">${parts.of === 'live' ? live : 'Nothing can be shown until the faults are fixed.'}</p>`;
}

function composeHead({ article, topic, of, question }: PreviewParts): Html {
  const here = `${topicPath(article.slug, topic.slug)}/preview`;
  const choice = (name: 'draft' | 'live', label: string) =>
    html`<label class="check"><input type="radio" name="of" value="${name}" ${of === name ? 'checked' : ''}> ${label}</label>`;
  return html`<p class="path"><a href="${ROOT}">Articles</a> › <a href="${articlePath(article.slug)}">${article.title}</a> › <a href="${topicPath(article.slug, topic.slug)}">${topic.title}</a></p>
    <h1>Preview of ${topic.title}</h1>
    <form method="get" action="${here}" class="try">
      <label for="question">Try a question; it isn’t counted. Leave it empty to see the topic.</label>
      <input id="question" name="question" value="${question}" maxlength="300" autocomplete="off">
      <fieldset class="choices"><legend>Answer from</legend>
        ${choice('draft', 'everything, as if it were published')} ${choice('live', 'what is live')}
      </fieldset>
      <button class="primary">Show</button>
    </form>`;
}
