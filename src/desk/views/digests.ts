import { html } from 'hono/html';
import type { Topic } from '../../core/article.ts';
import type { DeskDigest } from '../desk-options.ts';
import { ROOT } from '../paths.ts';
import { csrf, type Html, NOTHING } from './layout.ts';

/** What a digest of a topic looks like. */
interface DigestPreview {
  readonly topics: readonly Topic[];
  /** The topic's slug. */
  readonly chosen: string;
  readonly panes: Html;
}

/** Every digest with a button that sends it now, and what one looks like. */
export function composeDigests({
  digests,
  token,
  said,
  preview,
}: {
  /** Undefined if the bot is on no platform. */
  readonly digests: readonly DeskDigest[] | undefined;
  readonly token: string;
  readonly said?: string | undefined;
  /** Absent if nothing is live. */
  readonly preview?: DigestPreview | undefined;
}): Html {
  return html`<h1>Digests</h1>
    ${said ? html`<p class="saved" role="status">${said}</p>` : NOTHING}
    ${
      digests === undefined
        ? html`<p>The bot isn’t on a chat platform yet, so nobody can subscribe. Once it is, people do so there with <code>/digest</code>. What they would get is below.</p>`
        : html`${digests.length === 0 ? html`<p>Nobody has subscribed yet. People do so with <code>/digest</code>.</p>` : NOTHING}
    <ul class="topics">${digests.map(
      ({ id, what }) => html`<li>${what}
        <form method="post" action="${ROOT}/digests" class="inline">${csrf(token)}<input type="hidden" name="id" value="${id}"><button>Send this digest now<span class="visually-hidden">: ${what}</span></button></form>
      </li>`,
    )}</ul>`
    }
    ${
      preview
        ? html`<h2>As a digest looks</h2>
    <form method="get" action="${ROOT}/digests" class="inline"><label for="digest-topic">Topic</label><select id="digest-topic" name="topic">${preview.topics.map(
      ({ slug, title }) => html`<option value="${slug}" ${slug === preview.chosen ? 'selected' : ''}>${title}</option>`,
    )}</select><button>Show</button></form>
    ${preview.panes}`
        : html`<p>Nothing is live, so there is nothing to send.</p>`
    }`;
}
