import { html } from 'hono/html';
import { nameLanguage } from '../../core/date.ts';
import { composeWantedForm, MAX_WANTED } from '../../core/feedback.ts';
import { capitalize } from '../../core/text.ts';
import { LOCALES, type Locale } from '../../i18n/locale.ts';
import { beside, type Words } from '../../i18n/words.ts';

/** A platform whose messages the page shows. */
export interface PageSide {
  /** The adapter's name; its style sheet's rules begin with it. */
  readonly name: string;
  /** What people call it. */
  readonly title: string;
}

/** The local page in one language, with a pane for each platform and a menu of all languages. */
export async function composePage(sides: readonly PageSide[], words: Words): Promise<string> {
  const { locale, direction } = words;
  const wanted = composeWantedForm(words);
  const platforms = new Intl.ListFormat(locale, { type: 'conjunction' }).format(
    sides.map(({ title }) => beside(title, words)),
  );
  // A name that the script puts in itself.
  const form = words('page.form', { platform: '{platform}' });
  const failed = words('page.failed', { status: '{status}' });
  const page = await html`<!doctype html>
<html lang="${locale}" dir="${direction}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>${words('page.title')}</title>
    <link rel="icon" href="/favicon.svg" type="image/svg+xml">
    <link rel="stylesheet" href="/look.css">
    <link rel="stylesheet" href="/page.css">
    ${sides.map(({ name }) => html`<link rel="stylesheet" href="/${name}.css">`)}
  </head>
  <body data-silent="${words('page.silent')}" data-failed="${failed}" data-form="${form}" data-empty="${words('page.empty')}">
    <main>
      <section class="chat" aria-label="${words('page.chat')}">
        <header>
          <img src="/favicon.svg" alt="" width="28" height="28">
          <div>
            <h1>briefing-bot</h1>
            <p>${words('page.lead', { platforms })}</p>
          </div>
          <nav class="languages" aria-label="${words('page.language')}">
            ${LOCALES.map(
              (one) =>
                html`<a href="?locale=${one}" lang="${one}" ${one === locale ? html`aria-current="page"` : ''}>${nameOf(one)}</a>`,
            )}
          </nav>
        </header>
        <ol id="history" aria-label="${words('page.history')}" aria-live="polite"></ol>
        <p id="notice" role="status"></p>
        <form id="composer" autocomplete="off">
          <div id="choices" role="listbox" aria-label="${words('page.suggestions')}" tabindex="-1" hidden></div>
          <label for="line" class="visually-hidden">${words('ask.form.question')}</label>
          <input id="line" name="line" type="text" maxlength="20000" placeholder="${words('page.placeholder')}" dir="auto"
            role="combobox" aria-controls="choices" aria-expanded="false" aria-autocomplete="list">
          <button type="submit">${words('ask.form.submit')}</button>
        </form>
      </section>
      <section class="answer" aria-label="${words('page.answer')}">
        <div class="views">
          <div class="tabs" role="tablist" aria-label="${words('page.view')}">
            <button type="button" role="tab" id="tab-rendered" aria-controls="rendered" aria-selected="true">${words('page.rendered')}</button>
            <button type="button" role="tab" id="tab-payload" aria-controls="payload" aria-selected="false" tabindex="-1">${words('page.payload')}</button>
          </div>
          <fieldset class="platforms">
            <legend class="visually-hidden">${words('page.platform')}</legend>
            ${sides.map(
              ({ name, title }, index) =>
                html`<label><input type="radio" name="platform" value="${name}" class="visually-hidden" ${index === 0 ? 'checked' : ''}><span lang="en">${title}</span></label>`,
            )}
          </fieldset>
        </div>
        <div id="rendered" role="tabpanel" aria-labelledby="tab-rendered" class="panes">
          ${sides.map(
            ({
              name,
              title,
            }) => html`<article class="pane ${name}" data-platform="${name}" aria-label="${words('page.platform.shows', { platform: title })}" tabindex="-1">
            <h2 class="pane-name" lang="en">${title}</h2>
            <div class="drawn"></div>
          </article>`,
          )}
        </div>
        <div id="payload" role="tabpanel" aria-labelledby="tab-payload" class="panes" hidden>
          ${sides.map(
            ({ name, title }) => html`<article class="pane" data-platform="${name}">
            <h2 class="pane-name" lang="en">${title}</h2>
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
        <button value="send">${words('form.send')}</button>
        <button value="">${words('form.skip')}</button>
      </form>
    </dialog>
    <script type="module" src="/page.js"></script>
  </body>
</html>
`;
  return page.toString();
}

/** A language's name in itself. */
function nameOf(locale: Locale): string {
  return capitalize(nameLanguage(locale, { locale }), { locale });
}
