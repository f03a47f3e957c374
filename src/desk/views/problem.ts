import { html } from 'hono/html';
import type { Fault } from '../../content/fault.ts';
import type { HeldBack } from '../check-writes.ts';
import { ROOT } from '../paths.ts';
import { listFaults, wordFault } from './faults.ts';
import { insistButton, problemLine } from './fields.ts';
import { csrf, type Html } from './layout.ts';

/** Something that can't be done, with what to do about it, and the way back. */
export function composeProblem(title: string, what: string, back: string = ROOT): Html {
  return html`<h1>${title}</h1>
    ${problemLine(what)}
    <p><a class="button" href="${back}">${back === ROOT ? 'All articles' : 'Back'}</a></p>`;
}

/** Why something was not published; each fault leads to the field where it is mended. */
export function composeRefused(faults: readonly Fault[], back: string, linkOf: (fault: Fault) => string): Html {
  return html`<h1>Not published</h1>
    ${problemLine('Fix this first. Nothing has changed for readers.')}
    ${listFaults(faults, 'In the way', linkOf)}
    <p><a class="button" href="${back}">Back</a></p>`;
}

/** What needs another look before it is published, with a button for an editor who means it. */
export function composeHeld(
  held: HeldBack,
  {
    action,
    fields,
    back,
    token,
  }: {
    readonly action: string;
    readonly fields: readonly (readonly [name: string, value: string])[];
    readonly back: string;
    readonly token: string;
  },
  linkOf: (fault: Fault) => string,
): Html {
  return html`<h1>Not published yet</h1>
    ${problemLine('Readers would see this at once, and it needs another look. Nothing has changed for them.')}
    <section class="faults" aria-label="What needs another look"><ul>${held.remarks.map(
      (remark) => html`<li>${wordFault(remark)} <a href="${linkOf(remark)}">Mend it</a></li>`,
    )}</ul></section>
    <form method="post" action="${action}" class="actions">
      ${csrf(token)}
      ${fields.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
      <a class="button" href="${back}">Back</a>
      ${insistButton('Publish', held)}
    </form>`;
}
