import { html } from 'hono/html';
import type { Fault } from '../../content/fault.ts';
import type { HeldBack } from '../check-writes.ts';
import { listFaults } from './faults.ts';
import { insistButton, problemLine } from './fields.ts';
import { csrf, type Html, NOTHING } from './layout.ts';

/** A file as text, with its faults above it. */
export function composeFile({
  title,
  action,
  back,
  text,
  version,
  faults,
  token,
  problem,
  held,
}: {
  readonly title: string;
  readonly action: string;
  readonly back: string;
  readonly text: string;
  readonly version: string;
  readonly faults: readonly Fault[];
  readonly token: string;
  readonly problem?: string | undefined;
  /** What it can be saved in spite of. */
  readonly held?: HeldBack | undefined;
}): Html {
  return html`<p class="path"><a href="${back}">Back</a></p>
    <h1>${title}</h1>
    ${problemLine(problem)}
    <form method="post" action="${action}" hx-post="${action}/check" hx-trigger="input delay:400ms" hx-target="#file-faults" hx-sync="this:replace">
      ${csrf(token)}
      <input type="hidden" name="version" value="${version}">
      <div id="file-faults" role="status">${listFaults(faults, 'Faults')}</div>
      <label for="file-text">The file</label>
      <textarea id="file-text" class="file" name="text" rows="28" spellcheck="true">${text}</textarea>
      <p class="actions"><button class="primary">Save</button>${held ? insistButton('Save', held) : NOTHING}<a class="button" href="${back}">Cancel</a></p>
    </form>`;
}
