import { html } from 'hono/html';
import { APART } from '../../import/blocks.ts';
import { ROOT } from '../paths.ts';
import { problemLine } from './fields.ts';
import { csrf, type Html } from './layout.ts';

/** What an editor typed to bring an article. */
export interface ImportForm {
  readonly address: string;
  readonly name: string;
  /** Pieces that are paragraphs, too. */
  readonly counted: readonly string[];
}

/** The form that brings an article: from a file or from the web. */
export function composeImport({
  form,
  token,
  problem,
}: {
  readonly form: ImportForm;
  readonly token: string;
  readonly problem?: string | undefined;
}): Html {
  return html`<p class="path"><a href="${ROOT}">Articles</a></p>
    <h1>Bring an article</h1>
    ${problemLine(problem)}
    <p>It becomes a draft: its paragraphs numbered, its record filled in as far as the page tells, and a topic for each of its parts. Readers see nothing of it.</p>
    <form method="post" action="${ROOT}/bring" enctype="multipart/form-data" class="card">
      ${csrf(token)}
      <label for="import-file">A file</label>
      <p class="hint" id="hint-file">.html, .md, .txt, .pdf or .docx, at most 10 MB</p>
      <input id="import-file" type="file" name="file" accept=".html,.htm,.xhtml,.md,.markdown,.txt,.text,.pdf,.docx" aria-describedby="hint-file">
      <label for="import-address">Or its address on the web</label>
      <input id="import-address" name="address" value="${form.address}" inputmode="url" placeholder="https://…" autocomplete="off">
      <details ${problem || form.name || form.counted.length > 0 ? 'open' : ''}>
        <summary>Name, and what counts as a paragraph</summary>
        <label for="import-name">Name of its folder</label>
        <p class="hint" id="hint-name">made from the title if you leave it empty; it never changes, and is part of every address</p>
        <input id="import-name" name="name" value="${form.name}" maxlength="60" aria-describedby="hint-name" autocomplete="off">
        <fieldset><legend>These are usually set apart. Number them as paragraphs, too:</legend><div class="checks">${APART.map(
          (role) =>
            html`<label class="check"><input type="checkbox" name="count" value="${role}" ${form.counted.includes(role) ? 'checked' : ''}> ${role}</label>`,
        )}</div></fieldset>
      </details>
      <p class="actions"><button class="primary">Bring it</button><a class="button" href="${ROOT}">Cancel</a></p>
    </form>`;
}
