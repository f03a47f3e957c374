/** Slack's limit for a command, without its slash; Discord's is one more. */
export const MAX_SLUG = 31;

/** A name for files and commands: lower-case letters, digits and hyphens. */
export function toSlug(text: string, limit = MAX_SLUG): string {
  const slug = text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036F’']/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return slug.length <= limit
    ? slug
    : slug
        .slice(0, limit + 1)
        .replace(/-[^-]*$/, '')
        .slice(0, limit);
}
