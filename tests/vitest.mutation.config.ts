import { defineConfig } from 'vitest/config';

/** The quick tests of what stryker.config.json mutates: each mutant runs those that reach it. */
export default defineConfig({
  test: {
    include: [
      'tests/{core,commands}/**/*.test.ts',
      'tests/digest/{content,schedule}.test.ts',
      'tests/adapters/{discord/window,discord/register,renderers}.test.ts',
      'tests/adapters/terminal/*.test.ts',
    ],
    testTimeout: 300_000,
  },
});
