import { html } from 'hono/html';
import type { Fault } from '../../content/fault.ts';
import type { HeldBack } from '../check-writes.ts';
import { versionOfBlock } from '../claim-drafts.ts';
import type { WrittenBlock, WrittenPage } from '../edit/read-page.ts';
import { articlePath, claimPath, filePath, ROOT, topicPath } from '../paths.ts';
import { placeFaults } from '../place-faults.ts';
import type { DeskArticle, DeskTopic } from '../read-desk.ts';
import { composeChange, stateForm, tag } from './articles.ts';
import { insistButton } from './claim-form.ts';
import { listFaults, wordFault } from './faults.ts';
import { csrf, type Html, NOTHING } from './layout.ts';
import { composeSource } from './source.ts';

/** A correction as it was typed, and why it was held back. */
export interface HeldEnding {
  readonly claim: string;
  readonly text: string;
  readonly why: string;
  readonly version: string;
  readonly held: HeldBack;
}

/** What a topic's page is made from. */
export interface TopicParts {
  readonly article: DeskArticle;
  readonly topic: DeskTopic;
  /** Undefined if the file is too broken to be shown as claims. */
  readonly page: WrittenPage | undefined;
  readonly token: string;
  /** The form for the claim that is being edited, and that claim's id; a new one has none. */
  readonly form?: Html | undefined;
  readonly editing?: string | undefined;
  readonly saved?: string | undefined;
  /** The state that it was just given. */
  readonly now?: string | undefined;
  /** A correction that was held back. */
  readonly ending?: HeldEnding | undefined;
  /** The sentence that a new claim is about. */
  readonly chosen?: { readonly paragraph: string; readonly sentence: number } | undefined;
}

/** The source on the left, the topic's claims on the right. */
export function composeTopic(parts: TopicParts): Html {
  const { article, topic, page, token, form, editing, saved, chosen } = parts;
  const here = topicPath(article.slug, topic.slug);
  const inFile = (fault: Fault) =>
    filePath(article.slug, fault.file.endsWith('.yaml') ? 'wordings' : 'page', topic.slug);
  const placed = new Set(page ? page.claims.flatMap((_, index) => claimFaults(topic, page, index)) : []);
  const others = topic.faults.filter((fault) => !placed.has(fault));
  return html`<p class="path"><a href="${ROOT}">Articles</a> › <a href="${articlePath(article.slug)}">${article.title}</a></p>
    <h1>${topic.title} <code>/${topic.slug}</code> ${tag(topic.state)}</h1>
    ${saved ? html`<p class="saved" role="status">Saved.</p>` : NOTHING}
    ${composeChange(parts.now, article, topic)}
    ${topic.state === 'draft' && article.state === 'draft' ? html`<p class="quiet">The article is a draft, too: readers see this once both are published.</p>` : NOTHING}
    <div class="actions">
      <a class="button" href="${here}/preview">Preview and try a question</a>
      <a class="button" href="${here}/open">Questions left open</a>
      <a class="button" href="${here}/head">Title and aliases</a>
      <a class="button" href="${here}/notes">Notes</a>
      <a class="button" href="${filePath(article.slug, 'page', topic.slug)}">As text</a>
      ${stateForm(`${here}/state`, topic.state, token, 'topic')}
    </div>
    ${listFaults(others, 'Faults of this topic', inFile)}
    <div class="workbench">
      ${composeSource(article, topic.slug, chosen)}
      <section class="claims" aria-label="Claims">
        <h2>Claims</h2>
        ${page ? NOTHING : html`<p class="problem">This page can’t be shown as claims until it is fixed. <a href="${filePath(article.slug, 'page', topic.slug)}">Mend it as text</a></p>`}
        ${form && editing === undefined ? html`<div class="card editing" id="claim">${form}</div>` : html`<p><a class="button" href="${here}?new=1#claim">New claim</a></p>`}
        ${page?.claims.map((claim, index) =>
          claim.fields.id !== undefined && claim.fields.id === editing
            ? html`<div class="card editing" id="claim">${form}</div>`
            : composeClaim(parts, claim, claimFaults(topic, page, index)),
        )}
      </section>
    </div>`;
}

/** The faults of one claim, those of its wordings apart. */
function claimFaults({ faults }: DeskTopic, page: WrittenPage, index: number): Fault[] {
  const own = faults.filter(({ file }) => file.endsWith('.md'));
  return Object.values(placeFaults(own, page.places, `claims.${index}`)).flat();
}

function composeClaim(parts: TopicParts, claim: WrittenBlock, faults: readonly Fault[]): Html {
  const { article, topic, token, ending } = parts;
  const { id = '', kind = '', paragraph = '', speaker = '', corrected, withdrawn } = claim.fields;
  return html`<article class="card claim ${withdrawn ? 'withdrawn' : ''}" aria-label="Claim ${id}">
    <p>${claim.text}</p>
    <p class="quiet"><span class="tag">${kind}</span> paragraph ${paragraph} · ${speaker} · <code>${id}</code></p>
    ${corrected ? html`<p class="quiet">Corrected ${corrected}</p>` : NOTHING}
    ${withdrawn ? html`<p class="quiet">Withdrawn ${withdrawn}</p>` : NOTHING}
    ${faults.map((fault) => html`<p class="fault">${wordFault(fault)}</p>`)}
    <div class="actions">
      <a class="button" href="${claimPath(article.slug, topic.slug, id)}">Edit<span class="visually-hidden"> ${id}</span></a>
      ${withdrawn ? NOTHING : composeEndings(`${topicPath(article.slug, topic.slug)}/claims/${encodeURIComponent(id)}`, topic, claim, token, ending?.claim === id ? ending : undefined)}
    </div>
  </article>`;
}

/** How a claim ends: readers are told what was wrong with one that they may have seen; any other is removed. */
function composeEndings(
  action: string,
  { state }: DeskTopic,
  claim: WrittenBlock,
  token: string,
  ending: HeldEnding | undefined,
): Html {
  const { id = '' } = claim.fields;
  const version = html`<input type="hidden" name="version" value="${ending?.version ?? versionOfBlock(claim)}">`;
  if (state === 'draft')
    return html`<form method="post" action="${action}/remove" class="inline">${csrf(token)}<button>Remove<span class="visually-hidden"> ${id}</span></button></form>`;
  return html`<details ${ending ? 'open' : ''}>
      <summary>Correct<span class="visually-hidden"> ${id}</span></summary>
      <form method="post" action="${action}/correct">
        ${csrf(token)}${version}
        <label for="right-${id}">What is right</label>
        <textarea id="right-${id}" name="text" rows="3" required ${ending ? html`aria-describedby="remarks-${id}"` : NOTHING}>${ending?.text ?? claim.text}</textarea>
        ${ending ? html`<p id="remarks-${id}" class="fault" role="alert">${ending.held.remarks.map(wordFault).join(' ')} Nothing is saved yet: readers would see it at once.</p>` : NOTHING}
        <label for="wrong-${id}">What was wrong, as readers are told</label>
        <input id="wrong-${id}" name="why" value="${ending?.why ?? ''}" required maxlength="200">
        <button>Correct</button>
        ${ending ? insistButton('Correct', ending.held) : NOTHING}
      </form>
    </details>
    <details>
      <summary>Withdraw<span class="visually-hidden"> ${id}</span></summary>
      <form method="post" action="${action}/withdraw">
        ${csrf(token)}${version}
        <label for="why-${id}">Why, as readers are told</label>
        <input id="why-${id}" name="why" required maxlength="200">
        <button>Withdraw</button>
      </form>
    </details>`;
}
