import { html } from 'hono/html';
import { TEXT_LIMITS } from '../../content/limits.ts';
import type { HeldBack } from '../check-writes.ts';
import { type ClaimDraft, type ClaimField, elementOf, FIELDS, KIND_HINTS } from '../claim-fields.ts';
import { topicPath } from '../paths.ts';
import type { PlacedFaults } from '../place-faults.ts';
import { checkedBy, faultLine, insistButton, problemLine } from './fields.ts';
import { csrf, type Html, NOTHING } from './layout.ts';

/** How a claim changes that readers may have seen: in its wording alone, or because it was wrong. */
export interface ClaimChange {
  readonly how: '' | 'wording' | 'corrected';
  /** What was wrong, as readers are told. */
  readonly why: string;
}

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
  /** The ids of the topic's claims, when it was opened. */
  readonly known: readonly string[];
  readonly token: string;
  /** The sentence that it is about; empty if it was begun on none. */
  readonly sentence: string;
  /** The paragraphs that it cites, each with its number. */
  readonly cited: readonly (readonly [label: string, text: string])[];
  /** What becomes of a claim that readers may have seen; absent if they haven't. */
  readonly change?: ClaimChange | undefined;
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
  const {
    article,
    topic,
    draft,
    faults,
    labels,
    version,
    known,
    token,
    sentence,
    cited,
    suggested,
    canAskModel,
    problem,
    held,
    change,
  } = parts;
  const action = `${topicPath(article, topic)}/claims`;
  const field = (one: ClaimField) => composeField(one, draft.fields[one.name] ?? '', faults);
  const isRareOpen = FIELDS.some(({ rare, name, key }) => rare && (draft.fields[name] || faults[key]));
  const text = elementOf('text');
  const asks = elementOf('asks');
  return html`<form class="claim-form" method="post" action="${action}" autocomplete="off"
      ${checkedBy(`${action}/check`)}>
    ${csrf(token)}
    <input type="hidden" name="version" value="${version}"><input type="hidden" name="known" value="${known.join(' ')}">
    <h3>${draft.isNew ? 'New claim' : html`${change?.how === 'corrected' ? 'Correct claim' : 'Claim'} <code>${draft.id}</code>`}</h3>
    ${problemLine(problem)}
    ${problemLine(held && 'Nothing is saved yet. Readers would see this at once, and it needs another look: see the fields below.')}
    ${sentence ? html`<blockquote>${sentence}</blockquote><input type="hidden" name="about" value="${sentence}">` : NOTHING}
    ${cited.map(([label, said]) => html`<details class="cited-text" open><summary>Paragraph ${label}</summary><blockquote>${said}</blockquote></details>`)}
    ${
      draft.isNew
        ? html`<input type="hidden" name="new" value="1">
      <label for="field-id">Id, which never changes</label>
      <input id="field-id" name="id" value="${draft.id}" required maxlength="${TEXT_LIMITS.claimId}" aria-describedby="fault-id">
      ${faultLine('id', faults)}`
        : html`<input type="hidden" name="id" value="${draft.id}">
      ${
        draft.nextId === undefined
          ? NOTHING
          : html`<label for="field-id">Id, which never changes once this is saved</label>
      <input id="field-id" name="next-id" value="${draft.nextId}" required maxlength="${TEXT_LIMITS.claimId}" aria-describedby="fault-id">
      ${faultLine('id', faults)}`
      }`
    }
    <label for="${text.field}">What the article says, in your own words</label>
    <textarea id="${text.field}" name="text" rows="4" required data-limit="${TEXT_LIMITS.claim}" ${problem || held ? '' : 'data-focus'} aria-describedby="${text.fault}">${draft.text}</textarea>
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
    ${change ? composeChange(change) : NOTHING}
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

/** Whether a change of what readers have seen is one that they are told about. */
function composeChange({ how, why }: ClaimChange): Html {
  const choice = (value: ClaimChange['how'], label: string) =>
    html`<label class="check"><input type="radio" name="change" value="${value}" ${how === value ? 'checked' : ''}> ${label}</label>`;
  return html`<fieldset class="change"><legend>Readers may have seen this claim. If it says something else now:</legend>
    ${choice('wording', 'only the wording is better; it means the same')}
    ${choice('corrected', 'it was wrong, and readers are told')}
    <label for="field-why">What was wrong? Readers see this</label>
    <input id="field-why" name="why" value="${why}" maxlength="${TEXT_LIMITS.change}" placeholder="We gave the 2019 total">
  </fieldset>`;
}

function composeField({ name, key, label, hint, choices }: ClaimField, value: string, faults: PlacedFaults): Html {
  const { field, fault } = elementOf(key);
  const control = choices
    ? html`<select id="${field}" name="${name}" aria-describedby="${fault}">${[
        ...new Set([...choices, ...(value ? [value] : [])]),
      ].map(
        (one) =>
          html`<option ${one === value ? 'selected' : ''} value="${one}">${one}${KIND_HINTS[one] ? `: ${KIND_HINTS[one]}` : ''}</option>`,
      )}</select>`
    : html`<input id="${field}" name="${name}" value="${value}" placeholder="${hint ?? ''}" aria-describedby="${fault}">`;
  return html`<div class="field ${choices ? 'wide' : ''}"><label for="${field}">${label}</label>${control}${faultLine(key, faults)}</div>`;
}

/** Wordings to take by pressing them. The list is always there, so that a check can fill it. */
export function composeSuggested(wordings: readonly string[], isUpdate = false): Html {
  const list = html`<p>Suggested wordings. Press one to take it, then save.</p><ul>${wordings.map(
    (wording, at) =>
      html`<li><button type="button" id="suggested-${at}" data-add="${elementOf('asks').field}">${wording}</button></li>`,
  )}</ul>`;
  return html`<div class="suggested" id="suggested" ${isUpdate ? html`hx-swap-oob="true"` : ''}>${wordings.length > 0 ? list : NOTHING}</div>`;
}
