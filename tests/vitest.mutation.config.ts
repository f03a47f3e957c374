import { defineConfig } from 'vitest/config';

/** The quick tests alone: each mutant runs those that reach it. */
export default defineConfig({
  test: {
    include: ['tests/{core,commands,content}/**/*.test.ts', 'tests/adapters/renderers.test.ts'],
    testTimeout: 60_000,
  },
});
