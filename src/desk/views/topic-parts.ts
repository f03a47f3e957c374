import { html } from 'hono/html';
import { NOTE_FIELDS, NOTE_KEYWORDS } from '../../content/keywords.ts';
import { countNoun } from '../../core/count.ts';
import type { HeldBack } from '../check-writes.ts';
import { elementOf } from '../claim-fields.ts';
import type { PageHead } from '../edit/page-head.ts';
import type { WrittenBlock } from '../edit/read-page.ts';
import type { PlacedFaults } from '../place-faults.ts';
import type { DeskTopic } from '../read-desk.ts';
import { checkedBy, faultLine, insistButton, problemLine } from './fields.ts';
import { csrf, type Html, NOTHING } from './layout.ts';

interface FormParts {
  readonly back: string;
  readonly version: string;
  readonly token: string;
  /** By the fields of the form; on a page of several forms, by field and form. */
  readonly faults: PlacedFaults;
  readonly saved: boolean;
  /** Whether readers see what is saved. */
  readonly isLive: boolean;
  /** Why it was not saved, and whether it can be saved all the same. */
  readonly problem?: string | undefined;
  readonly held?: HeldBack | undefined;
}

/** The questions that the article leaves open. */
export function composeOpen({
  topic,
  back,
  version,
  token,
  questions,
  suggested,
  faults,
  ...state
}: FormParts & {
  readonly topic: DeskTopic;
  readonly questions: readonly string[];
  readonly suggested: readonly string[];
}): Html {
  return html`${composePath(back, topic.title)}
    <h1>Questions that the article leaves open</h1>
    ${stateLine(state, faults)}
    <p>A question that is nearer to one of these than to any claim is not answered.</p>
    <form method="post" action="${back}/open" ${checkedBy(`${back}/open/check`)}>
      ${csrf(token)}<input type="hidden" name="version" value="${version}">
      <label for="field-open">One question a line</label>
      <textarea id="field-open" name="open" rows="14" aria-describedby="fault-open" data-focus>${questions.join('\n')}</textarea>
      ${faultLine('open', faults)}
      ${suggested.length > 0 ? html`<div class="suggested"><p>Suggested. Press one to take it, then save.</p><ul>${suggested.map((one) => html`<li><button type="button" data-add="field-open">${one}</button></li>`)}</ul></div>` : NOTHING}
      ${saveButtons(state, back)}
    </form>`;
}

/** A topic's title, what it is about, and its other names. */
export function composeHeadForm({
  topic,
  back,
  version,
  token,
  head,
  faults,
  ...state
}: FormParts & {
  readonly topic: DeskTopic;
  readonly head: PageHead;
}): Html {
  return html`${composePath(back, topic.title)}
    <h1>Title and aliases</h1>
    ${stateLine(state, faults)}
    <form method="post" action="${back}/head" ${checkedBy(`${back}/head/check`)}>
      ${csrf(token)}<input type="hidden" name="version" value="${version}">
      <label for="field-title">Title</label>
      <input id="field-title" name="title" value="${head.title}" required aria-describedby="fault-title" data-focus>
      ${faultLine('title', faults)}
      <label for="field-summary">What it is about, in one sentence</label>
      <p class="hint" id="hint-summary">Readers see it above the answers, with no paragraph and no speaker: say what the topic is about, and leave what is said of it to the claims.</p>
      <input id="field-summary" name="summary" value="${head.summary}" required aria-describedby="fault-summary hint-summary">
      ${faultLine('summary', faults)}
      <label for="field-aliases">Other names that people type, one a line</label>
      <textarea id="field-aliases" name="aliases" rows="6" aria-describedby="fault-aliases">${head.aliases.join('\n')}</textarea>
      ${faultLine('aliases', faults)}
      ${saveButtons(state, back)}
    </form>`;
}

const CHECK_STATE = html`<span id="check-state" role="status" class="quiet"></span>`;

/** What became of what was sent. */
function stateLine(
  { saved, isLive, problem }: Pick<FormParts, 'saved' | 'isLive' | 'problem'>,
  faults: PlacedFaults,
): Html {
  if (problem) return problemLine(problem);
  if (!saved) return NOTHING;
  const count = Object.values(faults).flat().length;
  const found = `Saved, with ${countNoun(count, 'fault')}${isLive ? ': readers see it as it is' : ''}. Please look at the fields.`;
  return html`<p class="saved" role="status">${count === 0 ? 'Saved.' : found}</p>`;
}

/** The buttons of a form. */
function saveButtons({ held }: Pick<FormParts, 'held'>, back: string): Html {
  return html`<p class="actions"><button class="primary">Save</button>${held ? insistButton('Save', held) : NOTHING}<a class="button" href="${back}">Cancel</a>${CHECK_STATE}</p>`;
}

