const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A text that stands for itself in HTML, in an attribute's value too. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/** What a button does: it asks the question whose path it carries; with any other value it opens a form on its platform. */
export function composePress(value: string): string {
  return value.startsWith('/') ? `data-path="${escapeHtml(value)}"` : 'data-form';
}
