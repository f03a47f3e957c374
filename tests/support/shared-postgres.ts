import { inject } from 'vitest';
import type { TestProject } from 'vitest/node';
import { createDatabaseAt, startPostgres } from './postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    postgres: string;
  }
}

/** Run by vitest before the tests of the project `postgres`: one server for all of them. What it returns runs after them. */
export default async function sharePostgres(project: TestProject): Promise<() => Promise<void>> {
  const { url, stop } = await startPostgres();
  project.provide('postgres', url);
  return stop;
}

/** The address of a new, empty database. */
export function createDatabase(): Promise<string> {
  return createDatabaseAt(inject('postgres'));
}
