import { html } from 'hono/html';
import type { DeskDigest } from '../desk-options.ts';
import { ROOT } from '../paths.ts';
import { csrf, type Html, NOTHING } from './layout.ts';

/** Every digest with a button that sends it now. */
export function composeDigests(digests: readonly DeskDigest[] | undefined, token: string, said?: string): Html {
  if (!digests)
    return html`<h1>Digests</h1><p>The bot isn’t on a chat platform yet, so nobody can subscribe. See <code>docs/digest.md</code>.</p>`;
  return html`<h1>Digests</h1>
    ${said ? html`<p class="saved" role="status">${said}</p>` : NOTHING}
    ${digests.length === 0 ? html`<p>Nobody has subscribed yet.</p>` : NOTHING}
    <ul class="topics">${digests.map(
      ({ id, what }) => html`<li>${what}
        <form method="post" action="${ROOT}/digests" class="inline">${csrf(token)}<input type="hidden" name="id" value="${id}"><button>Send this digest now<span class="visually-hidden">: ${what}</span></button></form>
      </li>`,
    )}</ul>`;
}
