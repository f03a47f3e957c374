import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/** Tests of databases: one PostgreSQL is started for all of them. */
const POSTGRES = [
  'tests/adapters/slack/processes.test.ts',
  'tests/digest/{deliver,kill}.test.ts',
  'tests/store/{copy-store,store}.test.ts',
];

/** Tests that start the whole program, a browser or the language model, which takes seconds, or that search for long. */
const WHOLE = [
  'tests/adapters/conversations.test.ts',
  'tests/adapters/slack/manifest.test.ts',
  'tests/adapters/web/page.test.ts',
  'tests/app/{contained,deploy,log}.test.ts',
  'tests/chaos/**/*.test.ts',
  'tests/cli/**/*.test.ts',
  'tests/content/{faults,review}.test.ts',
  'tests/fuzz.test.ts',
  'tests/import/import.test.ts',
  'tests/regular-expressions.test.ts',
  'tests/search/{answers,parts}.test.ts',
  'tests/search/embed/**/*.test.ts',
  'tests/support/embedded-postgres.test.ts',
];

export default defineConfig({
  test: {
    // On a busy machine the whole program and a browser take a while to start. No test waits for time to pass.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // No file leaves anything behind, so that the files of a worker share the modules that one of them loaded.
    isolate: false,
    // Whoever starts a program or asks a server waits, so that more workers than processors are busy.
    maxWorkers: availableParallelism() + 1,
    // What the programs that tests start have compiled once, the next of them need not.
    env: { NODE_COMPILE_CACHE: join(tmpdir(), 'briefing-compile-cache') },
    // A test that looks at nothing fails.
    expect: { requireAssertions: true },
    projects: [
      {
        extends: true,
        test: { name: 'fast', pool: 'threads', include: ['tests/**/*.test.ts'], exclude: [...POSTGRES, ...WHOLE] },
      },
      { extends: true, test: { name: 'whole', include: WHOLE } },
      {
        extends: true,
        test: { name: 'postgres', include: POSTGRES, globalSetup: 'tests/support/shared-postgres.ts' },
      },
    ],
  },
});
