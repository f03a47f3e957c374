import { readFileSync } from 'node:fs';

interface Package {
  readonly version: string;
  readonly description: string;
}

/** The project's own version and description, from its package.json. */
export const { version, description } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
) as Package;
