import { html } from 'hono/html';
import type { Fault } from '../../content/fault.ts';
import { TEXT_LIMITS } from '../../content/limits.ts';
import { countNoun } from '../../core/count.ts';
import { formatDate } from '../../core/date.ts';
import { versionOfBlock, worded } from '../claim-drafts.ts';
import type { WrittenBlock, WrittenPage } from '../edit/read-page.ts';
import { locateFault } from '../locate-fault.ts';
import { articlePath, claimPath, filePath, ROOT, topicPath } from '../paths.ts';
import { placeFaults } from '../place-faults.ts';
import type { DeskArticle, DeskContent, DeskTopic } from '../read-desk.ts';
import { composeChange, composeStale, stateForm, tag } from './articles.ts';
import { listFaults, wordFault } from './faults.ts';
import { csrf, type Html, NOTHING } from './layout.ts';
import { type ChosenSentence, composeSource } from './source.ts';

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
  /** All content, which may be too faulty to be live. */
  readonly content: DeskContent;
  /** What stands in the way of publishing a draft, each with where it is mended. */
  readonly inTheWay: readonly { readonly fault: Fault; readonly href: string }[];
  /** Readers have seen its claims. */
  readonly isSeen: boolean;
  /** The sentence that a new claim is about. */
  readonly chosen?: ChosenSentence | undefined;
}

/** What was done to a claim, by what its address says. */
const SAVED: Readonly<Record<string, string>> = {
  removed: 'The claim is removed.',
  corrected: 'Corrected: readers are told.',
  withdrawn: 'Withdrawn: readers are told.',
  restored: 'The claim is back: readers get it again if the topic is live.',
  moved: 'The claims are in another order.',
  head: 'The title and aliases are saved.',
  open: 'The questions left open are saved.',
};

