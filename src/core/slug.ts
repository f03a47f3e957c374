import slugify from '@sindresorhus/slugify';

/** Slack's limit for a command, without its slash; Discord's is one more. */
export const MAX_SLUG = 31;

/** A name for files and commands: lower-case Latin letters, digits and hyphens, whatever script the text is in. */
export function toSlug(text: string, limit = MAX_SLUG): string {
  const slug = slugify(text, { decamelize: false });
  return slug.length <= limit
    ? slug
    : slug
        .slice(0, limit + 1)
        .replace(/-[^-]*$/, '')
        .slice(0, limit);
}
