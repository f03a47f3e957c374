/** A text in one line of Markdown that is read back as it is, whatever it holds. */
export function escapeMarkdown(text: string): string {
  return inline(text)
    .replace(/[\\`*[\]<]|&(?=[#\w])|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\$&')
    .replace(/^(\d{1,9})([.)])/, '$1\\$2')
    .replace(/^[-+#>=~|:]/, '\\$&');
}

/** A text without line breaks. */
export function inline(text: string): string {
  return text.replace(/[ \t\r\n]+/g, ' ').trim();
}
