import { html } from 'hono/html';
import { composeWantedForm, MAX_WANTED } from '../../core/feedback.ts';
import { wordsOf } from '../../i18n/words.ts';

/** A platform whose messages the page shows. */
export interface PageSide {
  /** The adapter's name; its style sheet's rules begin with it. */
  readonly name: string;
  /** What people call it. */
  readonly title: string;
}

const wanted = composeWantedForm(wordsOf({}));

const listTitles = new Intl.ListFormat('en', { type: 'conjunction' });

/** The local page, with a pane for each platform. */
export async function composePage(sides: readonly PageSide[]): Promise<string> {
  const titles = listTitles.format(sides.map(({ title }) => title));
  const page = await html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>briefing-bot playground</title>
    <link rel="icon" href="/favicon.svg" type="image/svg+xml">
    <link rel="stylesheet" href="/look.css">
    <link rel="stylesheet" href="/page.css">
    ${sides.map(({ name }) => html`<link rel="stylesheet" href="/${name}.css">`)}
  </head>
  <body>
    <main>
      <section class="chat" aria-label="Chat">
        <header>
          <img src="/favicon.svg" alt="" width="28" height="28">
          <div>
            <h1>briefing-bot</h1>
            <p>Ask here; see the answer as it looks on ${titles}.</p>
          </div>
        </header>
        <ol id="history" aria-label="Asked so far" aria-live="polite"></ol>
        <p id="notice" role="status"></p>
        <form id="composer" autocomplete="off">
          <div id="choices" role="listbox" aria-label="Suggestions" tabindex="-1" hidden></div>
          <label for="line" class="visually-hidden">Your question</label>
          <input id="line" name="line" type="text" maxlength="20000" placeholder="Ask, or type /"
            role="combobox" aria-controls="choices" aria-expanded="false" aria-autocomplete="list">
          <button type="submit">Ask</button>
        </form>
      </section>
      <section class="answer" aria-label="Answer">
        <div class="views">
          <div class="tabs" role="tablist" aria-label="View">
            <button type="button" role="tab" id="tab-rendered" aria-controls="rendered" aria-selected="true">Rendered</button>
            <button type="button" role="tab" id="tab-payload" aria-controls="payload" aria-selected="false" tabindex="-1">Payload JSON</button>
          </div>
          <fieldset class="platforms">
            <legend class="visually-hidden">Platform</legend>
            ${sides.map(
              ({ name, title }, index) =>
                html`<label><input type="radio" name="platform" value="${name}" class="visually-hidden" ${index === 0 ? 'checked' : ''}>${title}</label>`,
            )}
          </fieldset>
        </div>
        <div id="rendered" role="tabpanel" aria-labelledby="tab-rendered" class="panes">
          ${sides.map(
            ({
              name,
              title,
            }) => html`<article class="pane ${name}" data-platform="${name}" aria-label="As ${title} shows it" tabindex="-1">
            <h2 class="pane-name">${title}</h2>
            <div class="drawn"></div>
          </article>`,
          )}
        </div>
        <div id="payload" role="tabpanel" aria-labelledby="tab-payload" class="panes" hidden>
          ${sides.map(
            ({ name, title }) => html`<article class="pane" data-platform="${name}">
            <h2 class="pane-name">${title}</h2>
            <pre></pre>
          </article>`,
          )}
        </div>
      </section>
    </main>
    <dialog id="wanted" aria-labelledby="wanted-title">
      <form method="dialog">
        <h2 id="wanted-title">${wanted.title}</h2>
        <label for="wanted-line">${wanted.label}</label>
        <input id="wanted-line" type="text" maxlength="${MAX_WANTED}" autocomplete="off">
        <p>${wanted.hint}</p>
        <button value="send">Send</button>
        <button value="">Skip</button>
      </form>
    </dialog>
    <script type="module" src="/page.js"></script>
  </body>
</html>
`;
  return page.toString();
}
