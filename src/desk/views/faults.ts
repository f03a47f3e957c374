import { html } from 'hono/html';
import type { Fault, FaultCode } from '../../content/fault.ts';
import { capitalize } from '../../core/text.ts';
import { type Html, NOTHING } from './layout.ts';

/** What an editor at the desk does, if a file's remedy would only mislead. */
const REMEDIES: Partial<Record<FaultCode, string>> = { placeholder: '' };

/** Faults where they stand, each with its remedy; nothing if there are none. */
export function listFaults(faults: readonly Fault[], title: string, linkOf?: (fault: Fault) => string): Html {
  if (faults.length === 0) return NOTHING;
  return html`<section class="faults" aria-label="${title}">
    <h2>${title}</h2>
    <ul>
      ${faults.map((fault) => {
        const href = linkOf?.(fault);
        const place = `${fault.file.split('/').slice(-2).join('/')}, line ${fault.line}`;
        return html`<li>${capitalize(fault.what)}. ${REMEDIES[fault.code] ?? `${capitalize(fault.remedy)}.`} ${href ? html`<a href="${href}">Mend it</a> ` : NOTHING}<small>${place}</small></li>`;
      })}
    </ul>
  </section>`;
}

/** A fault in a sentence. */
export function wordFault({ what, remedy }: Pick<Fault, 'what' | 'remedy'>): string {
  return `${capitalize(what)}. ${capitalize(remedy)}.`;
}
