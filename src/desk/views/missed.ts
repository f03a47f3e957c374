import { html } from 'hono/html';
import type { Fault } from '../../content/fault.ts';
import type { Claim, Topic } from '../../core/article.ts';
import { countNoun } from '../../core/count.ts';
import { formatDate } from '../../core/date.ts';
import type { Library } from '../../core/library.ts';
import type { Miss, MissedQuestion } from '../../core/missed.ts';
import type { explainEffect } from '../../editorial/effect.ts';
import { worded } from '../claim-drafts.ts';
import { ROOT } from '../paths.ts';
import { wordFault } from './faults.ts';
import { csrf, type Html, NOTHING } from './layout.ts';

const MISSES: Readonly<Record<Miss, string>> = {
  declined: 'declined',
  nearest: 'shown only what comes nearest',
  unhelpful: 'answered, and not what they asked',
};

const SETTLED: Readonly<Record<string, string>> = {
  answers: 'Saved: the claim answers it now.',
  open: 'Saved: it counts as left open now.',
  dismiss: 'Taken off the list.',
};

/** What readers missed, the most often asked first, with what can be done about each. */
export function composeMissed(
  missed: readonly MissedQuestion[] | undefined,
  library: Library,
  token: string,
  settled: string | undefined,
): Html {
  return html`<h1>Missed questions</h1>
    ${settled && SETTLED[settled] ? html`<p class="saved" role="status">${SETTLED[settled]}</p>` : NOTHING}
    ${
      missed === undefined
        ? html`<p>What readers miss isn’t kept: <code>GAPS=off</code>, or the database can’t be used.</p>`
        : missed.length === 0
          ? html`<p>Readers have missed nothing yet, or you have dealt with all of it.</p>`
          : html`<p class="quiet">Who asked is never kept: on the page, each visit counts as one reader. What you try at this desk isn’t counted.</p>${missed.map((one) => composeGroup(one, library, token))}`
    }`;
}

function composeGroup(question: MissedQuestion, library: Library, token: string): Html {
  const { id, texts, verdict, count, first, last, article, nearest, wanted } = question;
  const [wording = '', ...others] = texts;
  const topics = library.topics.filter((topic) => !article || topic.article.slug === article);
  // What nobody has worded answers nothing.
  const all = (topics.length > 0 ? topics : library.topics).map((topic) => ({
    ...topic,
    claims: topic.claims.filter(({ text }) => worded(text)),
  }));
  const near = nearest.flatMap((claim) => findClaim(all, claim) ?? []);
  const title = library.articles.find(({ slug }) => slug === article)?.title;
  const days = first === last ? formatDate(first) : `${formatDate(first)} to ${formatDate(last)}`;
  return html`<article class="card missed" aria-label="${wording}">
    <h2>${wording}</h2>
    <p class="quiet">${countNoun(count, 'reader')} · ${days} · ${MISSES[verdict]}${title ? ` · “${title}”` : ''}</p>
    ${others.length > 0 ? html`<details><summary>${countNoun(others.length, 'more wording')}</summary><ul>${others.map((text) => html`<li>${text}</li>`)}</ul></details>` : NOTHING}
    ${wanted.length > 0 ? html`<p>They had wanted to know: ${wanted.join('; ')}</p>` : NOTHING}
    <form method="get" action="${ROOT}/missed/effect">
      <input type="hidden" name="id" value="${id}">
      <label for="wording-${id}">As it will be written</label>
      <input id="wording-${id}" name="wording" value="${wording}" maxlength="150" required>
      <div class="fields">
        <div class="field">
          <label for="claim-${id}">Claim</label>
          <select id="claim-${id}" name="claim">${NONE}${
            near.length > 0
              ? html`<optgroup label="Shown as the nearest">${near.map((one) => claimOption(one))}</optgroup>`
              : NOTHING
          }${all.map(
            (topic) =>
              html`<optgroup label="${topic.title}">${topic.claims.map((claim) => (nearest.includes(claim.id) ? NOTHING : claimOption(claim)))}</optgroup>`,
          )}</select>
          <button name="how" value="answers">This claim answers it</button>
        </div>
        <div class="field">
          <label for="topic-${id}">Topic</label>
          <select id="topic-${id}" name="topic">${NONE}${all.map((topic) => html`<option value="${topic.slug}">${topic.title}</option>`)}</select>
          <button name="how" value="open">The article leaves it open</button>
          <button name="how" value="new">Write a new claim</button>
        </div>
      </div>
    </form>
    <form method="post" action="${ROOT}/missed" class="actions">
      ${csrf(token)}<input type="hidden" name="id" value="${id}">
      <button name="how" value="dismiss">Not for us<span class="visually-hidden">: ${wording}</span></button>
    </form>
  </article>`;
}

/** Chosen until an editor chooses: what came nearest is not yet an answer. */
const NONE = html`<option value="">Choose one</option>`;

function claimOption({ id, text }: Claim): Html {
  return html`<option value="${id}">${text.length > 110 ? `${text.slice(0, 109)}…` : text}</option>`;
}

function findClaim(topics: readonly Topic[], id: string): Claim | undefined {
  return topics.flatMap(({ claims }) => claims).find((claim) => claim.id === id);
}

/** What would come of it, before it is saved. */
export function composeEffect({
  choice,
  place,
  remarks,
  unnamed,
  effect,
  token,
}: {
  readonly choice: {
    readonly id: string;
    readonly how: 'answers' | 'open';
    readonly where: string;
    readonly wording: string;
  };
  readonly place: { readonly title: string; readonly text: string | undefined };
  /** What lint would say of it. */
  readonly remarks: readonly Fault[];
  /** Whom or what the question names and the claim doesn't. */
  readonly unnamed: readonly string[];
  readonly effect: ReturnType<typeof explainEffect>;
  readonly token: string;
}): Html {
  const { id, how, where, wording } = choice;
  return html`<p class="path"><a href="${ROOT}/missed">Missed questions</a></p>
    <h1>${how === 'answers' ? 'This claim answers it' : 'The article leaves it open'}</h1>
    <p>“${wording}” becomes ${how === 'answers' ? html`a wording of the claim “${place.text}”` : html`a question that ${place.title} leaves open`}.</p>
    <section class="card" aria-label="The effect"><h2>What would come of it</h2>
      ${
        unnamed.length > 0
          ? html`<p class="problem">The question names ${unnamed.join(', ')}, and the claim doesn’t. Readers who ask it would get this claim as the answer. Cancel unless it really answers them.</p>`
          : NOTHING
      }
      ${remarks.map((remark) => html`<p class="fault">${wordFault(remark)}</p>`)}
      <p>${effect.summary}</p>
      ${effect.groups.map(({ title, sentences }) => html`<h3>${title.replace(/:$/, '')}</h3><ul>${sentences.map((one) => html`<li>${one}</li>`)}</ul>`)}
    </section>
    <form method="post" action="${ROOT}/missed" class="actions">
      ${csrf(token)}
      <input type="hidden" name="id" value="${id}">
      <input type="hidden" name="how" value="${how}">
      <input type="hidden" name="${how === 'open' ? 'topic' : 'claim'}" value="${where}">
      <input type="hidden" name="wording" value="${wording}">
      <button class="primary">Save</button>
      <a class="button" href="${ROOT}/missed">Cancel</a>
    </form>`;
}
