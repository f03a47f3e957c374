import { html } from 'hono/html';
import type { Fault } from '../../content/fault.ts';
import { NOTE_FIELDS, NOTE_KEYWORDS } from '../../content/keywords.ts';
import { TEXT_LIMITS } from '../../content/limits.ts';
import type { PageHead } from '../edit/page-head.ts';
import type { WrittenBlock } from '../edit/read-page.ts';
import type { DeskTopic } from '../read-desk.ts';
import { listFaults } from './faults.ts';
import { csrf, type Html, NOTHING } from './layout.ts';

interface FormParts {
  readonly back: string;
  readonly version: string;
  readonly token: string;
}

/** The questions that the article leaves open. */
export function composeOpen({
  topic,
  back,
  version,
  token,
  questions,
  suggested,
}: FormParts & {
  readonly topic: DeskTopic;
  readonly questions: readonly string[];
  readonly suggested: readonly string[];
}): Html {
  return html`${composePath(back, topic.title)}
    <h1>Questions that the article leaves open</h1>
    <p>A question that is nearer to one of these than to any claim is not answered.</p>
    <form method="post" action="${back}/open">
      ${csrf(token)}<input type="hidden" name="version" value="${version}">
      <label for="open">One question a line</label>
      <textarea id="open" name="open" rows="14">${questions.join('\n')}</textarea>
      ${suggested.length > 0 ? html`<div class="suggested"><p>Suggested. Press one to take it, then save.</p><ul>${suggested.map((one) => html`<li><button type="button" data-add="open">${one}</button></li>`)}</ul></div>` : NOTHING}
      <p class="actions"><button class="primary">Save</button><a class="button" href="${back}">Cancel</a></p>
    </form>`;
}

/** A topic's title, what it is about, and its other names. */
export function composeHeadForm({
  topic,
  back,
  version,
  token,
  head,
}: FormParts & {
  readonly topic: DeskTopic;
  readonly head: PageHead;
}): Html {
  return html`${composePath(back, topic.title)}
    <h1>Title and aliases</h1>
    <form method="post" action="${back}/head">
      ${csrf(token)}<input type="hidden" name="version" value="${version}">
      <label for="title">Title</label>
      <input id="title" name="title" value="${head.title}" required maxlength="${TEXT_LIMITS.title}">
      <label for="summary">What it is about, in one sentence; it describes the command</label>
      <input id="summary" name="summary" value="${head.summary}" required maxlength="${TEXT_LIMITS.summary}">
      <label for="aliases">Other names that people type, one a line</label>
      <textarea id="aliases" name="aliases" rows="6">${head.aliases.join('\n')}</textarea>
      <p class="actions"><button class="primary">Save</button><a class="button" href="${back}">Cancel</a></p>
    </form>`;
}

const FIELDS: readonly (readonly [key: string, name: string, label: string])[] = [
  ['source', NOTE_FIELDS.source, 'Source: who says so'],
  ['url', NOTE_FIELDS.url, 'Where a reader finds it'],
  ['asOf', NOTE_FIELDS.asOf, 'The day on which it was right'],
  ['reviewBy', NOTE_FIELDS.reviewBy, 'Review by'],
  ['owner', NOTE_FIELDS.owner, 'Who looks after it'],
];

/** Notes, each in a form of its own, and one for a new note. */
export function composeNotes({
  title,
  back,
  version,
  token,
  notes,
  claims,
  faults,
}: FormParts & {
  readonly title: string;
  readonly notes: Readonly<Record<string, WrittenBlock>>;
  /** The claims that a new note can belong to. */
  readonly claims: readonly { readonly value: string; readonly text: string }[];
  readonly faults: readonly Fault[];
}): Html {
  const form = (
    label: string,
    note: WrittenBlock | undefined,
  ) => html`<form method="post" action="${back}/notes" class="card">
    ${csrf(token)}<input type="hidden" name="version" value="${version}">
    <h2>${note ? html`<code>${label}</code>` : 'New note'}</h2>
    ${note ? html`<input type="hidden" name="label" value="${label}">` : html`<label for="label">Label, in lower-case letters, digits and hyphens</label><input id="label" name="label" required maxlength="40" pattern="[a-z0-9\\-]+">`}
    <label for="kind-${label}">What it is</label>
    <select id="kind-${label}" name="kind">${Object.entries(NOTE_KEYWORDS).map(([kind, keyword]) => html`<option value="${kind}" ${note?.fields.kind === kind ? 'selected' : ''}>${keyword}</option>`)}</select>
    <label for="text-${label}">What a reader should know that the article does not say</label>
    <textarea id="text-${label}" name="text" rows="4" required maxlength="1000">${note?.text ?? ''}</textarea>
    <div class="fields">${FIELDS.map(([key, name, caption]) => html`<div class="field"><label for="${key}-${label}">${caption}</label><input id="${key}-${label}" name="${name}" value="${note?.fields[key] ?? ''}" maxlength="500"></div>`)}</div>
    ${
      note
        ? NOTHING
        : html`<label for="claim">The claim that it belongs to; others take it in their own forms</label>
    <select id="claim" name="claim" required>${claims.map(({ value, text }) => html`<option value="${value}">${text.length > 110 ? `${text.slice(0, 109)}…` : text}</option>`)}</select>`
    }
    <button>Save<span class="visually-hidden"> ${note ? label : 'the new note'}</span></button>
    ${note ? html`<button name="remove" value="yes" formnovalidate>Remove<span class="visually-hidden"> ${label}</span></button>` : NOTHING}
  </form>`;
  return html`<p class="path"><a href="${back}">Back</a></p>
    <h1>${title}</h1>
    <p class="quiet">Readers see a note below each claim that refers to it, set apart and marked as not from the article.</p>
    ${listFaults(faults, 'Faults')}
    ${Object.entries(notes).map(([label, note]) => form(label, note))}
    ${form('', undefined)}`;
}

function composePath(back: string, title: string): Html {
  return html`<p class="path"><a href="${back}">${title}</a></p>`;
}
