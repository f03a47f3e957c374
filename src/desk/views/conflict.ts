import { html } from 'hono/html';
import { csrf, type Html } from './layout.ts';

/** What two editors made of the same place, side by side, and a form that saves the one that came later all the same. */
export function composeConflict({
  action,
  fields,
  mine,
  theirs,
  back,
  token,
}: {
  readonly action: string;
  /** What was sent, with the versions that are on disk now. */
  readonly fields: readonly (readonly [name: string, value: string])[];
  readonly mine: string;
  readonly theirs: string;
  readonly back: string;
  readonly token: string;
}): Html {
  return html`<h1>It changed meanwhile</h1>
    <p class="problem" role="alert">Somebody saved this file after you had opened it. Nothing of yours is saved yet. The lines that differ are marked. Look at both, and choose.</p>
    <div class="workbench">
      <section class="card"><h2>Yours</h2><pre>${marked(mine, theirs)}</pre></section>
      <section class="card"><h2>What somebody else saved</h2><pre>${marked(theirs, mine)}</pre></section>
    </div>
    <form method="post" action="${action}" class="actions">
      ${csrf(token)}
      ${fields.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
      <button class="primary">Save mine</button>
      <a class="button" href="${back}">Keep theirs</a>
    </form>`;
}

/** A text in which the lines that the other lacks stand out. */
function marked(text: string, other: string): Html {
  const known = new Set(other.split('\n'));
  return html`${text.split('\n').map((line) => (known.has(line) ? html`${line}\n` : html`<mark>${line}</mark>\n`))}`;
}