/** The fields of a note: the program's name, the file's, a caption, and what it looks like. */
const FIELDS: readonly (readonly [key: string, name: string, label: string, hint: string])[] = [
  ['source', NOTE_FIELDS.source, 'Source: who says so', 'Port authority, annual report 2026'],
  ['url', NOTE_FIELDS.url, 'Web address at which a reader finds it', 'https://…'],
  ['asOf', NOTE_FIELDS.asOf, 'The day on which it was right', '2026-11-20'],
  ['reviewBy', NOTE_FIELDS.reviewBy, 'Look at it again by', '2027-06-01'],
  ['owner', NOTE_FIELDS.owner, 'Who looks after it', ''],
];

/** The fields of a note's form at which faults stand, in the form of this label; that of a new note has none. */
export function noteKeys(label: string): string[] {
  return ['text', 'label', 'kind', ...FIELDS.map(([key]) => key)].map((key) => noteKey(key, label));
}

export function noteKey(key: string, label: string): string {
  return `${key}-${label}`;
}

/** Notes, each in a form of its own, and one for a new note. */
export function composeNotes({
  title,
  back,
  version,
  token,
  notes,
  claims,
  faults,
  typed,
  ...state
}: FormParts & {
  readonly title: string;
  readonly notes: Readonly<Record<string, WrittenBlock>>;
  /** The claims that a new note can belong to. */
  readonly claims: readonly { readonly value: string; readonly text: string }[];
  /** A note as it was sent and not saved. */
  readonly typed?: { readonly label: string; readonly claim: string; readonly note: WrittenBlock } | undefined;
}): Html {
  const isNew = typed !== undefined && !Object.hasOwn(notes, typed.label);
  const form = (label: string, written: WrittenBlock | undefined) => {
    const sent = typed && (written ? typed.label === label : isNew) ? typed : undefined;
    const note = sent?.note ?? written;
    const at = (key: string) => elementOf(noteKey(key, label));
    const line = (key: string) => faultLine(noteKey(key, label), faults);
    return html`<form method="post" action="${back}/notes" class="card" id="note-${label}" ${checkedBy(`${back}/notes/check`)}>
    ${csrf(token)}<input type="hidden" name="version" value="${version}"><input type="hidden" name="form" value="${label}">
    <h2>${written ? html`<code>${label}</code>` : 'New note'}</h2>
    ${
      written
        ? html`<input type="hidden" name="label" value="${label}">`
        : html`<label for="${at('label').field}">Label</label>
    <p class="hint" id="hint-label">a name for it in lower-case letters, digits and hyphens, such as audit-2026</p>
    <input id="${at('label').field}" name="label" value="${sent?.label ?? ''}" required maxlength="40" pattern="[a-z0-9\\-]+" title="Lower-case letters, digits and hyphens, such as audit-2026" aria-describedby="${at('label').fault} hint-label">${line('label')}`
    }
    <label for="${at('kind').field}">What it is</label>
    <select id="${at('kind').field}" name="kind" aria-describedby="${at('kind').fault}">${Object.entries(NOTE_KEYWORDS).map(([kind, keyword]) => html`<option value="${kind}" ${note?.fields.kind === kind ? 'selected' : ''}>${keyword}</option>`)}</select>${line('kind')}
    <label for="${at('text').field}">What a reader should know that the article does not say</label>
    <textarea id="${at('text').field}" name="text" rows="4" required aria-describedby="${at('text').fault}">${note?.text ?? ''}</textarea>${line('text')}
    <div class="fields">${FIELDS.map(([key, name, caption, hint]) => html`<div class="field"><label for="${at(key).field}">${caption}</label><input id="${at(key).field}" name="${name}" value="${note?.fields[key] ?? ''}" placeholder="${hint}" aria-describedby="${at(key).fault}">${line(key)}</div>`)}</div>
    ${
      written
        ? NOTHING
        : html`<label for="claim">The claim that it belongs to; others take it in their own forms</label>
    <select id="claim" name="claim" required>${claims.map(({ value, text }) => html`<option value="${value}" ${sent?.claim === value ? 'selected' : ''}>${text.length > 110 ? `${text.slice(0, 109)}…` : text}</option>`)}</select>`
    }
    <button>Save<span class="visually-hidden"> ${written ? label : 'the new note'}</span></button>
    ${sent && state.held ? insistButton('Save', state.held) : NOTHING}
    ${written ? html`<button name="remove" value="yes" formnovalidate>Remove<span class="visually-hidden"> ${label}</span></button>` : NOTHING}
  </form>`;
  };
  return html`<p class="path"><a href="${back}">Back</a></p>
    <h1>${title}</h1>
    ${stateLine(state, faults)}
    <p class="quiet">Readers see a note below each claim that refers to it, set apart and marked as not from the article.</p>
    <p>${CHECK_STATE}</p>
    ${Object.entries(notes).map(([label, note]) => form(label, note))}
    ${form('', undefined)}`;
}

function composePath(back: string, title: string): Html {
  return html`<p class="path"><a href="${back}">${title}</a></p>`;
}
