/** A page's YAML header, the Markdown after it, and how many lines of the page come before that. */
export function splitHeader(text: string): { readonly header: string; readonly body: string; readonly offset: number } {
  const [whole, header] =
    /^---\r?\n([\s\S]*?)(?:^|\r?\n)---[ \t]*(?:\r?\n|$)/m.exec(text.startsWith('---') ? text : '') ?? [];
  if (whole === undefined || header === undefined) return { header: '', body: text, offset: 0 };
  return { header, body: text.slice(whole.length), offset: whole.split('\n').length - 1 };
}
