import { html } from 'hono/html';
import type { GitChanges } from '../git-changes.ts';
import type { Html } from './layout.ts';

/** Lines of a diff shown at most. */
const MOST_LINES = 2000;

/** What git says has changed. */
export function composeChanges(changes: GitChanges | undefined): Html {
  if (!changes)
    return html`<h1>Changes</h1><p>The content folder isn’t in a git repository with a commit, so there is nothing to compare it with. <code>git init</code> begins one.</p>`;
  const { diff, added } = changes;
  return html`<h1>Changes since the last commit</h1>
    <p class="quiet">Git keeps the history: commit and push these with git, as usual.</p>
    ${diff.length + added.length === 0 ? html`<p>Nothing has changed.</p>` : html``}
    ${added.length > 0 ? html`<section class="card"><h2>New files</h2><ul>${added.map((file) => html`<li><code>${file}</code></li>`)}</ul></section>` : html``}
    ${
      diff.length > 0
        ? html`<section class="card"><h2>Changed files</h2><div class="diff" tabindex="0" role="region" aria-label="Changed lines">${diff
            .slice(0, MOST_LINES)
            .map((line) => html`<code class="${kindOf(line)}">${line || ' '}</code>`)}</div>
      ${diff.length > MOST_LINES ? html`<p>${diff.length - MOST_LINES} more lines: see <code>git diff</code>.</p>` : html``}</section>`
        : html``
    }`;
}

function kindOf(line: string): string {
  if (/^(diff|index|---|\+\+\+|@@)/.test(line)) return 'meta';
  return line.startsWith('+') ? 'plus' : line.startsWith('-') ? 'minus' : '';
}
