import { defineConfig } from 'vitest/config';

/** Tests that start programs, databases, a browser or the language model: seconds each. */
const WHOLE = [
  'tests/adapters/slack/processes.test.ts',
  'tests/adapters/slack/manifest.test.ts',
  'tests/adapters/web/page.test.ts',
  'tests/adapters/conversations.test.ts',
  'tests/app/{contained,deploy,log}.test.ts',
  'tests/chaos/**/*.test.ts',
  'tests/cli/**/*.test.ts',
  'tests/content/{faults,review}.test.ts',
  'tests/digest/{deliver,kill}.test.ts',
  'tests/fuzz.test.ts',
  'tests/import/import.test.ts',
  'tests/regular-expressions.test.ts',
  'tests/search/answers.test.ts',
  'tests/search/parts.test.ts',
  'tests/search/embed/**/*.test.ts',
  'tests/store/{copy-store,store}.test.ts',
  'tests/support/embedded-postgres.test.ts',
];

export default defineConfig({
  test: {
    // On a busy machine the whole program and a browser take a while to start. No test waits for time to pass.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'fast',
          include: ['tests/**/*.test.ts'],
          exclude: WHOLE,
          // No file leaves anything behind, so that all of a thread share the modules that one of them loaded.
          pool: 'threads',
          isolate: false,
        },
      },
      { extends: true, test: { name: 'whole', include: WHOLE } },
    ],
  },
});