/** The source on the left, the topic's claims on the right. */
export function composeTopic(parts: TopicParts): Html {
  const { article, topic, page, token, form, editing, saved, chosen } = parts;
  const here = topicPath(article.slug, topic.slug);
  const placeOf = new Map(parts.inTheWay.map(({ fault, href }) => [fault, href]));
  const inForm = (fault: Fault) => placeOf.get(fault) ?? locateFault(article.folder, fault);
  const placed = new Set(page ? page.claims.flatMap((_, index) => claimFaults(topic, page, index)) : []);
  const others = topic.faults.filter((fault) => !placed.has(fault));
  return html`<p class="path"><a href="${ROOT}">Articles</a> › <a href="${articlePath(article.slug)}">${article.title}</a></p>
    <h1>${topic.title} <code>/${topic.slug}</code> ${tag(topic.state)}</h1>
    ${saved ? html`<p class="saved" role="status">${wordSaved(parts, saved)}</p>` : NOTHING}
    ${composeChange(parts.now, article, topic)}
    ${composeStale(parts.content)}
    ${topic.state === 'live' && saved ? html`<p class="quiet"><a href="/">What readers see</a></p>` : NOTHING}
    ${parts.now === 'live' ? NOTHING : composeState(article, topic)}
    <div class="actions">
      <a class="button" href="${here}/preview">Preview and try a question</a>
      <a class="button" href="${here}/open">Questions left open</a>
      <a class="button" href="${here}/head">Title and aliases</a>
      <a class="button" href="${here}/notes">Notes</a>
      <a class="button" href="${filePath(article.slug, 'page', topic.slug)}">As text</a>
      ${topic.state === 'ready' ? html`<a class="button primary" href="${articlePath(article.slug)}">Publish the article</a>` : NOTHING}
      ${stateForm(`${here}/state`, topic.state, token, 'topic')}
    </div>
    ${listFaults(others, 'Faults of this topic', inForm)}
    ${
      parts.inTheWay.length > 0 && form === undefined
        ? html`<details class="faults"><summary>Still in the way of publishing it: ${parts.inTheWay.length}</summary>${listFaults(
            parts.inTheWay.map(({ fault }) => fault),
            'In the way',
            inForm,
          )}</details>`
        : NOTHING
    }
    <div class="workbench">
      ${composeSource(article, topic.slug, chosen)}
      <section class="claims" id="claims" tabindex="-1" aria-label="Claims">
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

/** What was saved, and how many faults it still has. */
function wordSaved({ page, topic }: TopicParts, saved: string): string {
  if (SAVED[saved]) return SAVED[saved];
  const at = page?.claims.findIndex(({ fields }) => fields.id === saved) ?? -1;
  const count = page && at >= 0 ? claimFaults(topic, page, at).length : 0;
  return at < 0 ? 'Saved.' : `Saved: ${saved}${count > 0 ? `, with ${countNoun(count, 'fault')}` : ''}.`;
}

/** The faults of one claim, those of its wordings apart. */
function claimFaults({ faults }: DeskTopic, page: WrittenPage, index: number): Fault[] {
  const own = faults.filter(({ file }) => file.endsWith('.md'));
  return Object.values(placeFaults(own, page.places, `claims.${index}`)).flat();
}

function composeClaim(parts: TopicParts, claim: WrittenBlock, faults: readonly Fault[]): Html {
  const { article, topic, token, page } = parts;
  const { id = '', kind = '', paragraph = '', speaker = '', corrected, withdrawn } = claim.fields;
  const here = `${topicPath(article.slug, topic.slug)}/claims/${encodeURIComponent(id)}`;
  const edit = claimPath(article.slug, topic.slug, id);
  const at = page?.claims.indexOf(claim) ?? 0;
  return html`<article class="card claim ${withdrawn ? 'withdrawn' : ''}" aria-label="Claim ${id}">
    <p>${claim.text}</p>
    <p class="quiet"><span class="tag">${kind}</span> paragraph ${paragraph} · ${speaker} · <code>${id}</code></p>
    ${corrected ? html`<p class="quiet">Corrected on ${wordChange(corrected)}</p>` : NOTHING}
    ${withdrawn ? html`<p class="quiet">Withdrawn on ${wordChange(withdrawn)}</p>` : NOTHING}
    ${faults.map((fault) => html`<p class="fault">${wordFault(fault)}</p>`)}
    <div class="actions">
      ${
        withdrawn
          ? html`<form method="post" action="${here}/restore" class="inline">${csrf(token)}<button>Bring back<span class="visually-hidden"> ${id}</span></button></form>`
          : html`<a class="button" href="${edit}">Edit<span class="visually-hidden"> ${id}</span></a>`
      }
      ${withdrawn ? NOTHING : composeEndings(here, edit, parts.isSeen, claim, token)}
      ${at > 0 ? moveButton(here, id, 'up', token) : NOTHING}
      ${at + 1 < (page?.claims.length ?? 0) ? moveButton(here, id, 'down', token) : NOTHING}
    </div>
  </article>`;
}

/** When a claim changed and why, as readers are told. */
function wordChange(written: string): string {
  const [date = '', ...what] = written.split(';');
  return `${formatDate(date.trim())}: ${what.join(';').trim()}`;
}

function moveButton(action: string, id: string, way: 'up' | 'down', token: string): Html {
  return html`<form method="post" action="${action}/move" class="inline">${csrf(token)}<input type="hidden" name="way" value="${way}"><button title="Move ${way}"><span aria-hidden="true">${way === 'up' ? '↑' : '↓'}</span><span class="visually-hidden">Move ${id} ${way}</span></button></form>`;
}

/** How a claim ends: readers are told what was wrong with one that they may have seen; any other is removed. */
function composeEndings(action: string, edit: string, isSeen: boolean, claim: WrittenBlock, token: string): Html {
  const { id = '' } = claim.fields;
  if (!isSeen || !worded(claim.text))
    return html`<details class="ending">
      <summary>Remove<span class="visually-hidden"> ${id}</span></summary>
      <form method="post" action="${action}/remove">
        ${csrf(token)}<input type="hidden" name="sure" value="yes">
        <p>The claim and its wordings go. Only git can bring them back.</p>
        <button>Remove it</button>
      </form>
    </details>`;
  return html`<a class="button" href="${edit.replace('#', '&correct=1#')}">Correct<span class="visually-hidden"> ${id}</span></a>
    <details class="ending">
      <summary>Withdraw<span class="visually-hidden"> ${id}</span></summary>
      <form method="post" action="${action}/withdraw">
        ${csrf(token)}<input type="hidden" name="version" value="${versionOfBlock(claim)}">
        <label for="why-${id}">Why, as readers are told</label>
        <input id="why-${id}" name="why" required maxlength="${TEXT_LIMITS.change}">
        <button>Withdraw</button>
      </form>
    </details>`;
}

/** What a topic waits for, if readers don't see it. */
function composeState(article: DeskArticle, topic: DeskTopic): Html {
  if (topic.state === 'ready')
    return html`<p class="notice">This topic is ready. Readers see it once the article is published.</p>`;
  if (topic.state === 'draft' && article.state === 'draft')
    return html`<p class="quiet">The article is a draft, too: readers see this once both are published.</p>`;
  return NOTHING;
}
