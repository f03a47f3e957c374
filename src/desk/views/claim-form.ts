import { html } from 'hono/html';
import { TEXT_LIMITS } from '../../content/limits.ts';
import { countNoun } from '../../core/count.ts';
import type { HeldBack } from '../check-writes.ts';
import { type ClaimDraft, type ClaimField, elementOf, FIELDS } from '../claim-fields.ts';
import { topicPath } from '../paths.ts';
import type { PlacedFaults } from '../place-faults.ts';
import { wordFault } from './faults.ts';
import { csrf, type Html, NOTHING } from './layout.ts';

/** What the form for a claim is made from. */
export interface ClaimFormParts {
  readonly article: string;
  readonly topic: string;
  readonly draft: ClaimDraft;
  readonly faults: PlacedFaults;
  /** Labels of the notes that a claim can have. */
  readonly labels: readonly string[];
  /** Of the claim as it was when the form was opened. */
  readonly version: string;
  readonly token: string;
  /** The sentence that it is about. */
  readonly sentence?: string | undefined;
  /** Wordings that the claim doesn't have. */
  readonly suggested: readonly string[];
  /** Whether a language model can be asked for more. */
  readonly canAskModel: boolean;
  /** Why it was not saved. */
  readonly problem?: string | undefined;
  /** What it can be saved in spite of. */
  readonly held?: HeldBack | undefined;
}

/** The form for one claim, with the faults of each field below it. They are looked for again while somebody types. */
export function composeClaimForm(parts: ClaimFormParts): Html {
  const { article, topic, draft, faults, labels, version, token, sentence, suggested, canAskModel, problem, held } =
    parts;
  const action = `${topicPath(article, topic)}/claims`;
  const field = (one: ClaimField) => composeField(one, draft.fields[one.name] ?? '', faults);
  const isRareOpen = FIELDS.some(({ rare, name, key }) => rare && (draft.fields[name] || faults[key]));
  const text = elementOf('text');
  const asks = elementOf('asks');
  return html`<form class="claim-form" method="post" action="${action}" autocomplete="off"
      hx-post="${action}/check" hx-trigger="input delay:400ms, change delay:100ms" hx-swap="none" hx-sync="this:replace">
    ${csrf(token)}
    <input type="hidden" name="version" value="${version}">
    <h3>${draft.isNew ? 'New claim' : html`Claim <code>${draft.id}</code>`}</h3>
    ${problem ? html`<p class="problem" role="alert">${problem}</p>` : NOTHING}
    ${held ? html`<p class="problem" role="alert">Nothing is saved yet: readers would see this at once, and the article speaks against it.</p>` : NOTHING}
    ${sentence ? html`<blockquote>${sentence}</blockquote>` : NOTHING}
    ${
      draft.isNew
        ? html`<input type="hidden" name="new" value="1">
      <label for="field-id">Id, which never changes</label>
      <input id="field-id" name="id" value="${draft.id}" required maxlength="${TEXT_LIMITS.claimId}" aria-describedby="fault-id">
      ${faultLine('id', faults)}`
        : html`<input type="hidden" name="id" value="${draft.id}">`
    }
    <label for="${text.field}">What the article says, in your own words</label>
    <textarea id="${text.field}" name="text" rows="4" required maxlength="1000" aria-describedby="${text.fault}">${draft.text}</textarea>
    ${faultLine('text', faults)}
    <div class="fields">${FIELDS.filter(({ rare }) => !rare).map(field)}</div>
    <details ${isRareOpen ? 'open' : ''}>
      <summary>Numbers, date, names, review</summary>
      <div class="fields">${FIELDS.filter(({ rare }) => rare).map(field)}</div>
    </details>
    ${
      labels.length > 0
        ? html`<fieldset><legend>Notes</legend><div class="checks">${labels.map(
            (label) =>
              html`<label class="check"><input type="checkbox" name="note" value="${label}" ${draft.notes.includes(label) ? 'checked' : ''}> ${label}</label>`,
          )}</div></fieldset>`
        : NOTHING
    }
    <label for="${asks.field}">How people ask for it, one question a line</label>
    <textarea id="${asks.field}" name="asks" rows="5" aria-describedby="${asks.fault}">${draft.asks.join('\n')}</textarea>
    ${faultLine('asks', faults)}
    ${composeSuggested(suggested)}
    ${canAskModel && !draft.isNew ? html`<p><a href="${topicPath(article, topic)}?claim=${draft.id}&model=1#claim">Ask the language model for wordings, too</a></p>` : NOTHING}
    <p class="actions">
      <button class="primary">Save</button>
      ${held ? insistButton('Save', held) : NOTHING}
      <a class="button" href="${topicPath(article, topic)}">Cancel</a>
      <span id="check-state" role="status" class="quiet"></span>
    </p>
  </form>
  <section class="preview" aria-label="As it will look" id="preview"></section>`;
}

/** The second button of a form whose change was held back: the editor has seen the remarks and means what they wrote. */
export function insistButton(verb: string, { key, remarks }: HeldBack): Html {
  return html`<button name="in-spite-of" value="${key}">${verb} in spite of ${countNoun(remarks.length, 'remark')}</button>`;
}

function composeField({ name, key, label, hint, choices }: ClaimField, value: string, faults: PlacedFaults): Html {
  const { field, fault } = elementOf(key);
  const control = choices
    ? html`<select id="${field}" name="${name}" aria-describedby="${fault}">${[
        ...new Set([...choices, ...(value ? [value] : [])]),
      ].map((one) => html`<option ${one === value ? 'selected' : ''}>${one}</option>`)}</select>`
    : html`<input id="${field}" name="${name}" value="${value}" maxlength="500" placeholder="${hint ?? ''}" aria-describedby="${fault}">`;
  return html`<div class="field"><label for="${field}">${label}</label>${control}${faultLine(key, faults)}</div>`;
}

/** The line for a field's faults. It is always there, so that a check can fill and empty it. */
export function faultLine(key: string, faults: PlacedFaults, isUpdate = false): Html {
  const own = faults[key] ?? [];
  return html`<p id="${elementOf(key).fault}" class="fault" ${isUpdate ? html`hx-swap-oob="true"` : ''}>${own.map(wordFault).join(' ')}</p>`;
}

/** Wordings to take by pressing them. The list is always there, so that a check can fill it. */
export function composeSuggested(wordings: readonly string[], isUpdate = false): Html {
  const list = html`<p>Suggested wordings. Press one to take it, then save.</p><ul>${wordings.map(
    (wording, at) =>
      html`<li><button type="button" id="suggested-${at}" data-add="${elementOf('asks').field}">${wording}</button></li>`,
  )}</ul>`;
  return html`<div class="suggested" id="suggested" ${isUpdate ? html`hx-swap-oob="true"` : ''}>${wordings.length > 0 ? list : NOTHING}</div>`;
}

/** All fault lines of the form, as an answer to a check. */
export function composeChecked(faults: PlacedFaults, isNew: boolean): Html {
  const keys = [...(isNew ? ['id'] : []), 'text', ...FIELDS.map(({ key }) => key), 'asks'];
  const known = new Set(keys);
  // What stands at no field of the form stands at the claim's text.
  const others = Object.entries(faults).flatMap(([key, own]) => (known.has(key) ? [] : own));
  const all = { ...faults, text: [...(faults.text ?? []), ...others] };
  const count = Object.values(all).flat().length;
  return html`${keys.map((key) => faultLine(key, all, true))}
    <span id="check-state" role="status" class="quiet" hx-swap-oob="true">${count === 0 ? 'No faults.' : count === 1 ? '1 fault.' : `${count} faults.`}</span>`;
}
