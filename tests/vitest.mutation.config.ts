import { defineConfig } from 'vitest/config';

/** The quick tests of what stryker.config.json mutates: each mutant runs those that reach it. */
export default defineConfig({
  test: {
    include: [
      'tests/core/**/*.test.ts',
      'tests/digest/{content,doubt,schedule}.test.ts',
      'tests/adapters/{discord/escape,discord/window,slack/escape,slack/parse-command,renderers}.test.ts',
      'tests/adapters/terminal/terminal.test.ts',
    ],
    testTimeout: 300_000,
    // Mutants in what runs when a module is loaded are left out, so that one load serves every test of a mutant.
    isolate: false,
    setupFiles: ['tests/support/few-runs.ts'],
  },
});
