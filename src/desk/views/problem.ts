import { html } from 'hono/html';
import type { Fault } from '../../content/fault.ts';
import { ROOT } from '../paths.ts';
import { listFaults } from './faults.ts';
import type { Html } from './layout.ts';

/** Something that can't be done, with what to do about it. */
export function composeProblem(title: string, what: string): Html {
  return html`<h1>${title}</h1>
    <p class="problem" role="alert">${what}</p>
    <p><a href="${ROOT}">All articles</a></p>`;
}

/** Why something was not published. */
export function composeRefused(faults: readonly Fault[], back: string): Html {
  return html`<h1>Not published</h1>
    <p class="problem" role="alert">Fix this first. Nothing has changed for readers.</p>
    ${listFaults(faults, 'In the way')}
    <p><a class="button" href="${back}">Back</a></p>`;
}
