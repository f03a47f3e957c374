import { html } from 'hono/html';
import type { Fault } from '../../content/fault.ts';
import { capitalize } from '../../core/text.ts';
import { type Html, NOTHING } from './layout.ts';

/** Faults where they stand, each with its remedy; nothing if there are none. */
export function listFaults(faults: readonly Fault[], title: string, linkOf?: (fault: Fault) => string): Html {
  if (faults.length === 0) return NOTHING;
  return html`<section class="faults" aria-label="${title}">
    <h2>${title}</h2>
    <ul>
      ${faults.map((fault) => {
        const href = linkOf?.(fault);
        const place = `${fault.file.split('/').slice(-2).join('/')}, line ${fault.line}`;
        return html`<li>${capitalize(fault.what)}. ${capitalize(fault.remedy)}. ${href ? html`<a href="${href}">Mend it</a> ` : NOTHING}<small>${place}</small></li>`;
      })}
    </ul>
  </section>`;
}

/** A fault in a sentence. */
export function wordFault({ what, remedy }: Pick<Fault, 'what' | 'remedy'>): string {
  return `${capitalize(what)}. ${capitalize(remedy)}.`;
}
