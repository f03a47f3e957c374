const element = (id) => document.getElementById(id);
const [history, composer, line, choices] = ['history', 'composer', 'line', 'choices'].map(element);

/** Asks the bot. `body` is `{ text }` for a line that was typed, `{ path }` for a button. */
async function ask(body, label) {
  const response = await fetch('/api/answer', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }).catch(() => undefined);
  if (!response?.ok) {
    showFailure(
      response ? 'The bot could not take that. Is it very long?' : 'The bot does not answer. Is it still running?',
    );
    return;
  }
  const answer = await response.json();
  remember(label, answer);
  show(answer);
}

function show({ discord, slack, path }) {
  // Both are drawn by the bot's own server, which escapes every text; the page's policy runs no inline script.
  element('discord').innerHTML = discord.html;
  element('slack').innerHTML = slack.html;
  element('discord-json').textContent = JSON.stringify(discord.payload, null, 2);
  element('slack-json').textContent = JSON.stringify(slack.payload, null, 2);
  for (const pane of document.querySelectorAll('.panes')) pane.scrollTop = 0;
  document.documentElement.dataset.path = path;
}

function showFailure(message) {
  for (const id of ['discord', 'slack']) {
    const paragraph = document.createElement('p');
    paragraph.className = 'failure';
    paragraph.textContent = message;
    element(id).replaceChildren(paragraph);
  }
}

function remember(label, answer) {
  const item = document.createElement('li');
  const button = document.createElement('button');
  const summary = document.createElement('small');
  button.type = 'button';
  button.textContent = label.length > 200 ? `${label.slice(0, 200)}…` : label;
  summary.textContent = answer.title;
  button.append(summary);
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
  select();
  item.scrollIntoView({ block: 'nearest' });
}

// The combobox follows https://www.w3.org/WAI/ARIA/apg/patterns/combobox/
let selected = -1;

function showChoices(found) {
  selected = -1;
  choices.replaceChildren(
    ...found.map(({ name, value }, index) => {
      const item = document.createElement('div');
      item.id = `choice-${index}`;
      item.role = 'option';
      item.textContent = name;
      item.dataset.value = value;
      item.ariaSelected = 'false';
      return item;
    }),
  );
  choices.hidden = found.length === 0;
  line.setAttribute('aria-expanded', String(!choices.hidden));
  line.removeAttribute('aria-activedescendant');
}

function selectChoice(index) {
  const items = [...choices.children];
  if (items.length === 0) return;
  selected = (index + items.length) % items.length;
  for (const [at, item] of items.entries()) item.ariaSelected = String(at === selected);
  items[selected].scrollIntoView({ block: 'nearest' });
  line.setAttribute('aria-activedescendant', items[selected].id);
}

function takeChoice(item) {
  line.value = item.dataset.value;
  showChoices([]);
  line.focus();
}

async function complete() {
  const typed = line.value;
  // Choices for an earlier line must not be taken for this one's.
  showChoices([]);
  if (!typed.startsWith('/')) return;
  const response = await fetch(`/api/complete?line=${encodeURIComponent(typed)}`).catch(() => undefined);
  if (!response?.ok || line.value !== typed) return;
  const found = await response.json();
  showChoices(found.length === 1 && found[0].value === typed ? [] : found);
}

line.addEventListener('input', complete);
line.addEventListener('keydown', (event) => {
  if (choices.hidden) return;
  const item = choices.children[selected];
  if (event.key === 'ArrowDown') selectChoice(selected + 1);
  else if (event.key === 'ArrowUp') selectChoice(selected < 0 ? -1 : selected - 1);
  else if (event.key === 'Escape') showChoices([]);
  else if ((event.key === 'Enter' || event.key === 'Tab') && item) takeChoice(item);
  else return;
  event.preventDefault();
});
line.addEventListener('blur', () => setTimeout(() => showChoices([]), 150));
choices.addEventListener('mousedown', (event) => {
  const item = event.target.closest('[role="option"]');
  if (!item) return;
  event.preventDefault();
  takeChoice(item);
});

composer.addEventListener('submit', (event) => {
  event.preventDefault();
  const text = line.value;
  showChoices([]);
  line.value = '';
  ask({ text }, text || '(empty)');
});

document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-path]');
  if (button?.tagName === 'BUTTON') ask({ path: button.dataset.path }, button.textContent);
});

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
