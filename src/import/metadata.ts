import { clean } from './blocks.ts';

/** What a page, a file's header or a document's properties say of the article. All of it is one line; all may be missing. */
export interface Metadata {
  readonly title?: string;
  /** Several with commas between them. */
  readonly author?: string;
  /** As written, such as `2025-10-07T08:00:00Z` or `October 2025`. */
  readonly published?: string;
  /** When it was last changed, as written. */
  readonly modified?: string;
  readonly publisher?: string;
  /** Its canonical address, http or https. */
  readonly url?: string;
  /** The part of the paper that it stands in, such as `Opinion`. */
  readonly section?: string;
  /** A BCP 47 tag, such as `en` or `pt-BR`. */
  readonly language?: string;
  readonly licence?: string;
  /** One or two sentences on it. */
  readonly description?: string;
  /** What schema.org calls such a text, such as `OpinionNewsArticle`. */
  readonly type?: string;
}

export const METADATA_KEYS = [
  'title',
  'author',
  'published',
  'modified',
  'publisher',
  'url',
  'section',
  'language',
  'licence',
  'description',
  'type',
] as const satisfies readonly (keyof Metadata)[];

/** No value is longer, in characters. */
const MAX_VALUE = 1000;

/** What remains of the values once they are cleaned; what is empty or isn't valid is left out. */
export function composeMetadata(values: { readonly [key in keyof Metadata]?: string | null | undefined }): Metadata {
  const found = METADATA_KEYS.flatMap((key): [string, string][] => {
    const value = clean((values[key] ?? '').slice(0, MAX_VALUE));
    if (!value) return [];
    if (key === 'url' && !isAddress(value)) return [];
    if (key === 'language' && !isLanguage(value)) return [];
    return [[key, value]];
  });
  return Object.fromEntries(found);
}

/** For each key what the first says of it, else what the next does. */
export function mergeMetadata(...all: readonly Metadata[]): Metadata {
  return Object.assign({}, ...[...all].reverse());
}

/** A value as text: several with commas, and of a person, an organisation or a page the name. */
export function readValue(value: unknown, depth = 0): string | undefined {
  if (typeof value === 'string' || typeof value === 'number') return clean(String(value)) || undefined;
  if (depth > 2 || typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(value)) {
    const parts = value.slice(0, 20).flatMap((one) => readValue(one, depth + 1) ?? []);
    return [...new Set(parts)].join(', ') || undefined;
  }
  const { name, url, '@id': id } = value as Readonly<Record<string, unknown>>;
  return readValue(name ?? url ?? id, depth + 1);
}

function isAddress(value: string): boolean {
  return /^https?:$/.test(URL.parse(value)?.protocol ?? '');
}

function isLanguage(value: string): boolean {
  return /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/i.test(value);
}
