import { html } from 'hono/html';
import { ROOT } from '../paths.ts';

/** A piece of HTML in which every text is escaped. */
export type Html = ReturnType<typeof html>;

export const NOTHING: Html = html``;

const VIEWS = [
  { path: ROOT, name: 'Articles' },
  { path: `${ROOT}/missed`, name: 'Missed questions' },
  { path: `${ROOT}/changes`, name: 'Changes' },
  { path: `${ROOT}/digests`, name: 'Digests' },
];

/** htmx without anything that the page's policy forbids, and without a history that keeps drafts in the browser. */
const HTMX = JSON.stringify({
  allowEval: false,
  allowScriptTags: false,
  includeIndicatorStyles: false,
  selfRequestsOnly: true,
  historyCacheSize: 0,
});

/** A page of the desk. `token` goes into forms that scripts send. */
export function composeLayout({
  title,
  body,
  token,
  path,
}: {
  readonly title: string;
  readonly body: Html;
  readonly token: string;
  readonly path: string;
}): Html {
  return html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="htmx-config" content="${HTMX}">
    <meta name="csrf" content="${token}">
    <title>${title} · editors’ desk</title>
    <link rel="icon" href="/favicon.svg" type="image/svg+xml">
    <link rel="stylesheet" href="${ROOT}/look.css">
    <link rel="stylesheet" href="${ROOT}/sides.css">
    <link rel="stylesheet" href="${ROOT}/desk.css">
    <script src="${ROOT}/htmx.js" defer></script>
    <script type="module" src="${ROOT}/desk.js"></script>
  </head>
  <body>
    <a class="skip" href="#main">Skip to the content</a>
    <header class="top">
      <p class="name"><img src="/favicon.svg" alt="" width="24" height="24"> Editors’ desk</p>
      <nav aria-label="Desk">
        ${VIEWS.map(
          ({ path: href, name }) =>
            html`<a href="${href}" ${href === path ? html`aria-current="page"` : ''}>${name}</a>`,
        )}
      </nav>
    </header>
    <main id="main" tabindex="-1">${body}</main>
  </body>
</html>
`;
}

/** The hidden field without which no form is taken. */
export function csrf(token: string): Html {
  return html`<input type="hidden" name="csrf" value="${token}">`;
}
