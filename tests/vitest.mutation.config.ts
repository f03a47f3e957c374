import { defineConfig } from 'vitest/config';
import { POSTGRES, WHOLE } from './projects.ts';

/** The quick tests of what stryker.config.json mutates: each mutant runs those that reach it. */
export default defineConfig({
  test: {
    include: [
      'tests/{core,commands}/**/*.test.ts',
      'tests/digest/{content,schedule}.test.ts',
      'tests/adapters/{discord,slack,terminal}/**/*.test.ts',
      'tests/adapters/renderers.test.ts',
    ],
    exclude: [...POSTGRES, ...WHOLE],
    testTimeout: 60_000,
  },
});
