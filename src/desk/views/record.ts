import { html } from 'hono/html';
import type { HeldBack } from '../check-writes.ts';
import { elementOf } from '../claim-fields.ts';
import { articlePath, filePath, recordPath } from '../paths.ts';
import type { PlacedFaults } from '../place-faults.ts';
import { columnName, RECORD_PARTS, type RecordField, toRows, toText } from '../record-fields.ts';
import { checkedBy, faultLine, insistButton, problemLine } from './fields.ts';
import { csrf, type Html, NOTHING } from './layout.ts';

/** Empty rows at the end of a table, for new entries. */
const EMPTY_ROWS = 6;

export interface RecordFormParts {
  readonly article: string;
  readonly title: string;
  /** What stands in the fields, by their names. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly faults: PlacedFaults;
  readonly version: string;
  readonly token: string;
  /** Why it was not saved. */
  readonly problem?: string | undefined;
  readonly held?: HeldBack | undefined;
  readonly saved?: boolean;
  /** The people stand in the form only: nobody has saved them yet. */
  readonly proposed?: boolean;
}

/** The form for an article's record, with the faults of each field below it. */
export function composeRecordForm(parts: RecordFormParts): Html {
  const { article, title, values, faults, version, token, problem, held, saved = false, proposed = false } = parts;
  const action = recordPath(article);
  return html`<p class="path"><a href="${articlePath(article)}">${title}</a></p>
    <h1>The article’s record</h1>
    ${saved ? html`<p class="saved" role="status">The record is saved.</p>` : NOTHING}
    ${problemLine(problem)}
    ${proposed ? html`<p class="notice">The people below speak in the article. Nothing of them is saved yet: check them, empty the names that aren’t people, and save.</p>` : NOTHING}
    <p class="quiet">What the bot knows of the article as a whole. A fault shows below its field while you type. <a href="${filePath(article, 'record')}">As text</a></p>
    <form method="post" action="${action}" class="record" autocomplete="off" ${checkedBy(`${action}/check`)}>
      ${csrf(token)}<input type="hidden" name="version" value="${version}">
      ${faultLine('text', faults)}
      ${RECORD_PARTS.map((part) => {
        const fields = part.fields.map((field) => composeField(field, values[field.key], faults));
        const isOpen = problem || part.fields.some(({ key }) => faults[key]);
        return part.rare
          ? html`<details class="card" ${isOpen ? 'open' : ''}><summary>${part.title}</summary>${fields}</details>`
          : html`<section class="card"><h2>${part.title}</h2><div class="record-fields">${fields}</div></section>`;
      })}
      <p class="actions save-bar"><button class="primary">Save</button>${held ? insistButton('Save', held) : NOTHING}<a class="button" href="${articlePath(article)}">Cancel</a><span id="check-state" role="status" class="quiet"></span></p>
    </form>`;
}

function composeField(field: RecordField, value: unknown, faults: PlacedFaults): Html {
  const { key, label, hint, shape, limit, choices = [] } = field;
  const { field: id, fault } = elementOf(key);
  const caption = html`<label for="${id}">${label}</label>`;
  const below = hint ? html`<p class="hint" id="hint-${key}">${hint}</p>` : NOTHING;
  const described = hint ? `${fault} hint-${key}` : fault;
  const text = toText(value);
  if (shape === 'table') return composeTable(field, value, faults);
  if (shape === 'flag')
    return html`<div class="field"><label class="check"><input type="checkbox" id="${id}" name="${key}" ${value === true ? 'checked' : ''} aria-describedby="${fault}"> ${label}</label>${faultLine(key, faults)}</div>`;
  const control =
    shape === 'choice'
      ? html`<select id="${id}" name="${key}" aria-describedby="${described}">${[
          ...new Set([...choices, ...(text ? [text] : [])]),
        ].map((one) => html`<option ${one === text ? 'selected' : ''}>${one}</option>`)}</select>`
      : shape === 'text'
        ? html`<textarea id="${id}" name="${key}" rows="4" data-limit="${limit ?? ''}" aria-describedby="${described}">${text}</textarea>`
        : shape === 'lines'
          ? html`<textarea id="${id}" name="${key}" rows="3" aria-describedby="${described}">${Array.isArray(value) ? value.map(String).join('\n') : text}</textarea>`
          : html`<input id="${id}" name="${key}" value="${text}" ${shape === 'number' ? html`inputmode="numeric"` : ''} aria-describedby="${described}">`;
  return html`<div class="field ${shape === 'text' || shape === 'lines' || key === 'title' ? 'wide' : ''}">${caption}${control}${below}${faultLine(key, faults)}</div>`;
}

function composeTable(field: RecordField, value: unknown, faults: PlacedFaults): Html {
  const { key, label, hint, name = 'Name', columns = [] } = field;
  const rows = [...toRows(field, value), ...Array.from({ length: EMPTY_ROWS }, () => ['', ...columns.map(() => '')])];
  const { field: id, fault } = elementOf(key);
  const head = [{ key: 'name', label: name }, ...columns];
  return html`<div class="field wide" id="${id}" tabindex="-1" role="group" aria-labelledby="caption-${key}" aria-describedby="${fault}">
    <p class="caption" id="caption-${key}">${label}</p>${hint ? html`<p class="hint">${hint}</p>` : NOTHING}
    <table class="rows">
      <thead><tr>${head.map((column) => html`<th scope="col">${column.label}${'isList' in column && column.isList ? html`<span class="hint">, separated by ;</span>` : NOTHING}</th>`)}</tr></thead>
      <tbody>${rows.map(
        (cells, row) =>
          html`<tr>${head.map(
            (column, at) =>
              html`<td data-label="${column.label}">${at === 0 && cells[0] ? html`<input type="hidden" name="${columnName(key, row, 'was')}" value="${cells[0]}">` : NOTHING}<input name="${columnName(key, row, column.key)}" value="${cells[at] ?? ''}" aria-label="${label} ${row + 1}: ${column.label}" placeholder="${at === 0 && !cells[0] ? 'new' : ''}"></td>`,
          )}</tr>`,
      )}</tbody>
    </table>
    ${faultLine(key, faults)}</div>`;
}
