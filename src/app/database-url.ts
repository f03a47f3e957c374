import { join } from 'node:path';
import type { Config } from './config.ts';

/** Where the bot keeps subscriptions and what it delivered. */
export function composeDatabaseUrl({
  databaseUrl,
  dataDirectory,
}: Pick<Config, 'databaseUrl' | 'dataDirectory'>): string {
  return databaseUrl ?? `sqlite:${join(dataDirectory, 'briefing.db')}`;
}
