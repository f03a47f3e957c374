/** The token that every form carries, and the requests of scripts too. */
const token = document.querySelector('meta[name="csrf"]').content;

// What is typed while a check is under way is checked again; a check that fails says so.
document.body.addEventListener('htmx:configRequest', ({ detail }) => {
  if (!detail.parameters.get?.('csrf')) detail.parameters.csrf = token;
});
document.body.addEventListener('htmx:beforeRequest', () => say('Checking…'));
document.body.addEventListener('htmx:responseError', ({ detail }) =>
  say(`Not checked: ${detail.xhr.responseText.slice(0, 200)}`),
);
document.body.addEventListener('htmx:sendError', () => say('Not checked: the program does not answer.'));

function say(text) {
  const state = document.getElementById('check-state');
  if (state) state.textContent = text;
}

/** Tells people who don't see the page which fields have faults. */
function markFields() {
  for (const line of document.querySelectorAll('.fault[id]')) {
    const field = document.querySelector(`[aria-describedby~="${line.id}"]`);
    if (field) field.setAttribute('aria-invalid', String(line.textContent.trim() !== ''));
  }
}
document.body.addEventListener('htmx:afterSettle', markFields);
document.body.addEventListener('htmx:oobAfterSwap', markFields);
markFields();

// A suggestion is taken by pressing it: it becomes the last line of its field, and is saved with it.
document.addEventListener('click', ({ target }) => {
  const button = target.closest('button[data-add]');
  if (!button) return;
  const field = document.getElementById(button.dataset.add);
  field.value = [field.value.trimEnd(), button.textContent.trim()].filter(Boolean).join('\n');
  field.dispatchEvent(new Event('input', { bubbles: true }));
  const next = button.closest('li').nextElementSibling?.querySelector('button') ?? field;
  button.closest('li').remove();
  next.focus();
});

// Whoever has typed something is asked before it is lost.
let typed = false;
document.addEventListener('input', ({ target }) => {
  if (target.closest('form[method="post"]')) typed = true;
});
document.addEventListener('submit', () => {
  typed = false;
});
addEventListener('beforeunload', (event) => {
  if (typed) event.preventDefault();
});

// A form begins with its first field, or with what is wrong; whoever is typing elsewhere already stays there.
if (document.activeElement === document.body)
  document.querySelector('[data-focus]')?.focus({ preventScroll: location.hash !== '' });

/** The button that begins a claim on what is selected in one paragraph of the source. */
const begin = document.createElement('a');
begin.className = 'button begin';
begin.textContent = 'Begin a claim on this';

// Pressing it keeps what is selected.
begin.addEventListener('mousedown', (event) => event.preventDefault());

function selectedIn() {
  const selection = getSelection();
  const text = selection?.toString().replace(/\s+/g, ' ').trim() ?? '';
  if (!text || selection.rangeCount === 0) return undefined;
  const { startContainer, endContainer } = selection.getRangeAt(0);
  const [first, last] = [startContainer, endContainer].map((node) =>
    (node.closest ? node : node.parentElement).closest('[data-begin]'),
  );
  return first && first === last ? { text, paragraph: first } : undefined;
}

document.addEventListener('selectionchange', () => {
  const found = selectedIn();
  if (!found) return begin.remove();
  begin.href = `${found.paragraph.dataset.begin}&text=${encodeURIComponent(found.text.slice(0, 1000))}#claim`;
  if (begin.previousElementSibling !== found.paragraph) found.paragraph.after(begin);
});
// Browsers don't let a selection begin in a link: while the mouse is down, a sentence isn’t one.
document.addEventListener('mousedown', ({ target, button, ctrlKey, metaKey, shiftKey }) => {
  const link = target.closest('.sentence[href]');
  if (!link || button !== 0 || ctrlKey || metaKey || shiftKey) return;
  const { href } = link;
  link.removeAttribute('href');
  const follow = () => {
    if (!getSelection().toString()) location.assign(href);
  };
  link.addEventListener('click', follow);
  document.addEventListener(
    'mouseup',
    () =>
      setTimeout(() => {
        link.removeEventListener('click', follow);
        link.href = href;
      }),
    { once: true },
  );
});

// The paragraph that a claim is about stays in sight beside its form.
const source = document.querySelector('.source');
const chosen = source?.querySelector('.chosen');
if (chosen) source.scrollTop = chosen.offsetTop - source.offsetTop - 40;
