import { html } from 'hono/html';
import { countNoun } from '../../core/count.ts';
import type { HeldBack } from '../check-writes.ts';
import { elementOf } from '../claim-fields.ts';
import type { PlacedFaults } from '../place-faults.ts';
import { wordFault } from './faults.ts';
import { type Html, NOTHING } from './layout.ts';

/** The line for a field's faults. It is always there, so that a check can fill and empty it. */
export function faultLine(key: string, faults: PlacedFaults, isUpdate = false): Html {
  const own = faults[key] ?? [];
  return html`<p id="${elementOf(key).fault}" class="fault" ${isUpdate ? html`hx-swap-oob="true"` : ''}>${own.map(wordFault).join(' ')}</p>`;
}

/**
 * The fault lines of a form with these fields, as an answer to a check. What stands at none of them stands at the first, or at
 * `rest`.
 */
export function composeChecked(faults: PlacedFaults, keys: readonly string[], rest = keys[0] ?? 'text'): Html {
  const known = new Set(keys);
  const others = Object.entries(faults).flatMap(([key, own]) => (known.has(key) ? [] : own));
  const all = { ...faults, [rest]: [...(faults[rest] ?? []), ...others] };
  const count = Object.values(Object.fromEntries(keys.map((key) => [key, all[key] ?? []]))).flat().length;
  return html`${keys.map((key) => faultLine(key, all, true))}
    <span id="check-state" role="status" class="quiet" hx-swap-oob="true">${count === 0 ? 'No faults.' : `${countNoun(count, 'fault')}.`}</span>`;
}

/** Why something was not saved. It is read out, and the keyboard begins there. */
export function problemLine(problem: string | undefined): Html {
  return problem ? html`<p class="problem" role="alert" tabindex="-1" data-focus>${problem}</p>` : NOTHING;
}

/** The second button of a form whose change was held back: the editor has seen the remarks and means what they wrote. */
export function insistButton(verb: string, { key }: HeldBack): Html {
  return html`<button name="in-spite-of" value="${key}">${verb} anyway</button>`;
}

/** Attributes of a form that is checked while somebody types. */
export function checkedBy(address: string): Html {
  return html`hx-post="${address}" hx-trigger="input delay:400ms, change delay:100ms" hx-swap="none" hx-sync="this:replace"`;
}
