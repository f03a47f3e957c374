import { startCombobox } from './combobox.js';

const element = (id) => document.getElementById(id);
const [history, notice, composer, line] = ['history', 'notice', 'composer', 'line'].map(element);

/** This visit, so that one question can follow up on another. */
const conversation = Array.from(crypto.getRandomValues(new Uint32Array(4)), (number) => number.toString(36)).join('-');

/** The page's own language, and what it says in it. */
const { lang: locale } = document.documentElement;
const said = document.body.dataset;

/** Questions so far. */
let turns = 0;

/**
 * Asks the bot. `body` is `{ text }` for a line that was typed, `{ path }` for a button. An answer takes the place of the one
 * before; a failure is said beside it. Resolves to whether there was an answer.
 */
async function ask(body, label) {
  turns += 1;
  const turn = turns;
  const response = await fetch('/api/answer', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...body, conversation, locale }),
  }).catch(() => undefined);
  if (!response?.ok) {
    notice.textContent = await explain(response);
    return false;
  }
  const answer = await response.json();
  // An answer that was overtaken by a later question's does not take its place.
  const isLatest = turn === turns;
  remember(label, answer, isLatest);
  if (isLatest) show(answer);
  return true;
}

/** Why there is no answer, in the server's own words if it has any. */
async function explain(response) {
  if (!response) return said.silent;
  const text = await response.text();
  try {
    return JSON.parse(text).error;
  } catch {
    return text || said.failed.replace('{status}', response.status);
  }
}

function show({ sides }) {
  for (const pane of document.querySelectorAll('.pane')) {
    const { payload, html } = sides[pane.dataset.platform];
    const [drawn, json] = [pane.querySelector('.drawn'), pane.querySelector('pre')];
    // It is drawn by the bot's own server, which escapes every text; the page's policy runs no inline script.
    if (drawn) drawn.innerHTML = html;
    if (json) json.textContent = JSON.stringify(payload, null, 2);
  }
  notice.textContent = '';
  scrollTo(0, 0);
  for (const panes of document.querySelectorAll('.panes')) panes.scrollTop = 0;
}

function remember(label, answer, isLatest) {
  const item = document.createElement('li');
  const button = document.createElement('button');
  const asked = document.createElement('span');
  const title = document.createElement('small');
  button.type = 'button';
  asked.textContent = label.slice(0, 200);
  title.textContent = answer.title;
  button.append(asked, title);
  const select = () => {
    for (const other of history.querySelectorAll('[aria-current]')) other.removeAttribute('aria-current');
    button.setAttribute('aria-current', 'true');
  };
  button.addEventListener('click', () => {
    select();
    show(answer);
  });
  item.append(button);
  history.append(item);
  if (isLatest) select();
  item.scrollIntoView({ block: 'nearest' });
}

async function complete(typed) {
  if (!typed.startsWith('/')) return [];
  const response = await fetch(`/api/complete?locale=${locale}&line=${encodeURIComponent(typed)}`).catch(
    () => undefined,
  );
  return response?.ok ? response.json() : [];
}

startCombobox(line, element('choices'), complete, () => composer.requestSubmit());

composer.addEventListener('submit', async (event) => {
  event.preventDefault();
  const text = line.value;
  line.value = '';
  const answered = await ask({ text }, text || said.empty);
  if (!answered && line.value === '') line.value = text;
});

const wanted = element('wanted');

/** Says whether an answer helped; what did not is followed by a form for a line. */
async function rate(vote, line = '') {
  const response = await fetch('/api/rate', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ vote, conversation, wanted: line, locale }),
  }).catch(() => undefined);
  notice.textContent = response?.ok ? (await response.json()).said : await explain(response);
}

wanted.addEventListener('close', () => {
  const text = element('wanted-line').value.trim();
  if (wanted.returnValue === 'send' && text) rate(wanted.dataset.vote, text);
});

document.addEventListener('click', ({ target }) => {
  const button = target.closest('button[data-vote]');
  if (!button) return;
  const { vote } = button.dataset;
  // What was pressed is pressed on both panes, and can be changed.
  for (const one of document.querySelectorAll('button[data-vote]')) {
    one.setAttribute('aria-pressed', String(one.dataset.vote === vote));
  }
  rate(vote);
  if (!vote.startsWith('rate:unhelpful:')) return;
  wanted.dataset.vote = vote;
  wanted.returnValue = '';
  element('wanted-line').value = '';
  wanted.showModal();
});

document.addEventListener('click', async ({ target }) => {
  const button = target.closest('button[data-path], button[data-form]');
  if (!button) return;
  const pane = button.closest('.pane');
  const { path, form, shares, notice: afterwards } = button.dataset;
  if (form !== undefined) {
    const platform = pane.querySelector('.pane-name').textContent;
    notice.textContent = said.form.replace('{platform}', platform);
    line.focus();
  } else if (await ask({ path, ...(shares === undefined ? {} : { shared: true }) }, button.textContent)) {
    if (afterwards) notice.textContent = afterwards;
    // The button is gone; the keyboard goes on from the answer that took its place.
    pane.focus({ preventScroll: true });
  }
});

/** Where there is room for one platform only, the chosen one is shown. */
function choosePlatform() {
  const chosen = document.querySelector('[name="platform"]:checked')?.value;
  for (const pane of document.querySelectorAll('.pane')) {
    pane.classList.toggle('chosen', pane.dataset.platform === chosen);
  }
}
for (const radio of document.querySelectorAll('[name="platform"]')) radio.addEventListener('change', choosePlatform);
choosePlatform();

const tabs = [...document.querySelectorAll('[role="tab"]')];
function selectTab(tab) {
  for (const other of tabs) {
    const chosen = other === tab;
    other.setAttribute('aria-selected', String(chosen));
    other.tabIndex = chosen ? 0 : -1;
    element(other.getAttribute('aria-controls')).hidden = !chosen;
  }
}
for (const [index, tab] of tabs.entries()) {
  tab.addEventListener('click', () => selectTab(tab));
  tab.addEventListener('keydown', ({ key }) => {
    if (key !== 'ArrowRight' && key !== 'ArrowLeft') return;
    const next = tabs[(index + 1) % tabs.length];
    selectTab(next);
    next.focus();
  });
}

ask({ text: '/help' }, '/help');
