/**
 * Offers how the line in `line` could go on, in the list `choices`; `complete` finds that, and `send` is for Enter. It
 * follows https://www.w3.org/WAI/ARIA/apg/patterns/combobox/
 */
export function startCombobox(line, choices, complete, send) {
  let selected = -1;
  let completing = Promise.resolve();

  function show(found) {
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

  function select(index) {
    const items = [...choices.children];
    selected = (index + items.length) % items.length;
    for (const [at, item] of items.entries()) item.ariaSelected = String(at === selected);
    items[selected].scrollIntoView({ block: 'nearest' });
    line.setAttribute('aria-activedescendant', items[selected].id);
  }

  function take({ dataset: { value } }) {
    line.value = value;
    line.focus();
    // More can follow: a subcommand, an option, its value.
    if (/[ :]$/.test(value)) refresh();
    else show([]);
  }

  function refresh() {
    // Choices for an earlier line must not be taken for this one's.
    show([]);
    completing = find(line.value);
  }

  async function find(typed) {
    const found = await complete(typed);
    const isWhole = found.length === 1 && found[0].value.trim() === typed.trim();
    if (line.value === typed && document.activeElement === line) show(isWhole ? [] : found);
  }

  /** Takes what is selected, or the only choice there is. */
  async function enter() {
    if (selected < 0) await completing;
    const item = choices.children[choices.children.length === 1 ? 0 : selected];
    if (item) return take(item);
    show([]);
    send();
  }

  line.addEventListener('input', refresh);
  line.addEventListener('blur', () => show([]));
  line.addEventListener('keydown', (event) => {
    if (event.isComposing) return;
    const item = choices.children[selected];
    if (event.key === 'Enter') enter();
    else if (choices.hidden) return;
    else if (event.key === 'ArrowDown') select(selected + 1);
    else if (event.key === 'ArrowUp') select(selected < 0 ? -1 : selected - 1);
    else if (event.key === 'Escape') show([]);
    else if (event.key === 'Tab' && item) take(item);
    else return;
    event.preventDefault();
  });
  choices.addEventListener('mousedown', (event) => {
    // The line keeps the focus, also while the list is scrolled.
    event.preventDefault();
    const item = event.target.closest('[role="option"]');
    if (item) take(item);
  });
}
