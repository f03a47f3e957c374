import { html } from 'hono/html';
import { splitSentences } from '../../import/split-sentences.ts';
import { claimPath, topicPath } from '../paths.ts';
import type { DeskArticle } from '../read-desk.ts';
import { type Html, NOTHING } from './layout.ts';

/** What of the source a claim is about. */
export interface ChosenSentence {
  readonly paragraph: string;
  /** Its place in the paragraph; -1 if it is none of its sentences. */
  readonly sentence: number;
}

/**
 * The article's own text, for the editors alone: each sentence is a link that begins a claim on it, and each paragraph says which
 * claims cite it.
 */
export function composeSource(article: DeskArticle, topic: string, chosen?: ChosenSentence): Html {
  const { source, paragraphs, cited, slug, apart } = article;
  const begin = (paragraph: string, sentence: number) =>
    `${topicPath(slug, topic)}?paragraph=${paragraph}&sentence=${sentence}#claim`;
  return html`<section class="source" aria-label="The article’s own text">
    <a class="skip" href="#claims">Skip to the claims</a>
    <h2>Source</h2>
    ${
      source
        ? html`<p class="quiet">Choose a sentence, or select part of a paragraph, to begin a claim on it. Put it in your own words: these are somebody else’s.</p>`
        : html`<p class="quiet">The text isn’t at hand. If <code>paragraphs.md</code> lies beside <code>article.yaml</code>, it is shown here; <code>npx briefing import</code> writes it.</p>`
    }
    <ol class="paragraphs">${paragraphs.map((paragraph) => {
      const name = String(paragraph);
      const claims = cited.get(name) ?? [];
      const text = source?.get(name);
      return html`<li class="${claims.some(({ isWorded }) => isWorded) ? '' : 'uncovered'} ${chosen?.paragraph === name ? 'chosen' : ''}" id="paragraph-${name}">
        <span class="number">${name}</span>
        <div>
          ${text === undefined ? NOTHING : html`<p data-begin="${topicPath(slug, topic)}?paragraph=${name}">${splitSentences(text).map((sentence, at) => html`<a class="sentence" draggable="false" href="${begin(name, at)}" ${chosen?.paragraph === name && chosen.sentence === at ? html`aria-current="true"` : ''}>${sentence}</a>`)}</p>`}
          <p class="cited">${
            claims.length === 0
              ? html`<strong>No claim cites this yet.</strong> <a href="${begin(name, 0)}">Begin one on paragraph ${name}</a>`
              : claims.map(
                  (one) =>
                    html`<a href="${claimPath(slug, one.topic, one.id)}">${one.id}</a>${one.isWorded ? NOTHING : ', not worded yet'} `,
                )
          }</p>
        </div>
      </li>`;
    })}</ol>
    ${apart.length > 0 ? html`<details class="apart"><summary>Set apart, not numbered: ${apart.length}</summary><ul>${apart.map((one) => html`<li>${one}</li>`)}</ul></details>` : NOTHING}
  </section>`;
}
